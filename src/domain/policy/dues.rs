//! Rules for dues (P6): the sysop keeps the ledger and alone reads it; a member reads their own line and asks to be let off.

use super::{Action, Actor, Denied, active, sysop};
use crate::domain::ids::MemberId;

/// Read the whole ledger, record in it, take an entry back.
pub struct KeepDues;

impl Action for KeepDues {
    const NAME: &'static str = "keep dues";

    fn decide(&self, actor: &Actor) -> Result<(), Denied> {
        sysop(actor)
    }
}

/// Read how a member's dues stand, and what was recorded: the member, and a sysop.
pub struct SeeDues {
    /// Whose.
    pub member: MemberId,
}

impl Action for SeeDues {
    const NAME: &'static str = "see dues";

    fn decide(&self, actor: &Actor) -> Result<(), Denied> {
        active(actor)?;
        if actor.id() == Some(self.member) { Ok(()) } else { sysop(actor) }
    }
}

/// Ask to be let off, or no longer: for oneself.
pub struct AskWaiver;

impl Action for AskWaiver {
    const NAME: &'static str = "ask waiver";

    fn decide(&self, actor: &Actor) -> Result<(), Denied> {
        active(actor)
    }
}

/// Tell whose dues end, and the sysop whose grace is over: the program's own work.
pub struct TellDues;

impl Action for TellDues {
    const NAME: &'static str = "tell dues";

    fn decide(&self, actor: &Actor) -> Result<(), Denied> {
        if matches!(actor, Actor::Host) { Ok(()) } else { Err(Denied::SysopOnly) }
    }
}
