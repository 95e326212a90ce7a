//! Drawing of the list of rooms: a room a row, with what is new and how many are in it.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::Rooms;
use crate::domain::text::{fit, pad_left};
use crate::service::rooms::{RoomSummary, UNREAD_COUNTED_MAX};
use crate::ui::look::{Look, TEXT_COLUMNS_MAX};
use crate::ui::put::Put;

/// Columns for how many are in the room: `12 here`.
const HERE_COLUMNS: usize = 8;
/// Columns for the lines that are new: `99+ ●`.
const COUNT_COLUMNS: usize = 7;

pub(super) fn draw(screen: &mut Rooms, area: Rect, buf: &mut Buffer, look: &Look) {
    if screen.of.is_some() {
        return;
    }
    let Some(rooms) = &screen.rooms else { return };
    let area = Rect { width: area.width.min(TEXT_COLUMNS_MAX), ..area };
    for (index, row) in screen.list.visible(area, rooms.len(), 1) {
        draw_room(&rooms[index], row, buf, look);
        screen.list.draw_mark(index, row, buf, look);
    }
}

fn draw_room(room: &RoomSummary, row: Rect, buf: &mut Buffer, look: &Look) {
    let theme = &look.theme;
    let columns = |count: usize| u16::try_from(count).unwrap_or(0);
    let count_at = row.right().saturating_sub(columns(COUNT_COLUMNS) + 1);
    let here_at = count_at.saturating_sub(columns(HERE_COLUMNS) + 1);
    let room_for = usize::from(here_at.saturating_sub(row.x + 3));
    let style = if room.unread > 0 { theme.strong } else { theme.text };
    buf.put(row.x + 2, row.y, fit(&room.name, room_for, theme.signs.ellipsis), room_for, style);
    if room.here > 0 {
        let here = pad_left(&format!("{} here", room.here), HERE_COLUMNS).into_owned();
        buf.put(here_at, row.y, here, HERE_COLUMNS, theme.good);
    }
    if room.unread > 0 {
        let more = if room.unread >= UNREAD_COUNTED_MAX { "99+".to_owned() } else { room.unread.to_string() };
        let count = pad_left(&format!("{more} {}", theme.signs.unread), COUNT_COLUMNS).into_owned();
        buf.put(count_at, row.y, count, COUNT_COLUMNS, theme.unread);
    }
}
