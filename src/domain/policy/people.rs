//! Rules for one's own account and for the place's furniture.

use super::{Action, Actor, Denied, active, sysop};
use crate::domain::ids::MemberId;
use crate::domain::member::{Level, Role, Standing};

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

/// Change what a member is trusted with. A sysop's own role is theirs: another sysop cannot take it, or one who turned
/// against the others would have the place alone.
pub struct TrustMember {
    /// Who.
    pub member: MemberId,
    /// What they are trusted with now.
    pub role: Role,
}

impl Action for TrustMember {
    const NAME: &'static str = "trust member";

    fn decide(&self, actor: &Actor) -> Result<(), Denied> {
        sysop(actor)?;
        apart_from_sysops(actor, self.member, self.role)
    }
}

/// Give a member a new password who has lost every way in, or revoke a key of theirs. Whoever could do that to a sysop
/// would be that sysop.
pub struct ResetWays {
    /// Whose.
    pub member: MemberId,
    /// What they are trusted with.
    pub role: Role,
}

impl Action for ResetWays {
    const NAME: &'static str = "reset ways in";

    fn decide(&self, actor: &Actor) -> Result<(), Denied> {
        sysop(actor)?;
        apart_from_sysops(actor, self.member, self.role)
    }
}

fn apart_from_sysops(actor: &Actor, member: MemberId, role: Role) -> Result<(), Denied> {
    let own = actor.id().is_none_or(|me| me == member);
    if role == Role::Sysop && !own { Err(Denied::OtherSysop) } else { Ok(()) }
}

/// Run the place: the console with its sessions, door, settings and backups.
pub struct RunPlace;

impl Action for RunPlace {
    const NAME: &'static str = "run place";

    fn decide(&self, actor: &Actor) -> Result<(), Denied> {
        sysop(actor)
    }
}

/// Read what the charter said before, and what each version changed: whoever lives by it may know.
pub struct ReadOldCharters;

impl Action for ReadOldCharters {
    const NAME: &'static str = "read old charters";

    fn decide(&self, actor: &Actor) -> Result<(), Denied> {
        active(actor)
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
