//! How much is for one: the number in the header and in the window's title.

use crate::domain::ids::MemberId;
use crate::domain::policy::{Clearance, LookAround};
use crate::service::{Cx, Reads, Request, Result};
use crate::store::{notifications, reading};

/// Replies and mentions are counted up to here; "99+" says enough after that.
const ADDRESSED_COUNTED: i64 = 100;

/// Asks how much there is that the caller has not seen.
#[derive(Clone, Copy, Debug)]
pub struct CountNotifications;

impl Request for CountNotifications {
    type Reply = i64;
    type Access = Reads;
    const NAME: &'static str = "count notifications";

    async fn run(self, cx: &mut Cx<'_, Reads>) -> Result<i64> {
        cx.allow(&LookAround)?;
        let (me, clearance) = (cx.me()?, cx.actor.clearance());
        count_for(cx, me, clearance).await
    }
}

/// The same for a use case that counts it too.
pub(in crate::service) async fn count_for(
    cx: &mut Cx<'_, Reads>,
    member: MemberId,
    clearance: Clearance,
) -> Result<i64> {
    let conn = cx.conn();
    let spoken = reading::count_addressed(conn, member, clearance, ADDRESSED_COUNTED).await?;
    let others = notifications::count_unseen(conn, member, clearance).await?;
    Ok(spoken + others)
}
