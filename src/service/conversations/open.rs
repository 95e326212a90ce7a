//! Opening a conversation with its first message.

use super::send::{Sent, WriteMessage, bounded, drop_draft, may_send, say};
use super::{MESSAGES, by_handle, contact};
use crate::domain::conversation::{MessageKind, PEOPLE_MAX, parse_title};
use crate::domain::draft::DraftTarget;
use crate::domain::ids::{ConversationId, MemberId, MessageNo};
use crate::domain::member::Role;
use crate::domain::policy::{self, Action, Denied, Grant, LookAround, OpenConversation};
use crate::domain::post::Body;
use crate::service::settings::DAY_S;
use crate::service::writing::WrittenElsewhere;
use crate::service::{Access, Cx, Error, Request, Result, Writes};
use crate::store::contacts::{self, ContactRow};
use crate::store::{conversations, messages};

/// Conversations that one member may open in a day: far above what happens.
const OPENED_A_DAY_MAX: i64 = 20;

/// Opens a conversation with its first message. With one member there is one conversation: if it is there already,
/// the message goes into it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StartConversation {
    /// The handles of the others, one to seven, with or without an `@` before them.
    pub to: Vec<String>,
    /// Its title; empty: it is called after its people.
    pub title: String,
    /// What is said first.
    pub body: String,
    /// The draft that it was written as.
    pub draft: Option<DraftTarget>,
}

impl Request for StartConversation {
    type Reply = Sent;
    type Access = Writes;
    const NAME: &'static str = "start conversation";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<Sent> {
        cx.allow(&LookAround)?;
        let me = cx.me()?;
        let others = others(cx, &self.to).await?;
        let title = parse_title(&self.title)?;
        if let [other] = others[..]
            && let Some(conversation) = conversations::between(cx.conn(), me, &[other]).await?
        {
            let message = WriteMessage { conversation, body: self.body };
            return message.write(cx, self.draft).await;
        }
        let grant = allow_all(cx, &others).await?;
        let body = Body::parse(&self.body)?;
        may_open(cx).await?;
        may_send(cx).await?;
        let conversation = open(cx, &grant, &others, &title).await?;
        let sent = say(cx, &grant, conversation, MessageKind::Message, body.as_str()).await?;
        drop_draft(cx, self.draft).await?;
        Ok(sent)
    }
}

impl Request for WrittenElsewhere<StartConversation> {
    type Reply = Sent;
    type Access = Writes;
    const NAME: &'static str = StartConversation::NAME;

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<Sent> {
        StartConversation { draft: None, ..self.0 }.run(cx).await
    }
}

/// The accounts behind the handles, without doubles.
async fn others(cx: &mut Cx<'_, Writes>, handles: &[String]) -> Result<Vec<MemberId>> {
    let me = cx.me()?;
    let mut found = Vec::new();
    for handle in handles {
        let id = by_handle(cx, handle).await?;
        if id != me && !found.contains(&id) {
            found.push(id);
        }
    }
    if found.is_empty() {
        return Err(Error::invalid("Say whom it is for: one to seven handles, with spaces between them."));
    }
    if found.len() >= PEOPLE_MAX {
        let words =
            format!("A conversation has at most {PEOPLE_MAX} people, you among them. A board fits more.");
        return Err(Error::invalid(words));
    }
    Ok(found)
}

/// The policy's yes to each of them, and that none of them have blocked each other.
async fn allow_all(cx: &mut Cx<'_, Writes>, others: &[MemberId]) -> Result<Grant<OpenConversation>> {
    let mut granted = None;
    for (index, other) in others.iter().enumerate() {
        let row = contact(cx, *other, MESSAGES).await?;
        let on_duty = is_on_duty(cx, &row);
        let action = OpenConversation { member: row.id, to: row.reach(), on_duty };
        granted = Some(cx.allow(&action).map_err(|why| named(why, &row.handle, others.len()))?);
        for earlier in &others[..index] {
            if contacts::is_blocked(cx.conn(), *earlier, *other).await? {
                return Err(named(Error::Denied(Denied::NotReachable), &row.handle, others.len()));
            }
        }
    }
    granted.ok_or(Error::NotFound("member"))
}

/// Among several people a refusal says whom it is about.
fn named(why: Error, handle: &str, people: usize) -> Error {
    match why {
        Error::Denied(Denied::NotReachable) if people > 1 => {
            Error::invalid(format!("{handle}: {}", Denied::NotReachable))
        }
        other => other,
    }
}

/// Whether somebody is staff and here: whoever is on duty is there to be asked.
fn is_on_duty<A: Access>(cx: &Cx<'_, A>, row: &ContactRow) -> bool {
    is_staff(row) && cx.presence().is_here(row.id)
}

/// Whether somebody is staff.
pub(in crate::service) fn is_staff(row: &ContactRow) -> bool {
    row.role > Role::Member
}

/// Whether the actor has not opened too many conversations lately.
pub(in crate::service) async fn may_open(cx: &mut Cx<'_, Writes>) -> Result<()> {
    let (me, now) = (cx.me()?, cx.now);
    let (count, first) = messages::opened_since(cx.conn(), me, now.plus(-DAY_S)).await?;
    bounded(count, OPENED_A_DAY_MAX, first, DAY_S, now, "That is a lot of new conversations in a day.")
}

/// Opens a conversation with these people and the actor.
pub(in crate::service) async fn open<Act: Action>(
    cx: &mut Cx<'_, Writes>,
    grant: &Grant<Act>,
    others: &[MemberId],
    title: &str,
) -> Result<ConversationId> {
    let (me, now) = (cx.me()?, cx.now);
    let conversation = messages::insert_conversation(cx.conn(), grant, me, title, now).await?;
    for person in std::iter::once(&me).chain(others) {
        messages::add_person(cx.conn(), grant, conversation, *person, MessageNo(1), now).await?;
    }
    Ok(conversation)
}

/// Why the actor could not open a conversation with somebody; `None`: they could.
pub(super) async fn refusal<A: Access>(cx: &mut Cx<'_, A>, member: MemberId) -> Result<Option<String>> {
    let row = contact(cx, member, MESSAGES).await?;
    let on_duty = is_on_duty(cx, &row);
    let action = OpenConversation { member, to: row.reach(), on_duty };
    Ok(policy::allow(&cx.actor, &action).err().map(|why| why.to_string()))
}
