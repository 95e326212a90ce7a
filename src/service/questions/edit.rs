//! Changing what is asked at the door: words, choices, order; no longer, and again.

use super::load::{asking_of, current};
use crate::domain::ids::QuestionId;
use crate::domain::policy::{EditQuestions, MakeTag};
use crate::domain::question::{AskedOf, Asking, QUESTIONS_MAX, QuestionError, QuestionKind};
use crate::service::{Cx, DomainEvent, Error, Request, Result, Writes};
use crate::store::audit::NewAudit;
use crate::store::{questions, tags};

impl From<QuestionError> for Error {
    fn from(error: QuestionError) -> Self {
        Self::invalid(error.to_string())
    }
}

/// Adds a question, or gives one other words: a new version, so that what was answered keeps what was asked.
#[derive(Clone, Debug)]
pub struct SaveQuestion {
    /// Which; none for a new one, which comes last.
    pub id: Option<QuestionId>,
    /// How it is answered.
    pub kind: QuestionKind,
    /// The question, as it was typed.
    pub words: String,
    /// Whether it must be answered.
    pub required: bool,
    /// Whom it is for.
    pub of: AskedOf,
    /// The choices as they were typed, each perhaps with a `#tag` at its end. Left aside for a question in words.
    pub choices: Vec<String>,
}

impl Request for SaveQuestion {
    type Reply = QuestionId;
    type Access = Writes;
    const NAME: &'static str = "save question";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<QuestionId> {
        let grant = cx.allow(&EditQuestions)?;
        let now = cx.now;
        let asking = Asking::parse(self.kind, &self.words, self.required, self.of, &self.choices)?;
        let id = match self.id {
            Some(id) => {
                let row = questions::list(cx.conn()).await?.into_iter().find(|row| row.id == id);
                let row = row.ok_or(Error::NotFound("question"))?;
                if asking_of(cx, &row).await? == asking {
                    return Ok(id);
                }
                id
            }
            None => {
                refuse_too_many(cx).await?;
                questions::insert(cx.conn(), &grant).await?
            }
        };
        questions::add_version(cx.conn(), &grant, now, id, &asking).await?;
        make_tags(cx, &asking).await?;
        changed(cx, id, if self.id.is_some() { "question.change" } else { "question.add" }).await?;
        Ok(id)
    }
}

/// The tags that choices join are there from the start: the sysop made them by naming them.
async fn make_tags(cx: &mut Cx<'_, Writes>, asking: &Asking) -> Result<()> {
    let now = cx.now;
    let names: Vec<String> = asking
        .choices
        .iter()
        .filter_map(|choice| choice.tag.as_ref().map(|tag| tag.as_str().to_owned()))
        .collect();
    if names.is_empty() {
        return Ok(());
    }
    let (make, me) = (cx.allow(&MakeTag)?, cx.me()?);
    for name in names {
        if tags::is_taken_away(cx.conn(), &name).await? {
            return Err(Error::conflict(format!(
                "The staff took the tag #{name} away: choose another word."
            )));
        }
        if tags::id_of(cx.conn(), &name).await?.is_none() {
            tags::insert(cx.conn(), &make, me, now, &name).await?;
        }
    }
    Ok(())
}

async fn refuse_too_many(cx: &mut Cx<'_, Writes>) -> Result<()> {
    let asked = questions::list(cx.conn()).await?.iter().filter(|row| row.retired_at.is_none()).count();
    if asked >= QUESTIONS_MAX {
        return Err(Error::invalid(format!(
            "{QUESTIONS_MAX} questions are asked already, which is the most. Take one out first."
        )));
    }
    Ok(())
}

/// Asks a question one place earlier or later.
#[derive(Clone, Copy, Debug)]
pub struct MoveQuestion {
    /// Which.
    pub id: QuestionId,
    /// Earlier, not later.
    pub earlier: bool,
}

impl Request for MoveQuestion {
    type Reply = ();
    type Access = Writes;
    const NAME: &'static str = "move question";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<()> {
        let grant = cx.allow(&EditQuestions)?;
        let list = current(cx).await?;
        let mut order: Vec<QuestionId> = list.iter().filter(|one| !one.retired).map(|one| one.id).collect();
        let at = order.iter().position(|id| *id == self.id).ok_or(Error::NotFound("question"))?;
        let other =
            if self.earlier { at.checked_sub(1) } else { Some(at + 1).filter(|to| *to < order.len()) };
        let Some(other) = other else { return Ok(()) };
        order.swap(at, other);
        questions::set_order(cx.conn(), &grant, &order).await?;
        cx.publish(DomainEvent::QuestionsChanged);
        Ok(())
    }
}

/// No longer asks a question, or asks it again. What was answered stays with the applications.
#[derive(Clone, Copy, Debug)]
pub struct RetireQuestion {
    /// Which.
    pub id: QuestionId,
    /// No longer; else again.
    pub retired: bool,
}

impl Request for RetireQuestion {
    type Reply = ();
    type Access = Writes;
    const NAME: &'static str = "retire question";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<()> {
        let grant = cx.allow(&EditQuestions)?;
        let now = cx.now;
        let list = questions::list(cx.conn()).await?;
        let row = list.iter().find(|row| row.id == self.id).ok_or(Error::NotFound("question"))?;
        if row.retired_at.is_some() == self.retired {
            return Ok(());
        }
        if !self.retired {
            refuse_too_many(cx).await?;
        }
        questions::set_retired(cx.conn(), &grant, self.id, self.retired.then_some(now)).await?;
        changed(cx, self.id, if self.retired { "question.retire" } else { "question.bring-back" }).await
    }
}

async fn changed(cx: &mut Cx<'_, Writes>, id: QuestionId, action: &'static str) -> Result<()> {
    cx.publish(DomainEvent::QuestionsChanged);
    cx.audit(NewAudit {
        action,
        thing: "question",
        thing_id: id.0,
        target: None,
        rule_no: None,
        reason: "",
        detail: "",
        public: false,
    })
    .await
}
