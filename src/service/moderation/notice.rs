//! What the member concerned reads after an act, made from the act's row with the same words as the preview.

use super::target::{Target, rules};
use crate::domain::ids::{ActId, PostId};
use crate::domain::moderation::{ActKind, Notice, SuspendFor, Thing, ThingKind};
use crate::domain::policy::{LookAround, SeeOwnSanction, SeeQueue};
use crate::domain::time::{Timestamp, time_left};
use crate::service::cases::{Appeal, ListQueue, QueueItem, appeal_state};
use crate::service::{Access, Cx, DomainEvent, Reads, Request, Result, Writes};
use crate::store::acts::{self, ActRow};
use crate::store::{cases, loose, moderated};

/// Most notices that are shown.
const NOTICES_MAX: i64 = 50;

/// Asks for what staff did that concerned the caller, the newest first; undone acts are left out. It counts as told
/// from then on.
#[derive(Clone, Copy, Debug)]
pub struct AboutMe;

/// What staff did that concerned one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AboutMeList {
    /// The notices, the newest first.
    pub notices: Vec<OwnNotice>,
}

/// Something that staff did that concerned one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnNotice {
    /// The act.
    pub act: ActId,
    /// When.
    pub at: Timestamp,
    /// The notice, in paragraphs.
    pub paragraphs: Vec<String>,
    /// How an appeal against it stands.
    pub appeal: Appeal,
}

impl OwnNotice {
    /// How an appeal stands, in words; empty where there is nothing to say. `key`: how one appeals here.
    pub fn appeal_words(&self, now: Timestamp, key: &str) -> String {
        match &self.appeal {
            Appeal::Open(until) => {
                let left = time_left(*until, now);
                format!("You can appeal for {left}: {key}. Somebody else than who decided looks at it.")
            }
            Appeal::Waiting(with) => with.words().to_owned(),
            Appeal::Decided(true, why) => format!("Your appeal was granted, and this was taken back. {why}"),
            Appeal::Decided(false, why) => format!("Your appeal was looked at, and this stands. {why}"),
            Appeal::Closed => String::new(),
        }
    }
}

impl Request for AboutMe {
    type Reply = AboutMeList;
    type Access = Writes;
    const NAME: &'static str = "about me";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<AboutMeList> {
        let grant = cx.allow(&SeeOwnSanction)?;
        let (me, now) = (cx.me()?, cx.now);
        if acts::set_told(cx.conn(), &grant, me, now).await? > 0 {
            cx.publish(DomainEvent::MarksChanged { member: me });
        }
        let mut notices = Vec::new();
        for act in acts::about(cx.conn(), me, NOTICES_MAX).await? {
            let appeal = appeal_state(cx, &act).await?;
            if act.undone_at.is_none() || matches!(appeal, Appeal::Decided(..)) {
                let paragraphs = notice_of(cx, &act).await?;
                notices.push(OwnNotice { act: act.id, at: act.at, paragraphs, appeal });
            }
        }
        Ok(AboutMeList { notices })
    }
}

/// Asks for how much of moderation waits for the caller: a line on home.
#[derive(Clone, Copy, Debug)]
pub struct CountWaiting;

/// How much waits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Waiting {
    /// Items of the queue that nobody else has in hand; 0 for those who are not staff.
    pub queue: usize,
    /// Own reports that were decided since one looked.
    pub outcomes: i64,
    /// What staff did that concerned one and that one has not seen.
    pub about_me: i64,
}

impl Request for CountWaiting {
    type Reply = Waiting;
    type Access = Reads;
    const NAME: &'static str = "count waiting";

    async fn run(self, cx: &mut Cx<'_, Reads>) -> Result<Waiting> {
        cx.allow(&LookAround)?;
        let Some(me) = cx.actor.id() else { return Ok(Waiting::default()) };
        let queue = if cx.allow(&SeeQueue).is_ok() {
            let items = ListQueue.run(cx).await?.items;
            let mine = |item: &QueueItem| item.claim.as_ref().is_none_or(|claim| claim.by == me);
            items.iter().filter(|item| !item.asked && mine(item)).count()
        } else {
            0
        };
        let outcomes = cases::untold(cx.conn(), me).await?;
        let about_me = acts::untold(cx.conn(), me).await?;
        Ok(Waiting { queue, outcomes, about_me })
    }
}

/// The notice of an act that was done.
pub(in crate::service) async fn notice_of<A: Access>(
    cx: &mut Cx<'_, A>,
    act: &ActRow,
) -> Result<Vec<String>> {
    let rule = rules(cx).await?.into_iter().find(|rule| rule.no == act.rule_no);
    let post = match (act.action, act.thing()) {
        (kind, _) if kind.is_word() => act.param.map(PostId),
        (_, Thing::Post(post)) => Some(post),
        _ => None,
    };
    // The author's own post or thread: they know its title, whether or not they may see its board now.
    let mut thread = None;
    let mut no = None;
    if let Some(post) = post
        && let Some(found) = moderated::post(cx.conn(), post).await?
    {
        no = Some(found.no.0);
        thread = Some(found.thread_id);
    }
    if let Thing::Thread(id) = act.thing() {
        thread = Some(id);
    }
    let title = match (thread, act.thing()) {
        (Some(thread), _) => moderated::thread(cx.conn(), thread).await?.map(|found| found.title),
        (None, thing @ Thing::Tag(_)) => {
            let name = loose::get(cx.conn(), thing, None).await?.and_then(|tag| tag.name);
            name.map(|name| format!("#{name}"))
        }
        (None, _) => None,
    };
    let term = SuspendFor::from_hours(act.param).filter(|_| act.action.has_term());
    let notice = Notice {
        kind: act.action,
        term: term.map_or("", SuspendFor::as_str),
        what: &words(act.action, no, title.as_deref()),
        rule: rule.as_ref().map(|rule| (rule.no, rule.title.as_str())),
        reason: &act.reason,
    };
    Ok(notice.paragraphs())
}

/// What an act of this kind on this target is about, as its notice says it.
pub(in crate::service) fn about(on: &Target, kind: ActKind) -> String {
    words(kind, on.post.as_ref().map(|post| post.no.0), on.title())
}

fn words(kind: ActKind, post_no: Option<i64>, title: Option<&str>) -> String {
    let object = match kind {
        kind if kind.is_word() && post_no.is_some() => ThingKind::Post,
        other => other.object().unwrap_or(ThingKind::Member),
    };
    match (object, title) {
        (ThingKind::Message, _) => "your message in a conversation".to_owned(),
        (ThingKind::Line, _) => "your line in a room".to_owned(),
        (ThingKind::Wall, _) => "your line on the wall".to_owned(),
        (ThingKind::Invite, _) => "one of your invites".to_owned(),
        (_, None) | (ThingKind::Member, _) => String::new(),
        (object, title) => format!("your {}", super::target::label(object, post_no, title, "")),
    }
}
