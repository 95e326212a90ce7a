//! The editor: a text of several lines with cursor, selection, undo and a clipboard of its own. It moves and deletes
//! by what a person takes for one character, wraps as readers will see it, and never drops a text silently.
//!
//! It knows no drafts and no requests: a screen gives it commands and input, and asks for the text.

mod core;
mod history;
mod text;

#[cfg(test)]
mod tests;

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use self::history::{Change, History};
use self::text::Text;
use crate::domain::text::{CLUSTER_CHARS_MAX, cells, clean_body, is_forbidden, joins};
use crate::ui::input::{Input, Key, KeyPress};
use crate::ui::keys::{self, Chord, Command, Scope};
use crate::ui::look::Look;
use crate::ui::put::Put;

/// Columns between tab stops, as cleaning expands them.
const TAB_COLUMNS: usize = 4;

/// Rows and columns that are assumed until the first drawing says otherwise.
const UNDRAWN: (usize, usize) = (10, 79);

/// What became of a command or an input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Took {
    /// It means nothing here.
    Nothing,
    /// The text is the same; cursor, selection or clipboard may not be.
    Moved,
    /// The text has changed.
    Changed,
    /// Nothing was put in, because there is no room for all of it.
    Full {
        /// Bytes that would have been too many.
        over: usize,
    },
}

/// How a selection was begun: that decides what ends it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mark {
    /// By moving with Shift: the next move without it ends the selection.
    Shift,
    /// With a key: every move extends it.
    Set,
}

/// An editor.
#[derive(Clone, Debug)]
pub struct Editor {
    text: Text,
    len_max: usize,
    cursor: usize,
    selection: Option<(usize, Mark)>,
    /// The column that moving up and down keeps to.
    goal: Option<usize>,
    history: History,
    clipboard: String,
    /// Whether the last command cut something: the next one adds to it.
    cutting: bool,
    /// The first row that is shown.
    top: usize,
    /// Rows shown at the last drawing.
    page: usize,
    /// What is shown as selected in place of the selection.
    highlight: Option<Range<usize>>,
    revision: u64,
}

impl Editor {
    /// An empty editor for at most `len_max` bytes.
    pub fn new(len_max: usize) -> Self {
        Self {
            text: Text::new(UNDRAWN.1),
            len_max,
            cursor: 0,
            selection: None,
            goal: None,
            history: History::default(),
            clipboard: String::new(),
            cutting: false,
            top: 0,
            page: UNDRAWN.0,
            highlight: None,
            revision: 0,
        }
    }

    /// Starts over with a text, the cursor at its end. What is too long for the editor is kept whole; nothing can be
    /// added to it then.
    pub fn set_text(&mut self, text: &str) {
        let len_max = self.len_max;
        *self =
            Self { text: self.text.clone(), page: self.page, revision: self.revision, ..Self::new(len_max) };
        self.text.replace(0..self.text.len(), &clean_paste(text));
        self.revision += 1;
        self.cursor = self.text.len();
    }

    /// Moves the cursor to the first line with nothing in it, where a template wants to be filled in. Without one it
    /// stays.
    pub fn go_to_gap(&mut self) {
        let text = self.text.as_str();
        let gap = if text.starts_with('\n') { Some(0) } else { text.find("\n\n").map(|at| at + 1) };
        if let Some(at) = gap {
            self.cursor = at;
        }
    }

    /// The text.
    pub fn text(&self) -> &str {
        self.text.as_str()
    }

    /// Whether nothing was written, or nothing but spaces.
    pub fn is_blank(&self) -> bool {
        self.text.words() == 0
    }

    /// Words in the text.
    pub fn words(&self) -> usize {
        self.text.words()
    }

    /// A number that grows with each change of the text.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// Whether the cursor stands in the first row: going up leads out of the editor.
    pub fn is_at_top(&self) -> bool {
        self.text.row_at(self.cursor) == 0
    }

    /// The text that is selected.
    pub fn selected(&self) -> Option<&str> {
        self.selected_range().map(|range| &self.text.as_str()[range])
    }

    /// Ends a selection. False when there was none.
    pub fn deselect(&mut self) -> bool {
        self.selection.take().is_some()
    }

    /// Carries out a command of the editor's scope.
    pub fn command(&mut self, command: Command) -> Took {
        let cutting = std::mem::take(&mut self.cutting);
        if let Some(to) = self.destination(command) {
            if self.selection.is_some_and(|(_, mark)| mark == Mark::Shift) {
                self.selection = None;
            }
            return self.go(to, matches!(command, Command::Up | Command::Down));
        }
        match command {
            Command::Mark => {
                self.selection = if self.selection.is_some() { None } else { Some((self.cursor, Mark::Set)) };
                Took::Moved
            }
            Command::Copy => self.copy(),
            Command::Paste => self.insert(&self.clipboard.clone(), false),
            Command::Cut => self.cut_selection_or(Command::WordLeft, cutting),
            Command::CutToEnd => self.cut_line_end(cutting),
            Command::CutToStart => self.cut(self.text.paragraph_start(self.cursor)..self.cursor, cutting),
            Command::CutWord => self.cut(self.cursor..self.text.word_after(self.cursor), cutting),
            Command::DeleteBack => self.delete(self.text.cluster_before(self.cursor)..self.cursor),
            Command::DeleteForward => self.delete(self.cursor..self.text.cluster_after(self.cursor)),
            Command::NewLine => self.insert("\n", true),
            Command::Indent => {
                let spaces = TAB_COLUMNS - self.text.column(self.cursor) % TAB_COLUMNS;
                self.insert(&" ".repeat(spaces), true)
            }
            Command::Undo => self.undo(),
            Command::Redo => self.redo(),
            _ => Took::Nothing,
        }
    }

    /// Takes what was typed or pasted.
    pub fn input(&mut self, input: &Input) -> Took {
        match input {
            Input::Paste(text) => self.insert(&clean_paste(text), false),
            Input::Key(KeyPress { key: Key::Char(letter), ctrl: false, alt: false, .. }) => {
                if is_forbidden(*letter) || self.is_piled_up(*letter) {
                    return Took::Nothing;
                }
                self.insert(letter.encode_utf8(&mut [0; 4]), true)
            }
            // Shift with a move selects; the table knows the move without it.
            Input::Key(press) if press.shift => {
                let plain = Chord::Press(KeyPress { shift: false, ..*press });
                match keys::find(&[Scope::Editor], plain) {
                    Some(binding) => self.select_to(binding.command),
                    None => Took::Nothing,
                }
            }
            Input::Key(_) => Took::Nothing,
        }
    }

    /// Draws the rows around the cursor and says where that is.
    pub fn draw(&mut self, area: Rect, buf: &mut Buffer, look: &Look) -> Position {
        // One column stays free for a cursor behind the last character of a full row.
        self.text.wrap_to(usize::from(area.width).saturating_sub(1).max(1));
        let cursor_row = self.text.row_at(self.cursor);
        self.page = usize::from(area.height).max(1);
        self.scroll_to(cursor_row);
        let selected = self.highlight.clone().or_else(|| self.selected_range());
        for (row, y) in (self.top..self.text.row_count()).zip(area.top()..area.bottom()) {
            self.draw_row(row, Rect { y, height: 1, ..area }, buf, look, selected.as_ref());
        }
        let column = self.text.column(self.cursor).min(usize::from(area.width.saturating_sub(1)));
        let (column, row) =
            (u16::try_from(column).unwrap_or(0), u16::try_from(cursor_row - self.top).unwrap_or(0));
        Position { x: area.x + column, y: area.y + row }
    }

    fn draw_row(
        &self,
        row: usize,
        area: Rect,
        buf: &mut Buffer,
        look: &Look,
        selected: Option<&Range<usize>>,
    ) {
        let text = self.text.as_str();
        let range = self.text.row(row);
        let quoted = text[self.text.paragraph_start(range.start)..].starts_with('>');
        let style = if quoted { look.theme.quote } else { look.theme.text };
        let width = usize::from(area.width);
        let Some(selected) =
            selected.filter(|selected| selected.start <= range.end && selected.end > range.start)
        else {
            buf.put(area.x, area.y, &text[range], width, style);
            return;
        };
        let (mut x, mut at) = (area.x, range.start);
        for (cluster, _) in cells(&text[range]) {
            let style = if selected.contains(&at) { look.theme.selection } else { style };
            (x, _) = buf.put(x, area.y, cluster, usize::from(area.right() - x), style);
            at += cluster.len();
        }
        if selected.contains(&at) && text[at..].starts_with('\n') && x < area.right() {
            // The line feed is selected too: one cell shows it.
            buf.put(x, area.y, " ", 1, Style::default().patch(look.theme.selection));
        }
    }

    /// Keeps a row in sight. It moves on by a third of the page, for every row of text that moves is sent again.
    fn scroll_to(&mut self, row: usize) {
        let step = (self.page / 3).max(1);
        let last_top = self.text.row_count().saturating_sub(self.page);
        if row < self.top {
            self.top = if row + 1 == self.top {
                row.saturating_sub(step - 1)
            } else {
                row.saturating_sub(self.page / 2)
            };
        } else if row >= self.top + self.page {
            let near = row == self.top + self.page;
            // Below the last row of the text there is room to write on.
            self.top = if near { row + step - self.page } else { (row - self.page / 2).min(last_top) };
        }
        if self.text.row_count() <= self.page {
            self.top = 0;
        }
    }

    /// Where a moving command leads.
    fn destination(&self, command: Command) -> Option<usize> {
        let (text, at) = (&self.text, self.cursor);
        let row = text.row_at(at);
        Some(match command {
            Command::Left => text.cluster_before(at),
            Command::Right => text.cluster_after(at),
            Command::WordLeft => text.word_before(at),
            Command::WordRight => text.word_after(at),
            Command::LineStart => text.paragraph_start(at),
            Command::LineEnd => text.paragraph_end(at),
            Command::RowStart => text.row(row).start,
            Command::RowEnd => text.row_end(row),
            Command::Top => 0,
            Command::Bottom => text.len(),
            Command::Up if row == 0 => 0,
            Command::Up => self.in_row(row - 1),
            Command::Down => self.in_row_or_end(row + 1),
            Command::PageUp => self.in_row(row.saturating_sub(self.page.saturating_sub(1).max(1))),
            Command::PageDown => self.in_row_or_end(row + self.page.saturating_sub(1).max(1)),
            _ => return None,
        })
    }

    fn in_row(&self, row: usize) -> usize {
        self.text.at_column(row, self.goal.unwrap_or_else(|| self.text.column(self.cursor)))
    }

    fn in_row_or_end(&self, row: usize) -> usize {
        if row < self.text.row_count() { self.in_row(row) } else { self.text.len() }
    }

    /// Whether a letter would go onto a character that has more on it already than any writing has. Cleaning takes it away
    /// from a paste; typed, each would cost as much as all those before it.
    fn is_piled_up(&self, letter: char) -> bool {
        let before = &self.text.as_str()[self.text.cluster_before(self.cursor)..self.cursor];
        before.len() >= CLUSTER_CHARS_MAX
            && before.chars().count() >= CLUSTER_CHARS_MAX
            && joins(before, letter)
    }

    fn go(&mut self, to: usize, keeps_column: bool) -> Took {
        let goal = self.goal.unwrap_or_else(|| self.text.column(self.cursor));
        self.goal = keeps_column.then_some(goal);
        self.cursor = to;
        self.history.close();
        Took::Moved
    }

    fn select_to(&mut self, command: Command) -> Took {
        let Some(to) = self.destination(command) else { return Took::Nothing };
        self.cutting = false;
        self.selection.get_or_insert((self.cursor, Mark::Shift));
        self.go(to, matches!(command, Command::Up | Command::Down))
    }

    fn selected_range(&self) -> Option<Range<usize>> {
        let (anchor, _) = self.selection?;
        (anchor != self.cursor).then(|| anchor.min(self.cursor)..anchor.max(self.cursor))
    }

    fn copy(&mut self) -> Took {
        if let Some(text) = self.selected() {
            self.clipboard = text.to_owned();
            self.selection = None;
        }
        Took::Moved
    }

    /// Cuts what is selected; without a selection, from the cursor to where a move leads.
    fn cut_selection_or(&mut self, command: Command, cutting: bool) -> Took {
        match (self.selected_range(), self.destination(command)) {
            (Some(range), _) => self.cut(range, false),
            (None, Some(to)) => self.cut(to.min(self.cursor)..to.max(self.cursor), cutting),
            (None, None) => Took::Nothing,
        }
    }

    /// Cuts to the end of the line, or the line feed at its end.
    fn cut_line_end(&mut self, cutting: bool) -> Took {
        let end = self.text.paragraph_end(self.cursor);
        let end = if end == self.cursor { self.text.cluster_after(end) } else { end };
        self.cut(self.cursor..end, cutting)
    }

    /// Cuts a range (or what is selected) into the clipboard; right after another cut it is added to that.
    fn cut(&mut self, range: Range<usize>, cutting: bool) -> Took {
        let range = self.selected_range().unwrap_or(range);
        if !range.is_empty() {
            let piece = &self.text.as_str()[range.clone()];
            match (cutting, range.start < self.cursor) {
                (false, _) => self.clipboard = piece.to_owned(),
                (true, true) => self.clipboard.insert_str(0, piece),
                (true, false) => self.clipboard.push_str(piece),
            }
        }
        let took = self.replace(range, "", false);
        self.cutting = true;
        took
    }

    fn delete(&mut self, range: Range<usize>) -> Took {
        let selected = self.selected_range();
        let small = selected.is_none();
        self.replace(selected.unwrap_or(range), "", small)
    }

    /// Puts a text in at the cursor, in place of what is selected.
    fn insert(&mut self, new: &str, small: bool) -> Took {
        let range = self.selected_range().unwrap_or(self.cursor..self.cursor);
        let over = (self.text.len() - range.len() + new.len()).saturating_sub(self.len_max);
        if over > 0 && new.len() > range.len() {
            return Took::Full { over };
        }
        self.replace(range, new, small)
    }

    fn replace(&mut self, range: Range<usize>, new: &str, small: bool) -> Took {
        self.selection = None;
        self.goal = None;
        self.cutting = false;
        if range.is_empty() && new.is_empty() {
            return Took::Moved;
        }
        let change = Change {
            at: range.start,
            removed: self.text.as_str()[range.clone()].to_owned(),
            added: new.to_owned(),
            cursor: self.cursor,
            joined: false,
        };
        self.history.push(change, small);
        self.change(range, new)
    }

    fn change(&mut self, range: Range<usize>, new: &str) -> Took {
        let end = range.start + new.len();
        self.text.replace(range, new);
        self.cursor = self.text.between_clusters(end);
        self.revision += 1;
        Took::Changed
    }

    fn undo(&mut self) -> Took {
        let mut took = Took::Moved;
        while let Some(change) = self.history.undo() {
            self.selection = None;
            self.goal = None;
            took = self.change(change.at..change.at + change.added.len(), &change.removed);
            self.cursor = self.text.between_clusters(change.cursor.min(self.text.len()));
            if !change.joined {
                break;
            }
        }
        took
    }

    fn redo(&mut self) -> Took {
        let mut took = Took::Moved;
        while let Some(change) = self.history.redo() {
            self.selection = None;
            self.goal = None;
            took = self.change(change.at..change.at + change.removed.len(), &change.added);
            if !self.history.redo_goes_on() {
                break;
            }
        }
        took
    }
}

/// A pasted or stored text, cleaned, with what cleaning takes away at its end: a space, or up to two line feeds.
fn clean_paste(raw: &str) -> String {
    let mut clean = clean_body(raw);
    let tail = &raw[raw.trim_end().len()..];
    match tail.matches('\n').count().max(tail.matches('\r').count()) {
        0 if tail.is_empty() => {}
        0 => clean.push(' '),
        1 => clean.push('\n'),
        _ => clean.push_str("\n\n"),
    }
    clean
}
