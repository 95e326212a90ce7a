//! What works here: made from the same table that the keys come from, so it cannot say anything else. `/` narrows it.

#[cfg(test)]
mod tests;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::domain::text::{fold, truncate, wrap};
use crate::ui::keys::{Binding, Chord, Command, Scope};
use crate::ui::look::Look;
use crate::ui::put::Put;
use crate::ui::route::Route;
use crate::ui::screen::{Msg, Screen, Ui};
use crate::ui::screens;
use crate::ui::widgets::field::Typed;
use crate::ui::widgets::{Field, Pager};

/// Widest column of keys.
const KEYS_COLUMNS: usize = 18;
/// Longest filter, in characters.
const FILTER_CHARS_MAX: usize = 60;

/// What is said about who can read a conversation (M7).
const WHO_READS: &str = "Those who take part, from when they came in; no role opens it. The staff get a message only when \
                         somebody who takes part reports it, and then that one alone. It is not encrypted: whoever runs \
                         this hob has its file, and could read messages there.";

/// The help of one screen.
pub struct Help {
    about: String,
    scopes: Vec<Scope>,
    /// What makes no sense there just now.
    hidden: Vec<Command>,
    pager: Pager,
    filter: Field,
    filtering: bool,
}

/// A line of the help.
enum Line {
    Heading(String),
    Keys(String, &'static str),
    /// The rest of a long explanation.
    More(&'static str),
    /// What is good to know besides keys, and its further lines.
    Words(&'static str),
    Blank,
}

impl Help {
    /// Help for a screen with this title and these scopes.
    pub fn new(about: String, scopes: &[Scope]) -> Self {
        let filter = Field::new(FILTER_CHARS_MAX);
        let (pager, scopes) = (Pager::default(), scopes.to_vec());
        Self { about, scopes, hidden: Vec::new(), pager, filter, filtering: false }
    }

    /// The same without these commands of the screen.
    #[must_use]
    pub fn without(mut self, hidden: Vec<Command>) -> Self {
        self.hidden = hidden;
        self
    }

    /// What the filter leaves, scope by scope: the screen's own keys first, then those of lists, text and lines, then
    /// what works everywhere, then the places.
    fn lines(&self, look: &Look) -> Vec<Line> {
        let mut lines = Vec::new();
        let here = look.keys.in_scopes(&self.scopes);
        for (index, scope) in self.scopes.iter().enumerate() {
            let of_scope = here.iter().filter(|b| b.scope == *scope && !self.hidden.contains(&b.command));
            let words = scope.words();
            let heading =
                if index == 0 { format!("On this screen: {}", self.about) } else { capital(&words) };
            self.section(heading, of_scope.copied(), look, &mut lines);
        }
        if self.scopes.contains(&Scope::Conversation) && self.filter.is_empty() {
            lines.extend([
                Line::Blank,
                Line::Heading("Who can read this".to_owned()),
                Line::Words(WHO_READS),
            ]);
        }
        let shadowed = |binding: &&'static Binding| {
            let chords = look.keys.chords(binding);
            chords.is_empty() || !chords.iter().all(|chord| look.keys.find(&self.scopes, *chord).is_some())
        };
        let everywhere = look.keys.in_scopes(&[Scope::Everywhere]).into_iter().filter(shadowed);
        let offered = everywhere.filter(|binding| screens::offers_everywhere(binding.command, look));
        let goes =
            |binding: &&'static Binding| matches!(look.keys.chords(binding).first(), Some(Chord::Go(_)));
        let (places, others): (Vec<_>, Vec<_>) = offered.partition(goes);
        let typing = self.scopes.iter().any(|scope| scope.takes_text());
        let heading = if typing { "Wherever you are not typing" } else { "Everywhere" };
        self.section(heading.to_owned(), others.into_iter(), look, &mut lines);
        self.section("Places: g, then a letter".to_owned(), places.into_iter(), look, &mut lines);
        lines
    }

    fn section(
        &self,
        heading: String,
        bindings: impl Iterator<Item = &'static Binding>,
        look: &Look,
        lines: &mut Vec<Line>,
    ) {
        let mut rows = bindings.filter_map(|binding| self.row(binding, look)).peekable();
        if rows.peek().is_none() {
            return;
        }
        if !lines.is_empty() {
            lines.push(Line::Blank);
        }
        lines.push(Line::Heading(heading));
        lines.extend(rows);
    }

    /// The line of a binding, if the filter leaves it: each word is part of what it does, or is its key.
    fn row(&self, binding: &'static Binding, look: &Look) -> Option<Line> {
        let names: Vec<String> = look.keys.chords(binding).iter().map(Chord::name).collect();
        let help = fold(binding.help);
        let fits = |word: &str| help.contains(&fold(word)) || names.iter().any(|name| name == word);
        let all = self.filter.text().split_whitespace().all(fits);
        let names = if names.is_empty() { "by name".to_owned() } else { names.join(" ") };
        all.then_some(Line::Keys(names, binding.help))
    }

    fn command(&mut self, command: Command, cx: &mut Ui<'_>) {
        match command {
            Command::Filter => self.filtering = true,
            Command::Accept => self.filtering = false,
            Command::Back if self.filtering => {
                self.filtering = false;
                self.filter.set_text("");
            }
            Command::Back => cx.back(),
            command => {
                self.pager.command(command);
            }
        }
    }
}

/// Long explanations go on in further lines.
fn wrapped(lines: Vec<Line>, columns: usize, whole: usize) -> Vec<Line> {
    let mut all = Vec::with_capacity(lines.len());
    for line in lines {
        let (names, help) = match line {
            Line::Keys(names, help) => (names, help),
            Line::Words(words) => {
                all.extend(wrap(words, whole).into_iter().map(Line::Words));
                continue;
            }
            other => {
                all.push(other);
                continue;
            }
        };
        let mut pieces = wrap(help, columns).into_iter();
        all.push(Line::Keys(names, pieces.next().unwrap_or_default()));
        all.extend(pieces.map(Line::More));
    }
    all
}

/// With a capital at the beginning.
pub(super) fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

impl Screen for Help {
    fn route(&self) -> Route {
        Route::Nowhere
    }

    fn title(&self) -> String {
        "help".to_owned()
    }

    fn scopes(&self) -> &'static [Scope] {
        if self.filtering { &[Scope::Filter] } else { &[Scope::Help, Scope::Pager] }
    }

    fn is_typing(&self) -> bool {
        self.filtering
    }

    fn pager(&self) -> Option<&Pager> {
        (!self.filtering).then_some(&self.pager)
    }

    fn update(&mut self, msg: Msg, cx: &mut Ui<'_>) {
        match msg {
            Msg::Command(command) => self.command(command, cx),
            Msg::Input(input) if self.filter.input(&input) == Typed::Changed => {
                self.pager.command(Command::Top);
            }
            _ => {}
        }
    }

    fn draw(&mut self, area: Rect, buf: &mut Buffer, look: &Look) -> Option<Position> {
        let theme = &look.theme;
        let width = usize::from(area.width).saturating_sub(2);
        let mut rows = area;
        let mut cursor = None;
        if self.filtering || !self.filter.is_empty() {
            let (x, _) = buf.put(area.x + 1, area.y, "filter: ", width, theme.accent);
            let line = Rect { x, width: area.right().saturating_sub(x), height: 1, ..area };
            cursor = Some(self.filter.draw(line, buf, look, theme.text)).filter(|_| self.filtering);
            rows = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
        }
        let lines = self.lines(look);
        if lines.is_empty() {
            let words = truncate("No key here does that. : finds more.", width, theme.signs.ellipsis);
            buf.put(rows.x + 1, rows.y, words, width, theme.dim);
        }
        let keys_columns = keys_columns(&lines).min(width / 3);
        let lines =
            wrapped(lines, width.saturating_sub(keys_columns + 2).max(1), width.saturating_sub(1).max(1));
        for (index, y) in self.pager.window(rows.height, lines.len()).zip(rows.y..) {
            draw_line(&lines[index], keys_columns, Rect { y, height: 1, ..rows }, buf, look);
        }
        if self.pager.has_more() {
            let x = area.right().saturating_sub(2);
            buf.put(x, area.bottom() - 1, theme.signs.more_down, 1, theme.accent);
        }
        cursor
    }
}

/// As many columns as the widest keys need: on a narrow screen the words need the room.
fn keys_columns(lines: &[Line]) -> usize {
    let wide = lines.iter().map(|line| if let Line::Keys(names, _) = line { names.len() } else { 0 });
    wide.max().unwrap_or(0).min(KEYS_COLUMNS)
}

fn draw_line(line: &Line, keys_columns: usize, row: Rect, buf: &mut Buffer, look: &Look) {
    let theme = &look.theme;
    let width = usize::from(row.width).saturating_sub(2);
    let x = row.x + 3 + u16::try_from(keys_columns).unwrap_or(0);
    let room = usize::from(row.right().saturating_sub(x));
    match line {
        Line::Heading(text) => {
            let text = truncate(text, width, theme.signs.ellipsis);
            buf.put(row.x + 1, row.y, text, width, theme.strong);
        }
        Line::Keys(names, help) => {
            let names = truncate(names, keys_columns, theme.signs.ellipsis);
            buf.put(row.x + 2, row.y, &names, keys_columns, theme.accent);
            buf.put(x, row.y, truncate(help, room, theme.signs.ellipsis), room, theme.text);
        }
        Line::More(rest) => {
            buf.put(x, row.y, rest, room, theme.text);
        }
        Line::Words(words) => {
            buf.put(row.x + 2, row.y, words, width, theme.text);
        }
        Line::Blank => {}
    }
}
