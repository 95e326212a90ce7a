//! Rules for writing.

use super::{Action, Actor, Denied, SeeBoard, SeeThread, active, writes};
use crate::domain::board::{Audience, BoardFacts, ThreadFacts};
use crate::domain::post::{PostFacts, PostState};

/// Start a thread on a board.
pub struct StartThread {
    /// The board.
    pub board: BoardFacts,
}

impl Action for StartThread {
    const NAME: &'static str = "start thread";

    fn decide(&self, actor: &Actor) -> Result<(), Denied> {
        active(actor)?;
        SeeBoard { board: self.board }.decide(actor)?;
        may_write(actor, &self.board)
    }
}

/// Write a post in a thread. Staff may write in a locked thread, to say why it is locked.
pub struct Reply {
    /// The board.
    pub board: BoardFacts,
    /// The thread.
    pub thread: ThreadFacts,
}

impl Action for Reply {
    const NAME: &'static str = "reply";

    fn decide(&self, actor: &Actor) -> Result<(), Denied> {
        active(actor)?;
        SeeThread { board: self.board, thread: self.thread }.decide(actor)?;
        may_write(actor, &self.board)?;
        if self.thread.locked && !actor.is_staff() { Err(Denied::Locked) } else { Ok(()) }
    }
}

/// Edit one's own post.
pub struct EditPost {
    /// The board.
    pub board: BoardFacts,
    /// The thread.
    pub thread: ThreadFacts,
    /// The post.
    pub post: PostFacts,
}

impl Action for EditPost {
    const NAME: &'static str = "edit post";

    fn decide(&self, actor: &Actor) -> Result<(), Denied> {
        active(actor)?;
        SeeThread { board: self.board, thread: self.thread }.decide(actor)?;
        if actor.id() != Some(self.post.author) {
            return Err(Denied::NotYours);
        }
        if self.post.state.is_tombstone() {
            return Err(Denied::Gone);
        }
        if self.board.archived {
            return Err(Denied::Archived);
        }
        writes(actor)?;
        if self.thread.locked && !actor.is_staff() { Err(Denied::Locked) } else { Ok(()) }
    }
}

/// Delete one's own post, which leaves a tombstone. Always open to its author: the words are theirs (W6).
pub struct DeletePost {
    /// The board.
    pub board: BoardFacts,
    /// The thread.
    pub thread: ThreadFacts,
    /// The post.
    pub post: PostFacts,
}

impl Action for DeletePost {
    const NAME: &'static str = "delete post";

    fn decide(&self, actor: &Actor) -> Result<(), Denied> {
        active(actor)?;
        SeeThread { board: self.board, thread: self.thread }.decide(actor)?;
        if actor.id() != Some(self.post.author) {
            return Err(Denied::NotYours);
        }
        if self.post.state.is_tombstone() { Err(Denied::Gone) } else { Ok(()) }
    }
}

/// Bring back a post that one deleted oneself, within the undo time.
pub struct UndeletePost {
    /// The post.
    pub post: PostFacts,
    /// Seconds since it was deleted.
    pub age_s: i64,
    /// How long undoing is open, in seconds.
    pub undo_s: i64,
}

impl Action for UndeletePost {
    const NAME: &'static str = "undelete post";

    fn decide(&self, actor: &Actor) -> Result<(), Denied> {
        active(actor)?;
        if actor.id() != Some(self.post.author) {
            return Err(Denied::NotYours);
        }
        if self.post.state != PostState::Deleted {
            return Err(Denied::Gone);
        }
        if self.age_s > self.undo_s { Err(Denied::TooLate) } else { Ok(()) }
    }
}

/// Thank the author of a post (W4). Not oneself.
pub struct GiveThanks {
    /// The board.
    pub board: BoardFacts,
    /// The thread.
    pub thread: ThreadFacts,
    /// The post.
    pub post: PostFacts,
}

impl Action for GiveThanks {
    const NAME: &'static str = "give thanks";

    fn decide(&self, actor: &Actor) -> Result<(), Denied> {
        active(actor)?;
        SeeThread { board: self.board, thread: self.thread }.decide(actor)?;
        if actor.id() == Some(self.post.author) {
            return Err(Denied::OwnThing);
        }
        if self.post.state.is_tombstone() { Err(Denied::Gone) } else { Ok(()) }
    }
}

/// Take one's own thanks back.
pub struct TakeBackThanks;

impl Action for TakeBackThanks {
    const NAME: &'static str = "take back thanks";

    fn decide(&self, actor: &Actor) -> Result<(), Denied> {
        active(actor)
    }
}

/// Keep drafts. Also open to people who are suspended or still joining: no word is ever lost (W2).
pub struct KeepDrafts;

impl Action for KeepDrafts {
    const NAME: &'static str = "keep drafts";

    fn decide(&self, actor: &Actor) -> Result<(), Denied> {
        match actor {
            Actor::Guest => Err(Denied::MembersOnly),
            Actor::Account { .. } | Actor::Host => Ok(()),
        }
    }
}

pub(super) fn may_write(actor: &Actor, board: &BoardFacts) -> Result<(), Denied> {
    if board.archived {
        return Err(Denied::Archived);
    }
    // A host may always write on their own board.
    let hosts = actor.id().is_some() && actor.id() == board.host;
    let clearance = actor.clearance();
    if !hosts && !clearance.belongs(board.circle) {
        return Err(Denied::CohortBoard);
    }
    let open = clearance.covers(board.write.max(Audience::Members));
    if hosts || open { writes(actor) } else { Err(Denied::ReadOnlyBoard) }
}
