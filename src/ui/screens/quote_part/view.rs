//! Drawing of the lines to choose from: a mark before those that are chosen, another before the one that keys act on.

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::QuotePart;
use crate::domain::text::wrap_ranges;
use crate::ui::look::{Look, TEXT_COLUMNS_MAX};
use crate::ui::put::Put;

/// Columns before the text: the mark of the line, the mark of what is chosen.
const INDENT: u16 = 3;

/// One row of a line.
struct Row {
    line: usize,
    range: Range<usize>,
    first: bool,
}

/// The lines cut into rows, and where the window on them is.
#[derive(Default)]
pub(super) struct Sheet {
    width: u16,
    rows: Vec<Row>,
    top: usize,
    height: usize,
}

impl Sheet {
    /// Lines that a page key moves by.
    pub(super) fn page(&self) -> usize {
        self.height.saturating_sub(1).max(1)
    }

    fn lay_out(&mut self, body: &str, width: u16) {
        if self.width == width {
            return;
        }
        self.width = width;
        self.rows.clear();
        let mut start = 0;
        for (index, line) in body.split('\n').enumerate() {
            let rows = wrap_ranges(line, usize::from(width).max(1));
            let none = rows.is_empty().then_some(0..0);
            let ranges = none.into_iter().chain(rows.into_iter().map(|row| row.range));
            for (at, range) in ranges.enumerate() {
                let range = start + range.start..start + range.end;
                self.rows.push(Row { line: index, range, first: at == 0 });
            }
            start += line.len() + 1;
        }
    }

    /// Brings a line into the window, with as much of it as fits.
    fn show(&mut self, line: usize, height: usize) {
        self.height = height;
        let first = self.rows.partition_point(|row| row.line < line);
        let end = self.rows.partition_point(|row| row.line <= line);
        if end > self.top + height {
            self.top = (end - height + height / 3).min(self.rows.len().saturating_sub(height));
        }
        if first < self.top {
            self.top = first.saturating_sub(height / 3);
        }
    }
}

pub(super) fn draw(screen: &mut QuotePart, area: Rect, buf: &mut Buffer, look: &Look) {
    let theme = &look.theme;
    let width = area.width.saturating_sub(INDENT + 1).min(TEXT_COLUMNS_MAX);
    let QuotePart { body, chosen, at, sheet, .. } = screen;
    sheet.lay_out(body, width);
    sheet.show(*at, usize::from(area.height));
    for (row, y) in sheet.rows.iter().skip(sheet.top).zip(area.top()..area.bottom()) {
        let text = &body[row.range.clone()];
        let marked = chosen.get(row.line).copied().unwrap_or(false);
        if row.first && row.line == *at {
            buf.put(area.x, y, theme.signs.chosen, 1, theme.accent);
        }
        if row.first && marked && !text.trim().is_empty() {
            buf.put(area.x + 1, y, theme.signs.check, 1, theme.good);
        }
        let style = if marked { theme.quote } else { theme.text };
        buf.put(area.x + INDENT, y, text.trim_end_matches('\n'), usize::from(width), style);
    }
}
