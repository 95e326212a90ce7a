//! Rules for cohorts (P5): who makes them, who looks after one, who comes and goes, and what the program does by itself.

use super::{Action, Actor, Denied, active, staff};
use crate::domain::ids::MemberId;

/// Make a cohort with its board: the staff.
pub struct MakeCohort;

impl Action for MakeCohort {
    const NAME: &'static str = "make cohort";

    fn decide(&self, actor: &Actor) -> Result<(), Denied> {
        staff(actor)
    }
}

/// Invite to a cohort, write what its checkpoints ask, call it off: whoever looks after it, staff.
pub struct TendCohort {
    /// Who looks after it.
    pub host: MemberId,
}

impl Action for TendCohort {
    const NAME: &'static str = "tend cohort";

    fn decide(&self, actor: &Actor) -> Result<(), Denied> {
        active(actor)?;
        if actor.id() == Some(self.host) || actor.is_staff() { Ok(()) } else { Err(Denied::CohortHostOnly) }
    }
}

/// Join a cohort, or leave it: for oneself.
pub struct JoinCohort;

impl Action for JoinCohort {
    const NAME: &'static str = "join cohort";

    fn decide(&self, actor: &Actor) -> Result<(), Denied> {
        active(actor)
    }
}

/// Begin a cohort, open its checkpoints, end it: the program's own work.
pub struct KeepCohorts;

impl Action for KeepCohorts {
    const NAME: &'static str = "keep cohorts";

    fn decide(&self, actor: &Actor) -> Result<(), Denied> {
        if matches!(actor, Actor::Host) { Ok(()) } else { Err(Denied::SysopOnly) }
    }
}
