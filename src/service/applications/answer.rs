//! The applicant's answer to what staff asked.

use super::view;
use crate::domain::policy::AnswerQuestion;
use crate::service::joining::{ANSWER_FORM, drop_draft};
use crate::service::{Cx, DomainEvent, Error, Request, Result, Writes};
use crate::store::applications;

/// Answers the open question about one's own application.
#[derive(Clone, Debug)]
pub struct AnswerApplicationQuestion {
    /// As it was typed.
    pub text: String,
}

impl Request for AnswerApplicationQuestion {
    type Reply = ();
    type Access = Writes;
    const NAME: &'static str = "answer question";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<()> {
        let grant = cx.allow(&AnswerQuestion)?;
        let (me, now) = (cx.me()?, cx.now);
        let text = view::words(&self.text, "The answer")?;
        if text.is_empty() {
            return Err(Error::invalid("Write the answer first."));
        }
        let row = applications::of_member(cx.conn(), me).await?.ok_or(Error::NotFound("application"))?;
        let questions = applications::questions(cx.conn(), row.id).await?;
        let open = questions.iter().find(|question| question.replied_at.is_none());
        let Some(open) = open else {
            return Err(Error::conflict("There is no open question; your answer has arrived already."));
        };
        if !applications::reply(cx.conn(), &grant, now, open.id, &text).await? {
            return Err(Error::conflict("Your answer has arrived already."));
        }
        drop_draft(cx, me, ANSWER_FORM).await?;
        cx.publish(DomainEvent::ApplicationChanged { application: row.id, member: me });
        Ok(())
    }
}
