//! Rules for coming in.

use super::{Action, Actor, Denied, active, staff};
use crate::domain::ids::MemberId;
use crate::domain::member::{Level, Standing};

/// Read the charter and what the sysop shows at the door. Open to everybody.
pub struct StandAtDoor;

impl Action for StandAtDoor {
    const NAME: &'static str = "stand at the door";

    fn decide(&self, _actor: &Actor) -> Result<(), Denied> {
        Ok(())
    }
}

/// Take a handle and start joining.
pub struct StartJoining;

impl Action for StartJoining {
    const NAME: &'static str = "start joining";

    fn decide(&self, actor: &Actor) -> Result<(), Denied> {
        if matches!(actor, Actor::Guest) { Ok(()) } else { Err(Denied::NotJoining) }
    }
}

/// Go on with one's own application: accept rules, answer, submit, enter an invite.
pub struct GoOnJoining;

impl Action for GoOnJoining {
    const NAME: &'static str = "go on joining";

    fn decide(&self, actor: &Actor) -> Result<(), Denied> {
        match actor {
            Actor::Account { standing: Standing::Joining, .. } => Ok(()),
            _ => Err(Denied::NotJoining),
        }
    }
}

/// Enter an invite: while joining, or later while the application waits, or its applicant for a seat. Nobody overrules
/// a decision with one.
pub struct EnterInvite;

impl Action for EnterInvite {
    const NAME: &'static str = "enter invite";

    fn decide(&self, actor: &Actor) -> Result<(), Denied> {
        match actor {
            Actor::Account {
                standing: Standing::Joining | Standing::Applied | Standing::Waiting, ..
            } => Ok(()),
            _ => Err(Denied::NotJoining),
        }
    }
}

/// Answer what staff asked back about one's own application, while it waits.
pub struct AnswerQuestion;

impl Action for AnswerQuestion {
    const NAME: &'static str = "answer question";

    fn decide(&self, actor: &Actor) -> Result<(), Denied> {
        match actor {
            Actor::Account { standing: Standing::Applied, .. } => Ok(()),
            _ => Err(Denied::NotJoining),
        }
    }
}

/// See where one's own application stands.
pub struct SeeOwnApplication;

impl Action for SeeOwnApplication {
    const NAME: &'static str = "see own application";

    fn decide(&self, actor: &Actor) -> Result<(), Denied> {
        if actor.id().is_some() { Ok(()) } else { Err(Denied::NotJoining) }
    }
}

/// See who is at the door, as far as they agreed to be seen.
pub struct LookAtDoor;

impl Action for LookAtDoor {
    const NAME: &'static str = "look at door";

    fn decide(&self, actor: &Actor) -> Result<(), Denied> {
        active(actor)?;
        if actor.id().is_some() { Ok(()) } else { Err(Denied::MembersOnly) }
    }
}

/// Say for somebody at the door that one knows them. Newcomers, whom the place hardly knows itself, cannot yet.
pub struct Vouch;

impl Action for Vouch {
    const NAME: &'static str = "vouch";

    fn decide(&self, actor: &Actor) -> Result<(), Denied> {
        LookAtDoor.decide(actor)?;
        if actor.level() == Level::Newcomer && !actor.is_staff() { Err(Denied::NotYet) } else { Ok(()) }
    }
}

/// Choose whether members see one's handle and introduction while one is at the door.
pub struct ShowOneself;

impl Action for ShowOneself {
    const NAME: &'static str = "show oneself at the door";

    fn decide(&self, actor: &Actor) -> Result<(), Denied> {
        match actor {
            Actor::Account { standing: Standing::Joining | Standing::Applied, .. } => Ok(()),
            _ => Err(Denied::NotJoining),
        }
    }
}

/// Read and decide an application. The inviter stands aside, and so does whoever vouches for the applicant.
pub struct DecideApplication {
    /// Whether the actor vouches for the applicant.
    pub vouched: bool,
    /// The applicant.
    pub applicant: MemberId,
    /// Who invited the applicant.
    pub inviter: Option<MemberId>,
}

impl Action for DecideApplication {
    const NAME: &'static str = "decide application";

    fn decide(&self, actor: &Actor) -> Result<(), Denied> {
        staff(actor)?;
        let own = actor.id() == Some(self.applicant);
        let invited = actor.id().is_some() && actor.id() == self.inviter;
        if own || invited || self.vouched { Err(Denied::PartOfIt) } else { Ok(()) }
    }
}
