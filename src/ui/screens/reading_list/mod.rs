//! One's reading list: the posts one keeps, those kept last first. Enter jumps to one in its thread.

mod view;

#[cfg(test)]
mod tests;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::domain::ids::{PostNo, ThreadId};
use crate::service::reading::{BOOKMARKS_LISTED_MAX, Bookmark, KeepPost, ListBookmarks};
use crate::service::{Answer, DomainEvent};
use crate::ui::keys::{Command, Scope};
use crate::ui::look::Look;
use crate::ui::route::Route;
use crate::ui::screen::{Msg, Screen, Ui};
use crate::ui::widgets::ListState;

/// The reading list.
#[derive(Default)]
pub struct ReadingList {
    kept: Option<Vec<Bookmark>>,
    list: ListState,
    /// What was taken off here, the last one last.
    taken_off: Vec<(ThreadId, PostNo)>,
}

impl Screen for ReadingList {
    fn route(&self) -> Route {
        Route::ReadingList
    }

    fn title(&self) -> String {
        "reading list".to_owned()
    }

    fn scopes(&self) -> &'static [Scope] {
        &[Scope::ReadingList, Scope::List]
    }

    fn is_waiting(&self) -> bool {
        self.kept.is_none()
    }

    fn status(&self, _look: &Look) -> String {
        match self.kept.as_ref().map_or(0, Vec::len) {
            0 => String::new(),
            1 => "1 post, for you alone".to_owned(),
            BOOKMARKS_LISTED_MAX => format!("The last {BOOKMARKS_LISTED_MAX} posts that you kept."),
            more => format!("{more} posts, for you alone"),
        }
    }

    fn offers(&self, command: Command, _look: &Look) -> bool {
        match command {
            Command::Undo => !self.taken_off.is_empty(),
            Command::Open | Command::KeepPost => self.chosen().is_some(),
            _ => true,
        }
    }

    fn update(&mut self, msg: Msg, cx: &mut Ui<'_>) {
        match msg {
            Msg::Start | Msg::Returned | Msg::Resync => cx.call(ListBookmarks),
            Msg::Event(event) if self.concerns(&event, cx.look) => cx.call(ListBookmarks),
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

impl ReadingList {
    fn chosen(&self) -> Option<&Bookmark> {
        self.kept.as_ref()?.get(self.list.chosen())
    }

    fn concerns(&self, event: &DomainEvent, look: &Look) -> bool {
        let has = |thread: &ThreadId| self.kept.iter().flatten().any(|kept| kept.thread_id == *thread);
        match event {
            DomainEvent::BookmarksChanged { member } => Some(*member) == look.actor().id(),
            DomainEvent::PostChanged { thread, .. } | DomainEvent::ThreadChanged { thread, .. } => {
                has(thread)
            }
            _ => false,
        }
    }

    fn answer(&mut self, answer: Answer, cx: &mut Ui<'_>) {
        let answer = match answer.take::<ListBookmarks>() {
            Ok(Ok(kept)) => {
                self.kept = Some(kept);
                return;
            }
            Ok(Err(why)) => return cx.refuse(why),
            Err(other) => other,
        };
        if let Ok(Err(why)) = answer.take::<KeepPost>() {
            cx.refuse(why);
        }
    }

    fn command(&mut self, command: Command, cx: &mut Ui<'_>) {
        let len = self.kept.as_ref().map_or(0, Vec::len);
        if self.list.command(command, len) {
            return;
        }
        if command == Command::Undo {
            let Some((thread, no)) = self.taken_off.pop() else { return cx.say("There is nothing to undo.") };
            cx.call(KeepPost { thread, no, keep: true });
            return cx.good("It is on the list again.");
        }
        let Some((thread, no)) = self.chosen().map(|kept| (kept.thread_id, kept.no)) else { return };
        match command {
            Command::Open => cx.open(Route::Thread { thread, at: Some(no) }),
            Command::KeepPost => {
                self.taken_off.push((thread, no));
                cx.call(KeepPost { thread, no, keep: false });
                cx.good("Taken off the list. u puts it back.");
            }
            _ => {}
        }
    }
}
