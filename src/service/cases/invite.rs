//! Reporting an invite by its code (M1): somebody spreads codes, or sells them. The code is the leave to name it; the
//! staff see what the invite is, never the code.

use super::report::{ReportSubject, Reported, file, subject};
use crate::domain::invite::InviteCode;
use crate::domain::policy::LookAround;
use crate::service::invites::{find_any, look_up_any};
use crate::service::moderation::Target;
use crate::service::{Caller, Cx, Reads, Request, Result, Service, Writes};

/// Asks for what the form shows that reports an invite.
#[derive(Clone, Debug)]
pub struct InviteReportForm {
    /// Its code.
    pub code: InviteCode,
}

impl Request for InviteReportForm {
    type Reply = ReportSubject;
    type Access = Reads;
    const NAME: &'static str = "invite report form";

    async fn prepare(&mut self, service: &Service, caller: &Caller) -> Result<()> {
        look_up_any(service, caller, &self.code).await
    }

    async fn run(self, cx: &mut Cx<'_, Reads>) -> Result<ReportSubject> {
        cx.allow(&LookAround)?;
        let invite = find_any(cx.conn(), &self.code).await?;
        let on = Target::of_invite(cx, invite).await?;
        subject(cx, &on).await
    }
}

/// Reports an invite under a rule.
#[derive(Clone, Debug)]
pub struct ReportInvite {
    /// Its code.
    pub code: InviteCode,
    /// The rule of the charter that is broken.
    pub rule_no: i64,
    /// Where the code was seen; may be empty.
    pub note: String,
}

impl Request for ReportInvite {
    type Reply = Reported;
    type Access = Writes;
    const NAME: &'static str = "report invite";

    async fn prepare(&mut self, service: &Service, caller: &Caller) -> Result<()> {
        look_up_any(service, caller, &self.code).await
    }

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<Reported> {
        cx.allow(&LookAround)?;
        let invite = find_any(cx.conn(), &self.code).await?;
        let on = Target::of_invite(cx, invite).await?;
        file(cx, &on, self.rule_no, &self.note).await
    }
}
