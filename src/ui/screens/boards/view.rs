//! Drawing of the boards screen.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::Boards;
use crate::ui::look::Look;

pub(super) fn draw(screen: &mut Boards, area: Rect, buf: &mut Buffer, look: &Look) {
    let Some(boards) = &screen.boards else { return };
    for (index, row) in screen.list.visible(area, boards.len(), 1) {
        buf.set_stringn(row.x + 2, row.y, &boards[index].name, 20, look.theme.text);
        screen.list.draw_mark(index, row, buf, look);
    }
}
