//! The applicant's own words: what brings them here, and how they introduce themselves.

use super::WHY_CHARS_MAX;
use super::draft::{INTRODUCTION_FORM, WHY_FORM, drop_draft};
use super::state::{self, Joining};
use crate::domain::policy::GoOnJoining;
use crate::domain::post::{BODY_LEN_MAX, TextError};
use crate::domain::text::clean_body;
use crate::service::{Cx, Error, Request, Result, Writes};
use crate::store::applications;

/// Answers "What brings you here?".
#[derive(Clone, Debug)]
pub struct AnswerWhy {
    /// As it was typed.
    pub text: String,
}

impl Request for AnswerWhy {
    type Reply = Joining;
    type Access = Writes;
    const NAME: &'static str = "answer why";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<Joining> {
        let grant = cx.allow(&GoOnJoining)?;
        let (me, now) = (cx.me()?, cx.now);
        let text = clean_body(&self.text);
        if text.is_empty() {
            return Err(Error::invalid(
                "A sentence or two is enough, but not none: somebody reads it and answers.",
            ));
        }
        let chars = text.chars().count();
        if chars > WHY_CHARS_MAX {
            return Err(Error::invalid(format!(
                "That is {chars} characters; {WHY_CHARS_MAX} is the most. Keep the rest for your introduction."
            )));
        }
        applications::set_why(cx.conn(), &grant, me, now, &text).await?;
        drop_draft(cx, me, WHY_FORM).await?;
        state::load(cx).await
    }
}

/// Keeps the introduction, which becomes the first post once its author is a member. Empty: none.
#[derive(Clone, Debug)]
pub struct WriteIntroduction {
    /// As it was typed.
    pub text: String,
}

impl Request for WriteIntroduction {
    type Reply = Joining;
    type Access = Writes;
    const NAME: &'static str = "write introduction";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<Joining> {
        let grant = cx.allow(&GoOnJoining)?;
        let (me, now) = (cx.me()?, cx.now);
        let text = clean_body(&self.text);
        if text.len() > BODY_LEN_MAX {
            return Err(TextError::BodyLong(text.len()).into());
        }
        applications::set_introduction(cx.conn(), &grant, me, now, &text).await?;
        drop_draft(cx, me, INTRODUCTION_FORM).await?;
        state::load(cx).await
    }
}
