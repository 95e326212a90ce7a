//! Questions with their choices, and answers with what was asked, as the rest of the service needs them.

use super::DoorQuestion;
use crate::domain::ids::{ApplicationId, QuestionId};
use crate::domain::question::{Asking, Choice, DoorAnswer};
use crate::domain::tag::TagName;
use crate::service::{Access, Cx, Error, Result};
use crate::store::questions::{self, QuestionRow};

/// A question with its answer, in the words in which it was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnsweredQuestion {
    /// The question.
    pub id: QuestionId,
    /// The version that was answered.
    pub version: i64,
    /// What was asked.
    pub asking: Asking,
    /// What was answered; empty when it was left out.
    pub answer: DoorAnswer,
}

impl AnsweredQuestion {
    /// The answer as one text: the words, or what was chosen with a comma between two; empty when it was left out.
    pub fn words(&self) -> String {
        if self.answer.chosen.is_empty() {
            return self.answer.text.clone();
        }
        let chosen = self.asking.chosen(&self.answer.chosen);
        chosen.into_iter().map(|choice| choice.words.as_str()).collect::<Vec<_>>().join(", ")
    }
}

/// What a row asks.
pub(in crate::service) async fn asking_of<A: Access>(
    cx: &mut Cx<'_, A>,
    row: &QuestionRow,
) -> Result<Asking> {
    let choices = questions::choices(cx.conn(), row.version).await?;
    let choice = |row: crate::store::questions::ChoiceRow| Choice {
        words: row.words,
        tag: TagName::parse(&row.tag).ok(),
    };
    Ok(Asking {
        kind: row.kind,
        words: row.words.clone(),
        required: row.required,
        of: row.asked_of,
        choices: choices.into_iter().map(choice).collect(),
    })
}

/// All questions as they stand now; those that are no longer asked at the end.
pub(in crate::service) async fn current<A: Access>(cx: &mut Cx<'_, A>) -> Result<Vec<DoorQuestion>> {
    let rows = questions::list(cx.conn()).await?;
    let mut list = Vec::with_capacity(rows.len());
    for row in rows {
        let asking = asking_of(cx, &row).await?;
        list.push(DoorQuestion {
            id: row.id,
            version: row.version,
            asking,
            retired: row.retired_at.is_some(),
        });
    }
    Ok(list)
}

/// What an application answered, in the words in which it was asked, whatever became of the questions since.
pub(in crate::service) async fn answered<A: Access>(
    cx: &mut Cx<'_, A>,
    application: ApplicationId,
) -> Result<Vec<AnsweredQuestion>> {
    let rows = questions::answers(cx.conn(), application).await?;
    let mut list = Vec::with_capacity(rows.len());
    for row in rows {
        let asked =
            questions::version(cx.conn(), row.version_id).await?.ok_or(Error::NotFound("question"))?;
        let asking = asking_of(cx, &asked).await?;
        let chosen = questions::chosen(cx.conn(), application, row.question_id).await?;
        let answer = DoorAnswer { text: row.body, chosen };
        list.push(AnsweredQuestion { id: row.question_id, version: row.version_id, asking, answer });
    }
    Ok(list)
}
