//! A held text as the staff see it, and claims on it.

use super::changed;
use crate::domain::ids::{BoardId, HeldId, MemberId, PostNo, ThreadId};
use crate::domain::policy::{Grant, HandleHeld, SeeQueue};
use crate::domain::prevention::{HeldState, HoldWhy};
use crate::domain::time::{Timestamp, relative};
use crate::service::cases::Claim;
use crate::service::{Access, Cx, Error, Reads, Request, Result, Writes, watch};
use crate::store::held::{self, HeldRow};

/// Reads a held text, also a decided one.
#[derive(Clone, Copy, Debug)]
pub struct ReadHeld {
    /// Which.
    pub held: HeldId,
}

/// A held text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// Which.
    pub id: HeldId,
    /// Who wrote it.
    pub author_id: MemberId,
    /// Their handle.
    pub author: String,
    /// Its board.
    pub board: BoardId,
    /// The board's name.
    pub board_name: String,
    /// Its thread; none: it starts one.
    pub thread: Option<ThreadId>,
    /// The thread's title.
    pub title: String,
    /// The post that it answers.
    pub reply_to: Option<PostNo>,
    /// The text.
    pub body: String,
    /// Why it waits.
    pub why: HoldWhy,
    /// More on that.
    pub note: String,
    /// Since when.
    pub held_at: Timestamp,
    /// Who has it in hand.
    pub claim: Option<Claim>,
    /// How it was decided, in words: `published by mo yesterday`. None while it waits.
    pub decided: Option<String>,
    /// The words that went to the author.
    pub reason: String,
    /// What the watch list says of the author.
    pub marks: Vec<String>,
}

impl Request for ReadHeld {
    type Reply = Held;
    type Access = Reads;
    const NAME: &'static str = "read held post";

    async fn run(self, cx: &mut Cx<'_, Reads>) -> Result<Held> {
        let (row, _grant) = load(cx, self.held).await?;
        let marks = watch::marks(cx, row.author_id).await?;
        let (now, claim_s) = (cx.now, cx.settings().claim_s);
        let decided = decided(&row, now);
        Ok(Held {
            id: row.id,
            claim: held_claim(&row, now, claim_s).filter(|_| decided.is_none()),
            decided,
            author_id: row.author_id,
            author: row.author,
            board: row.board_id,
            board_name: row.board,
            thread: row.thread_id,
            title: row.title,
            reply_to: row.reply_to_no,
            body: row.body,
            why: row.why,
            note: row.note,
            held_at: row.held_at,
            reason: row.reason,
            marks,
        })
    }
}

fn decided(row: &HeldRow, now: Timestamp) -> Option<String> {
    let how = match row.state {
        HeldState::Waiting => return None,
        HeldState::Withdrawn => return Some(format!("taken back by {}", row.author)),
        HeldState::Published => "published",
        HeldState::Declined => "given back",
    };
    let by = row.decider.as_deref().unwrap_or("the host");
    let when = row.decided_at.map_or_else(String::new, |at| relative(now, at));
    Some(format!("{how} by {by} {when}"))
}

/// The claim that stands now.
pub(in crate::service) fn held_claim(row: &HeldRow, now: Timestamp, claim_s: i64) -> Option<Claim> {
    Claim::standing(row.claimed_by, row.claimer.as_deref(), row.claimed_at, now, claim_s)
}

/// Loads a held text that the actor may handle. For one that is not theirs to see the words are those of one that is
/// not there.
pub(super) async fn load<A: Access>(cx: &mut Cx<'_, A>, id: HeldId) -> Result<(HeldRow, Grant<HandleHeld>)> {
    cx.allow(&SeeQueue)?;
    let me = cx.actor.id();
    let row = held::get(cx.conn(), id, me).await?.ok_or(Error::NotFound("held post"))?;
    let grant = cx.allow(&row.facts()).map_err(|_| Error::NotFound("held post"))?;
    Ok((row, grant))
}

/// Refuses what comes too late: it is decided, or in somebody else's hands.
pub(super) fn refuse_if_taken<A: Access>(cx: &Cx<'_, A>, row: &HeldRow) -> Result<()> {
    if let Some(decided) = decided(row, cx.now) {
        return Err(Error::conflict(format!("It waits no longer: {decided}.")));
    }
    match held_claim(row, cx.now, cx.settings().claim_s) {
        Some(claim) if Some(claim.by) != cx.actor.id() => Err(Error::conflict(format!(
            "{} took this post {} and still has it.",
            claim.handle,
            relative(cx.now, claim.since)
        ))),
        _ => Ok(()),
    }
}

/// Claims a held text. A claim of one's own is renewed; another's can be taken over once it is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClaimHeld {
    /// Which.
    pub held: HeldId,
}

impl Request for ClaimHeld {
    type Reply = ();
    type Access = Writes;
    const NAME: &'static str = "claim held post";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<()> {
        let (row, grant) = load(cx, self.held).await?;
        refuse_if_taken(cx, &row)?;
        let (me, now, claim_s) = (cx.me()?, cx.now, cx.settings().claim_s);
        if !held::claim(cx.conn(), &grant, self.held, me, now, now.plus(-claim_s)).await? {
            return Err(Error::conflict("Somebody else has claimed it just now."));
        }
        cx.publish(changed(&row));
        Ok(())
    }
}

/// Gives an own claim back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReleaseHeld {
    /// Which.
    pub held: HeldId,
}

impl Request for ReleaseHeld {
    type Reply = ();
    type Access = Writes;
    const NAME: &'static str = "release held post";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<()> {
        let (row, grant) = load(cx, self.held).await?;
        let me = cx.me()?;
        if held::release(cx.conn(), &grant, self.held, me).await? {
            cx.publish(changed(&row));
        }
        Ok(())
    }
}
