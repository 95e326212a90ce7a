//! Drawing of a tag's threads: one line each, two in a narrow window.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::Tag;
use crate::domain::text::{fit, pad_left, truncate};
use crate::domain::time::relative_short;
use crate::ui::look::Look;
use crate::ui::screens::board::row::{count, title};

/// Columns for the board's name, where there is room.
const BOARD_COLUMNS: u16 = 16;
/// Columns for a short time: `Mar 2025`.
const TIME_COLUMNS: u16 = 8;

pub(super) fn draw(screen: &mut Tag, area: Rect, buf: &mut Buffer, look: &Look) {
    if screen.head.is_none() {
        return;
    }
    let theme = &look.theme;
    let narrow = look.is_narrow() || area.width < look.columns;
    for (index, row) in screen.list.visible(area, screen.threads.len(), if narrow { 2 } else { 1 }) {
        let tagged = &screen.threads[index];
        let at = count(&tagged.thread, row, buf, look);
        let ago = relative_short(look.now, tagged.thread.last_at);
        if narrow {
            title(
                &tagged.thread,
                Rect { x: at, width: row.right().saturating_sub(at + 1), ..row },
                buf,
                look,
            );
            let words = format!("{} {} {ago}", tagged.board, theme.signs.dot);
            let room = usize::from(row.right().saturating_sub(at + 1));
            let words = truncate(&words, room, theme.signs.ellipsis);
            if row.height > 1 {
                buf.set_stringn(at, row.y + 1, words, room, theme.dim);
            }
        } else {
            let time_at = row.right().saturating_sub(TIME_COLUMNS + 1);
            let board_at = time_at.saturating_sub(BOARD_COLUMNS + 2);
            title(&tagged.thread, Rect { x: at, width: board_at.saturating_sub(at + 1), ..row }, buf, look);
            let room = usize::from(BOARD_COLUMNS);
            buf.set_stringn(board_at, row.y, fit(&tagged.board, room, theme.signs.ellipsis), room, theme.dim);
            let room = usize::from(TIME_COLUMNS);
            buf.set_stringn(time_at, row.y, pad_left(&ago, room), room, theme.dim);
        }
        screen.list.draw_mark(index, row, buf, look);
    }
}
