//! Conversations of two to eight members (L3). What is said in one is for those who take part: every request here
//! first looks the conversation up *as the member who asks*, and says of any other one that it is not there.

mod arrange;
mod change;
mod list;
mod open;
pub(in crate::service) mod prepare;
mod read;
mod send;

#[cfg(test)]
pub(crate) mod tests;

pub use arrange::{AddPerson, LeaveConversation, MuteConversation, RenameConversation};
pub use change::{DeleteMessage, EditMessage};
pub use list::{ConversationSummary, CountMessages, ListConversations};
pub use open::StartConversation;
pub use read::{
    ConversationHead, ConversationPage, ConversationView, FindConversation, Found, MarkMessagesRead,
    MessageView, ReadConversation, ReadPage,
};
pub use send::{Sent, WriteMessage};

pub(in crate::service) use open::{is_staff, may_open, open};
pub(in crate::service) use send::{bounded, say};

pub use crate::store::conversations::PersonRow as Person;

use crate::domain::handle::Handle;
use crate::domain::ids::{ConversationId, MemberId, MessageId};
use crate::domain::policy::{self, Action, Grant, LookAround};
use crate::service::notifications::{NotificationKind, NotificationPlace, PlaceKind, notify};
use crate::service::{Access, Cx, DomainEvent, Error, Result, Writes};
use crate::store::contacts::{self, ContactRow};
use crate::store::conversations::{self, HeadRow};
use crate::store::members;

/// The setting that says who may open a conversation.
pub(in crate::service) const MESSAGES: &str = "messages";
/// The setting that says who may nudge.
pub(in crate::service) const NUDGES: &str = "nudges";

/// A conversation that the actor takes part in; for all others, and for those that are not there, the same words.
async fn load<A: Access>(cx: &mut Cx<'_, A>, conversation: ConversationId) -> Result<HeadRow> {
    cx.allow(&LookAround)?;
    let me = cx.me()?;
    let head = conversations::head(cx.conn(), me, conversation).await?;
    cx.allow(&policy::ReadConversation { takes_part: head.is_some() })
        .map_err(|_| Error::NotFound("conversation"))?;
    head.ok_or(Error::NotFound("conversation"))
}

/// A member to write to, as the actor stands to them. `choice` is the setting that counts.
pub(in crate::service) async fn contact<A: Access>(
    cx: &mut Cx<'_, A>,
    member: MemberId,
    choice: &str,
) -> Result<ContactRow> {
    cx.allow(&LookAround)?;
    let (me, now) = (cx.me()?, cx.now);
    contacts::contact(cx.conn(), me, member, choice, now).await?.ok_or(Error::NotFound("member"))
}

/// The account with this handle.
pub(in crate::service) async fn by_handle<A: Access>(cx: &mut Cx<'_, A>, handle: &str) -> Result<MemberId> {
    cx.allow(&LookAround)?;
    let handle = handle.trim().trim_start_matches('@');
    let parsed = Handle::parse_reserved_ok(handle)?;
    let found = members::by_fold(cx.conn(), &parsed.fold()).await?;
    found
        .map(|account| account.id)
        .ok_or_else(|| Error::invalid(format!("There is no member {}.", parsed.as_str())))
}

/// The place that a notification about a conversation leads to.
pub(in crate::service) fn place_of(conversation: ConversationId) -> NotificationPlace {
    NotificationPlace::new(PlaceKind::Conversation, conversation.0)
}

/// Tells everybody who takes part that somebody said something, and notifies those whom it is for.
async fn tell_said<Act: Action>(
    cx: &mut Cx<'_, Writes>,
    grant: &Grant<Act>,
    conversation: ConversationId,
    message: MessageId,
    author: MemberId,
) -> Result<()> {
    for member in conversations::listeners(cx.conn(), message).await? {
        notify(cx, grant, member, NotificationKind::Message, place_of(conversation)).await?;
    }
    for person in conversations::people(cx.conn(), conversation).await? {
        cx.publish(DomainEvent::MessageAdded { member: person.id, conversation, message, author });
    }
    Ok(())
}

/// Tells everybody who takes part that something is different.
pub(in crate::service) async fn tell_changed(
    cx: &mut Cx<'_, Writes>,
    conversation: ConversationId,
) -> Result<()> {
    for person in conversations::people(cx.conn(), conversation).await? {
        cx.publish(DomainEvent::ConversationChanged { member: person.id, conversation });
    }
    Ok(())
}
