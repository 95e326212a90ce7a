//! Rules for keeping the place well: reports, cases, acts, logs.

use super::{Action, Actor, Denied, active, staff};
use crate::domain::board::BoardFacts;
use crate::domain::ids::MemberId;
use crate::domain::member::Role;

/// Report a thing to the moderators.
pub struct Report {
    /// Whose thing it is.
    pub author: MemberId,
}

impl Action for Report {
    const NAME: &'static str = "report";

    fn decide(&self, actor: &Actor) -> Result<(), Denied> {
        active(actor)?;
        if actor.id() == Some(self.author) { Err(Denied::OwnThing) } else { Ok(()) }
    }
}

/// Open the queue at all. What it lists is decided item by item.
pub struct SeeQueue;

impl Action for SeeQueue {
    const NAME: &'static str = "see queue";

    fn decide(&self, actor: &Actor) -> Result<(), Denied> {
        staff(actor)
    }
}

/// See, claim and decide a case. Nobody handles, nor even sees, a case they are part of (M4).
#[derive(Clone, Copy)]
pub struct HandleCase {
    /// Whose thing was reported.
    pub author: MemberId,
    /// The actor is one of its reporters.
    pub reported_it: bool,
    /// Who invited the author.
    pub inviter: Option<MemberId>,
}

impl Action for HandleCase {
    const NAME: &'static str = "handle case";

    fn decide(&self, actor: &Actor) -> Result<(), Denied> {
        staff(actor)?;
        let Some(id) = actor.id() else { return Ok(()) };
        if id == self.author || self.reported_it || Some(id) == self.inviter {
            Err(Denied::PartOfIt)
        } else {
            Ok(())
        }
    }
}

/// Act on somebody's post or thread: collapse, remove, restore, move.
pub struct ModerateContent {
    /// Whose it is.
    pub author: MemberId,
}

impl Action for ModerateContent {
    const NAME: &'static str = "moderate content";

    fn decide(&self, actor: &Actor) -> Result<(), Denied> {
        staff(actor)?;
        // An author has delete for that; acting on oneself as staff would hide behind the role.
        if actor.id() == Some(self.author) { Err(Denied::OwnThing) } else { Ok(()) }
    }
}

/// Keep a board tidy: lock, unlock, pin, move threads. The board's host may too.
pub struct TidyBoard {
    /// The board.
    pub board: BoardFacts,
}

impl Action for TidyBoard {
    const NAME: &'static str = "tidy board";

    fn decide(&self, actor: &Actor) -> Result<(), Denied> {
        active(actor)?;
        let hosts = actor.id().is_some() && actor.id() == self.board.host;
        if hosts || actor.is_staff() { Ok(()) } else { Err(Denied::StaffOnly) }
    }
}

/// Warn or suspend a member. Staff are for those of a higher role.
pub struct Sanction {
    /// Who.
    pub target: MemberId,
    /// Their role.
    pub target_role: Role,
}

impl Action for Sanction {
    const NAME: &'static str = "sanction";

    fn decide(&self, actor: &Actor) -> Result<(), Denied> {
        staff(actor)?;
        if actor.id() == Some(self.target) {
            return Err(Denied::OwnThing);
        }
        let outranks = self.target_role == Role::Member || actor.role() > self.target_role;
        if outranks || matches!(actor, Actor::Host) { Ok(()) } else { Err(Denied::HigherRole) }
    }
}

/// Undo a moderation act within the undo time; later a new act with a reason is needed.
pub struct UndoAct {
    /// Who acted.
    pub by: MemberId,
    /// Whom it concerned.
    pub target: Option<MemberId>,
    /// Seconds since.
    pub age_s: i64,
    /// How long undoing is open, in seconds.
    pub undo_s: i64,
}

impl Action for UndoAct {
    const NAME: &'static str = "undo act";

    fn decide(&self, actor: &Actor) -> Result<(), Denied> {
        staff(actor)?;
        if actor.id().is_some() && actor.id() == self.target {
            return Err(Denied::PartOfIt);
        }
        if actor.id() != Some(self.by) && !actor.is_sysop() {
            return Err(Denied::NotYours);
        }
        if self.age_s > self.undo_s { Err(Denied::TooLate) } else { Ok(()) }
    }
}
