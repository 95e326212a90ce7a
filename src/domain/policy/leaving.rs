//! Rules for what is one's own: taking it along, and leaving (W6).

use super::{Action, Actor, Denied};
use crate::domain::ids::MemberId;
use crate::domain::member::Standing;

/// See and take along everything that hob keeps about oneself. Open in every standing: one's words are one's own.
pub struct TakeOwnData {
    /// Whose.
    pub member: MemberId,
}

impl Action for TakeOwnData {
    const NAME: &'static str = "take own data";

    fn decide(&self, actor: &Actor) -> Result<(), Denied> {
        match actor {
            Actor::Account { id, .. } if *id == self.member => Ok(()),
            // Nor staff, nor the host by a request: whoever owns the file reads the file, and it says so (SAFETY.md).
            Actor::Account { .. } | Actor::Host => Err(Denied::NotYours),
            Actor::Guest => Err(Denied::MembersOnly),
        }
    }
}

/// Leave, and change one's mind. A suspended member may too; whoever was removed has nothing left to leave.
pub struct LeaveHob;

impl Action for LeaveHob {
    const NAME: &'static str = "leave";

    fn decide(&self, actor: &Actor) -> Result<(), Denied> {
        match actor {
            Actor::Account { standing: Standing::Active | Standing::Suspended, .. } => Ok(()),
            Actor::Account { standing: Standing::Removed, .. } => Err(Denied::NoLongerMember),
            Actor::Guest | Actor::Host | Actor::Account { .. } => Err(Denied::MembersOnly),
        }
    }
}

/// Carry out what somebody who left has chosen, and forget what is kept for a time only: hob itself, at night.
pub struct CarryOut;

impl Action for CarryOut {
    const NAME: &'static str = "carry out";

    fn decide(&self, actor: &Actor) -> Result<(), Denied> {
        if matches!(actor, Actor::Host) { Ok(()) } else { Err(Denied::SysopOnly) }
    }
}
