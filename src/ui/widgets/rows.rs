//! Styled rows of text that a screen makes once for a width and then scrolls or draws: headings, wrapped texts, parts
//! in different styles on one row.

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::domain::text::wrap;
use crate::ui::put::Put;

/// The rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rows {
    rows: Vec<Vec<(String, Style)>>,
}

impl Rows {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Adds an empty row, unless there is nothing above it.
    pub fn gap(&mut self) {
        if !self.rows.is_empty() {
            self.rows.push(Vec::new());
        }
    }

    /// Adds one row in one style; what does not fit is cut when drawn.
    pub fn push(&mut self, text: impl Into<String>, style: Style) {
        self.rows.push(vec![(text.into(), style)]);
    }

    /// Adds one row of several parts.
    pub fn push_parts(&mut self, parts: Vec<(String, Style)>) {
        self.rows.push(parts);
    }

    /// Adds a text, wrapped to `width` columns, each row after `indent` spaces.
    pub fn push_wrapped(&mut self, text: &str, width: usize, indent: usize, style: Style) {
        let room = width.saturating_sub(indent).max(1);
        for row in wrap(text, room) {
            self.rows.push(vec![(" ".repeat(indent), style), (row.to_owned(), style)]);
        }
    }

    /// Adds wrapped text behind a sign of one column; what follows stands under the text.
    pub fn push_listed(&mut self, sign: &str, text: &str, width: usize, indent: usize, style: Style) {
        let from = self.rows.len();
        self.push_wrapped(text, width, indent + 2, style);
        if let Some((lead, _)) = self.rows.get_mut(from).and_then(|row| row.first_mut()) {
            *lead = format!("{:indent$}{sign} ", "");
        }
    }

    /// Adds the rows of another.
    pub fn append(&mut self, mut other: Self) {
        self.rows.append(&mut other.rows);
    }

    /// Draws the rows of a range, as far as there are any, from the top of `area` on.
    pub fn draw(&self, range: Range<usize>, area: Rect, buf: &mut Buffer) {
        let end = range.end.min(self.rows.len());
        let shown = &self.rows[range.start.min(end)..end];
        for (row, y) in shown.iter().zip(area.top()..area.bottom()) {
            let mut x = area.x;
            for (text, style) in row {
                let room = usize::from(area.right().saturating_sub(x));
                (x, _) = buf.put(x, y, text, room, *style);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::harness::text_of;

    #[test]
    fn rows_are_wrapped_cut_and_drawn_from_anywhere() {
        let mut rows = Rows::default();
        rows.gap();
        rows.push("a heading that is long", Style::new());
        rows.push_wrapped("warm and plain", 11, 2, Style::new());
        rows.push_parts(vec![("ab".to_owned(), Style::new()), ("cd".to_owned(), Style::new())]);
        assert_eq!(rows.len(), 4);
        let mut buf = Buffer::empty(Rect::new(0, 0, 11, 3));
        rows.draw(1..4, Rect::new(0, 0, 11, 3), &mut buf);
        assert_eq!(text_of(&buf), "  warm and\n  plain\nabcd");
        rows.draw(3..9, Rect::new(0, 1, 11, 1), &mut buf);
        assert_eq!(text_of(&buf), "  warm and\nabcdain\nabcd", "as far as there are any");
        rows.draw(0..1, Rect::new(0, 0, 11, 3), &mut buf);
        assert!(text_of(&buf).starts_with("a heading t"));
        rows.draw(7..9, Rect::new(0, 0, 11, 3), &mut buf);
    }
}
