//! Deciding an application.

use super::view;
use crate::domain::ids::ApplicationId;
use crate::domain::waitlist::Turn;
use crate::service::moderation::UNNAMED;
use crate::service::waitlist;
use crate::service::{Cx, DomainEvent, Error, Request, Result, Writes};
use crate::store::audit::NewAudit;
use crate::store::{accounts, applications};

/// Approves an applicant, who sits down when it is their turn (D7: at once, when there is room), or declines with a word of why. Of two who decide at once one wins and the other is told
/// who it was (D5).
#[derive(Clone, Debug)]
pub struct DecideApplication {
    /// Which.
    pub id: ApplicationId,
    /// Whether to let the applicant in.
    pub approve: bool,
    /// Words to the applicant; a decline needs some.
    pub answer: String,
}

impl Request for DecideApplication {
    type Reply = ();
    type Access = Writes;
    const NAME: &'static str = "decide application";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<()> {
        let (row, grant) = view::find(cx, self.id).await?;
        view::refuse_if_taken(cx, &row)?;
        let now = cx.now;
        let answer = view::words(&self.answer, "The answer")?;
        if !self.approve && answer.is_empty() {
            return Err(Error::invalid("A decline needs a kind word on why. The applicant reads it."));
        }
        if !applications::decide(cx.conn(), &grant, now, self.id, self.approve, &answer).await? {
            return Err(Error::conflict("Somebody else decided this a moment ago."));
        }
        if self.approve {
            let turn = if row.inviter_id.is_some() { Turn::Invited } else { Turn::Applicant };
            waitlist::enter(cx, &grant, row.member_id, turn).await?;
        } else {
            accounts::set_declined(cx.conn(), &grant, row.member_id).await?;
            cx.publish(DomainEvent::MemberChanged { member: row.member_id });
        }
        cx.publish(DomainEvent::ApplicationChanged { application: self.id, member: row.member_id });
        cx.audit(NewAudit {
            action: if self.approve { "application.approve" } else { "application.decline" },
            thing: "application",
            thing_id: self.id.0,
            target: Some(row.member_id),
            rule_no: None,
            // The words to the applicant are the applicant's to read.
            reason: "",
            // Who was declined is nobody's business but theirs and the staff's (M5).
            detail: if self.approve { "" } else { UNNAMED },
            public: true,
        })
        .await
    }
}
