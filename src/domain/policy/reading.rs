//! Rules for seeing.

use super::{Action, Actor, Denied, active, staff};
use crate::domain::board::{BoardFacts, ThreadFacts};

/// See a board and that it exists. Guests see boards that are for guests.
pub struct SeeBoard {
    /// The board.
    pub board: BoardFacts,
}

impl Action for SeeBoard {
    const NAME: &'static str = "see board";

    fn decide(&self, actor: &Actor) -> Result<(), Denied> {
        if actor.clearance().sees(self.board.see, self.board.circle) {
            Ok(())
        } else {
            Err(Denied::NotVisible)
        }
    }
}

/// Open a thread. A removed thread is for staff.
pub struct SeeThread {
    /// The board it is in.
    pub board: BoardFacts,
    /// The thread.
    pub thread: ThreadFacts,
}

impl Action for SeeThread {
    const NAME: &'static str = "see thread";

    fn decide(&self, actor: &Actor) -> Result<(), Denied> {
        SeeBoard { board: self.board }.decide(actor)?;
        if self.thread.removed && !actor.is_staff() { Err(Denied::NotVisible) } else { Ok(()) }
    }
}

/// Keep marks of what was read, choose what to follow and mute.
pub struct KeepMarks;

impl Action for KeepMarks {
    const NAME: &'static str = "keep read marks";

    fn decide(&self, actor: &Actor) -> Result<(), Denied> {
        active(actor)
    }
}

/// Look around: home, search, members, who is here, the glossary, the mod log.
pub struct LookAround;

impl Action for LookAround {
    const NAME: &'static str = "look around";

    fn decide(&self, actor: &Actor) -> Result<(), Denied> {
        active(actor)
    }
}

/// Read the audit log, which names everybody.
pub struct SeeAuditLog;

impl Action for SeeAuditLog {
    const NAME: &'static str = "see audit log";

    fn decide(&self, actor: &Actor) -> Result<(), Denied> {
        staff(actor)
    }
}
