//! What stands at the door for everybody to see.

use crate::domain::policy::{Actor, StandAtDoor};
use crate::domain::question::Asking;
use crate::service::charter::{self, Charter};
use crate::service::questions;
use crate::service::{Cx, Reads, Request, Result};
use crate::store::boards;

/// Asks for what a guest sees first. Open to everybody.
#[derive(Clone, Copy, Debug)]
pub struct SeeDoor;

/// The door.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DoorView {
    /// The community's name.
    pub place: String,
    /// One line under it.
    pub tagline: String,
    /// The charter that holds now.
    pub charter: Charter,
    /// The sysop's own questions, as far as they are asked now.
    pub asked: Vec<Asking>,
    /// Whether one may apply without an invite.
    pub applications_open: bool,
    /// How many boards a guest may look at.
    pub boards: usize,
    /// The fingerprint of the key that the guest proved in this connection.
    pub key: Option<String>,
    /// The certificate that the guest came with and that is a pass (D10).
    pub pass: Option<DoorPass>,
}

/// A certificate of a listed authority, for a handle that nobody has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DoorPass {
    /// The authority's name.
    pub authority: String,
    /// The handle that it is for.
    pub handle: String,
}

impl Request for SeeDoor {
    type Reply = DoorView;
    type Access = Reads;
    const NAME: &'static str = "see door";

    async fn run(self, cx: &mut Cx<'_, Reads>) -> Result<DoorView> {
        cx.allow(&StandAtDoor)?;
        let guest = matches!(cx.actor, Actor::Guest);
        let clearance = cx.actor.clearance();
        let boards = boards::list(cx.conn(), clearance).await?.len();
        let charter = charter::load(cx.conn()).await?;
        let asked = questions::current(cx).await?;
        let asked = asked.into_iter().filter(|one| !one.retired).map(|one| one.asking).collect();
        let settings = cx.settings();
        let held = cx.caller.pass.as_ref().filter(|_| guest);
        let pass =
            held.map(|pass| DoorPass { authority: pass.authority.clone(), handle: pass.handle.clone() });
        let closed = cx.desk().door().words();
        Ok(DoorView {
            place: settings.name.clone(),
            // The door that is closed by the console is closed for everybody.
            applications_open: (settings.applications_open || pass.is_some()) && closed.is_none(),
            tagline: closed.unwrap_or_else(|| settings.tagline.clone()),
            charter,
            asked,
            boards,
            pass,
            key: cx.caller.key.as_ref().filter(|_| guest).map(|key| key.fingerprint.clone()),
        })
    }
}
