//! Everything that is for one, in one list.

use crate::domain::ids::{
    ApplicationId, CohortId, ConversationId, MatterId, MemberId, NotificationId, PostNo, RoomId, ThreadId,
};
use crate::domain::member::Level;
use crate::domain::notification::{NotificationKind, PlaceKind};
use crate::domain::policy::LookAround;
use crate::domain::time::Timestamp;
use crate::service::moderation::notice_of;
use crate::service::{Cx, Reads, Request, Result};
use crate::store::notifications::{self, NotificationRow};
use crate::store::reading::{self, Addressed};
use crate::store::{acts, cases};

/// Most lines from each source: more than anybody pages through.
const EACH_MAX: i64 = 100;
/// Most acts of the staff, whose notices take some reading each.
const ACTS_MAX: i64 = 20;

/// Lists what is and was for the caller: what is news first, each newest first.
#[derive(Clone, Copy, Debug)]
pub struct ListNotifications;

/// What is and was for one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NotificationList {
    /// The lines.
    pub rows: Vec<Notification>,
    /// How many are news in all, counted up to a bound.
    pub unseen: i64,
}

/// Something that is for one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notification {
    /// What happened.
    pub kind: NotificationKind,
    /// Its id, if it is kept by itself.
    pub id: Option<NotificationId>,
    /// The handle of who caused it; none for the staff.
    pub who: Option<String>,
    /// What it is about: a thread's title, a room's board, what the staff did, what became of a report. Empty where the place says all.
    pub about: String,
    /// How often it happened since it was seen last.
    pub times: i64,
    /// When.
    pub at: Timestamp,
    /// Whether it is news.
    pub unseen: bool,
    /// The exact place that it leads to.
    pub leads_to: LeadsTo,
}

/// Where a notification leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeadsTo {
    /// To a post.
    Post(ThreadId, PostNo),
    /// To a thread.
    Thread(ThreadId),
    /// To a member's profile.
    Member(MemberId),
    /// To a conversation.
    Conversation(ConversationId),
    /// To a room.
    Room(RoomId),
    /// To who does what here.
    Roles,
    /// To the dues.
    Dues,
    /// To a cohort.
    Cohort(CohortId),
    /// To one's own path.
    Path,
    /// To an application, as the staff see it.
    Application(ApplicationId),
    /// To who is at the door, as members see them.
    AtDoor,
    /// To an appeal that one was drawn for.
    Jury(MatterId),
    /// To one's own posts that wait, or came back.
    Waiting,
    /// To what became of one's reports and what the staff did.
    MyCases,
}

impl Request for ListNotifications {
    type Reply = NotificationList;
    type Access = Reads;
    const NAME: &'static str = "list notifications";

    async fn run(self, cx: &mut Cx<'_, Reads>) -> Result<NotificationList> {
        cx.allow(&LookAround)?;
        let (me, clearance) = (cx.me()?, cx.actor.clearance());
        let lately = reading::addressed_lately(cx.conn(), me, clearance, EACH_MAX).await?;
        let mut rows: Vec<Notification> =
            lately.into_iter().map(|row| spoken(row.post, row.unseen)).collect();
        // What is news may be older than what was read since.
        for post in reading::addressed(cx.conn(), me, clearance, EACH_MAX).await? {
            let known = LeadsTo::Post(post.thread_id, post.no);
            if !rows.iter().any(|row| row.leads_to == known) {
                rows.push(spoken(post, true));
            }
        }
        rows.extend(others(cx, me).await?);
        rows.sort_by_key(|row| (!row.unseen, std::cmp::Reverse(row.at)));
        Ok(NotificationList { unseen: super::count_for(cx, me, clearance).await?, rows })
    }
}

/// What is news for a member besides replies and mentions, oldest first: for home.
pub(in crate::service) async fn others_unseen(
    cx: &mut Cx<'_, Reads>,
    me: MemberId,
) -> Result<Vec<Notification>> {
    let mut rows = others(cx, me).await?;
    rows.retain(|row| row.unseen);
    rows.sort_by_key(|row| row.at);
    Ok(rows)
}

async fn others(cx: &mut Cx<'_, Reads>, me: MemberId) -> Result<Vec<Notification>> {
    let clearance = cx.actor.clearance();
    let mut rows: Vec<Notification> =
        notifications::list(cx.conn(), me, clearance, EACH_MAX).await?.into_iter().filter_map(kept).collect();
    for act in acts::about(cx.conn(), me, ACTS_MAX).await? {
        if act.undone_at.is_none() {
            let about = notice_of(cx, &act).await?.into_iter().next().unwrap_or_default();
            let (at, unseen) = (act.at, act.told_at.is_none());
            rows.push(by_staff(NotificationKind::Moderation, about, at, unseen));
        }
    }
    for report in cases::own_reports(cx.conn(), me, EACH_MAX).await? {
        if let Some(at) = report.decided_at {
            rows.push(by_staff(NotificationKind::Report, report.outcome, at, report.told_at.is_none()));
        }
    }
    Ok(rows)
}

/// A post that speaks to one.
pub fn spoken(post: Addressed, unseen: bool) -> Notification {
    Notification {
        kind: if post.mention { NotificationKind::Mention } else { NotificationKind::Reply },
        id: None,
        who: Some(post.author),
        about: post.title,
        times: 1,
        at: post.created_at,
        unseen,
        leads_to: LeadsTo::Post(post.thread_id, post.no),
    }
}

fn by_staff(kind: NotificationKind, about: String, at: Timestamp, unseen: bool) -> Notification {
    Notification { kind, id: None, who: None, about, times: 1, at, unseen, leads_to: LeadsTo::MyCases }
}

/// One that is kept by itself; none where what it led to is no more.
fn kept(row: NotificationRow) -> Option<Notification> {
    let leads_to = match row.place {
        PlaceKind::Post => LeadsTo::Post(row.thread_id?, row.no?),
        PlaceKind::Thread => LeadsTo::Thread(row.thread_id?),
        PlaceKind::Member => LeadsTo::Member(MemberId(row.place_id)),
        PlaceKind::Conversation => LeadsTo::Conversation(ConversationId(row.place_id)),
        PlaceKind::Room => LeadsTo::Room(RoomId(row.place_id)),
        PlaceKind::Roles => LeadsTo::Roles,
        PlaceKind::Dues => LeadsTo::Dues,
        PlaceKind::Cohort => LeadsTo::Cohort(CohortId(row.place_id)),
        PlaceKind::Path => LeadsTo::Path,
        PlaceKind::Application => LeadsTo::Application(ApplicationId(row.place_id)),
        PlaceKind::AtDoor => LeadsTo::AtDoor,
        PlaceKind::Jury => LeadsTo::Jury(MatterId(row.place_id)),
        PlaceKind::Waiting => LeadsTo::Waiting,
        PlaceKind::MyCases => LeadsTo::MyCases,
    };
    let level = usize::try_from(row.place_id).ok().and_then(|at| Level::ALL.get(at));
    let level = level.filter(|_| row.place == PlaceKind::Path).map(|level| level.as_str().to_owned());
    Some(Notification {
        kind: row.kind,
        id: Some(row.id),
        who: row.actor,
        about: row.title.or(level).unwrap_or_default(),
        times: row.times,
        at: row.at,
        unseen: row.unseen,
        leads_to,
    })
}
