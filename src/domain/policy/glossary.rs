//! Rules for the place's own words (P8). Everybody who may look around reads them.

use super::{Action, Actor, Denied, staff, writes};
use crate::domain::member::Level;

/// Say what a word means here, or say it better: members from the level member on, and staff.
pub struct DefineTerm;

impl Action for DefineTerm {
    const NAME: &'static str = "define term";

    fn decide(&self, actor: &Actor) -> Result<(), Denied> {
        writes(actor)?;
        if actor.level() >= Level::Member || actor.is_staff() { Ok(()) } else { Err(Denied::NotYet) }
    }
}

/// Take a word out of the glossary.
pub struct RemoveTerm;

impl Action for RemoveTerm {
    const NAME: &'static str = "remove term";

    fn decide(&self, actor: &Actor) -> Result<(), Denied> {
        staff(actor)
    }
}
