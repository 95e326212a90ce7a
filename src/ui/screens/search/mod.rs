//! The search: a line to type in, what one searched for lately while it is empty, and what was found, newest or best
//! first. Opening a hit leads to the post in its thread; back leads to the same list.

mod view;

#[cfg(test)]
mod tests;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::service::Answer;
use crate::service::search::{Hit, KeepSearch, Order, QUERY_CHARS_MAX, RecentSearches, SearchPosts};
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
    /// What was typed is what was searched for.
    asked: bool,
    /// An answer is on its way: keys are meant for what it brings.
    waiting: bool,
    order: Order,
    hits: Vec<Hit>,
    /// There may be more behind the last hit.
    more: bool,
    /// What to know about the hits.
    note: Option<String>,
    list: ListState,
    /// One's own last searches, the newest first.
    recent: Vec<String>,
    /// Which of them is chosen, once one has gone down to them.
    picked: Option<usize>,
}

impl Default for Search {
    fn default() -> Self {
        Self {
            query: Field::new(QUERY_CHARS_MAX),
            typing: true,
            asked: false,
            waiting: false,
            order: Order::default(),
            hits: Vec::new(),
            more: false,
            note: None,
            list: ListState::default(),
            recent: Vec::new(),
            picked: None,
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
        if self.typing { &[Scope::SearchField] } else { &[Scope::Search, Scope::List] }
    }

    fn is_typing(&self) -> bool {
        self.typing
    }

    fn is_waiting(&self) -> bool {
        self.waiting
    }

    // The words, and what they found before, stay to be seen.
    fn is_blank(&self) -> bool {
        false
    }

    fn status(&self, _look: &Look) -> String {
        match (&self.note, self.order) {
            _ if self.hits.is_empty() => String::new(),
            (Some(note), _) => note.clone(),
            (None, Order::Newest) => "The newest first.".to_owned(),
            (None, Order::Best) => "The best first.".to_owned(),
        }
    }

    fn update(&mut self, msg: Msg, cx: &mut Ui<'_>) {
        match msg {
            Msg::Start => cx.call(RecentSearches),
            Msg::Answer(answer) => self.answer(answer, cx),
            Msg::Command(command) => self.command(command, cx),
            Msg::Input(input) => match self.query.input(&input) {
                Typed::Changed => {
                    self.asked = false;
                    self.picked = None;
                }
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
        let answer = match answer.take::<RecentSearches>() {
            // Without them the search works as well.
            Ok(recent) => return self.recent = recent.unwrap_or_default(),
            Err(answer) => answer,
        };
        let Ok(reply) = answer.take::<SearchPosts>() else { return };
        self.waiting = false;
        match reply {
            Ok(found) => {
                self.asked = true;
                self.more = found.more;
                self.note = found.note;
                let first = self.hits.is_empty();
                self.hits.extend(found.hits);
                self.typing = self.hits.is_empty();
                if first && !self.hits.is_empty() {
                    self.remember(cx);
                }
            }
            Err(why) => cx.refuse(why),
        }
    }

    /// Keeps a search that found something, so that it is offered again.
    fn remember(&mut self, cx: &mut Ui<'_>) {
        let text = self.query.text().trim().to_owned();
        self.recent.retain(|known| *known != text);
        self.recent.insert(0, text.clone());
        cx.call(KeepSearch { text });
    }

    fn ask(&mut self, cx: &mut Ui<'_>) {
        self.hits.clear();
        self.list = ListState::default();
        self.go_on(None, cx);
    }

    fn go_on(&mut self, before: Option<crate::domain::ids::PostId>, cx: &mut Ui<'_>) {
        self.waiting = true;
        self.more = false;
        cx.call(SearchPosts { text: self.query.text().to_owned(), order: self.order, before });
    }

    fn command(&mut self, command: Command, cx: &mut Ui<'_>) {
        if self.typing {
            return self.typed(command, cx);
        }
        if self.list.command(command, self.hits.len()) {
            // The next page is fetched when the last hit is reached.
            if self.more && self.list.chosen() + 1 == self.hits.len() {
                self.go_on(self.hits.last().map(|hit| hit.post_id), cx);
            }
            return;
        }
        match command {
            Command::Search => self.typing = true,
            Command::Ranked => {
                self.order = match self.order {
                    Order::Newest => Order::Best,
                    Order::Best => Order::Newest,
                };
                self.ask(cx);
            }
            Command::Open => {
                if let Some(hit) = self.hits.get(self.list.chosen()) {
                    cx.open(Route::Thread { thread: hit.thread_id, at: Some(hit.no) });
                }
            }
            Command::Back => cx.back(),
            _ => {}
        }
    }

    /// A command while the cursor is in the words.
    fn typed(&mut self, command: Command, cx: &mut Ui<'_>) {
        match command {
            Command::Accept => {
                if let Some(recent) = self.picked.take().and_then(|picked| self.recent.get(picked)) {
                    self.query.set_text(recent);
                }
                self.ask(cx);
            }
            Command::Down if self.offers_recent() => {
                let last = self.recent.len().saturating_sub(1);
                self.picked = Some(self.picked.map_or(0, |picked| (picked + 1).min(last)));
            }
            Command::Up if self.offers_recent() => {
                self.picked = self.picked.and_then(|picked| picked.checked_sub(1));
            }
            // From the words back to what they had found, if they had.
            Command::Back if !self.hits.is_empty() => self.typing = false,
            Command::Back => cx.back(),
            _ => {}
        }
    }

    /// Whether one's last searches stand there to be taken: nothing is typed.
    fn offers_recent(&self) -> bool {
        self.query.is_empty() && self.hits.is_empty() && !self.recent.is_empty()
    }
}
