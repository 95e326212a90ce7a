//! Answering the sysop's own questions.

use super::draft::drop_draft;
use super::state::{self, Joining};
use crate::domain::draft::Form;
use crate::domain::ids::QuestionId;
use crate::domain::policy::GoOnJoining;
use crate::service::questions::asking_of;
use crate::service::{Cx, Error, Request, Result, Writes};
use crate::store::{applications, questions};

/// Answers one of the sysop's own questions, or leaves out one that may be left out.
#[derive(Clone, Debug)]
pub struct AnswerDoorQuestion {
    /// Which.
    pub question: QuestionId,
    /// The version that was read.
    pub version: i64,
    /// In words, as it was typed.
    pub text: String,
    /// The numbers of what was chosen.
    pub chosen: Vec<i64>,
}

impl Request for AnswerDoorQuestion {
    type Reply = Joining;
    type Access = Writes;
    const NAME: &'static str = "answer door question";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<Joining> {
        let grant = cx.allow(&GoOnJoining)?;
        let (me, now) = (cx.me()?, cx.now);
        let joining = state::load(cx).await?;
        // A version that was answered may be answered anew; any other only as long as it is the newest.
        let asked = joining.asked.iter().find(|asked| asked.question == self.question);
        if asked.is_none_or(|asked| asked.version != self.version) {
            return Err(Error::conflict("The questions have just changed. Here they are as they stand now."));
        }
        let row = questions::version(cx.conn(), self.version).await?.ok_or(Error::NotFound("question"))?;
        let answer = asking_of(cx, &row).await?.answer(&self.text, &self.chosen)?;
        let application =
            applications::of_member(cx.conn(), me).await?.ok_or(Error::NotFound("application"))?.id;
        let of = (self.question, self.version);
        questions::save_answer(cx.conn(), &grant, now, application, of, &answer).await?;
        drop_draft(cx, me, &Form::DoorQuestion(self.question).to_string()).await?;
        state::load(cx).await
    }
}
