//! Drawing of the reading list: two lines a post, which thread it is in and whose it is, then how it begins.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::ReadingList;
use crate::domain::markup;
use crate::domain::post::PostState;
use crate::domain::text::{display_width, truncate};
use crate::domain::time::relative_short;
use crate::service::reading::Bookmark;
use crate::ui::look::{Look, TEXT_COLUMNS_MAX};
use crate::ui::put::Put;
use crate::ui::widgets::nothing;

/// Rows of one post.
const ROWS: u16 = 2;
/// Columns for when it was written.
const TIME_COLUMNS: u16 = 8;

pub(super) fn draw(screen: &mut ReadingList, area: Rect, buf: &mut Buffer, look: &Look) {
    let Some(kept) = &screen.kept else { return };
    if kept.is_empty() {
        let words = "Nothing kept yet. b on a post in a thread keeps it here, for you alone.";
        return nothing::draw(words, area, buf, look);
    }
    let area = Rect { width: area.width.min(TEXT_COLUMNS_MAX + TIME_COLUMNS), ..area };
    for (index, row) in screen.list.visible(area, kept.len(), ROWS) {
        draw_post(&kept[index], row, buf, look);
        screen.list.draw_mark(index, row, buf, look);
    }
}

fn draw_post(kept: &Bookmark, row: Rect, buf: &mut Buffer, look: &Look) {
    let theme = &look.theme;
    let (x, right) = (row.x + 2, row.right());
    let when = relative_short(look.now, kept.created_at);
    let at = right.saturating_sub(u16::try_from(display_width(&when)).unwrap_or(TIME_COLUMNS));
    buf.put(at, row.y, &when, usize::from(TIME_COLUMNS), theme.dim);
    let room = usize::from(at.saturating_sub(x + 2));
    // The title gives way to who wrote what.
    let post = format!(" {} {} {}", theme.signs.dot, kept.no, kept.author);
    let board = if look.is_narrow() { String::new() } else { format!(" {} {}", theme.signs.dot, kept.board) };
    let facts = format!("{post}{board}");
    let title = truncate(&kept.title, room.saturating_sub(display_width(&facts)), theme.signs.ellipsis);
    let (after, _) = buf.put(x, row.y, title, room, theme.strong);
    let room = usize::from(at.saturating_sub(after + 2));
    buf.put(after, row.y, truncate(&facts, room, theme.signs.ellipsis), room, theme.dim);
    let room = usize::from(right - x);
    let excerpt = match kept.state {
        PostState::Shown => markup::plain(&kept.excerpt, room),
        PostState::Collapsed => "(folded by the moderators)".to_owned(),
        PostState::Removed => "(removed by the moderators)".to_owned(),
        PostState::Deleted => "(deleted by its author)".to_owned(),
    };
    buf.put(x, row.y + 1, truncate(&excerpt, room, theme.signs.ellipsis), room, theme.dim);
}
