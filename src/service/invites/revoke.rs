//! Taking an invite back.

use crate::domain::ids::InviteId;
use crate::domain::policy;
use crate::service::{Cx, Error, Request, Result, Writes};
use crate::store::audit::NewAudit;
use crate::store::invites;

/// Takes back an invite that nobody has used.
#[derive(Clone, Copy, Debug)]
pub struct RevokeInvite {
    /// Which.
    pub id: InviteId,
}

impl Request for RevokeInvite {
    type Reply = ();
    type Access = Writes;
    const NAME: &'static str = "revoke invite";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<()> {
        let now = cx.now;
        let invite = invites::get(cx.conn(), self.id).await?.ok_or(Error::NotFound("invite"))?;
        let grant = cx.allow(&policy::RevokeInvite { creator: invite.created_by })?;
        if !invites::revoke(cx.conn(), &grant, now, self.id).await? {
            return Err(Error::conflict(match invite.used_by_handle {
                Some(handle) => {
                    format!("{handle} came with that invite already, so there is nothing to take back.")
                }
                None => "That invite was taken back already.".to_owned(),
            }));
        }
        if invite.created_by != cx.actor.id() {
            cx.audit(NewAudit {
                action: "invite.revoke",
                thing: "invite",
                thing_id: self.id.0,
                target: invite.created_by,
                rule_no: None,
                reason: "",
                detail: "",
                public: false,
            })
            .await?;
        }
        Ok(())
    }
}
