//! Rules for conversations, nudges and blocks. What is said in a conversation is for those who take part in it, and
//! for nobody else: no role opens it (M7).

use super::{Action, Actor, Denied, active};
use crate::domain::conversation::Reach;
use crate::domain::ids::MemberId;
use crate::domain::member::Level;

/// Open a conversation with a member. Newcomers answer, but do not open (PRODUCT.md section 5), unless it is to ask
/// whoever is on duty. A block and the choice "nobody" are refused in the same words.
pub struct OpenConversation {
    /// The other one.
    pub member: MemberId,
    /// What stands between the two.
    pub to: Reach,
    /// The other one is on duty.
    pub on_duty: bool,
}

impl Action for OpenConversation {
    const NAME: &'static str = "open conversation";

    fn decide(&self, actor: &Actor) -> Result<(), Denied> {
        active(actor)?;
        sends(actor, self.on_duty)?;
        begins(actor, self.member, self.to, self.on_duty)
    }
}

/// Begin a conversation with somebody who is not named yet: asked before anything is written. What is sent is asked
/// about for each of those it is for ([`OpenConversation`]).
pub struct BeginConversation;

impl Action for BeginConversation {
    const NAME: &'static str = "begin conversation";

    fn decide(&self, actor: &Actor) -> Result<(), Denied> {
        active(actor)?;
        sends(actor, false)?;
        opens(actor, false)
    }
}

/// Nudge a member: one line that they see at once. Who is nudged while away finds a message, so the same holds for
/// newcomers as for opening a conversation, until the other one has said something to them.
pub struct Nudge {
    /// The other one.
    pub member: MemberId,
    /// What stands between the two.
    pub to: Reach,
    /// The other one is on duty.
    pub on_duty: bool,
}

impl Action for Nudge {
    const NAME: &'static str = "nudge";

    fn decide(&self, actor: &Actor) -> Result<(), Denied> {
        active(actor)?;
        sends(actor, self.on_duty)?;
        begins(actor, self.member, self.to, self.on_duty || self.to.known)
    }
}

/// Read a conversation: what was said in it since one takes part.
pub struct ReadConversation {
    /// The actor takes part in it.
    pub takes_part: bool,
}

impl Action for ReadConversation {
    const NAME: &'static str = "read conversation";

    fn decide(&self, actor: &Actor) -> Result<(), Denied> {
        active(actor)?;
        if self.takes_part { Ok(()) } else { Err(Denied::NotVisible) }
    }
}

/// Write in a conversation.
pub struct WriteMessage {
    /// The actor takes part in it.
    pub takes_part: bool,
    /// Nobody else is left in it.
    pub alone: bool,
    /// In a conversation of two: what stands between them, and whether the other one has said anything in it. As long
    /// as they have not, their choice is asked again each time.
    pub pair: Option<(Reach, bool)>,
}

impl Action for WriteMessage {
    const NAME: &'static str = "write message";

    fn decide(&self, actor: &Actor) -> Result<(), Denied> {
        ReadConversation { takes_part: self.takes_part }.decide(actor)?;
        sends(actor, false)?;
        match self.pair {
            _ if self.alone => Err(Denied::NobodyThere),
            Some((reach, _)) if reach.blocked => Err(Denied::NotReachable),
            Some((reach, false)) if !reach.is_open() => Err(Denied::NotReachable),
            _ => Ok(()),
        }
    }
}

/// Add a member to a conversation. They see what is said from then on.
pub struct AddPerson {
    /// The actor takes part in it.
    pub takes_part: bool,
    /// Who is added.
    pub member: MemberId,
    /// What stands between the actor and them.
    pub to: Reach,
    /// They and somebody else in it have blocked each other.
    pub clash: bool,
}

impl Action for AddPerson {
    const NAME: &'static str = "add person";

    fn decide(&self, actor: &Actor) -> Result<(), Denied> {
        ReadConversation { takes_part: self.takes_part }.decide(actor)?;
        sends(actor, false)?;
        begins(actor, self.member, self.to, false)?;
        if self.clash { Err(Denied::NotReachable) } else { Ok(()) }
    }
}

/// Give a conversation a title, mute it for oneself, leave it.
pub struct ArrangeConversation {
    /// The actor takes part in it.
    pub takes_part: bool,
}

impl Action for ArrangeConversation {
    const NAME: &'static str = "arrange conversation";

    fn decide(&self, actor: &Actor) -> Result<(), Denied> {
        ReadConversation { takes_part: self.takes_part }.decide(actor)
    }
}

/// Give one's own message another text, in the silent minutes. Later it stands as it was read.
pub struct EditMessage {
    /// The actor takes part in the conversation.
    pub takes_part: bool,
    /// Whose message.
    pub author: MemberId,
    /// It is deleted, or one of hob's own lines.
    pub gone: bool,
    /// Seconds since it was written.
    pub age_s: i64,
    /// The silent minutes, in seconds.
    pub silent_s: i64,
}

impl Action for EditMessage {
    const NAME: &'static str = "edit message";

    fn decide(&self, actor: &Actor) -> Result<(), Denied> {
        DeleteMessage { takes_part: self.takes_part, author: self.author, gone: self.gone }.decide(actor)?;
        if self.age_s > self.silent_s { Err(Denied::EditOver) } else { Ok(()) }
    }
}

/// Delete one's own message: its place stays, the words go.
pub struct DeleteMessage {
    /// The actor takes part in the conversation.
    pub takes_part: bool,
    /// Whose message.
    pub author: MemberId,
    /// It is deleted already, or one of hob's own lines.
    pub gone: bool,
}

impl Action for DeleteMessage {
    const NAME: &'static str = "delete message";

    fn decide(&self, actor: &Actor) -> Result<(), Denied> {
        ReadConversation { takes_part: self.takes_part }.decide(actor)?;
        if actor.id() != Some(self.author) {
            return Err(Denied::NotYours);
        }
        if self.gone { Err(Denied::Gone) } else { Ok(()) }
    }
}

/// Block a member, or no longer.
pub struct BlockMember {
    /// Whom.
    pub member: MemberId,
}

impl Action for BlockMember {
    const NAME: &'static str = "block member";

    fn decide(&self, actor: &Actor) -> Result<(), Denied> {
        active(actor)?;
        if actor.id() == Some(self.member) { Err(Denied::OwnThing) } else { Ok(()) }
    }
}

/// Whether the right to send messages was not taken. Whoever is on duty can always be asked.
fn sends(actor: &Actor, on_duty: bool) -> Result<(), Denied> {
    if actor.curbs().no_messages && !on_duty { Err(Denied::NoMessages) } else { Ok(()) }
}

/// Mute a member, or no longer.
pub struct MuteMember {
    /// Whom.
    pub member: MemberId,
}

impl Action for MuteMember {
    const NAME: &'static str = "mute member";

    fn decide(&self, actor: &Actor) -> Result<(), Denied> {
        BlockMember { member: self.member }.decide(actor)
    }
}

/// Whether somebody may begin with another one. `asked`: the other one is there to be asked, or has spoken first.
fn begins(actor: &Actor, member: MemberId, to: Reach, asked: bool) -> Result<(), Denied> {
    if actor.id() == Some(member) {
        return Err(Denied::OwnThing);
    }
    opens(actor, asked)?;
    if to.is_open() { Ok(()) } else { Err(Denied::NotReachable) }
}

/// Newcomers answer, or ask whoever is there to be asked.
fn opens(actor: &Actor, asked: bool) -> Result<(), Denied> {
    let answers_only = actor.level() == Level::Newcomer && !actor.is_staff() && !asked;
    if answers_only { Err(Denied::AnswersOnly) } else { Ok(()) }
}
