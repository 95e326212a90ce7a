//! Saying something in a conversation that is there.

use super::{MESSAGES, contact, load, tell_said};
use crate::domain::conversation::MessageKind;
use crate::domain::draft::DraftTarget;
use crate::domain::ids::{ConversationId, MemberId, MessageId, MessageNo};
use crate::domain::policy::{self, Action, Grant, KeepDrafts};
use crate::domain::post::Body;
use crate::domain::time::Timestamp;
use crate::service::writing::WrittenElsewhere;
use crate::service::{Access, Cx, Error, Request, Result, Writes};
use crate::store::conversations::HeadRow;
use crate::store::messages::{self, NewMessage};
use crate::store::{conversations, drafts};

/// Messages that one member may send in ten minutes: a lively talk is far below, a script is not.
const SENT_MAX: i64 = 60;
/// Those ten minutes.
const SENT_WINDOW_S: i64 = 10 * 60;

/// Says something in a conversation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WriteMessage {
    /// Where.
    pub conversation: ConversationId,
    /// What.
    pub body: String,
}

/// It was said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sent {
    /// Where.
    pub conversation: ConversationId,
    /// The message.
    pub message: MessageId,
    /// Its number.
    pub no: MessageNo,
}

impl Request for WriteMessage {
    type Reply = Sent;
    type Access = Writes;
    const NAME: &'static str = "write message";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<Sent> {
        let draft = DraftTarget::Message(self.conversation);
        self.write(cx, Some(draft)).await
    }
}

impl Request for WrittenElsewhere<WriteMessage> {
    type Reply = Sent;
    type Access = Writes;
    const NAME: &'static str = WriteMessage::NAME;

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<Sent> {
        self.0.write(cx, None).await
    }
}

impl WriteMessage {
    pub(super) async fn write(self, cx: &mut Cx<'_, Writes>, draft: Option<DraftTarget>) -> Result<Sent> {
        let head = load(cx, self.conversation).await?;
        let action = writing(cx, &head).await?;
        let grant = cx.allow(&action)?;
        let body = Body::parse(&self.body)?;
        may_send(cx).await?;
        let sent = say(cx, &grant, self.conversation, MessageKind::Message, body.as_str()).await?;
        drop_draft(cx, draft).await?;
        Ok(sent)
    }
}

/// What the policy asks about saying something in a conversation.
pub(super) async fn writing<A: Access>(cx: &mut Cx<'_, A>, head: &HeadRow) -> Result<policy::WriteMessage> {
    let me = cx.me()?;
    let people = conversations::people(cx.conn(), head.id).await?;
    let others: Vec<MemberId> = people.iter().map(|person| person.id).filter(|id| *id != me).collect();
    let pair = match others[..] {
        [other] => match contact(cx, other, MESSAGES).await {
            Ok(row) => {
                let spoken = conversations::has_spoken(cx.conn(), head.id, other).await?;
                Some((row.reach(), spoken))
            }
            // Somebody who was suspended or removed finds the message if they come back.
            Err(Error::NotFound(_)) => None,
            Err(why) => return Err(why),
        },
        _ => None,
    };
    Ok(policy::WriteMessage { takes_part: true, alone: others.is_empty(), pair })
}

/// Whether the actor has not sent too much lately.
pub(super) async fn may_send(cx: &mut Cx<'_, Writes>) -> Result<()> {
    let (me, now) = (cx.me()?, cx.now);
    let since = now.plus(-SENT_WINDOW_S);
    let (count, first) = messages::written_since(cx.conn(), me, MessageKind::Message, since).await?;
    bounded(count, SENT_MAX, first, SENT_WINDOW_S, now, "That is a lot of messages at once.")
}

/// Refuses when there were `max` in a window, and says when the first of them falls out of it.
pub(in crate::service) fn bounded(
    count: i64,
    max: i64,
    first: Option<Timestamp>,
    window_s: i64,
    now: Timestamp,
    what: &str,
) -> Result<()> {
    if count < max {
        return Ok(());
    }
    Err(Error::too_soon(what, now, first.unwrap_or(now).plus(window_s)))
}

/// Adds a line of the actor's and tells everybody who takes part.
pub(in crate::service) async fn say<Act: Action>(
    cx: &mut Cx<'_, Writes>,
    grant: &Grant<Act>,
    conversation: ConversationId,
    kind: MessageKind,
    body: &str,
) -> Result<Sent> {
    let (author, now) = (cx.me()?, cx.now);
    let new = NewMessage { conversation, author, kind, body };
    let (message, no) = messages::insert(cx.conn(), grant, new, now).await?;
    tell_said(cx, grant, conversation, message, author).await?;
    Ok(Sent { conversation, message, no })
}

/// Drops the draft that a text came from.
pub(super) async fn drop_draft(cx: &mut Cx<'_, Writes>, draft: Option<DraftTarget>) -> Result<()> {
    if let Some(draft) = draft {
        let keep = cx.allow(&KeepDrafts)?;
        let me = cx.me()?;
        drafts::remove(cx.conn(), &keep, me, &draft).await?;
    }
    Ok(())
}
