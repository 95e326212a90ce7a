//! A field for one line: titles, searches, handles, passwords. It moves and deletes by what a person takes for one
//! character and scrolls sideways. What it means is the screen's business.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use tui_input::{Input as Line, InputRequest};

use crate::domain::text::{cells, clean_line, display_width, is_forbidden, truncate};
use crate::ui::input::{Input, Key, KeyPress};
use crate::ui::look::Look;
use crate::ui::put::Put;

/// What became of an input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Typed {
    /// It means nothing here.
    Nothing,
    /// The text is the same.
    Moved,
    /// The text has changed.
    Changed,
    /// Nothing was put in, because there is no room for all of it.
    Full,
}

/// A field.
#[derive(Clone, Debug)]
pub struct Field {
    line: Line,
    chars_max: usize,
    masked: bool,
    /// Columns that are hidden at the left.
    scroll: usize,
}

impl Field {
    /// An empty field for at most `chars_max` characters.
    pub fn new(chars_max: usize) -> Self {
        Self { line: Line::default(), chars_max, masked: false, scroll: 0 }
    }

    /// A field that shows a sign for each character. What is typed into it is taken as it is, but for controls.
    pub fn masked(chars_max: usize) -> Self {
        Self { masked: true, ..Self::new(chars_max) }
    }

    /// The same field with a text in it, the cursor at its end.
    #[must_use]
    pub fn with_text(mut self, text: &str) -> Self {
        self.set_text(text);
        self
    }

    /// Starts over with a text, the cursor at its end. A text that is too long is kept whole.
    pub fn set_text(&mut self, text: &str) {
        self.line = Line::new(self.cleaned(text));
        self.scroll = 0;
    }

    /// The text.
    pub fn text(&self) -> &str {
        self.line.value()
    }

    /// Takes the text out.
    pub fn take(&mut self) -> String {
        self.scroll = 0;
        self.line.value_and_reset()
    }

    /// Whether nothing is in it.
    pub fn is_empty(&self) -> bool {
        self.text().is_empty()
    }

    /// Characters in it.
    pub fn chars(&self) -> usize {
        self.text().chars().count()
    }

    /// Characters that it takes.
    pub fn chars_max(&self) -> usize {
        self.chars_max
    }

    /// Takes what was typed or pasted: letters, and the editing keys that every line editor has.
    pub fn input(&mut self, input: &Input) -> Typed {
        match input {
            Input::Paste(text) => {
                let text = self.cleaned(text);
                self.insert(&text)
            }
            Input::Key(KeyPress { key: Key::Char(letter), ctrl: false, alt: false, .. }) => {
                if is_forbidden(*letter) && (!self.masked || letter.is_control()) {
                    return Typed::Nothing;
                }
                self.insert(letter.encode_utf8(&mut [0; 4]))
            }
            Input::Key(press) => match request(*press) {
                Some(request) => self.edit(request),
                None => Typed::Nothing,
            },
        }
    }

    fn edit(&mut self, request: InputRequest) -> Typed {
        let before = (request == InputRequest::Yank).then(|| self.line.clone());
        let changed = self.line.handle(request).is_some_and(|change| change.value);
        match before {
            Some(before) if self.chars() > self.chars_max => {
                self.line = before;
                Typed::Full
            }
            _ if changed => Typed::Changed,
            _ => Typed::Moved,
        }
    }

    fn insert(&mut self, text: &str) -> Typed {
        if text.is_empty() {
            return Typed::Moved;
        }
        if self.chars() + text.chars().count() > self.chars_max {
            return Typed::Full;
        }
        let (at, byte) = (self.line.cursor(), self.cursor_byte());
        let mut whole = self.text().to_owned();
        whole.insert_str(byte, text);
        // A move, as the line sees it: what is cut after this is not added to what was cut before, which would grow for ever.
        self.line.handle(InputRequest::SetCursor(at));
        // Taken over whole, because a paste letter by letter would move the rest once for each.
        let cursor = at + text.chars().count();
        self.line = std::mem::take(&mut self.line).with_value(whole).with_cursor(cursor);
        Typed::Changed
    }

    fn cleaned(&self, text: &str) -> String {
        if self.masked { text.chars().filter(|c| !c.is_control()).collect() } else { clean_line(text) }
    }

    fn cursor_byte(&self) -> usize {
        self.text().char_indices().nth(self.line.cursor()).map_or(self.text().len(), |(byte, _)| byte)
    }

    /// Draws as much as fits into the first row of `area`, and says where the cursor is.
    pub fn draw(&mut self, area: Rect, buf: &mut Buffer, look: &Look, style: Style) -> Position {
        let before = &self.text()[..self.cursor_byte()];
        let (text, column) = if self.masked {
            let sign = if look.theme.signs.ascii { "*" } else { "•" };
            (sign.repeat(cells(self.text()).count()), cells(before).count())
        } else {
            (self.text().to_owned(), display_width(before))
        };
        let width = usize::from(area.width).max(1);
        let whole = display_width(&text) + 1;
        // The cursor stays in sight, and no room is left empty at the right while text is hidden at the left.
        self.scroll = self.scroll.min(column).max((column + 1).saturating_sub(width));
        self.scroll = self.scroll.min(whole.saturating_sub(width));
        let mut at = 0;
        for (cluster, columns) in cells(&text) {
            let (start, end) = (at, at + columns);
            at = end;
            // A wide character that is cut at an edge stays away whole.
            if start >= self.scroll && end <= self.scroll + width {
                let x = area.x + u16::try_from(start - self.scroll).unwrap_or(0);
                buf.put(x, area.y, cluster, columns, style);
            }
        }
        let x = u16::try_from(column - self.scroll).unwrap_or(0).min(area.width.saturating_sub(1));
        Position { x: area.x + x, y: area.y }
    }
}

impl Field {
    /// Draws it while nobody types into it: from its beginning.
    pub fn draw_at_rest(&self, area: Rect, buf: &mut Buffer, look: &Look, style: Style) {
        let width = usize::from(area.width);
        if self.masked {
            let sign = if look.theme.signs.ascii { "*" } else { "•" };
            buf.put(area.x, area.y, sign.repeat(cells(self.text()).count()), width, style);
            return;
        }
        buf.put(area.x, area.y, truncate(self.text(), width, look.theme.signs.ellipsis), width, style);
    }
}

fn request(press: KeyPress) -> Option<InputRequest> {
    use InputRequest as R;
    let KeyPress { key, ctrl, alt, .. } = press;
    Some(match (key, ctrl, alt) {
        (Key::Left, false, false) | (Key::Char('b'), true, _) => R::GoToPrevChar,
        (Key::Right, false, false) | (Key::Char('f'), true, _) => R::GoToNextChar,
        (Key::Left, ..) | (Key::Char('b'), false, true) => R::GoToPrevWord,
        (Key::Right, ..) | (Key::Char('f'), false, true) => R::GoToNextWord,
        (Key::Home, ..) | (Key::Char('a'), true, _) => R::GoToStart,
        (Key::End, ..) | (Key::Char('e'), true, _) => R::GoToEnd,
        (Key::Backspace, _, false) => R::DeletePrevChar,
        (Key::Backspace, _, true) | (Key::Char('w'), true, _) => R::DeletePrevWord,
        (Key::Delete, false, _) | (Key::Char('d'), true, _) => R::DeleteNextChar,
        (Key::Delete, true, _) | (Key::Char('d'), false, true) => R::DeleteNextWord,
        (Key::Char('k'), true, _) => R::DeleteTillEnd,
        (Key::Char('u'), true, _) => R::DeleteFromStart,
        (Key::Char('y'), true, _) => R::Yank,
        _ => return None,
    })
}

#[cfg(test)]
mod tests;
