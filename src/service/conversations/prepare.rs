//! What a composer needs to open for a message: who will read it, the text to edit, whether sending is open.

use super::list::name;
use super::open::refusal;
use super::send::writing;
use super::{change, load};
use crate::domain::draft::DraftTarget;
use crate::domain::ids::{ConversationId, MemberId, MessageNo};
use crate::domain::policy::{Action, BeginConversation};
use crate::service::writing::Prepared;
use crate::service::{Cx, Error, Reads, Result};
use crate::store::{conversations, members};

/// What the composer shows for a text that is a message.
pub(in crate::service) async fn prepare(cx: &mut Cx<'_, Reads>, target: &DraftTarget) -> Result<Prepared> {
    match *target {
        DraftTarget::Message(conversation) => message(cx, conversation).await,
        DraftTarget::EditMessage(conversation, no) => edit(cx, conversation, no).await,
        DraftTarget::MessageTo(member) => first_to(cx, member).await,
        DraftTarget::NewConversation => Ok(first(cx)),
        _ => Err(Error::NotFound("text")),
    }
}

/// A message in a conversation. Whoever left it, or never was in it, reads that it is not there; their draft stays.
async fn message(cx: &mut Cx<'_, Reads>, id: ConversationId) -> Result<Prepared> {
    let head = match load(cx, id).await {
        Ok(head) => head,
        Err(why) => return refused(why),
    };
    let thread = name_of(cx, id, &head.title).await?;
    let refusal = writing(cx, &head).await?.decide(&cx.actor).err().map(|why| why.to_string());
    Ok(Prepared { thread, refusal, ..Prepared::default() })
}

/// Another text for one's own message.
async fn edit(cx: &mut Cx<'_, Reads>, id: ConversationId, no: MessageNo) -> Result<Prepared> {
    let row = match change::message(cx, id, no).await {
        Ok(row) => row,
        Err(why) => return refused(why),
    };
    let refusal = change::editing(cx, &row).decide(&cx.actor).err().map(|why| why.to_string());
    let own = Some(row.author_id) == cx.actor.id() && row.deleted_at.is_none() && row.kind.is_said();
    let text = if own { row.body } else { String::new() };
    Ok(Prepared { text, refusal, ..Prepared::default() })
}

/// The first message to a member.
async fn first_to(cx: &mut Cx<'_, Reads>, member: MemberId) -> Result<Prepared> {
    let now = cx.now;
    let account = members::account(cx.conn(), member, now).await?;
    match (account, refusal(cx, member).await) {
        (Some(account), Ok(refusal)) => Ok(Prepared { to: account.handle, refusal, ..Prepared::default() }),
        (None, Ok(_)) => refused(Error::NotFound("member")),
        (_, Err(why)) => refused(why),
    }
}

/// The first message to whomever one will name: who may not begin with everybody hears it before writing.
fn first(cx: &Cx<'_, Reads>) -> Prepared {
    Prepared {
        refusal: BeginConversation.decide(&cx.actor).err().map(|why| why.to_string()),
        ..Prepared::default()
    }
}

/// What a conversation is called for the actor, who takes part in it.
async fn name_of(cx: &mut Cx<'_, Reads>, id: ConversationId, title: &str) -> Result<String> {
    let me = cx.actor.id();
    let people = conversations::people(cx.conn(), id).await?;
    let others = people.iter().filter(|person| Some(person.id) != me).map(|person| person.handle.as_str());
    Ok(name(title, others))
}

/// The name of a conversation that the actor takes part in; none for any other.
pub(in crate::service) async fn known_name(
    cx: &mut Cx<'_, Reads>,
    id: ConversationId,
) -> Result<Option<String>> {
    let me = cx.me()?;
    match conversations::head(cx.conn(), me, id).await? {
        Some(head) => Ok(Some(name_of(cx, id, &head.title).await?)),
        None => Ok(None),
    }
}

/// A draft that cannot be sent just now is still its author's to read.
fn refused(why: Error) -> Result<Prepared> {
    match why {
        Error::Storage(_) => Err(why),
        why => Ok(Prepared { refusal: Some(why.to_string()), ..Prepared::default() }),
    }
}
