//! Saying at the door that one lost a key.

use super::since;
use crate::domain::policy;
use crate::service::{Caller, Cx, DomainEvent, Request, Result, Service, Writes};
use crate::store::{members, recovery};

/// Says that the key and the password of an account are lost. The answer is the same whether there is such an account
/// or not, and whether that was said before: nobody learns here who belongs to the place.
#[derive(Clone, Debug)]
pub struct AskRecovery {
    /// The handle as it was typed.
    pub handle: String,
}

impl Request for AskRecovery {
    type Reply = ();
    type Access = Writes;
    const NAME: &'static str = "ask recovery";

    async fn prepare(&mut self, service: &Service, caller: &Caller) -> Result<()> {
        service.limits.check_recovery(caller, service.now())
    }

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<()> {
        let grant = cx.allow(&policy::AskRecovery)?;
        let now = cx.now;
        let fold = self.handle.trim().to_ascii_lowercase();
        let Some(account) = members::by_fold(cx.conn(), &fold).await? else { return Ok(()) };
        let member = account.id;
        if !recovery::ask(cx.conn(), &grant, now, since(now), member).await? {
            return Ok(());
        }
        let open = recovery::open(cx.conn(), None, since(now)).await?;
        if let Some(row) = open.iter().find(|row| row.member_id == member) {
            super::note(cx, "recovery.ask", row, "").await?;
        }
        // The member may be here, and is told at once.
        cx.publish(DomainEvent::MemberChanged { member });
        cx.publish(DomainEvent::RecoveriesChanged);
        Ok(())
    }
}
