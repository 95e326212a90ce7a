//! Drawing of the settings: the choices under their headings, the help of the chosen one below.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{Item, Line, Settings};
use crate::domain::text::{fit, truncate, wrap};
use crate::ui::look::{Look, TEXT_COLUMNS_MAX};
use crate::ui::put::Put;

/// Columns for the name of a choice, where there is room.
const LABEL_COLUMNS: usize = 22;
/// The same in a narrow window.
const LABEL_COLUMNS_NARROW: usize = 15;
/// Rows for the help: what the longest takes.
const HELP_ROWS: u16 = 2;
/// The same in a narrow window.
const HELP_ROWS_NARROW: u16 = 3;

pub(super) fn draw(screen: &mut Settings, area: Rect, buf: &mut Buffer, look: &Look) {
    let area = Rect { width: area.width.min(TEXT_COLUMNS_MAX), ..area };
    let help_rows = if look.is_narrow() { HELP_ROWS_NARROW } else { HELP_ROWS };
    let rows = Rect { height: area.height.saturating_sub(help_rows + 1).max(1), ..area };
    let lines = super::lines();
    let mut next = 0..;
    let items: Vec<Option<usize>> = lines
        .iter()
        .map(|line| match line {
            Line::Item(_) => next.next(),
            Line::Heading(_) | Line::Blank => None,
        })
        .collect();
    for (index, row) in screen.list.visible(rows, &items) {
        match &lines[index] {
            Line::Heading(title) => {
                buf.put(row.x + 1, row.y, title, usize::from(row.width), look.theme.accent);
            }
            Line::Item(item) => draw_item(item, row, buf, look),
            Line::Blank => {}
        }
        screen.list.draw_mark(items[index], row, buf, look);
    }
    if let Some(Item::Choice(choice)) = super::items().get(screen.list.chosen()) {
        let help = Rect { y: rows.bottom() + 1, height: help_rows, ..area };
        draw_help(choice.help, help.intersection(area), buf, look);
    }
}

fn draw_item(item: &Item, row: Rect, buf: &mut Buffer, look: &Look) {
    let theme = &look.theme;
    let (label, value, style) = match item {
        Item::Choice(choice) => (choice.label, choice.words(look.me.chosen(choice)), theme.strong),
        Item::Place(place) => (place.label, place.what, theme.dim),
    };
    let columns = if look.is_narrow() { LABEL_COLUMNS_NARROW } else { LABEL_COLUMNS };
    let room = usize::from(row.width).saturating_sub(2);
    let label = fit(label, columns.min(room), theme.signs.ellipsis);
    let (x, _) = buf.put(row.x + 2, row.y, label, room, theme.text);
    let room = usize::from(row.right().saturating_sub(x + 1));
    buf.put(x + 1, row.y, truncate(value, room, theme.signs.ellipsis), room, style);
}

fn draw_help(help: &str, area: Rect, buf: &mut Buffer, look: &Look) {
    let room = usize::from(area.width).saturating_sub(3).max(1);
    for (y, row) in (area.top()..area.bottom()).zip(wrap(help, room)) {
        buf.put(area.x + 2, y, row, room, look.theme.dim);
    }
}
