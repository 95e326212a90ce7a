//! What a list says where it has no rows: what belongs here, and what to do next.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::domain::text::wrap;
use crate::ui::look::{Look, TEXT_COLUMNS_MAX};
use crate::ui::put::Put;

/// Draws the words at the top of `area`, as wide as running text at most.
pub fn draw(words: &str, area: Rect, buf: &mut Buffer, look: &Look) {
    let room = usize::from(area.width.saturating_sub(2).min(TEXT_COLUMNS_MAX)).max(1);
    for (line, y) in wrap(words, room).into_iter().zip(area.top()..area.bottom()) {
        buf.put(area.x + 1, y, line, room, look.theme.dim);
    }
}
