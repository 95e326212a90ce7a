//! Half-written answers at the door: kept as drafts while they are typed, like any other text (W2).

use crate::domain::draft::DraftTarget;
use crate::domain::ids::MemberId;
use crate::domain::policy::KeepDrafts;
use crate::service::{Access, Cx, Result, Writes};
use crate::store::drafts;

/// The draft of "What brings you here?".
pub const WHY_FORM: &str = "join-why";
/// The draft of the introduction.
pub const INTRODUCTION_FORM: &str = "join-introduction";
/// The draft of the answer to what staff asked.
pub const ANSWER_FORM: &str = "join-answer";

/// What is half written at the door.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DoorDrafts {
    /// Of "What brings you here?".
    pub why: Option<String>,
    /// Of the introduction.
    pub introduction: Option<String>,
    /// Of the answer to what staff asked.
    pub answer: Option<String>,
}

/// What is half written by somebody at the door.
pub(super) async fn load_drafts<A: Access>(cx: &mut Cx<'_, A>, me: MemberId) -> Result<DoorDrafts> {
    Ok(DoorDrafts {
        why: load_draft(cx, me, WHY_FORM).await?,
        introduction: load_draft(cx, me, INTRODUCTION_FORM).await?,
        answer: load_draft(cx, me, ANSWER_FORM).await?,
    })
}

/// What is half written under a form's name.
pub(super) async fn load_draft<A: Access>(
    cx: &mut Cx<'_, A>,
    me: MemberId,
    form: &str,
) -> Result<Option<String>> {
    let draft = drafts::get(cx.conn(), me, &DraftTarget::Form(form.to_owned())).await?;
    Ok(draft.map(|draft| draft.body))
}

/// Forgets the draft of a text that has arrived.
pub(in crate::service) async fn drop_draft(cx: &mut Cx<'_, Writes>, me: MemberId, form: &str) -> Result<()> {
    let keep = cx.allow(&KeepDrafts)?;
    drafts::remove(cx.conn(), &keep, me, &DraftTarget::Form(form.to_owned())).await?;
    Ok(())
}
