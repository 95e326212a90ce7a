//! Vouching for somebody who lost a key, and stopping it.

use super::{find, note, since};
use crate::domain::ids::RecoveryId;
use crate::domain::policy;
use crate::service::{Cx, DomainEvent, Error, Request, Result, Writes};
use crate::store::{contacts, recovery};

/// Says that it is the member indeed who asks: one knows them and has spoken with them.
#[derive(Clone, Copy, Debug)]
pub struct VouchRecovery {
    /// Which request.
    pub id: RecoveryId,
}

impl Request for VouchRecovery {
    type Reply = ();
    type Access = Writes;
    const NAME: &'static str = "vouch recovery";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<()> {
        cx.allow(&policy::SeeRecoveries)?;
        let row = find(cx, self.id).await?;
        let (me, now, member) = (cx.me()?, cx.now, row.member_id);
        let blocked = contacts::is_blocked(cx.conn(), me, member).await?;
        let grant = cx.allow(&policy::VouchRecovery { member, blocked })?;
        if !recovery::vouch(cx.conn(), &grant, now, row.id, me).await? {
            return Err(Error::conflict("You have vouched already; each counts once."));
        }
        note(cx, "recovery.vouch", &row, "").await?;
        cx.publish(DomainEvent::RecoveriesChanged);
        Ok(())
    }
}

/// Stops a request: whoever asked is not the member, or the key is found. A code that was handed out opens nothing
/// from then on. Without an id it is the one about the caller's own account.
#[derive(Clone, Copy, Debug)]
pub struct StopRecovery {
    /// Which request; none for the one about the caller's own account.
    pub id: Option<RecoveryId>,
}

impl Request for StopRecovery {
    type Reply = ();
    type Access = Writes;
    const NAME: &'static str = "stop recovery";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<()> {
        let (me, now) = (cx.actor.id(), cx.now);
        let open = recovery::open(cx.conn(), me, since(now)).await?;
        let wanted = |row: &&recovery::RecoveryRow| match self.id {
            Some(id) => row.id == id,
            None => Some(row.member_id) == me,
        };
        let row = open.iter().find(wanted).ok_or(Error::NotFound("request"))?.clone();
        let grant = cx.allow(&policy::StopRecovery { member: row.member_id })?;
        recovery::stop(cx.conn(), &grant, now, row.id).await?;
        note(cx, "recovery.stop", &row, "").await?;
        cx.publish(DomainEvent::MemberChanged { member: row.member_id });
        cx.publish(DomainEvent::RecoveriesChanged);
        Ok(())
    }
}
