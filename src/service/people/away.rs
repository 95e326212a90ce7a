//! Being away, and being back (L1). It is kept in memory only: who leaves is not away, but gone.

use crate::domain::policy::LookAround;
use crate::domain::room::AWAY_CHARS_MAX;
use crate::domain::text::clean_line;
use crate::service::{Cx, DomainEvent, Error, Reads, Request, Result, Writes};

/// Says that one is away, perhaps with a word on why, or back.
#[derive(Clone, Debug)]
pub struct SetAway {
    /// Why, possibly nothing; `None`: one is back.
    pub away: Option<String>,
}

impl Request for SetAway {
    type Reply = ();
    type Access = Writes;
    const NAME: &'static str = "set away";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<()> {
        cx.allow(&LookAround)?;
        let me = cx.me()?;
        let away = self.away.map(|why| clean_line(&why));
        let chars = away.as_ref().map_or(0, |why| why.chars().count());
        if chars > AWAY_CHARS_MAX {
            return Err(Error::invalid(format!(
                "That is {chars} characters long; {AWAY_CHARS_MAX} is the most."
            )));
        }
        if cx.presence().set_away(me, away) && cx.presence().is_here(me) {
            cx.publish(DomainEvent::PresenceChanged);
        }
        Ok(())
    }
}

/// Asks how one is seen oneself.
#[derive(Clone, Copy, Debug)]
pub struct MyPresence;

/// How one is seen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OwnPresence {
    /// One said that one is away, possibly with a word on why.
    pub away: Option<String>,
}

impl Request for MyPresence {
    type Reply = OwnPresence;
    type Access = Reads;
    const NAME: &'static str = "my presence";

    async fn run(self, cx: &mut Cx<'_, Reads>) -> Result<OwnPresence> {
        cx.allow(&LookAround)?;
        let me = cx.me()?;
        Ok(OwnPresence { away: cx.presence().away(me) })
    }
}
