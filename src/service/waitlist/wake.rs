//! Waking a seat that sleeps.

use crate::domain::policy;
use crate::domain::waitlist::Turn;
use crate::service::joining::{Joining, load_state};
use crate::service::{Cx, Request, Result, Writes};

/// Wakes one's own seat. In a full place it brings one to the head of the line; the governor holds nobody who was here
/// before.
#[derive(Clone, Copy, Debug)]
pub struct WakeSeat;

impl Request for WakeSeat {
    type Reply = Joining;
    type Access = Writes;
    const NAME: &'static str = "wake seat";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<Joining> {
        let grant = cx.allow(&policy::WakeSeat)?;
        let me = cx.me()?;
        super::enter(cx, &grant, me, Turn::Returning).await?;
        load_state(cx).await
    }
}
