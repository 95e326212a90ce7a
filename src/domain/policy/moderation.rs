//! Rules for keeping the place well: reports, cases, acts, logs.

use super::{Action, Actor, Denied, SeeBoard, StartThread, active, staff};
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
    /// Who invited the author, if somebody else on the staff is free to judge.
    pub inviter: Option<MemberId>,
    /// It is a message of a conversation that the actor takes part in, or took part in.
    pub takes_part: bool,
    /// The board that the thing is on; none for a member.
    pub board: Option<BoardFacts>,
}

impl Action for HandleCase {
    const NAME: &'static str = "handle case";

    fn decide(&self, actor: &Actor) -> Result<(), Denied> {
        staff(actor)?;
        if let Some(board) = self.board {
            SeeBoard { board }.decide(actor)?;
        }
        if actor.id() == Some(self.author) {
            return Err(Denied::PartOfIt);
        }
        apart(actor, self.reported_it || self.takes_part, self.inviter)
    }
}

/// Act on somebody's post, thread or reported message: collapse, remove, bring back.
pub struct ModerateContent {
    /// Whose it is.
    pub author: MemberId,
    /// The actor has reported it, and that case is open: somebody else judges.
    pub reported_it: bool,
    /// Who invited the author, if somebody else on the staff is free to judge.
    pub inviter: Option<MemberId>,
    /// It is a message of a conversation that the actor takes part in, or took part in.
    pub takes_part: bool,
}

impl Action for ModerateContent {
    const NAME: &'static str = "moderate content";

    fn decide(&self, actor: &Actor) -> Result<(), Denied> {
        staff(actor)?;
        // An author has delete for that; acting on oneself as staff would hide behind the role.
        if actor.id() == Some(self.author) {
            return Err(Denied::OwnThing);
        }
        apart(actor, self.reported_it || self.takes_part, self.inviter)
    }
}

/// Keep a board tidy: lock, unlock, pin threads. The board's host may too.
pub struct TidyBoard {
    /// The board.
    pub board: BoardFacts,
}

impl Action for TidyBoard {
    const NAME: &'static str = "tidy board";

    fn decide(&self, actor: &Actor) -> Result<(), Denied> {
        active(actor)?;
        SeeBoard { board: self.board }.decide(actor)?;
        let hosts = actor.id().is_some() && actor.id() == self.board.host;
        if hosts || actor.is_staff() { Ok(()) } else { Err(Denied::StaffOnly) }
    }
}

/// Take a thread to another board: whoever keeps the first one tidy and may start threads on the other.
pub struct MoveThread {
    /// The board it is on.
    pub from: BoardFacts,
    /// The board it goes to.
    pub to: BoardFacts,
}

impl Action for MoveThread {
    const NAME: &'static str = "move thread";

    fn decide(&self, actor: &Actor) -> Result<(), Denied> {
        TidyBoard { board: self.from }.decide(actor)?;
        StartThread { board: self.to }.decide(actor)
    }
}

/// Warn or suspend a member, or take a right from them. Staff are for those of a higher role.
pub struct Sanction {
    /// Who.
    pub target: MemberId,
    /// Their role.
    pub target_role: Role,
    /// The actor has reported them, and that case is open: somebody else judges.
    pub reported_it: bool,
    /// Who invited them, if somebody else on the staff is free to judge.
    pub inviter: Option<MemberId>,
    /// It removes them, nobody else has looked at it, and somebody is free to.
    pub needs_second: bool,
}

impl Action for Sanction {
    const NAME: &'static str = "sanction";

    fn decide(&self, actor: &Actor) -> Result<(), Denied> {
        staff(actor)?;
        if actor.id() == Some(self.target) {
            return Err(Denied::OwnThing);
        }
        let outranks = self.target_role == Role::Member || actor.role() > self.target_role;
        if !outranks && !matches!(actor, Actor::Host) {
            return Err(Denied::HigherRole);
        }
        apart(actor, self.reported_it, self.inviter)?;
        if self.needs_second { Err(Denied::NeedsSecond) } else { Ok(()) }
    }
}

/// Ask somebody else of the staff for a second pair of eyes.
pub struct AskForEyes;

impl Action for AskForEyes {
    const NAME: &'static str = "ask for eyes";

    fn decide(&self, actor: &Actor) -> Result<(), Denied> {
        staff(actor)
    }
}

/// See and decide an appeal, or what needs a second pair of eyes: whoever is no part of it (M4).
#[derive(Clone, Copy)]
pub struct HandleMatter {
    /// The actor began it, is concerned, did the act, reported or invited the member, or one of the two has blocked
    /// the other.
    pub part_of_it: bool,
    /// Whom it concerns.
    pub concerned: MemberId,
    /// A jury looks at it.
    pub with_jury: bool,
    /// Nobody who is no part of it is left in the whole place: then a sysop looks at it, and the record says so.
    pub last_resort: bool,
}

impl Action for HandleMatter {
    const NAME: &'static str = "handle matter";

    fn decide(&self, actor: &Actor) -> Result<(), Denied> {
        staff(actor)?;
        let concerned = actor.id() == Some(self.concerned);
        let last = self.last_resort && actor.is_sysop() && !concerned;
        // What a jury decides is carried out by the program itself.
        let jurys = self.with_jury && !matches!(actor, Actor::Host);
        if concerned || jurys || (self.part_of_it && !last) { Err(Denied::PartOfIt) } else { Ok(()) }
    }
}

/// Draw a jury, and let another one be drawn for who does not come: by lot, so by the program itself.
pub struct CallJury;

impl Action for CallJury {
    const NAME: &'static str = "call jury";

    fn decide(&self, actor: &Actor) -> Result<(), Denied> {
        if matches!(actor, Actor::Host) { Ok(()) } else { Err(Denied::NotVisible) }
    }
}

/// Read an appeal as one of its jury, vote on it, or decline.
pub struct SitOnJury {
    /// The actor was drawn and has not left it.
    pub drawn: bool,
    /// The actor has become part of it since, or is no longer a regular without a role.
    pub part_of_it: bool,
}

impl Action for SitOnJury {
    const NAME: &'static str = "sit on jury";

    fn decide(&self, actor: &Actor) -> Result<(), Denied> {
        active(actor)?;
        match self {
            Self { drawn: false, .. } => Err(Denied::NotVisible),
            Self { part_of_it: true, .. } => Err(Denied::PartOfIt),
            Self { .. } => Ok(()),
        }
    }
}

/// Whoever reported a thing, is in its conversation, or invited its author, leaves it to somebody else (M4).
fn apart(actor: &Actor, reported_it: bool, inviter: Option<MemberId>) -> Result<(), Denied> {
    let invited = actor.id().is_some() && actor.id() == inviter;
    if reported_it || invited { Err(Denied::PartOfIt) } else { Ok(()) }
}

/// See what sanction one is under and what warnings one has, and acknowledge them. Open in every standing.
pub struct SeeOwnSanction;

impl Action for SeeOwnSanction {
    const NAME: &'static str = "see own sanction";

    fn decide(&self, actor: &Actor) -> Result<(), Denied> {
        if actor.id().is_some() { Ok(()) } else { Err(Denied::MembersOnly) }
    }
}

/// Undo a moderation act within the undo time; later a new act with a reason is needed.
pub struct UndoAct {
    /// Who acted.
    pub by: MemberId,
    /// Whom it concerned.
    pub target: Option<MemberId>,
    /// Who invited them.
    pub inviter: Option<MemberId>,
    /// The actor is a reporter of the case that it decided.
    pub reported_it: bool,
    /// Seconds since.
    pub age_s: i64,
    /// How long undoing is open, in seconds.
    pub undo_s: i64,
}

impl Action for UndoAct {
    const NAME: &'static str = "undo act";

    fn decide(&self, actor: &Actor) -> Result<(), Denied> {
        staff(actor)?;
        let own = actor.id() == Some(self.by);
        let concerned = actor.id().is_some() && (actor.id() == self.target || actor.id() == self.inviter);
        if !own && !actor.is_sysop() {
            return Err(Denied::NotYours);
        }
        // Somebody else's act is not undone by a friend of the member concerned, nor by who reported it.
        if !own && (concerned || self.reported_it) {
            return Err(Denied::PartOfIt);
        }
        if self.age_s > self.undo_s { Err(Denied::TooLate) } else { Ok(()) }
    }
}
