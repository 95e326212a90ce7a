//! Seeing the questions.

use super::load::current;
use crate::domain::ids::QuestionId;
use crate::domain::policy::EditQuestions;
use crate::domain::question::Asking;
use crate::service::{Cx, Reads, Request, Result};

/// Lists the questions that are asked at the door, in order; those that are no longer asked at the end.
#[derive(Clone, Copy, Debug)]
pub struct ListQuestions;

/// A question as it stands now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DoorQuestion {
    /// Which.
    pub id: QuestionId,
    /// The number of its newest version.
    pub version: i64,
    /// What is asked.
    pub asking: Asking,
    /// Whether it is no longer asked.
    pub retired: bool,
}

impl Request for ListQuestions {
    type Reply = Vec<DoorQuestion>;
    type Access = Reads;
    const NAME: &'static str = "list questions";

    async fn run(self, cx: &mut Cx<'_, Reads>) -> Result<Vec<DoorQuestion>> {
        cx.allow(&EditQuestions)?;
        current(cx).await
    }
}
