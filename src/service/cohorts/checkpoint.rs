//! What a checkpoint asks, written by whoever looks after the cohort until it opens.

use super::{CohortId, find};
use crate::domain::cohort::{PROMPT_CHARS_MAX, STANDARD_PROMPT};
use crate::domain::draft::{DraftTarget, Form};
use crate::domain::policy::{self, Action, KeepDrafts};
use crate::domain::text::clean_body;
use crate::service::writing::Prepared;
use crate::service::{Access, Cx, DomainEvent, Error, Reads, Request, Result, Writes};
use crate::store::cohort_checkpoints::{self, CheckpointRow};
use crate::store::cohorts::CohortRow;
use crate::store::drafts;

/// What is said of one that is open.
const OPEN: &str = "That checkpoint is open already. Edit its first post, or write in its thread.";

/// What a checkpoint asks, checked; empty for the standard text.
pub(super) fn prompt(text: &str) -> Result<String> {
    let prompt = clean_body(text);
    let chars = prompt.chars().count();
    if chars > PROMPT_CHARS_MAX {
        return Err(Error::invalid(format!(
            "What a checkpoint asks has at most {PROMPT_CHARS_MAX} characters, and this has {chars}."
        )));
    }
    Ok(if prompt == STANDARD_PROMPT { String::new() } else { prompt })
}

async fn of_week<A: Access>(cx: &mut Cx<'_, A>, cohort: &CohortRow, week: i64) -> Result<CheckpointRow> {
    let list = cohort_checkpoints::list(cx.conn(), cohort.id).await?;
    list.into_iter().find(|checkpoint| checkpoint.week == week).ok_or(Error::NotFound("checkpoint"))
}

fn is_over(cohort: &CohortRow) -> bool {
    cohort.ended_at.is_some() || cohort.called_off_at.is_some()
}

/// What a composer shows: the text as it stands, and why it cannot be changed, if it cannot.
pub(in crate::service) async fn prepare(
    cx: &mut Cx<'_, Reads>,
    cohort: CohortId,
    week: i64,
) -> Result<Prepared> {
    let cohort = find(cx, cohort).await?;
    let tends = policy::TendCohort { host: cohort.host_id }.decide(&cx.actor);
    let checkpoint = of_week(cx, &cohort, week).await?;
    let refusal = match tends {
        Err(why) => Some(why.to_string()),
        Ok(()) if checkpoint.thread_id.is_some() || is_over(&cohort) => Some(OPEN.to_owned()),
        Ok(()) => None,
    };
    let asks = if checkpoint.prompt.is_empty() { STANDARD_PROMPT } else { &checkpoint.prompt };
    // What is asked is known to whoever looks after it until it opens.
    let text = if tends.is_ok() { asks.to_owned() } else { String::new() };
    Ok(Prepared { board: cohort.name, text, refusal, ..Prepared::default() })
}

/// Says what a checkpoint asks that is not open yet.
#[derive(Clone, Debug)]
pub struct SetCheckpoint {
    /// The cohort.
    pub cohort: CohortId,
    /// Which week, from 1.
    pub week: i64,
    /// The text; empty for the standard one.
    pub prompt: String,
}

impl Request for SetCheckpoint {
    type Reply = ();
    type Access = Writes;
    const NAME: &'static str = "set checkpoint";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<()> {
        let cohort = find(cx, self.cohort).await?;
        let grant = cx.allow(&policy::TendCohort { host: cohort.host_id })?;
        let prompt = prompt(&self.prompt)?;
        if of_week(cx, &cohort, self.week).await?.thread_id.is_some() || is_over(&cohort) {
            return Err(Error::conflict(OPEN));
        }
        cohort_checkpoints::set_prompt(cx.conn(), &grant, cohort.id, self.week, &prompt).await?;
        if let Ok(me) = cx.me() {
            let keep = cx.allow(&KeepDrafts)?;
            let target = DraftTarget::of(Form::Checkpoint(cohort.id, self.week));
            drafts::remove(cx.conn(), &keep, me, &target).await?;
        }
        cx.publish(DomainEvent::CohortsChanged);
        Ok(())
    }
}
