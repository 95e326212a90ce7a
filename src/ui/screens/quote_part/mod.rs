//! Choosing what of a post is quoted (W1): its lines as they were written, with a mark on those that go along. It
//! returns the chosen text; who opened it answers with that.

mod view;

#[cfg(test)]
mod tests;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use self::view::Sheet;
use crate::domain::markup;
use crate::service::posts::PostView;
use crate::ui::keys::{Command, Scope};
use crate::ui::look::Look;
use crate::ui::route::Route;
use crate::ui::screen::{DialogResult, Effect, Msg, Screen, Ui};

/// Lines of a post that is quoted whole without a question: there is hardly anything to leave out.
const SHORT_LINES: usize = 5;

/// The lines of a post, and which of them are chosen.
pub struct QuotePart {
    tag: u32,
    title: String,
    body: String,
    /// For each line of the text, whether it is chosen.
    chosen: Vec<bool>,
    /// For each line of the text, whether there is nothing in it.
    blank: Vec<bool>,
    /// The line that keys act on; never a blank one.
    at: usize,
    sheet: Sheet,
}

impl QuotePart {
    /// The lines of a post to choose from; `tag` tells its opener which question was answered. None for a post that is
    /// so short that it is quoted whole.
    pub fn of(tag: u32, post: &PostView) -> Option<Self> {
        let blank: Vec<bool> = post.body.lines().map(|line| line.trim().is_empty()).collect();
        if blank.iter().filter(|blank| !**blank).count() <= SHORT_LINES {
            return None;
        }
        let at = blank.iter().position(|blank| !blank).unwrap_or(0);
        Some(Self {
            tag,
            title: format!("quote from {} {}", post.no, post.author),
            chosen: vec![false; blank.len()],
            blank,
            body: post.body.clone(),
            at,
            sheet: Sheet::default(),
        })
    }

    fn is_blank(&self, line: usize) -> bool {
        self.blank.get(line).copied().unwrap_or(true)
    }

    fn next(&self, from: usize) -> Option<usize> {
        (from + 1..self.chosen.len()).find(|line| !self.is_blank(*line))
    }

    fn previous(&self, from: usize) -> Option<usize> {
        (0..from).rev().find(|line| !self.is_blank(*line))
    }

    /// The paragraph around a line: up to the blank lines before and after it.
    fn paragraph(&self, line: usize) -> std::ops::Range<usize> {
        let start = (0..line).rev().find(|line| self.is_blank(*line)).map_or(0, |blank| blank + 1);
        let end = (line..self.chosen.len()).find(|line| self.is_blank(*line)).unwrap_or(self.chosen.len());
        start..end
    }

    /// Chooses lines and goes on behind them.
    fn choose(&mut self, lines: std::ops::Range<usize>, chosen: bool) {
        let last = lines.end.saturating_sub(1);
        self.chosen[lines].fill(chosen);
        self.at = self.next(last).unwrap_or(last);
    }

    /// Chooses so many lines from here; the blank ones between them come along.
    fn choose_count(&mut self, count: usize) {
        let (start, mut last) = (self.at, self.at);
        for _ in 1..count {
            last = self.next(last).unwrap_or(last);
        }
        self.choose(start..last + 1, true);
    }

    fn text(&self) -> String {
        let any = self.chosen.contains(&true);
        markup::part(&self.body, |line| !any || self.chosen.get(line).copied().unwrap_or(false))
    }

    fn command(&mut self, command: Command, cx: &mut Ui<'_>) {
        let page = self.sheet.page();
        match command {
            Command::Down => self.at = self.next(self.at).unwrap_or(self.at),
            Command::Up => self.at = self.previous(self.at).unwrap_or(self.at),
            Command::PageDown => (0..page).for_each(|_| self.at = self.next(self.at).unwrap_or(self.at)),
            Command::PageUp => (0..page).for_each(|_| self.at = self.previous(self.at).unwrap_or(self.at)),
            Command::Top => self.at = self.previous(1).or_else(|| self.next(0)).unwrap_or(self.at),
            Command::Bottom => self.at = self.previous(self.chosen.len()).unwrap_or(self.at),
            Command::Mark => self.choose(self.at..self.at + 1, !self.chosen[self.at]),
            Command::MarkParagraph => self.choose(self.paragraph(self.at), !self.chosen[self.at]),
            Command::Pick(count) => self.choose_count(usize::from(count)),
            Command::Accept => cx.effect(Effect::Return(DialogResult::Text(self.tag, self.text()))),
            Command::Back => cx.back(),
            _ => {}
        }
    }
}

impl Screen for QuotePart {
    fn route(&self) -> Route {
        Route::Nowhere
    }

    fn title(&self) -> String {
        self.title.clone()
    }

    fn scopes(&self) -> &'static [Scope] {
        &[Scope::QuotePart, Scope::Pager]
    }

    fn status(&self, look: &Look) -> String {
        let lines = (0..self.chosen.len()).filter(|line| self.chosen[*line] && !self.is_blank(*line)).count();
        match lines {
            0 => format!("Nothing chosen yet {} Enter quotes all of it", look.theme.signs.dot),
            1 => "1 line chosen".to_owned(),
            more => format!("{more} lines chosen"),
        }
    }

    fn update(&mut self, msg: Msg, cx: &mut Ui<'_>) {
        if let Msg::Command(command) = msg {
            self.command(command, cx);
        }
    }

    fn draw(&mut self, area: Rect, buf: &mut Buffer, look: &Look) -> Option<Position> {
        view::draw(self, area, buf, look);
        None
    }
}
