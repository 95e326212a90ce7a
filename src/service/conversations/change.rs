//! Changing and deleting one's own messages.

use super::send::drop_draft;
use super::{load, tell_changed};
use crate::domain::draft::DraftTarget;
use crate::domain::ids::{ConversationId, MessageNo};
use crate::domain::policy;
use crate::domain::post::Body;
use crate::service::{Access, Cx, Error, Request, Result, Writes};
use crate::store::conversations::{self, MessageRow};
use crate::store::messages;

/// Gives one's own message another text, in the silent minutes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EditMessage {
    /// The conversation.
    pub conversation: ConversationId,
    /// The message.
    pub no: MessageNo,
    /// The new text.
    pub body: String,
}

impl Request for EditMessage {
    type Reply = ();
    type Access = Writes;
    const NAME: &'static str = "edit message";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<()> {
        let Self { conversation, no, body } = self;
        let row = message(cx, conversation, no).await?;
        let grant = cx.allow(&editing(cx, &row))?;
        let body = Body::parse(&body)?;
        messages::update_body(cx.conn(), &grant, row.id, body.as_str()).await?;
        drop_draft(cx, Some(DraftTarget::EditMessage(conversation, no))).await?;
        tell_changed(cx, conversation).await
    }
}

/// Deletes one's own message: its place stays, the words are gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DeleteMessage {
    /// The conversation.
    pub conversation: ConversationId,
    /// The message.
    pub no: MessageNo,
}

impl Request for DeleteMessage {
    type Reply = ();
    type Access = Writes;
    const NAME: &'static str = "delete message";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<()> {
        let Self { conversation, no } = self;
        let row = message(cx, conversation, no).await?;
        let gone = row.deleted_at.is_some() || !row.kind.is_said();
        let action = policy::DeleteMessage { takes_part: true, author: row.author_id, gone };
        let grant = cx.allow(&action)?;
        let now = cx.now;
        messages::delete(cx.conn(), &grant, row.id, now).await?;
        tell_changed(cx, conversation).await
    }
}

/// What the policy asks about changing a message.
pub(super) fn editing<A: Access>(cx: &Cx<'_, A>, row: &MessageRow) -> policy::EditMessage {
    policy::EditMessage {
        takes_part: true,
        author: row.author_id,
        gone: row.deleted_at.is_some() || !row.kind.is_said(),
        age_s: cx.now.seconds_since(row.created_at),
        silent_s: cx.settings().silent_edit_s,
    }
}

/// A line that the actor sees.
pub(super) async fn message<A: Access>(
    cx: &mut Cx<'_, A>,
    conversation: ConversationId,
    no: MessageNo,
) -> Result<MessageRow> {
    load(cx, conversation).await?;
    let me = cx.me()?;
    let rows = conversations::from_no(cx.conn(), me, conversation, no, 1).await?;
    rows.into_iter().find(|row| row.no == no).ok_or(Error::NotFound("message"))
}
