//! Looking at an invite before entering it.

use super::look_up;
use super::redeem::find_open;
use crate::domain::invite::InviteCode;
use crate::domain::member::Role;
use crate::domain::policy::StandAtDoor;
use crate::domain::time::Timestamp;
use crate::service::{Caller, Cx, Reads, Request, Result, Service};

/// Asks whether an invite can be used, and from whom it is. Open to everybody: the code is the secret.
#[derive(Clone, Debug)]
pub struct CheckInvite {
    /// Its code.
    pub code: InviteCode,
}

/// An invite, as the one who holds its code sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InviteOffer {
    /// The handle of who made it; none when it was made on the host.
    pub from: Option<String>,
    /// What it makes of the one who uses it.
    pub role: Role,
    /// A word to the friend.
    pub note: String,
    /// When it ends.
    pub expires_at: Timestamp,
}

impl Request for CheckInvite {
    type Reply = InviteOffer;
    type Access = Reads;
    const NAME: &'static str = "check invite";

    async fn prepare(&mut self, service: &Service, caller: &Caller) -> Result<()> {
        look_up(service, caller, &self.code).await
    }

    async fn run(self, cx: &mut Cx<'_, Reads>) -> Result<InviteOffer> {
        cx.allow(&StandAtDoor)?;
        let now = cx.now;
        let invite = find_open(cx.conn(), &self.code, now).await?;
        Ok(InviteOffer {
            from: invite.created_by_handle,
            role: invite.role,
            note: invite.note,
            expires_at: invite.expires_at,
        })
    }
}
