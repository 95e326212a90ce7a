//! What can be done about a thing: the menu of the thread screen's staff, and what its forms need to know.

use super::act::{permit, reported_it};
use super::idle::idle;
use super::notice::about;
use super::target::{Target, rules};
use crate::domain::ids::{ActId, BoardId, MemberId, PostNo, ThreadId};
use crate::domain::member::{Level, Role, Standing};
use crate::domain::moderation::{ActKind, Deed, SlowFor, Span, SuspendFor, Thing, pieces};
use crate::domain::policy::{self, Denied, LookAround, MoveThread};
use crate::domain::time::Timestamp;
use crate::service::charter::Rule;
use crate::service::{Cx, Error, Reads, Request, Result};
use crate::store::{acts, boards, cuts};

/// Acts by the actor on the thing that are looked through for one that can be undone.
const RECENT_MAX: i64 = 20;

/// Threads that are offered to merge with.
const NEIGHBOURS_MAX: i64 = 50;

/// Asks what can be done about a thing.
#[derive(Clone, Copy, Debug)]
pub struct LookAtThing {
    /// The thing.
    pub thing: Thing,
}

/// A thing and what the actor may do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThingFile {
    /// The thing.
    pub thing: Thing,
    /// What it is called: `post #3 in "Trains"`.
    pub label: String,
    /// The board's name; empty for a member.
    pub board: String,
    /// Where it can be read.
    pub place: Option<(ThreadId, Option<PostNo>)>,
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
    /// Whether the actor may report it.
    pub may_report: bool,
    /// What the actor may do and what would change something, in the order of the menu. A move stands for all
    /// the boards of `moves`.
    pub deeds: Vec<PossibleDeed>,
    /// Where a thread may go.
    pub moves: Vec<MoveTo>,
    /// The threads of its board that it can be merged into.
    pub merges: Vec<(ThreadId, String)>,
    /// The pieces of a post's text that can be taken out.
    pub pieces: Vec<(Span, String)>,
    /// The charter's rules.
    pub rules: Vec<Rule>,
    /// The actor's own last act on it, while it can be undone.
    pub undoable: Option<Undoable>,
}

/// Something that can be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PossibleDeed {
    /// What.
    pub deed: Deed,
    /// What the notice to the member says it is about.
    pub about: String,
}

/// A board that a thread may go to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MoveTo {
    /// The board.
    pub board: BoardId,
    /// Its name.
    pub name: String,
}

/// An act that can still be undone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Undoable {
    /// The act.
    pub act: ActId,
    /// What it was.
    pub kind: ActKind,
    /// Until when.
    pub until: Timestamp,
}

/// The menu's order. `SlowThread`, `ReadOnly`, `Suspend` and `MoveThread` stand for all their terms and boards.
const MENU: [Deed; 33] = [
    Deed::CollapsePost,
    Deed::RemovePost,
    Deed::RestorePost,
    Deed::UnredactPost,
    Deed::RemoveLine,
    Deed::RestoreLine,
    Deed::RemoveWall,
    Deed::RestoreWall,
    Deed::RemoveTag,
    Deed::RestoreTag,
    Deed::EndInvite,
    Deed::RenewInvite,
    Deed::LockThread,
    Deed::UnlockThread,
    Deed::PinThread,
    Deed::UnpinThread,
    Deed::SlowThread(SlowFor::Minute),
    Deed::UnslowThread,
    Deed::SplitThread,
    Deed::RemoveThread,
    Deed::RestoreThread,
    Deed::Nudge,
    Deed::Warn,
    Deed::ReadOnly(SuspendFor::Hours24),
    Deed::MayWrite,
    Deed::TakeInvites,
    Deed::GiveInvites,
    Deed::TakeMessages,
    Deed::GiveMessages,
    Deed::Suspend(SuspendFor::Hours24),
    Deed::Lift,
    Deed::RemoveMember,
    Deed::Readmit,
];

impl Request for LookAtThing {
    type Reply = ThingFile;
    type Access = Reads;
    const NAME: &'static str = "look at thing";

    async fn run(self, cx: &mut Cx<'_, Reads>) -> Result<ThingFile> {
        cx.allow(&LookAround)?;
        let on = Target::load(cx, self.thing).await?;
        let deeds = possible(cx, &on, &MENU).await?;
        let moves = moves(cx, &on).await?;
        let merges = merges(cx, &on).await?;
        let pieces = redactable(cx, &on).await?;
        let may_report = cx.allow(&policy::Report { author: on.author.id }).is_ok() && !on.is_gone();
        let post_no = on.post.as_ref().map(|post| post.no);
        Ok(ThingFile {
            thing: self.thing,
            label: on.label(),
            board: on.board.as_ref().map(|board| board.name.clone()).unwrap_or_default(),
            place: on.thread.as_ref().map(|thread| (thread.id, post_no)),
            author: on.author.handle.clone(),
            author_id: on.author.id,
            level: on.author.level,
            role: on.author.role,
            standing: on.author.standing_at(cx.now),
            may_report,
            deeds,
            moves,
            merges,
            pieces,
            rules: rules(cx).await?,
            undoable: undoable(cx, &on).await?,
        })
    }
}

/// Those of some deeds that the policy allows and that would change something.
pub(in crate::service) async fn possible(
    cx: &mut Cx<'_, Reads>,
    on: &Target,
    deeds: &[Deed],
) -> Result<Vec<PossibleDeed>> {
    let reported = reported_it(cx, on.author.id).await?;
    let mut found = Vec::new();
    for deed in deeds {
        // What has a term can be made longer until there is no longer one.
        let most = deed.terms().last().map_or(*deed, |longest| deed.with_term(*longest));
        if idle(on, most, cx.now).is_some() {
            continue;
        }
        match permit(cx, on, *deed, reported).await {
            // Somebody else has to look at it too: it is asked for in the same way.
            Ok(_) | Err(Error::Denied(Denied::NeedsSecond)) => {
                found.push(PossibleDeed { deed: *deed, about: about(on, deed.kind()) })
            }
            // Not for this kind of thing, or not for this actor.
            Err(Error::Denied(_) | Error::Invalid(_)) => {}
            Err(other) => return Err(other),
        }
    }
    Ok(found)
}

async fn moves(cx: &mut Cx<'_, Reads>, on: &Target) -> Result<Vec<MoveTo>> {
    let Some(from) = &on.board else { return Ok(Vec::new()) };
    let clearance = cx.actor.clearance();
    let rows = boards::list(cx.conn(), clearance).await?;
    let may = |to: &boards::BoardRow| {
        to.id != from.id && cx.allow(&MoveThread { from: from.facts(), to: to.facts() }).is_ok()
    };
    Ok(rows.into_iter().filter(may).map(|row| MoveTo { board: row.id, name: row.name }).collect())
}

/// Other threads of the board, for a thread; a post is where one splits.
async fn merges(cx: &mut Cx<'_, Reads>, on: &Target) -> Result<Vec<(ThreadId, String)>> {
    let (Some(thread), Some(board)) = (&on.thread, &on.board) else { return Ok(Vec::new()) };
    let (id, to) = (thread.id, board.id);
    if thread.removed || cx.allow(&policy::TidyBoard { board: board.facts() }).is_err() {
        return Ok(Vec::new());
    }
    Ok(cuts::neighbours(cx.conn(), id, to, NEIGHBOURS_MAX).await?)
}

/// What can be chosen to be taken out of a post, if the actor may do that.
async fn redactable(cx: &mut Cx<'_, Reads>, on: &Target) -> Result<Vec<(Span, String)>> {
    let Some(post) = &on.post else { return Ok(Vec::new()) };
    let reported = reported_it(cx, on.author.id).await?;
    let any = Deed::RedactPost(Span { from: 0, to: 0 });
    if post.state.is_tombstone() || permit(cx, on, any, reported).await.is_err() {
        return Ok(Vec::new());
    }
    Ok(pieces(&post.body).into_iter().map(|(span, words)| (span, words.to_owned())).collect())
}

async fn undoable(cx: &mut Cx<'_, Reads>, on: &Target) -> Result<Option<Undoable>> {
    let Some(me) = cx.actor.id() else { return Ok(None) };
    if cx.allow(&policy::SeeQueue).is_err() {
        return Ok(None);
    }
    let undo_s = cx.settings().undo_s;
    let since = cx.now.plus(-undo_s);
    let things = [Some(on.thing), on.thread.as_ref().map(|thread| Thing::Thread(thread.id))];
    let member = Thing::Member(on.author.id);
    let mut last = None;
    for thing in things.into_iter().flatten().chain([member]) {
        for act in acts::recent_on(cx.conn(), thing, me, since, RECENT_MAX).await? {
            if last.is_none_or(|known: Undoable| known.act < act.id) {
                last = Some(Undoable { act: act.id, kind: act.action, until: act.at.plus(undo_s) });
            }
        }
    }
    Ok(last)
}
