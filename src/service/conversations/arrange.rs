//! Who is in a conversation, what it is called, whether it is counted.

use super::send::say;
use super::{MESSAGES, by_handle, contact, load, tell_changed};
use crate::domain::conversation::{MessageKind, PEOPLE_MAX, parse_title};
use crate::domain::ids::{ConversationId, MessageNo};
use crate::domain::policy::{self, ArrangeConversation};
use crate::service::{Cx, DomainEvent, Error, Request, Result, Writes};
use crate::store::{contacts, conversations, messages};

/// Gives a conversation a title; an empty one takes it away. All who take part see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RenameConversation {
    /// Which.
    pub conversation: ConversationId,
    /// The title.
    pub title: String,
}

impl Request for RenameConversation {
    type Reply = ();
    type Access = Writes;
    const NAME: &'static str = "rename conversation";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<()> {
        let head = load(cx, self.conversation).await?;
        let grant = cx.allow(&ArrangeConversation { takes_part: true })?;
        let title = parse_title(&self.title)?;
        if title == head.title {
            return Ok(());
        }
        messages::rename(cx.conn(), &grant, head.id, &title).await?;
        say(cx, &grant, head.id, MessageKind::Renamed, &title).await?;
        tell_changed(cx, head.id).await
    }
}

/// Mutes a conversation for oneself, or no longer: it is listed, but never counted nor offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MuteConversation {
    /// Which.
    pub conversation: ConversationId,
    /// Muted, or no longer.
    pub muted: bool,
}

impl Request for MuteConversation {
    type Reply = ();
    type Access = Writes;
    const NAME: &'static str = "mute conversation";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<()> {
        let conversation = load(cx, self.conversation).await?.id;
        let grant = cx.allow(&ArrangeConversation { takes_part: true })?;
        let me = cx.me()?;
        messages::mute(cx.conn(), &grant, conversation, me, self.muted).await?;
        cx.publish(DomainEvent::ConversationChanged { member: me, conversation });
        Ok(())
    }
}

/// Leaves a conversation for good, unless somebody who is in it adds one again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LeaveConversation {
    /// Which.
    pub conversation: ConversationId,
}

impl Request for LeaveConversation {
    type Reply = ();
    type Access = Writes;
    const NAME: &'static str = "leave conversation";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<()> {
        let conversation = load(cx, self.conversation).await?.id;
        let grant = cx.allow(&ArrangeConversation { takes_part: true })?;
        let (me, now) = (cx.me()?, cx.now);
        say(cx, &grant, conversation, MessageKind::Left, "").await?;
        messages::leave(cx.conn(), &grant, conversation, me, now).await?;
        cx.publish(DomainEvent::ConversationChanged { member: me, conversation });
        tell_changed(cx, conversation).await
    }
}

/// Adds a member to a conversation. They see what is said from then on, and nothing from before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddPerson {
    /// Which.
    pub conversation: ConversationId,
    /// Who.
    pub handle: String,
}

impl Request for AddPerson {
    /// The handle, as its owner writes it.
    type Reply = String;
    type Access = Writes;
    const NAME: &'static str = "add person";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<String> {
        let head = load(cx, self.conversation).await?;
        let member = by_handle(cx, &self.handle).await?;
        let row = contact(cx, member, MESSAGES).await?;
        let people = conversations::people(cx.conn(), head.id).await?;
        if people.iter().any(|person| person.id == member) {
            return Err(Error::conflict(format!("{} takes part already.", row.handle)));
        }
        if people.len() >= PEOPLE_MAX {
            let words =
                format!("A conversation has at most {PEOPLE_MAX} people. Begin another one, or a thread.");
            return Err(Error::invalid(words));
        }
        let clash = contacts::clashes(cx.conn(), head.id, member).await?;
        let action = policy::AddPerson { takes_part: true, member, to: row.reach(), clash };
        let grant = cx.allow(&action)?;
        let now = cx.now;
        let from = MessageNo(head.last_no.0 + 1);
        messages::add_person(cx.conn(), &grant, head.id, member, from, now).await?;
        say(cx, &grant, head.id, MessageKind::Added, &row.handle).await?;
        tell_changed(cx, head.id).await?;
        Ok(row.handle)
    }
}
