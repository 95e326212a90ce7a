//! Asking the applicant something before deciding.

use super::view;
use crate::domain::ids::ApplicationId;
use crate::service::{Cx, DomainEvent, Error, Request, Result, Writes};
use crate::store::applications;

/// Asks the applicant something. One question at a time.
#[derive(Clone, Debug)]
pub struct AskApplicant {
    /// About which application.
    pub id: ApplicationId,
    /// What.
    pub question: String,
}

impl Request for AskApplicant {
    type Reply = ();
    type Access = Writes;
    const NAME: &'static str = "ask applicant";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<()> {
        let (row, grant) = view::find(cx, self.id).await?;
        view::refuse_if_taken(cx, &row)?;
        let (me, now) = (cx.me()?, cx.now);
        let question = view::words(&self.question, "The question")?;
        if question.is_empty() {
            return Err(Error::invalid("Write the question first."));
        }
        let asked = applications::questions(cx.conn(), self.id).await?;
        if asked.iter().any(|question| question.replied_at.is_none()) {
            return Err(Error::conflict(format!("{} has not answered the last question yet.", row.handle)));
        }
        applications::ask(cx.conn(), &grant, now, self.id, me, &question).await?;
        cx.publish(DomainEvent::ApplicationChanged { application: self.id, member: row.member_id });
        Ok(())
    }
}
