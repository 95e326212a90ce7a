//! The two logs: the mod log that every member reads, and the audit log of the staff. One screen, two sources.

mod view;

#[cfg(test)]
mod tests;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::service::logs::{LogEntry, LogPage, ReadAuditLog, ReadModLog};
use crate::service::{Answer, DomainEvent};
use crate::ui::keys::{Command, Scope};
use crate::ui::look::Look;
use crate::ui::route::Route;
use crate::ui::screen::{Msg, Screen, Ui};
use crate::ui::widgets::ListState;

/// A log's screen.
pub struct LogScreen {
    staff: bool,
    entries: Option<Vec<LogEntry>>,
    /// What the next page is asked for with.
    next: Option<crate::domain::ids::AuditId>,
    /// The page that was asked for comes after what is there.
    more: bool,
    list: ListState,
}

impl LogScreen {
    /// The mod log.
    pub fn mod_log() -> Self {
        Self { staff: false, entries: None, next: None, more: false, list: ListState::default() }
    }

    /// The audit log.
    pub fn audit_log() -> Self {
        Self { staff: true, ..Self::mod_log() }
    }

    fn entries(&self) -> &[LogEntry] {
        self.entries.as_deref().unwrap_or_default()
    }

    fn ask(&self, cx: &mut Ui<'_>) {
        let before = if self.more { self.next } else { None };
        match self.staff {
            true => cx.call(ReadAuditLog { before }),
            false => cx.call(ReadModLog { before, about_me: false }),
        }
    }

    fn answer(&mut self, answer: Answer, cx: &mut Ui<'_>) {
        let result = match answer.take::<ReadModLog>() {
            Ok(result) => result,
            Err(answer) => match answer.take::<ReadAuditLog>() {
                Ok(result) => result,
                Err(_) => return,
            },
        };
        match result {
            Ok(page) => self.take(page),
            Err(why) => {
                cx.refuse(why);
                cx.back();
            }
        }
    }

    fn take(&mut self, page: LogPage) {
        let more = std::mem::take(&mut self.more);
        let entries = self.entries.get_or_insert_default();
        if more {
            entries.extend(page.entries);
            self.next = page.next;
            return;
        }
        // The newest page was read afresh: what is chosen stays chosen, older pages stay where they are.
        let chosen = entries.get(self.list.chosen()).map(|entry| entry.id);
        let known = entries.first().map(|entry| entry.id);
        match page.entries.iter().position(|entry| Some(entry.id) == known) {
            Some(new) => {
                entries.splice(0..0, page.entries.into_iter().take(new));
            }
            None => {
                *entries = page.entries;
                self.next = page.next;
            }
        }
        self.list.stay_at(entries.iter().position(|entry| Some(entry.id) == chosen));
    }

    /// Where the chosen entry leads: to what it was done to; of a line, a tag or an invite, to what staff can do now.
    fn leads(&self) -> Option<Route> {
        let entry = self.entries().get(self.list.chosen())?;
        let place = entry.place.map(|place| Route::Thread { thread: place.thread, at: place.post });
        place.or(entry.loose.map(Route::Moderate))
    }

    fn command(&mut self, command: Command, cx: &mut Ui<'_>) {
        let len = self.entries().len();
        if self.list.command(command, len) {
            if self.list.chosen() + 1 >= len && self.next.is_some() && !self.more {
                self.more = true;
                self.ask(cx);
            }
            return;
        }
        match command {
            Command::Open => match self.leads() {
                Some(route) => cx.open(route),
                None => cx.say("This entry leads nowhere."),
            },
            Command::Mine => cx.open(Route::MyCases),
            _ => {}
        }
    }
}

impl Screen for LogScreen {
    fn route(&self) -> Route {
        if self.staff { Route::AuditLog } else { Route::ModLog }
    }

    fn title(&self) -> String {
        if self.staff { "audit log".to_owned() } else { "mod log".to_owned() }
    }

    fn scopes(&self) -> &'static [Scope] {
        if self.staff { &[Scope::List] } else { &[Scope::ModLog, Scope::List] }
    }

    fn is_waiting(&self) -> bool {
        self.entries.is_none()
    }

    fn offers(&self, command: Command, _look: &Look) -> bool {
        command != Command::Open || self.leads().is_some()
    }

    fn update(&mut self, msg: Msg, cx: &mut Ui<'_>) {
        match msg {
            Msg::Start | Msg::Returned | Msg::Resync => self.ask(cx),
            Msg::Event(event) if adds_entries(&event) => self.ask(cx),
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

/// Whether an event may have left an entry.
fn adds_entries(event: &DomainEvent) -> bool {
    matches!(
        event,
        DomainEvent::PostChanged { .. }
            | DomainEvent::ThreadChanged { .. }
            | DomainEvent::LineChanged { .. }
            | DomainEvent::TagChanged { .. }
            | DomainEvent::WallChanged
            | DomainEvent::MemberChanged { .. }
            | DomainEvent::CaseChanged { .. }
            | DomainEvent::HeldChanged { .. }
            | DomainEvent::CalmChanged
            | DomainEvent::ApplicationChanged { .. }
            | DomainEvent::BoardsChanged
    )
}
