//! What works here: made from the same table that the keys come from, so it cannot say anything else.

#[cfg(test)]
mod tests;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::domain::text::{truncate, wrap};
use crate::ui::keys::{self, Binding, Chord, Command, Scope};
use crate::ui::look::Look;
use crate::ui::route::Route;
use crate::ui::screen::{Msg, Screen, Ui};
use crate::ui::screens;
use crate::ui::widgets::Pager;

/// Width of the column of keys.
const KEYS_COLUMNS: usize = 18;

/// The help of one screen.
pub struct Help {
    about: String,
    scopes: Vec<Scope>,
    /// What makes no sense there just now.
    hidden: Vec<Command>,
    pager: Pager,
}

/// A line of the help.
enum Line {
    Heading(String),
    Keys(String, &'static str),
    /// The rest of a long explanation.
    More(&'static str),
    Blank,
}

impl Help {
    /// Help for a screen with this title and these scopes.
    pub fn new(about: String, scopes: &[Scope]) -> Self {
        Self { about, scopes: scopes.to_vec(), hidden: Vec::new(), pager: Pager::default() }
    }

    /// The same without these commands of the screen.
    #[must_use]
    pub fn without(mut self, hidden: Vec<Command>) -> Self {
        self.hidden = hidden;
        self
    }

    fn lines(&self, look: &Look) -> Vec<Line> {
        let mut lines = vec![Line::Heading(format!("On this screen: {}", self.about))];
        let mut here = keys::in_scopes(&self.scopes);
        here.retain(|binding| !self.hidden.contains(&binding.command));
        lines.extend(here.iter().map(|binding| keys_line(binding)));
        if here.is_empty() {
            lines.clear();
        } else {
            lines.push(Line::Blank);
        }
        let shadowed = |binding: &&&Binding| {
            !binding.chords.iter().all(|chord| keys::find(&self.scopes, *chord).is_some())
        };
        let everywhere = keys::in_scopes(&[Scope::Everywhere]);
        let (places, others): (Vec<&&Binding>, Vec<&&Binding>) = everywhere
            .iter()
            .filter(shadowed)
            .filter(|binding| screens::offers_everywhere(binding.command, look))
            .partition(|binding| matches!(binding.chords.first(), Some(Chord::Go(_))));
        let typing = self.scopes.iter().any(|scope| scope.takes_text());
        let heading = if typing { "Wherever you are not typing" } else { "Everywhere" };
        lines.push(Line::Heading(heading.to_owned()));
        lines.extend(others.iter().map(|binding| keys_line(binding)));
        if !places.is_empty() {
            lines.push(Line::Blank);
            lines.push(Line::Heading("Places: g, then a letter".to_owned()));
            lines.extend(places.iter().map(|binding| keys_line(binding)));
        }
        lines
    }
}

/// Long explanations go on in further lines.
fn wrapped(lines: Vec<Line>, columns: usize) -> Vec<Line> {
    let mut all = Vec::with_capacity(lines.len());
    for line in lines {
        let Line::Keys(names, help) = line else {
            all.push(line);
            continue;
        };
        let mut pieces = wrap(help, columns).into_iter();
        all.push(Line::Keys(names, pieces.next().unwrap_or_default()));
        all.extend(pieces.map(Line::More));
    }
    all
}

fn keys_line(binding: &Binding) -> Line {
    let names: Vec<String> = binding.chords.iter().map(Chord::name).collect();
    Line::Keys(names.join(" "), binding.help)
}

impl Screen for Help {
    fn route(&self) -> Route {
        Route::Nowhere
    }

    fn title(&self) -> String {
        "help".to_owned()
    }

    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Pager]
    }

    fn update(&mut self, msg: Msg, _cx: &mut Ui<'_>) {
        if let Msg::Command(command) = msg {
            self.pager.command(command);
        }
    }

    fn draw(&mut self, area: Rect, buf: &mut Buffer, look: &Look) -> Option<Position> {
        let theme = &look.theme;
        let width = usize::from(area.width).saturating_sub(2);
        let keys_columns = KEYS_COLUMNS.min(width / 3);
        let lines = wrapped(self.lines(look), width.saturating_sub(keys_columns + 2).max(1));
        for (index, y) in self.pager.window(area.height, lines.len()).zip(area.y..) {
            match &lines[index] {
                Line::Heading(text) => {
                    let text = truncate(text, width, theme.signs.ellipsis);
                    buf.set_stringn(area.x + 1, y, text, width, theme.strong);
                }
                Line::Keys(names, help) => {
                    let names = truncate(names, keys_columns, theme.signs.ellipsis);
                    buf.set_stringn(area.x + 2, y, &names, keys_columns, theme.accent);
                    let x = area.x + 3 + u16::try_from(keys_columns).unwrap_or(0);
                    let room = usize::from(area.right().saturating_sub(x));
                    let help = truncate(help, room, theme.signs.ellipsis);
                    buf.set_stringn(x, y, help, room, theme.text);
                }
                Line::More(rest) => {
                    let x = area.x + 3 + u16::try_from(keys_columns).unwrap_or(0);
                    buf.set_stringn(x, y, rest, usize::from(area.right().saturating_sub(x)), theme.text);
                }
                Line::Blank => {}
            }
        }
        if self.pager.has_more() {
            let x = area.right().saturating_sub(2);
            buf.set_stringn(x, area.bottom() - 1, theme.signs.more_down, 1, theme.accent);
        }
        None
    }
}
