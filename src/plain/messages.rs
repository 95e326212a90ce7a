//! Direct conversations and nudges.

use super::post::body;
use super::table::{Act, Menu, Said, entry};
use super::talk::Talk;
use super::turn::{Place, Talked, Turn};
use super::words::{ago, count, list};
use crate::domain::conversation::MessageKind;
use crate::domain::draft::DraftTarget;
use crate::domain::ids::{ConversationId, MessageNo};
use crate::domain::moderation::Thing;
use crate::domain::time::Timestamp;
use crate::service::conversations::{
    AddPerson, ConversationPage, ConversationView, DeleteMessage, LeaveConversation, ListConversations,
    MarkMessagesRead, MessageView, MuteConversation, ReadConversation, ReadPage, RenameConversation,
};
use crate::service::nudges::{NudgeTo, SendNudge};

static LIST: Menu = Menu {
    name: "messages",
    entries: &[
        entry(Act::NewThread, "write", "w", "HANDLE", "write to somebody, or to several"),
        entry(Act::Again, "again", "a", "", "the list once more, as it is now"),
    ],
    main: usize::MAX,
    enter: Some(Act::Again),
    numbered: false,
};

static TALK: Menu = Menu {
    name: "conversation",
    entries: &[
        entry(Act::Reply, "reply", "rw", "", "write a message"),
        entry(Act::Again, "new", "", "", "what was written since"),
        entry(Act::More, "older", "", "", "older messages"),
        entry(Act::Edit, "edit", "e", "NUMBER", "change your own message"),
        entry(Act::Delete, "delete", "", "NUMBER", "delete your own message"),
        entry(Act::Report, "report", "", "NUMBER", "report a message to the staff"),
        entry(Act::Mute, "mute", "", "", "mute it, or no longer"),
        entry(Act::AddPerson, "add", "", "HANDLE", "bring somebody in"),
        entry(Act::Rename, "title", "", "WORDS", "give it a title"),
        entry(Act::Leave, "leave", "", "", "leave it, after a question"),
    ],
    main: 3,
    enter: Some(Act::Again),
    numbered: false,
};

/// Messages that are said when nothing is new: enough to remember what it was about.
const LAST: usize = 5;

impl Talk {
    pub(super) async fn messages(&mut self) -> Talked<()> {
        let conversations = self.call(ListConversations).await?;
        let number = count(i64::try_from(conversations.len()).unwrap_or(i64::MAX), "conversation");
        match conversations.is_empty() {
            true => self.say("No conversation yet: w writes to somebody.").await?,
            false => self.say(&format!("{number}. Type a number or a name.")).await?,
        }
        let now = self.now();
        for (conversation, number) in conversations.iter().zip(1..) {
            let mut line = format!("{number} {}", conversation.name());
            if conversation.unread > 0 {
                line.push_str(&format!(", {} unread", conversation.unread));
            }
            if conversation.muted {
                line.push_str(", muted");
            }
            if let Some(at) = conversation.last_at {
                line.push_str(&format!(", {}", ago(now, at)));
            }
            self.say(&format!("{line}: {}", conversation.last)).await?;
        }
        let names: Vec<String> = conversations.iter().map(|conversation| conversation.name()).collect();
        loop {
            let said = self.command("messages", &LIST).await?;
            let done = match &said {
                Said::Act(Act::Again, _) => Err(Turn::Instead(Place::Messages)),
                Said::Act(_, rest) => self.write_to(rest).await,
                said => match self.picked(said, &names).await? {
                    Some(index) => Err(Turn::Open(Place::Conversation(conversations[index].id))),
                    None => Ok(()),
                },
            };
            self.recover(done).await?;
        }
    }

    /// The first message to somebody, or to several; to one with whom there is a conversation, it goes there.
    pub(super) async fn write_to(&mut self, handles: &str) -> Talked<()> {
        let handles = if handles.is_empty() {
            self.ask("to whom: one handle, or several").await?
        } else {
            handles.to_owned()
        };
        let several = handles.split([' ', ',']).filter(|handle| !handle.is_empty()).count() > 1;
        if several {
            return self.compose_titled(DraftTarget::NewConversation, handles).await;
        }
        match self.member_called(&handles).await? {
            Some(member) => self.compose(DraftTarget::MessageTo(member), None, false).await.map(drop),
            None => self.say(&format!("There is no member called {handles}. members lists them.")).await,
        }
    }

    pub(super) async fn conversation(&mut self, id: ConversationId) -> Talked<()> {
        let mut view = self.call(ReadConversation { conversation: id }).await?;
        let people: Vec<String> = view.head.people.iter().map(|person| person.handle.clone()).collect();
        let muted = if view.head.muted { " Muted." } else { "" };
        self.say(&format!("{}. With {}.{muted}", view.head.name, list(&people))).await?;
        let first = match view.first_unread {
            Some(no) => no,
            None => {
                let from = view.messages.len().saturating_sub(LAST);
                view.messages.get(from).map_or(MessageNo(1), |message| message.no)
            }
        };
        let mut shown = (first, MessageNo(first.0 - 1));
        self.say_messages(&mut view, &mut shown).await?;
        loop {
            let said = self.command("conversation", &TALK).await?;
            let done = match said {
                Said::Act(act, rest) => self.conversation_act(act, &rest, &mut view, &mut shown).await,
                Said::Pick(_) => {
                    self.say("r answers; edit or delete and a number change a message of yours.").await
                }
                Said::Other(text) => self.not_understood(&text).await,
            };
            self.recover(done).await?;
        }
    }

    async fn conversation_act(
        &mut self,
        act: Act,
        rest: &str,
        view: &mut ConversationView,
        shown: &mut (MessageNo, MessageNo),
    ) -> Talked<()> {
        let conversation = view.head.id;
        match act {
            Act::Reply => {
                self.compose(DraftTarget::Message(conversation), None, false).await?;
                self.say_new(view, shown).await
            }
            Act::Again => self.say_new(view, shown).await,
            Act::More => {
                let page = ConversationPage::Before(shown.0);
                let older = self.call(ReadPage { conversation, page }).await?;
                let Some(first) = older.messages.first().map(|message| message.no) else {
                    return self.say("This is the beginning.").await;
                };
                self.say_each(&older.messages).await?;
                shown.0 = first;
                Ok(())
            }
            Act::Edit => {
                let no = self.message_no(rest).await?;
                self.compose(DraftTarget::EditMessage(conversation, no), None, false).await.map(drop)
            }
            Act::Delete => {
                let no = self.message_no(rest).await?;
                if !self.confirm(&format!("Delete message {no}?")).await? {
                    return Err(Turn::Cancelled);
                }
                self.call(DeleteMessage { conversation, no }).await?;
                self.say("Deleted.").await
            }
            Act::Report => self.report_message(conversation, rest).await,
            Act::Mute => {
                let muted = !view.head.muted;
                self.call(MuteConversation { conversation, muted }).await?;
                view.head.muted = muted;
                self.say(if muted { "Muted: it is no longer counted." } else { "No longer muted." }).await
            }
            Act::AddPerson => {
                let handle =
                    if rest.is_empty() { self.ask("whom: a handle").await? } else { rest.to_owned() };
                let added = self.call(AddPerson { conversation, handle }).await?;
                self.say(&format!("{added} is in from now on.")).await
            }
            Act::Rename => {
                let title = if rest.is_empty() { self.ask_any("title").await? } else { rest.to_owned() };
                self.call(RenameConversation { conversation, title }).await?;
                self.say("It has another title.").await
            }
            _ => {
                if !self.confirm("Leave this conversation?").await? {
                    return Err(Turn::Cancelled);
                }
                self.call(LeaveConversation { conversation }).await?;
                self.say("You left it.").await?;
                Err(Turn::Return)
            }
        }
    }

    async fn report_message(&mut self, conversation: ConversationId, rest: &str) -> Talked<()> {
        let no = self.message_no(rest).await?;
        let page = ConversationPage::From(no);
        let found = self.call(ReadPage { conversation, page }).await?.messages.into_iter().next();
        match found.filter(|message| message.no == no && message.kind.is_said()) {
            Some(message) => Err(Turn::Open(Place::Report(Thing::Message(message.id)))),
            None => self.say(&format!("There is no message {no} here.")).await,
        }
    }

    async fn message_no(&mut self, rest: &str) -> Talked<MessageNo> {
        let text = if rest.is_empty() { self.ask("which: its number").await? } else { rest.to_owned() };
        let no = super::table::number(&text).and_then(|no| i64::try_from(no).ok());
        no.map(MessageNo).ok_or(Turn::Cancelled)
    }

    async fn say_new(
        &mut self,
        view: &mut ConversationView,
        shown: &mut (MessageNo, MessageNo),
    ) -> Talked<()> {
        let page = ConversationPage::From(MessageNo(shown.1.0 + 1));
        *view = self.call(ReadPage { conversation: view.head.id, page }).await?;
        if view.messages.is_empty() {
            return self.say("Nothing new.").await;
        }
        self.say_messages(view, shown).await
    }

    /// Says what was not said yet, to its end, and marks it as read as far as it was said.
    async fn say_messages(
        &mut self,
        view: &mut ConversationView,
        shown: &mut (MessageNo, MessageNo),
    ) -> Talked<()> {
        let conversation = view.head.id;
        loop {
            let new: Vec<MessageView> = view
                .messages
                .iter()
                .filter(|message| message.no > shown.1 && message.no >= shown.0)
                .cloned()
                .collect();
            self.say_each(&new).await?;
            let Some(last) = new.last().map(|message| message.no) else { return Ok(()) };
            if !self.said_all() {
                return Ok(());
            }
            shown.1 = last;
            self.flush().await?;
            self.call(MarkMessagesRead { conversation, upto: last }).await?;
            if !view.more_after {
                return Ok(());
            }
            let page = ConversationPage::From(MessageNo(last.0 + 1));
            *view = self.call(ReadPage { conversation, page }).await?;
        }
    }

    async fn say_each(&mut self, messages: &[MessageView]) -> Talked<()> {
        let now = self.now();
        for message in messages {
            self.say(&message_text(message, now)).await?;
        }
        Ok(())
    }

    /// One line to somebody who is here, or to whoever of the moderators is.
    pub(super) async fn nudge(&mut self, rest: &str) -> Talked<()> {
        let (who, words) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
        let who = match who {
            "" => self.ask("whom: a handle, or moderators").await?,
            who => who.to_owned(),
        };
        let text =
            if words.trim().is_empty() { self.ask("one line").await? } else { words.trim().to_owned() };
        let to = match who.to_lowercase().as_str() {
            "moderators" | "moderator" | "duty" => NudgeTo::OnDuty,
            _ => NudgeTo::Handle(who.trim_start_matches('@').to_owned()),
        };
        let nudged = self.call(SendNudge { to, text }).await?;
        if !nudged.seen_by.is_empty() {
            self.say(&format!("{} can read it now.", list(&nudged.seen_by))).await?;
        }
        if !nudged.left_for.is_empty() {
            self.say(&format!("{} will find it as a message.", list(&nudged.left_for))).await?;
        }
        Ok(())
    }
}

fn message_text(message: &MessageView, now: Timestamp) -> String {
    let (no, author, when) = (message.no, &message.author, ago(now, message.at));
    let words = message.body.as_deref().unwrap_or_default();
    match message.kind {
        MessageKind::Added => format!("{author} brought {words} in, {when}."),
        MessageKind::Left => format!("{author} left, {when}."),
        MessageKind::Renamed => format!("{author} called it {words}, {when}."),
        MessageKind::Message | MessageKind::Nudge => {
            let nudge = if message.kind == MessageKind::Nudge { ", a nudge" } else { "" };
            match &message.body {
                Some(text) => format!("{no} {author}, {when}{nudge}:\n{}", body(text, false)),
                None if message.removed => format!("{no} {author}, {when}: removed by the staff."),
                None => format!("{no} {author}, {when}: deleted."),
            }
        }
    }
}
