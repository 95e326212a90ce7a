//! Drawing of the console: name and state side by side, the explanation of the chosen row below.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::part::ConsolePart;
use crate::domain::text::{fit, truncate, wrap};
use crate::ui::look::{Look, TEXT_COLUMNS_MAX};
use crate::ui::put::Put;
use crate::ui::widgets::Rows;

/// Columns for the name of a row, where there is room.
const NAME_COLUMNS: usize = 24;
/// The same in a narrow window.
const NAME_COLUMNS_NARROW: usize = 14;
/// Rows for the whole of the chosen row: what does not fit beside its name.
const HELP_ROWS: u16 = 4;
/// The same in a low window.
const HELP_ROWS_LOW: u16 = 3;
/// A window of fewer rows is low.
const LOW_ROWS: u16 = 16;

/// Draws a name and what is beside it.
pub(super) fn draw_row(name: &str, value: &str, row: Rect, buf: &mut Buffer, look: &Look) {
    let theme = &look.theme;
    let columns = if look.is_narrow() { NAME_COLUMNS_NARROW } else { NAME_COLUMNS };
    let room = usize::from(row.width).saturating_sub(2);
    let name = fit(name, columns.min(room), theme.signs.ellipsis);
    let (x, _) = buf.put(row.x + 2, row.y, name, room, theme.text);
    let room = usize::from(row.right().saturating_sub(x + 1));
    buf.put(x + 1, row.y, truncate(value, room, theme.signs.ellipsis), room, theme.dim);
}

pub(super) fn draw(screen: &mut ConsolePart, area: Rect, buf: &mut Buffer, look: &Look) {
    let area = Rect { width: area.width.min(TEXT_COLUMNS_MAX), ..area };
    if let Some(lines) = &screen.paper {
        return draw_paper(lines, &mut screen.pager, area, buf, look);
    }
    let Some(page) = &screen.page else { return };
    let width = usize::from(area.width).saturating_sub(3).max(1);
    if page.rows.is_empty() {
        let words = "Nothing is here yet.";
        buf.put(area.x + 1, area.y, words, width, look.theme.dim);
        return;
    }
    let help_rows = if area.height < LOW_ROWS { HELP_ROWS_LOW } else { HELP_ROWS };
    let rows = Rect { height: area.height.saturating_sub(help_rows + 1).max(1), ..area };
    for (index, row) in screen.list.visible(rows, page.rows.len(), 1) {
        draw_row(&page.rows[index].label, &page.rows[index].value, row, buf, look);
        screen.list.draw_mark(index, row, buf, look);
    }
    let Some(chosen) = page.rows.get(screen.list.chosen()) else { return };
    let mut whole = Rows::default();
    whole.push_wrapped(&chosen.value, width, 2, look.theme.text);
    if !chosen.help.is_empty() && chosen.help != chosen.value {
        whole.push_wrapped(&chosen.help, width, 2, look.theme.dim);
    }
    let below = Rect { y: rows.bottom() + 1, height: help_rows, ..area }.intersection(area);
    whole.draw(0..whole.len(), below, buf);
}

/// Lines to be read whole, instead of the list.
fn draw_paper(
    lines: &[String],
    pager: &mut crate::ui::widgets::Pager,
    area: Rect,
    buf: &mut Buffer,
    look: &Look,
) {
    let width = usize::from(area.width).saturating_sub(2).max(1);
    let mut rows = Rows::default();
    for line in lines {
        let style = match line.chars().next() {
            Some('+') => look.theme.good,
            Some('-') => look.theme.warn,
            _ => look.theme.text,
        };
        for part in wrap(line, width) {
            rows.push(format!(" {part}"), style);
        }
    }
    let window = pager.window(area.height, rows.len());
    rows.draw(window, area, buf);
    if pager.has_more() && area.height > 0 {
        let x = area.right().saturating_sub(1);
        buf.put(x, area.bottom() - 1, look.theme.signs.more_down, 1, look.theme.accent);
    }
}
