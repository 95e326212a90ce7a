//! Taking an application in hand, so that two people do not read it at once.

use super::view::{self, Application};
use crate::domain::ids::ApplicationId;
use crate::service::{Cx, DomainEvent, Error, Request, Result, Writes};
use crate::store::applications;

/// Takes an application in hand for a while (settings: `claim_s`). Claiming one's own again starts the time anew.
#[derive(Clone, Copy, Debug)]
pub struct ClaimApplication {
    /// Which.
    pub id: ApplicationId,
}

impl Request for ClaimApplication {
    type Reply = Application;
    type Access = Writes;
    const NAME: &'static str = "claim application";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<Application> {
        let (row, grant) = view::find(cx, self.id).await?;
        view::refuse_if_taken(cx, &row)?;
        let (me, now) = (cx.me()?, cx.now);
        applications::claim(cx.conn(), &grant, self.id, Some((me, now))).await?;
        cx.publish(DomainEvent::ApplicationChanged { application: self.id, member: row.member_id });
        let (row, _grant) = view::find(cx, self.id).await?;
        view::view(cx, row).await
    }
}

/// Gives an application back to the others.
#[derive(Clone, Copy, Debug)]
pub struct ReleaseApplication {
    /// Which.
    pub id: ApplicationId,
}

impl Request for ReleaseApplication {
    type Reply = ();
    type Access = Writes;
    const NAME: &'static str = "release application";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<()> {
        let (row, grant) = view::find(cx, self.id).await?;
        if row.claimed_by != Some(cx.me()?) {
            return Err(Error::conflict("That application is not in your hands."));
        }
        applications::claim(cx.conn(), &grant, self.id, None).await?;
        cx.publish(DomainEvent::ApplicationChanged { application: self.id, member: row.member_id });
        Ok(())
    }
}
