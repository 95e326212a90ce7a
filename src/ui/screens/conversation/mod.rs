//! A conversation (L3): what was said in it, what is unread, and reading on from it.
//!
//! `sheet.rs` holds the loaded lines and lays them out, `acts.rs` does what keys ask, `walk.rs` marks what was shown
//! and reads on, `view.rs` draws.

mod acts;
mod sheet;
mod view;
mod walk;
mod with;

#[cfg(test)]
mod tests;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

pub use self::with::MessagesWith;

use self::sheet::Sheet;
use crate::domain::ids::{ConversationId, MessageNo};
use crate::service::conversations::{
    ConversationHead, ConversationPage, ConversationView, ReadConversation, ReadPage,
};
use crate::service::reading::NextUnread;
use crate::service::{Answer, DomainEvent, Error};
use crate::ui::keys::{Command, Scope};
use crate::ui::look::{Look, TEXT_COLUMNS_MAX};
use crate::ui::route::Route;
use crate::ui::screen::{Msg, Screen, Ui};

/// Columns before the text: the mark of the chosen message, the sign of an unread one.
const INDENT: u16 = 2;

/// The conversation screen.
pub struct Conversation {
    id: ConversationId,
    head: Option<ConversationHead>,
    sheet: Sheet,
    /// The first message that was unread when it was opened: those from it on have a sign.
    new_from: MessageNo,
    /// The last number that was shown, as far as everything before it was.
    read_to: MessageNo,
    /// Marks on their way.
    marking: usize,
    /// Space waits until they have arrived: what is next depends on them.
    goes_on: bool,
    /// It waits for what is next, or for more lines to go through.
    pending: bool,
    /// A page was turned that has not been seen yet.
    unseen: bool,
    /// "You are caught up" was said: the next Space goes back.
    caught_up: bool,
    /// What this walk passes over.
    walk: NextUnread,
    /// Lines that came in below what is seen.
    below: usize,
}

impl Conversation {
    /// A conversation.
    pub fn new(id: ConversationId) -> Self {
        Self::reading_on(id, NextUnread::default())
    }

    /// A conversation that is met on the way through what is unread.
    pub fn reading_on(id: ConversationId, walk: NextUnread) -> Self {
        Self {
            id,
            head: None,
            sheet: Sheet::default(),
            new_from: MessageNo(i64::MAX),
            read_to: MessageNo(0),
            marking: 0,
            goes_on: false,
            pending: false,
            unseen: false,
            caught_up: false,
            walk,
            below: 0,
        }
    }
}

impl Screen for Conversation {
    fn route(&self) -> Route {
        Route::Conversation(self.id)
    }

    fn title(&self) -> String {
        let Some(head) = &self.head else { return String::new() };
        let muted = if head.muted { " (muted)" } else { "" };
        format!("{}{muted}", head.name)
    }

    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Conversation]
    }

    fn is_waiting(&self) -> bool {
        self.head.is_none() || self.pending
    }

    fn is_content(&self) -> bool {
        true
    }

    fn is_blank(&self) -> bool {
        self.head.is_none()
    }

    fn is_unseen(&self) -> bool {
        self.unseen
    }

    fn status(&self, look: &Look) -> String {
        let Some(head) = &self.head else { return String::new() };
        let others = head.people.iter().filter(|person| Some(person.id) != look.actor().id());
        let people: Vec<&str> = others.map(|person| person.handle.as_str()).collect();
        let mut words = match people.is_empty() {
            true => "nobody else is here any more".to_owned(),
            false => format!("you and {}", people.join(", ")),
        };
        if self.below > 0 {
            words = format!("{} new below {} {words}", self.below, look.theme.signs.dot);
        }
        words
    }

    fn offers(&self, command: Command, look: &Look) -> bool {
        self.may(command, look)
    }

    fn update(&mut self, msg: Msg, cx: &mut Ui<'_>) {
        match msg {
            Msg::Start => cx.call(ReadConversation { conversation: self.id }),
            Msg::Returned | Msg::Resync => self.read_afresh(cx),
            Msg::Event(event) => self.event(event, cx),
            Msg::Answer(answer) => self.answer(answer, cx),
            Msg::Command(command) => self.command(command, cx),
            Msg::Dialog(result) => self.dialog(&result, cx),
            Msg::Shown => self.shown(cx),
            Msg::Input(_) | Msg::Timer(_) => {}
        }
    }

    fn draw(&mut self, area: Rect, buf: &mut Buffer, look: &Look) -> Option<Position> {
        view::draw(self, area, buf, look);
        None
    }
}

impl Conversation {
    /// The lines as this window shows them, and its height in rows.
    fn laid(&mut self, look: &Look) -> (&mut Sheet, usize) {
        let area = look.area();
        let width = area.width.saturating_sub(INDENT + 1).min(TEXT_COLUMNS_MAX);
        self.sheet.lay_out(width, look);
        (&mut self.sheet, usize::from(area.height))
    }

    fn load(&self, page: ConversationPage, cx: &mut Ui<'_>) {
        cx.call(ReadPage { conversation: self.id, page });
    }

    /// Something may have changed while it was covered: the lines from the window on are read again.
    fn read_afresh(&mut self, cx: &mut Ui<'_>) {
        if self.head.is_some() {
            self.load(ConversationPage::From(self.sheet.top_no()), cx);
        }
    }

    fn event(&mut self, event: DomainEvent, cx: &mut Ui<'_>) {
        let me = cx.look.actor().id();
        match event {
            // In the middle of a long one only its end is known to be farther: it is loaded on the way.
            DomainEvent::MessageAdded { member, conversation, .. }
                if Some(member) == me
                    && conversation == self.id
                    && self.head.is_some()
                    && !self.sheet.more_after =>
            {
                self.load(ConversationPage::From(MessageNo(self.sheet.last_no().0 + 1)), cx);
            }
            DomainEvent::ConversationChanged { member, conversation }
                if Some(member) == me && conversation == self.id =>
            {
                self.read_afresh(cx);
            }
            _ => {}
        }
    }

    fn answer(&mut self, answer: Answer, cx: &mut Ui<'_>) {
        let answer = match answer.take::<ReadConversation>() {
            Ok(Ok(view)) => return self.opened(view, cx),
            Ok(Err(why)) => return self.failed(&why, cx),
            Err(other) => other,
        };
        let answer = match answer.take::<ReadPage>() {
            Ok(Ok(view)) => return self.came(view, cx),
            Ok(Err(why)) => return self.failed(&why, cx),
            Err(other) => other,
        };
        let Err(answer) = self.walk_answer(answer, cx) else { return };
        self.act_answer(answer, cx);
    }

    fn opened(&mut self, view: ConversationView, cx: &mut Ui<'_>) {
        let first_unread = view.first_unread;
        self.read_to = view.head.read_no;
        self.new_from = first_unread.unwrap_or(MessageNo(i64::MAX));
        self.sheet.more_before = view.more_before;
        self.sheet.more_after = view.more_after;
        self.head = Some(view.head);
        self.sheet.merge(view.messages);
        let (sheet, height) = self.laid(cx.look);
        match first_unread {
            Some(no) => sheet.go_to(no, height),
            None => sheet.go_to_end(height),
        }
        self.unseen = true;
    }

    /// More lines came, or the same ones again.
    fn came(&mut self, view: ConversationView, cx: &mut Ui<'_>) {
        self.pending = false;
        let known = self.sheet.last_no();
        let me = cx.look.actor().id();
        let said = |message: &&crate::service::conversations::MessageView| message.no > known;
        let mine = view.messages.iter().filter(said).any(|message| Some(message.author_id) == me);
        let (first, last) = (view.messages.first().map(|m| m.no), view.messages.last().map(|m| m.no));
        self.head = Some(view.head);
        if first.is_some_and(|no| no < self.sheet.first_no()) || self.sheet.is_empty() {
            self.sheet.more_before = view.more_before;
        }
        if last.is_none_or(|no| no >= known) {
            self.sheet.more_after = view.more_after;
        }
        self.sheet.merge(view.messages);
        let (sheet, height) = self.laid(cx.look);
        sheet.fit(height);
        // What one has just said oneself is what one wants to see.
        if mine {
            sheet.go_to_end(height);
        }
        self.count_below(cx.look);
    }

    fn count_below(&mut self, look: &Look) {
        let (sheet, height) = self.laid(look);
        self.below = sheet.below(height);
    }

    fn failed(&mut self, why: &Error, cx: &mut Ui<'_>) {
        self.pending = false;
        if self.head.is_none() || matches!(why, Error::NotFound("conversation") | Error::Denied(_)) {
            cx.back();
        }
        cx.refuse(why);
    }
}
