//! One's conversations, the one with the newest line first (L3).

mod view;

#[cfg(test)]
mod tests;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::service::conversations::{ConversationSummary, ListConversations, MuteConversation};
use crate::service::{Answer, DomainEvent};
use crate::ui::keys::{Command, Scope};
use crate::ui::look::Look;
use crate::ui::route::{ComposeTarget, Route};
use crate::ui::screen::{Msg, Screen, Ui};
use crate::ui::widgets::ListState;

/// The messages screen.
#[derive(Default)]
pub struct Messages {
    rows: Option<Vec<ConversationSummary>>,
    list: ListState,
}

impl Screen for Messages {
    fn route(&self) -> Route {
        Route::Messages
    }

    fn title(&self) -> String {
        "messages".to_owned()
    }

    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Messages, Scope::List]
    }

    fn is_waiting(&self) -> bool {
        self.rows.is_none()
    }

    fn is_list(&self) -> bool {
        true
    }

    fn stand_beside(&mut self, content: &Route) {
        if let Route::Conversation(id) = content
            && let Some(row) = self.rows().iter().position(|row| row.id == *id)
        {
            self.list.choose(row);
        }
    }

    fn status(&self, _look: &Look) -> String {
        let counted = self.rows().iter().filter(|row| !row.muted);
        match counted.map(|row| row.unread).sum::<i64>() {
            0 => String::new(),
            1 => "1 unread message".to_owned(),
            more => format!("{more} unread messages"),
        }
    }

    fn offers(&self, command: Command, _look: &Look) -> bool {
        !self.rows().is_empty() || !matches!(command, Command::Open | Command::MuteConversation)
    }

    fn update(&mut self, msg: Msg, cx: &mut Ui<'_>) {
        match msg {
            Msg::Start | Msg::Returned | Msg::Resync => cx.call(ListConversations),
            Msg::Event(
                DomainEvent::MessageAdded { member, .. }
                | DomainEvent::ConversationChanged { member, .. }
                | DomainEvent::MarksChanged { member },
            ) if Some(member) == cx.look.actor().id() => cx.call(ListConversations),
            Msg::Answer(answer) => self.answer(answer, cx),
            Msg::Command(command) => self.command(command, cx),
            _ => {}
        }
    }

    fn draw(&mut self, area: Rect, buf: &mut Buffer, look: &Look) -> Option<Position> {
        view::draw(self, area, buf, look);
        None
    }
}

impl Messages {
    fn rows(&self) -> &[ConversationSummary] {
        self.rows.as_deref().unwrap_or_default()
    }

    fn answer(&mut self, answer: Answer, cx: &mut Ui<'_>) {
        let answer = match answer.take::<ListConversations>() {
            Ok(Ok(rows)) => return self.came(rows),
            Ok(Err(why)) => return cx.refuse(why),
            Err(other) => other,
        };
        if let Ok(Err(why)) = answer.take::<MuteConversation>() {
            cx.refuse(why);
        }
    }

    /// The choice stays on the same conversation, wherever it went.
    fn came(&mut self, rows: Vec<ConversationSummary>) {
        let before = self.rows().get(self.list.chosen()).map(|row| row.id);
        if let Some(row) = rows.iter().position(|row| Some(row.id) == before) {
            self.list.choose(row);
        }
        self.rows = Some(rows);
    }

    fn command(&mut self, command: Command, cx: &mut Ui<'_>) {
        let len = self.rows().len();
        if self.list.command(command, len) {
            return;
        }
        let chosen = self.rows().get(self.list.chosen()).map(|row| (row.id, row.muted));
        match (command, chosen) {
            (Command::NewMessage, _) => cx.open(Route::Compose(ComposeTarget::NewConversation)),
            (Command::Open, Some((id, _))) => cx.open(Route::Conversation(id)),
            (Command::MuteConversation, Some((conversation, muted))) => {
                cx.call(MuteConversation { conversation, muted: !muted });
                cx.good(if muted { "No longer muted." } else { "Muted: it is listed, but not counted." });
            }
            _ => {}
        }
    }
}
