//! Drawing of the wall: who, what, when; long lines take two rows in a narrow window.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::Wall;
use crate::domain::text::{display_width, pad_left, wrap};
use crate::domain::time::relative_short;
use crate::service::wall::WallLine;
use crate::ui::look::{Look, TEXT_COLUMNS_MAX};
use crate::ui::put::Put;
use crate::ui::widgets::nothing;

/// Columns for how long ago it was.
const TIME_COLUMNS: usize = 8;

pub(super) fn draw(screen: &mut Wall, area: Rect, buf: &mut Buffer, look: &Look) {
    let Some(view) = &screen.view else { return };
    if view.lines.is_empty() {
        let words = "Nothing on the wall yet. w writes the first line: that you were here, how the day is.";
        return nothing::draw(words, area, buf, look);
    }
    let columns = TEXT_COLUMNS_MAX + 40;
    let area = Rect { width: area.width.min(columns), ..area };
    let authors = view.lines.iter().map(|line| display_width(&line.author)).max().unwrap_or(0) + 2;
    let room = usize::from(area.width).saturating_sub(authors + TIME_COLUMNS + 4).max(1);
    let rows = |line: &WallLine, room: usize| wrap(&line.text, room).len();
    // Every line has as many rows as the longest of them needs.
    let height = if look.is_narrow() {
        let room = usize::from(area.width).saturating_sub(2).max(1);
        1 + view.lines.iter().map(|line| rows(line, room)).max().unwrap_or(1)
    } else {
        view.lines.iter().map(|line| rows(line, room)).max().unwrap_or(1)
    };
    let height = u16::try_from(height).unwrap_or(1).min(area.height);
    for (index, row) in screen.list.visible(area, view.lines.len(), height) {
        draw_line(&view.lines[index], authors, row, buf, look);
        screen.list.draw_mark(index, row, buf, look);
    }
}

fn draw_line(line: &WallLine, authors: usize, row: Rect, buf: &mut Buffer, look: &Look) {
    let theme = &look.theme;
    let right = row.right().saturating_sub(u16::try_from(TIME_COLUMNS).unwrap_or(0) + 1);
    let ago = pad_left(&relative_short(look.now, line.at), TIME_COLUMNS).into_owned();
    buf.put(right, row.y, ago, TIME_COLUMNS, theme.dim);
    let x = row.x + 2;
    let author = if line.mine { theme.accent } else { theme.strong };
    buf.put(x, row.y, &line.author, usize::from(right.saturating_sub(x)), author);
    let text = if look.is_narrow() {
        Rect { x, y: row.y + 1, width: row.width.saturating_sub(2), height: row.height.saturating_sub(1) }
    } else {
        let at = x + u16::try_from(authors).unwrap_or(0);
        Rect { x: at, width: right.saturating_sub(at + 1), ..row }
    };
    let room = usize::from(text.width).max(1);
    for (piece, y) in wrap(&line.text, room).iter().zip(text.top()..text.bottom()) {
        buf.put(text.x, y, piece, room, theme.text);
    }
}
