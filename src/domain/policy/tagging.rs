//! Rules for what is said about a thread besides its posts: its tags, and whether its question is solved (R2).

use super::{Action, Actor, Denied, SeeThread, TidyBoard, active, writes};
use crate::domain::board::{BoardFacts, BoardKind, ThreadFacts};
use crate::domain::member::Level;

/// Set a thread's tags: its author, the board's host, staff.
pub struct TagThread {
    /// The board.
    pub board: BoardFacts,
    /// The thread.
    pub thread: ThreadFacts,
}

impl Action for TagThread {
    const NAME: &'static str = "tag thread";

    fn decide(&self, actor: &Actor) -> Result<(), Denied> {
        looks_after(actor, self.board, self.thread)
    }
}

/// Make a tag by being the first to use it: regulars and staff. Others use those that are there.
pub struct MakeTag;

impl Action for MakeTag {
    const NAME: &'static str = "make tag";

    fn decide(&self, actor: &Actor) -> Result<(), Denied> {
        writes(actor)?;
        if actor.level() == Level::Regular || actor.is_staff() { Ok(()) } else { Err(Denied::RegularsOnly) }
    }
}

/// Join a tag, or leave it: every member, for themselves.
pub struct JoinTag;

impl Action for JoinTag {
    const NAME: &'static str = "join tag";

    fn decide(&self, actor: &Actor) -> Result<(), Denied> {
        active(actor)?;
        if actor.id().is_some() { Ok(()) } else { Err(Denied::MembersOnly) }
    }
}

/// Say that a question is solved, or that it is not after all: its author, the board's host, staff.
pub struct SolveThread {
    /// The board.
    pub board: BoardFacts,
    /// Its type.
    pub kind: BoardKind,
    /// The thread.
    pub thread: ThreadFacts,
}

impl Action for SolveThread {
    const NAME: &'static str = "solve thread";

    fn decide(&self, actor: &Actor) -> Result<(), Denied> {
        looks_after(actor, self.board, self.thread)?;
        if self.kind == BoardKind::Question { Ok(()) } else { Err(Denied::NoQuestion) }
    }
}

/// Whoever keeps the board tidy, and the author; a locked thread takes no posts, but may still be told what it was about.
fn looks_after(actor: &Actor, board: BoardFacts, thread: ThreadFacts) -> Result<(), Denied> {
    active(actor)?;
    SeeThread { board, thread }.decide(actor)?;
    if (TidyBoard { board }).decide(actor).is_ok() {
        return Ok(());
    }
    match () {
        () if actor.id() != Some(thread.author) => Err(Denied::NotYours),
        () if board.archived => Err(Denied::Archived),
        () => Ok(()),
    }
}
