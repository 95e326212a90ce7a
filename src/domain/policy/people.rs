//! Rules for one's own account and for the place's furniture.

use super::{Action, Actor, Denied, active, sysop};
use crate::domain::ids::MemberId;
use crate::domain::member::{Level, Standing};

/// Edit one's own profile and settings.
pub struct EditProfile {
    /// Whose profile.
    pub member: MemberId,
}

impl Action for EditProfile {
    const NAME: &'static str = "edit profile";

    fn decide(&self, actor: &Actor) -> Result<(), Denied> {
        active(actor)?;
        if actor.id() == Some(self.member) { Ok(()) } else { Err(Denied::NotYours) }
    }
}

/// Add, name and revoke one's own keys, change one's own password. Open in every standing but removed, so
/// that a stolen key can be revoked by a suspended member too.
pub struct ManageKeys {
    /// Whose keys.
    pub member: MemberId,
}

impl Action for ManageKeys {
    const NAME: &'static str = "manage keys";

    fn decide(&self, actor: &Actor) -> Result<(), Denied> {
        match actor {
            Actor::Host => Ok(()),
            Actor::Account { standing: Standing::Removed, .. } => Err(Denied::NoLongerMember),
            Actor::Account { id, .. } if *id == self.member => Ok(()),
            // For whoever has lost their own, from the console and on record.
            Actor::Account { .. } if actor.is_sysop() => Ok(()),
            Actor::Account { .. } => Err(Denied::NotYours),
            Actor::Guest => Err(Denied::MembersOnly),
        }
    }
}

/// See how far a member is on the way to the next level: one's own path, or, as staff, anybody's.
pub struct SeePath {
    /// Whose.
    pub member: MemberId,
}

impl Action for SeePath {
    const NAME: &'static str = "see path";

    fn decide(&self, actor: &Actor) -> Result<(), Denied> {
        active(actor)?;
        let own = actor.id() == Some(self.member);
        if own || actor.is_staff() { Ok(()) } else { Err(Denied::NotYours) }
    }
}

/// Bring levels up to date. Nobody gives or takes a level: the rule does, on the facts.
pub struct SettleLevels;

impl Action for SettleLevels {
    const NAME: &'static str = "settle levels";

    fn decide(&self, actor: &Actor) -> Result<(), Denied> {
        if matches!(actor, Actor::Host) { Ok(()) } else { Err(Denied::SysopOnly) }
    }
}

/// Make an invite. Newcomers cannot yet (D6).
pub struct MakeInvite;

impl Action for MakeInvite {
    const NAME: &'static str = "make invite";

    fn decide(&self, actor: &Actor) -> Result<(), Denied> {
        active(actor)?;
        if actor.curbs().no_invites {
            return Err(Denied::NoInvites);
        }
        if actor.level() == Level::Newcomer && !actor.is_staff() { Err(Denied::NotYet) } else { Ok(()) }
    }
}

/// Take back an invite that nobody has used: one's own, or, as staff, anybody's.
pub struct RevokeInvite {
    /// Who made it; none for one made on the host.
    pub creator: Option<MemberId>,
}

impl Action for RevokeInvite {
    const NAME: &'static str = "revoke invite";

    fn decide(&self, actor: &Actor) -> Result<(), Denied> {
        active(actor)?;
        let own = actor.id().is_some() && actor.id() == self.creator;
        if own || actor.is_staff() { Ok(()) } else { Err(Denied::NotYours) }
    }
}

/// Create accounts outside the door, and say what they are trusted with: the host's own tools, the first sysop, imports,
/// and a sysop in the console.
pub struct MakeAccount;

impl Action for MakeAccount {
    const NAME: &'static str = "make account";

    fn decide(&self, actor: &Actor) -> Result<(), Denied> {
        sysop(actor)
    }
}

/// Run the place: the console with its sessions, door, settings and backups.
pub struct RunPlace;

impl Action for RunPlace {
    const NAME: &'static str = "run place";

    fn decide(&self, actor: &Actor) -> Result<(), Denied> {
        sysop(actor)
    }
}

/// Accept a rule that is new in the charter.
pub struct AcceptNewRule;

impl Action for AcceptNewRule {
    const NAME: &'static str = "accept new rule";

    fn decide(&self, actor: &Actor) -> Result<(), Denied> {
        active(actor)
    }
}

/// Create and change boards, their order and their audiences.
pub struct ArrangeBoards;

impl Action for ArrangeBoards {
    const NAME: &'static str = "arrange boards";

    fn decide(&self, actor: &Actor) -> Result<(), Denied> {
        sysop(actor)
    }
}

/// Read, write and order the questions that are asked at the door.
pub struct EditQuestions;

impl Action for EditQuestions {
    const NAME: &'static str = "edit questions";

    fn decide(&self, actor: &Actor) -> Result<(), Denied> {
        sysop(actor)
    }
}

/// Publish a version of the charter.
pub struct EditCharter;

impl Action for EditCharter {
    const NAME: &'static str = "edit charter";

    fn decide(&self, actor: &Actor) -> Result<(), Denied> {
        sysop(actor)
    }
}
