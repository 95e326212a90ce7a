//! Rules for accounts whose key is lost (D9).

use super::{Action, Actor, Denied, active, sysop};
use crate::domain::ids::MemberId;
use crate::domain::member::{Level, Standing};

/// How many members vouch before a sysop may hand out a code (D9).
pub const VOUCHES_NEEDED: i64 = 2;

/// Say at the door that one lost a key, and enter the code that came of it. Open to everybody: the code is the secret.
pub struct AskRecovery;

impl Action for AskRecovery {
    const NAME: &'static str = "ask recovery";

    fn decide(&self, _actor: &Actor) -> Result<(), Denied> {
        Ok(())
    }
}

/// See who asks at the door to get back in.
pub struct SeeRecoveries;

impl Action for SeeRecoveries {
    const NAME: &'static str = "see recoveries";

    fn decide(&self, actor: &Actor) -> Result<(), Denied> {
        active(actor)
    }
}

/// Vouch that it is the member who asks: not for oneself, not as a newcomer, and not across a block (M4).
pub struct VouchRecovery {
    /// Whose account it is.
    pub member: MemberId,
    /// Either has blocked the other.
    pub blocked: bool,
}

impl Action for VouchRecovery {
    const NAME: &'static str = "vouch recovery";

    fn decide(&self, actor: &Actor) -> Result<(), Denied> {
        active(actor)?;
        if actor.id() == Some(self.member) {
            return Err(Denied::OwnThing);
        }
        if actor.level() == Level::Newcomer && !actor.is_staff() {
            return Err(Denied::NotYet);
        }
        if self.blocked { Err(Denied::PartOfIt) } else { Ok(()) }
    }
}

/// Stop it: the member concerned, in whatever standing, or a sysop.
pub struct StopRecovery {
    /// Whose account it is.
    pub member: MemberId,
}

impl Action for StopRecovery {
    const NAME: &'static str = "stop recovery";

    fn decide(&self, actor: &Actor) -> Result<(), Denied> {
        match actor {
            Actor::Account { standing: Standing::Removed, .. } => Err(Denied::NoLongerMember),
            Actor::Account { id, .. } if *id == self.member => Ok(()),
            other => sysop(other),
        }
    }
}

/// Hand out the one-time code, once enough others have vouched.
pub struct HandOutCode {
    /// Whose account it is.
    pub member: MemberId,
    /// How many have vouched besides the one who hands it out.
    pub vouches: i64,
}

impl Action for HandOutCode {
    const NAME: &'static str = "hand out recovery code";

    fn decide(&self, actor: &Actor) -> Result<(), Denied> {
        sysop(actor)?;
        if actor.id() == Some(self.member) {
            return Err(Denied::OwnThing);
        }
        if self.vouches < VOUCHES_NEEDED { Err(Denied::VouchesMissing) } else { Ok(()) }
    }
}
