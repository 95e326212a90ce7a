//! Drawing of the palette.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::{Kind, Palette};
use crate::domain::text::{display_width, truncate};
use crate::ui::look::Look;
use crate::ui::put::Put;

/// Columns of the kind, at the left.
const KIND_COLUMNS: u16 = 10;
/// Columns of a command's key: the longest name of a chord has six.
const KEY_COLUMNS: usize = 7;
/// Columns that a longer hint needs at least.
const HINT_COLUMNS_MIN: usize = 6;

pub(super) fn draw(screen: &mut Palette, area: Rect, buf: &mut Buffer, look: &Look) -> Position {
    let theme = &look.theme;
    let width = usize::from(area.width).saturating_sub(2);
    let (x, _) = buf.put(area.x + 1, area.y, "find: ", width, theme.accent);
    let line = Rect { x, width: area.right().saturating_sub(x), height: 1, ..area };
    let cursor = screen.field.draw(line, buf, look, theme.text);
    let rows = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
    if screen.shown.is_empty() && rows.height > 0 {
        let words = if screen.looking { "Looking…" } else { "Nothing has a name like that." };
        let words = if theme.signs.ascii { words.replace('…', "...") } else { words.to_owned() };
        buf.put(area.x + 1, rows.y, truncate(&words, width, theme.signs.ellipsis), width, theme.dim);
    }
    let mut above: Option<Kind> = None;
    for (index, row) in screen.list.visible(rows, screen.shown.len(), 1) {
        let item = &screen.items[screen.shown[index]];
        let kind = if index < screen.lately { Kind::Recent } else { item.kind };
        if above != Some(kind) {
            buf.put(row.x + 1, row.y, kind.words(), usize::from(KIND_COLUMNS) - 2, theme.dim);
            above = Some(kind);
        }
        let content = Rect { x: row.x + KIND_COLUMNS, width: row.width.saturating_sub(KIND_COLUMNS), ..row };
        draw_item(&item.name, &item.hint, item.kind, content, buf, look);
        screen.list.draw_mark(index, content, buf, look);
    }
    cursor
}

/// A place has what it is for behind its name; a command has its key before it, as in the help.
fn draw_item(name: &str, hint: &str, kind: Kind, row: Rect, buf: &mut Buffer, look: &Look) {
    let theme = &look.theme;
    let room = usize::from(row.width).saturating_sub(3);
    let cut = |text: &str, room: usize| truncate(text, room, theme.signs.ellipsis).into_owned();
    if kind == Kind::Command {
        buf.put(row.x + 2, row.y, hint, KEY_COLUMNS - 1, theme.accent);
        let x = row.x + 2 + u16::try_from(KEY_COLUMNS).unwrap_or(0);
        let room = room.saturating_sub(KEY_COLUMNS);
        buf.put(x, row.y, cut(name, room), room, theme.text);
        return;
    }
    let (x, _) = buf.put(row.x + 2, row.y, cut(name, room), room, theme.text);
    let left = usize::from(row.right().saturating_sub(x)).saturating_sub(3);
    // Half a word beside a long name says nothing.
    if !hint.is_empty() && left >= display_width(hint).min(HINT_COLUMNS_MIN) {
        buf.put(x + 2, row.y, cut(hint, left), left, theme.dim);
    }
}
