//! Rules for seats and the line for them (D7).

use super::{Action, Actor, Denied, active, staff, sysop};
use crate::domain::member::Standing;

/// Let sit down whoever's turn it is. Open to everybody: the line, the cap and the governor decide, and not the one
/// whose act made room.
pub struct MoveLine;

impl Action for MoveLine {
    const NAME: &'static str = "move the line";

    fn decide(&self, _actor: &Actor) -> Result<(), Denied> {
        Ok(())
    }
}

/// Wake one's own seat.
pub struct WakeSeat;

impl Action for WakeSeat {
    const NAME: &'static str = "wake seat";

    fn decide(&self, actor: &Actor) -> Result<(), Denied> {
        match actor {
            Actor::Account { standing: Standing::Asleep, .. } => Ok(()),
            other => active(other).and(Err(Denied::Awake)),
        }
    }
}

/// See who waits for a seat, and why.
pub struct SeeLine;

impl Action for SeeLine {
    const NAME: &'static str = "see the line";

    fn decide(&self, actor: &Actor) -> Result<(), Denied> {
        staff(actor)
    }
}

/// Give somebody in the line a seat at once, whatever the cap and the governor say.
pub struct SeatNow;

impl Action for SeatNow {
    const NAME: &'static str = "seat now";

    fn decide(&self, actor: &Actor) -> Result<(), Denied> {
        sysop(actor)
    }
}

/// Let the seats sleep of those who were away for long: the program itself, once a night.
pub struct LetSeatsSleep;

impl Action for LetSeatsSleep {
    const NAME: &'static str = "let seats sleep";

    fn decide(&self, actor: &Actor) -> Result<(), Denied> {
        if matches!(actor, Actor::Host) { Ok(()) } else { Err(Denied::SysopOnly) }
    }
}
