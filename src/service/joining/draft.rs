//! Half-written answers at the door: kept as drafts while they are typed, like any other text (W2).

use crate::domain::draft::DraftTarget;
use crate::domain::ids::MemberId;
use crate::domain::policy::KeepDrafts;
use crate::service::{Access, Cx, Result, Writes};
use crate::store::drafts;

use super::state::Step;

/// The draft of "What brings you here?".
pub const WHY_FORM: &str = "join-why";
/// The draft of the introduction.
pub const INTRODUCTION_FORM: &str = "join-introduction";
/// The draft of the answer to what staff asked.
pub const ANSWER_FORM: &str = "join-answer";

/// The half-written text of a step, if there is one.
pub(super) async fn load_draft<A: Access>(
    cx: &mut Cx<'_, A>,
    me: MemberId,
    step: Step,
) -> Result<Option<String>> {
    let form = match step {
        Step::Why => WHY_FORM,
        Step::Introduction => INTRODUCTION_FORM,
        Step::Question => ANSWER_FORM,
        _ => return Ok(None),
    };
    let draft = drafts::get(cx.conn(), me, &DraftTarget::Form(form.to_owned())).await?;
    Ok(draft.map(|draft| draft.body))
}

/// Forgets the draft of a text that has arrived.
pub(in crate::service) async fn drop_draft(cx: &mut Cx<'_, Writes>, me: MemberId, form: &str) -> Result<()> {
    let keep = cx.allow(&KeepDrafts)?;
    drafts::remove(cx.conn(), &keep, me, &DraftTarget::Form(form.to_owned())).await?;
    Ok(())
}
