//! The search: a line to type in, and what was found, newest first.

mod view;

#[cfg(test)]
mod tests;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::service::Answer;
use crate::service::search::{Hit, PAGE, QUERY_CHARS_MAX, SearchPosts};
use crate::ui::keys::{Command, Scope};
use crate::ui::look::Look;
use crate::ui::route::Route;
use crate::ui::screen::{Msg, Screen, Ui};
use crate::ui::widgets::field::Typed;
use crate::ui::widgets::{Field, ListState};

/// The search screen.
pub struct Search {
    query: Field,
    typing: bool,
    asked: bool,
    hits: Vec<Hit>,
    /// There may be more behind the last hit.
    more: bool,
    list: ListState,
}

impl Default for Search {
    fn default() -> Self {
        Self {
            query: Field::new(QUERY_CHARS_MAX),
            typing: true,
            asked: false,
            hits: Vec::new(),
            more: false,
            list: ListState::default(),
        }
    }
}

impl Screen for Search {
    fn route(&self) -> Route {
        Route::Search
    }

    fn title(&self) -> String {
        "search".to_owned()
    }

    fn scopes(&self) -> &'static [Scope] {
        if self.typing { &[Scope::Field] } else { &[Scope::Search, Scope::List] }
    }

    fn is_typing(&self) -> bool {
        self.typing
    }

    fn update(&mut self, msg: Msg, cx: &mut Ui<'_>) {
        match msg {
            Msg::Answer(answer) => self.answer(answer, cx),
            Msg::Command(command) => self.command(command, cx),
            Msg::Input(input) => match self.query.input(&input) {
                Typed::Changed => self.asked = false,
                Typed::Full => cx.refuse("A search has room for no more. Fewer words find more."),
                Typed::Moved | Typed::Nothing => {}
            },
            _ => {}
        }
    }

    fn draw(&mut self, area: Rect, buf: &mut Buffer, look: &Look) -> Option<Position> {
        view::draw(self, area, buf, look)
    }
}

impl Search {
    fn answer(&mut self, answer: Answer, cx: &mut Ui<'_>) {
        match answer.take::<SearchPosts>() {
            Ok(Ok(hits)) => {
                self.more = i64::try_from(hits.len()).is_ok_and(|found| found == PAGE);
                self.hits.extend(hits);
                self.asked = true;
                self.typing = self.hits.is_empty();
            }
            Ok(Err(why)) => cx.refuse(why),
            Err(_) => {}
        }
    }

    fn command(&mut self, command: Command, cx: &mut Ui<'_>) {
        if !self.typing && self.list.command(command, self.hits.len()) {
            // The next page is fetched when the last hit is reached.
            if self.more && self.list.chosen() + 1 == self.hits.len() {
                self.more = false;
                let before = self.hits.last().map(|hit| hit.post_id);
                cx.call(SearchPosts { text: self.query.text().to_owned(), before });
            }
            return;
        }
        match command {
            Command::Accept => {
                self.hits.clear();
                self.list = ListState::default();
                cx.call(SearchPosts { text: self.query.text().to_owned(), before: None });
            }
            Command::Search => self.typing = true,
            Command::Open => {
                if let Some(hit) = self.hits.get(self.list.chosen()) {
                    cx.open(Route::Thread { thread: hit.thread_id, at: Some(hit.no) });
                }
            }
            // From the words back to what they had found, if they had.
            Command::Back if self.typing && !self.hits.is_empty() => self.typing = false,
            Command::Back => cx.back(),
            _ => {}
        }
    }
}
