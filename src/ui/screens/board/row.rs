//! Pieces of a thread's line in a list: of a board, of a tag.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::domain::board::ThreadChoice;
use crate::domain::text::{display_width, pad_left, truncate};
use crate::domain::time::Timestamp;
use crate::service::threads::ThreadSummary;
use crate::ui::look::Look;
use crate::ui::put::Put;

/// Columns for the count of unread posts: five figures.
const COUNT_COLUMNS: u16 = 5;

/// The unread count; gives the column after it.
pub fn count(thread: &ThreadSummary, row: Rect, buf: &mut Buffer, look: &Look) -> u16 {
    let at = row.x + 1;
    let width = usize::from(COUNT_COLUMNS);
    if thread.unread > 0 {
        let count = pad_left(&thread.unread.to_string(), width).into_owned();
        buf.put(at, row.y, count, width, look.theme.unread);
    }
    at + COUNT_COLUMNS + 1
}

/// When something last happened to it here.
pub fn last_at(thread: &ThreadSummary) -> Timestamp {
    thread.moved.as_ref().map_or(thread.last_at, |moved| moved.at)
}

/// The title with what is to be known of the thread after it: the title is cut first.
pub fn title(thread: &ThreadSummary, area: Rect, buf: &mut Buffer, look: &Look) {
    let theme = &look.theme;
    let facts = [
        (thread.removed, "removed"),
        (thread.pinned, "pinned"),
        (thread.solved, "solved"),
        (thread.locked, "locked"),
        (thread.slow_s > 0, "slow"),
        (thread.choice == Some(ThreadChoice::Followed), "followed"),
        (thread.choice == Some(ThreadChoice::Muted), "muted"),
    ];
    let mut words: String = facts
        .iter()
        .filter(|(holds, _)| *holds)
        .map(|(_, word)| format!(" {} {word}", theme.signs.dot))
        .collect();
    if let Some(moved) = &thread.moved {
        words.push_str(&format!(" {} moved to {}", theme.signs.dot, moved.to));
    }
    words.extend(thread.tags.iter().map(|tag| format!(" #{tag}")));
    let room = usize::from(area.width);
    // The title has two thirds, or what the facts leave.
    let facts_room =
        display_width(&words).min(room.saturating_sub(display_width(&thread.title)).max(room / 3));
    let title = truncate(&thread.title, room.saturating_sub(facts_room), theme.signs.ellipsis);
    let dim = thread.choice == Some(ThreadChoice::Muted) || thread.removed || thread.moved.is_some();
    let style = if dim {
        theme.dim
    } else if thread.unread > 0 {
        theme.strong
    } else {
        theme.text
    };
    let (x, _) = buf.put(area.x, area.y, title, room, style);
    let left = usize::from(area.right().saturating_sub(x));
    buf.put(x, area.y, truncate(&words, left, theme.signs.ellipsis), left, theme.dim);
}
