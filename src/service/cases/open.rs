//! A case with everything that is needed to decide it: reports, snapshot, what stands there now, the posts around,
//! what happened before.

use super::claim::{Claim, claim_standing};
use super::load;
use crate::domain::ids::{ActId, BoardId, CaseId, MemberId, PostNo, RoomId, ThreadId};
use crate::domain::member::{Level, Role, Standing};
use crate::domain::moderation::{ActKind, Deed, Past, SuspendFor, Thing, ThingKind, next_step};
use crate::domain::policy::Denied;
use crate::domain::post::PostState;
use crate::domain::time::Timestamp;
use crate::service::charter::Rule;
use crate::service::moderation::{LooseState, PossibleDeed, Target, about, idle, permit, rules};
use crate::service::staff_notes::{self, StaffNote};
use crate::service::watch;
use crate::service::{Cx, Error, Reads, Request, Result};
use crate::store::acts::{self, ActRow};
use crate::store::cases::{self, CaseRow};
use crate::store::loose::{self, AroundRow};
use crate::store::moderated::{self, PostThing};

/// Posts shown before and after the one that was reported.
const AROUND: i64 = 3;
/// Past acts shown.
const HISTORY_MAX: i64 = 20;

/// Asks for a case.
#[derive(Clone, Copy, Debug)]
pub struct OpenCase {
    /// Which.
    pub case: CaseId,
}

/// A case, ready to be decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseFile {
    /// Which.
    pub case: CaseId,
    /// What was reported.
    pub thing: Thing,
    /// What it is called: `post #3 in "Trains"`.
    pub label: String,
    /// The board's name; empty for a member.
    pub board: String,
    /// Where it can be read.
    pub place: Option<(BoardId, ThreadId, Option<PostNo>)>,
    /// Whose it is.
    pub author: String,
    /// Their account.
    pub author_id: MemberId,
    /// How well known they are.
    pub level: Level,
    /// What they are trusted with.
    pub role: Role,
    /// How they stand.
    pub standing: Standing,
    /// When they became a member.
    pub joined_at: Option<Timestamp>,
    /// Since when the case is open.
    pub opened_at: Timestamp,
    /// The reports, the first one first.
    pub reports: Vec<CaseReport>,
    /// The thing's text when it was first reported.
    pub snapshot: String,
    /// Its text now, where it differs.
    pub changed_to: Option<String>,
    /// How the post is shown now, if it is one.
    pub state: Option<PostState>,
    /// What has become of a message, a line, a tag or an invite, in words, if it is one and no longer as it was.
    pub now_state: Option<&'static str>,
    /// The posts around it, itself left out.
    pub context: Vec<ContextPost>,
    /// The room of a line that is there still.
    pub room: Option<RoomId>,
    /// What was said around a line when it was reported, itself among it.
    pub lines: Vec<ContextLine>,
    /// What staff did before that concerned the author, the newest first.
    pub history: Vec<PastAct>,
    /// What the staff note about the author, the newest first, without what was taken out.
    pub notes: Vec<StaffNote>,
    /// That the author is watched and why, or has something in common with somebody who had to go (M6).
    pub marks: Vec<String>,
    /// The next step of the ladder for somebody with this history.
    pub next: Deed,
    /// Who has claimed it.
    pub claim: Option<Claim>,
    /// By whom it was decided, when, and what the reporters were told.
    pub decided: Option<(String, Timestamp, String)>,
    /// The actor's own decision, while it can be undone: any of its acts stands for all of it.
    pub undo: Option<(ActId, Timestamp)>,
    /// What the actor may do and what would change something.
    pub deeds: Vec<PossibleDeed>,
    /// The charter's rules.
    pub rules: Vec<Rule>,
    /// The rule that most reports name.
    pub rule_no: i64,
}

/// One report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseReport {
    /// Who reported.
    pub reporter: String,
    /// The rule that they name.
    pub rule_no: i64,
    /// What they add.
    pub note: String,
    /// When.
    pub at: Timestamp,
}

/// A post near the one that was reported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContextPost {
    /// Its number.
    pub no: PostNo,
    /// Who wrote it.
    pub author: String,
    /// When.
    pub at: Timestamp,
    /// Its text; empty for a tombstone.
    pub body: String,
    /// How it is shown.
    pub state: PostState,
}

/// A line of a room, as it was when it or one near it was reported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContextLine {
    /// Who said it.
    pub author: String,
    /// When.
    pub at: Timestamp,
    /// What.
    pub text: String,
    /// It is the one that was reported.
    pub is_it: bool,
}

/// Something that staff did before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PastAct {
    /// What.
    pub kind: ActKind,
    /// For how long, if it had a term.
    pub term: Option<SuspendFor>,
    /// By whom.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// Under which rule; 0 for none.
    pub rule_no: i64,
    /// Why.
    pub reason: String,
    /// It was undone.
    pub undone: bool,
    /// A warning that no longer counts.
    pub faded: bool,
}

/// What a case can be decided with, besides nothing.
const DEEDS: [Deed; 22] = [
    Deed::CollapsePost,
    Deed::RemovePost,
    Deed::RemoveMessage,
    Deed::RemoveLine,
    Deed::RemoveWall,
    Deed::RemoveTag,
    Deed::EndInvite,
    Deed::LockThread,
    Deed::RemoveThread,
    Deed::RestorePost,
    Deed::RestoreMessage,
    Deed::RestoreLine,
    Deed::RestoreWall,
    Deed::RestoreTag,
    Deed::RenewInvite,
    Deed::Nudge,
    Deed::Warn,
    Deed::ReadOnly(SuspendFor::Hours24),
    Deed::TakeInvites,
    Deed::TakeMessages,
    Deed::Suspend(SuspendFor::Hours24),
    Deed::RemoveMember,
];

impl Request for OpenCase {
    type Reply = CaseFile;
    type Access = Reads;
    const NAME: &'static str = "open case";

    async fn run(self, cx: &mut Cx<'_, Reads>) -> Result<CaseFile> {
        let (row, _) = load(cx, self.case).await?;
        let on = Target::load(cx, row.thing()).await?;
        let now = cx.now;
        // Of a message the staff see what was attached, and not what it may say by now (M7).
        let text = match (&on.message, &on.loose) {
            (Some(_), _) => row.snapshot.clone(),
            // An invite says what it was; what is over says nothing any more.
            (_, Some(loose)) if row.thing == ThingKind::Invite || loose.state == LooseState::Over => {
                row.snapshot.clone()
            }
            _ => on.text(cx).await?,
        };
        let reports = cases::reports(cx.conn(), row.id).await?;
        let history = history_of(cx, on.author.id).await?;
        let notes = staff_notes::standing(cx, on.author.id).await?;
        let marks = watch::marks(cx, on.author.id).await?;
        let context = around(cx, &on).await?;
        let undo = own_decision(cx, &row).await?;
        let deeds = if row.decided_at.is_none() { possible(cx, &on).await? } else { Vec::new() };
        let thread = on.thread.as_ref().zip(on.board_id());
        Ok(CaseFile {
            case: row.id,
            thing: row.thing(),
            label: on.label(),
            board: row.board.clone().unwrap_or_default(),
            place: thread.map(|(thread, board)| (board, thread.id, row.post_no)),
            author: on.author.handle.clone(),
            author_id: on.author.id,
            level: on.author.level,
            role: on.author.role,
            standing: on.author.standing_at(now),
            joined_at: on.author.joined_at,
            opened_at: row.opened_at,
            reports: reports
                .into_iter()
                .map(|report| CaseReport {
                    reporter: report.reporter,
                    rule_no: report.rule_no,
                    note: report.note,
                    at: report.created_at,
                })
                .collect(),
            changed_to: (text != row.snapshot).then_some(text),
            state: on.post.as_ref().map(|post| post.state),
            now_state: now_state(&on),
            context,
            room: on.loose.as_ref().and_then(|loose| loose.room_id),
            lines: lines(cx, &row).await?,
            next: next_step(&history.iter().map(PastAct::past).collect::<Vec<_>>(), now),
            history,
            notes,
            marks,
            claim: claim_standing(&row, now, cx.settings().claim_s),
            decided: row.decider.zip(row.decided_at).map(|(by, at)| (by, at, row.outcome)),
            undo,
            deeds,
            rules: rules(cx).await?,
            rule_no: row.rule_no,
            snapshot: row.snapshot,
        })
    }
}

fn now_state(on: &Target) -> Option<&'static str> {
    if let Some(loose) = &on.loose {
        return loose.state.words(on.thing.kind());
    }
    let message = on.message.as_ref()?;
    match (message.deleted, message.removed_at) {
        (true, _) => Some("deleted by its author"),
        (false, Some(_)) => Some("removed now"),
        (false, None) => None,
    }
}

/// What was said around a line.
async fn lines(cx: &mut Cx<'_, Reads>, row: &CaseRow) -> Result<Vec<ContextLine>> {
    let rows = loose::around(cx.conn(), row.id).await?;
    let line = |near: AroundRow| ContextLine {
        author: near.author,
        at: near.said_at,
        text: near.body,
        is_it: Thing::Line(near.line_id) == row.thing(),
    };
    Ok(rows.into_iter().map(line).collect())
}

impl PastAct {
    /// What the ladder looks at.
    fn past(&self) -> Past {
        Past { kind: self.kind, term: self.term, at: self.at, undone: self.undone }
    }
}

/// What staff did before that concerned a member, the newest first.
pub(super) async fn history_of(cx: &mut Cx<'_, Reads>, member: MemberId) -> Result<Vec<PastAct>> {
    let now = cx.now;
    let acts = acts::about(cx.conn(), member, HISTORY_MAX).await?;
    Ok(acts.into_iter().map(|act| past_act(act, now)).collect())
}

async fn around(cx: &mut Cx<'_, Reads>, on: &Target) -> Result<Vec<ContextPost>> {
    let (thread, no) = match (&on.post, &on.thread) {
        (Some(post), _) => (post.thread_id, post.no.0),
        (None, Some(thread)) => (thread.id, 1),
        (None, None) => return Ok(Vec::new()),
    };
    let (first, last) = (PostNo(no - AROUND), PostNo(no + AROUND));
    let posts = moderated::posts_between(cx.conn(), thread, first, last).await?;
    Ok(posts.into_iter().filter(|post| post.no.0 != no).map(context_post).collect())
}

fn context_post(post: PostThing) -> ContextPost {
    let tombstone = post.state.is_tombstone();
    ContextPost {
        no: post.no,
        author: post.author,
        at: post.created_at,
        body: if tombstone { String::new() } else { post.body },
        state: post.state,
    }
}

fn past_act(act: ActRow, now: Timestamp) -> PastAct {
    let mut past = PastAct {
        kind: act.action,
        term: SuspendFor::from_hours(act.param).filter(|_| act.action.has_term()),
        by: act.actor,
        at: act.at,
        rule_no: act.rule_no,
        reason: act.reason,
        undone: act.undone_at.is_some(),
        faded: false,
    };
    past.faded = past.past().faded(now);
    past
}

async fn possible(cx: &mut Cx<'_, Reads>, on: &Target) -> Result<Vec<PossibleDeed>> {
    let mut found = Vec::new();
    for deed in DEEDS {
        if idle(on, deed, cx.now).is_some() {
            continue;
        }
        match permit(cx, on, deed, false).await {
            Ok(_) | Err(Error::Denied(Denied::NeedsSecond)) => {
                found.push(PossibleDeed { deed, about: about(on, deed.kind()) })
            }
            Err(Error::Denied(_) | Error::Invalid(_)) => {}
            Err(other) => return Err(other),
        }
    }
    Ok(found)
}

/// The act that undoes the actor's own decision, while there is time.
async fn own_decision(cx: &mut Cx<'_, Reads>, row: &CaseRow) -> Result<Option<(ActId, Timestamp)>> {
    let undo_s = cx.settings().undo_s;
    let (Some(me), Some(at)) = (cx.actor.id(), row.decided_at) else { return Ok(None) };
    if row.decided_by != Some(me) || cx.now.seconds_since(at) > undo_s {
        return Ok(None);
    }
    let act = acts::of_case(cx.conn(), row.id).await?;
    Ok(act.map(|act| (act, at.plus(undo_s))))
}
