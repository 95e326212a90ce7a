//! Drawing of the list of conversations: who, when and how much is unread, and below the last line.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::Messages;
use crate::domain::text::{display_width, truncate};
use crate::domain::time::relative_short;
use crate::service::conversations::ConversationSummary;
use crate::ui::look::{Look, TEXT_COLUMNS_MAX};
use crate::ui::put::Put;
use crate::ui::widgets::nothing;

/// Rows of one conversation.
const ROWS: u16 = 2;
/// Columns for a time and what is unread.
const FACTS_COLUMNS: u16 = 16;

pub(super) fn draw(screen: &mut Messages, area: Rect, buf: &mut Buffer, look: &Look) {
    let Some(rows) = &screen.rows else { return };
    let area = Rect { width: area.width.min(TEXT_COLUMNS_MAX + FACTS_COLUMNS), ..area };
    if rows.is_empty() {
        let words = "No conversations yet. n begins one with up to seven others; w on a profile, in the list of \
                     members or on a post writes to that member.";
        return nothing::draw(words, area, buf, look);
    }
    for (index, row) in screen.list.visible(area, rows.len(), ROWS) {
        draw_row(&rows[index], row, buf, look);
        screen.list.draw_mark(index, row, buf, look);
    }
}

fn draw_row(summary: &ConversationSummary, row: Rect, buf: &mut Buffer, look: &Look) {
    let theme = &look.theme;
    let when = summary.last_at.map_or_else(String::new, |at| relative_short(look.now, at));
    let (count, style) = match summary.unread {
        _ if summary.muted => ("muted ".to_owned(), theme.dim),
        0 => (String::new(), theme.dim),
        unread => (format!("{unread} {} ", theme.signs.unread), theme.unread),
    };
    let wide = display_width(&when) + display_width(&count);
    let at = row.right().saturating_sub(u16::try_from(wide).unwrap_or(FACTS_COLUMNS) + 1);
    let (x, _) = buf.put(at, row.y, &count, usize::from(FACTS_COLUMNS), style);
    buf.put(x, row.y, &when, usize::from(FACTS_COLUMNS), theme.dim);
    let room = usize::from(at.saturating_sub(row.x + 3));
    let unread = summary.unread > 0 && !summary.muted;
    let name = summary.name();
    let name = truncate(&name, room, theme.signs.ellipsis);
    buf.put(row.x + 2, row.y, name, room, if unread { theme.strong } else { theme.text });
    let room = usize::from(row.width.saturating_sub(3));
    let last = truncate(&summary.last, room, theme.signs.ellipsis);
    buf.put(row.x + 2, row.y + 1, last, room, theme.dim);
}
