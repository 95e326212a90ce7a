//! Drawing of a board's threads: one line each, two in a narrow window.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::Board;
use super::row::{count, last_at, title};
use crate::domain::text::{fit, pad_left, truncate, wrap};
use crate::domain::time::relative_short;
use crate::service::threads::ThreadSummary;
use crate::ui::frame;
use crate::ui::look::{Look, WIDE_COLUMNS};
use crate::ui::put::Put;

/// Columns for the author of the last post, where there is room.
const AUTHOR_COLUMNS: u16 = 14;
/// Columns below which a thread takes two lines: one would leave its title too little.
const LINE_COLUMNS: u16 = 61;
/// Columns for a short time: `Mar 2025`.
const TIME_COLUMNS: u16 = 8;

pub(super) fn draw(screen: &mut Board, area: Rect, buf: &mut Buffer, look: &Look) {
    if screen.head.is_none() {
        return;
    }
    let area = draw_held(screen, area, buf, look);
    if screen.threads.is_empty() {
        let room = usize::from(area.width.saturating_sub(3));
        let can = screen.may_start(look).is_ok();
        let words = if can { "Nothing here yet. n starts the first thread." } else { "Nothing here yet." };
        for (line, y) in wrap(words, room.max(1)).into_iter().zip(area.y..area.bottom()) {
            buf.put(area.x + 2, y, line, room, look.theme.dim);
        }
        return;
    }
    let whole = area;
    let area = if area.width >= WIDE_COLUMNS && !screen.is_preview { frame::panes(area).0 } else { area };
    if area.width < whole.width {
        screen.preview.draw(whole, buf, look);
    }
    // Beside its content a list has as little room as in a narrow window.
    let narrow = area.width < LINE_COLUMNS;
    for (index, row) in screen.list.visible(area, screen.threads.len(), if narrow { 2 } else { 1 }) {
        let thread = &screen.threads[index];
        if narrow {
            two_lines(thread, row, buf, look)
        } else {
            one_line(thread, row, buf, look)
        }
        if !screen.is_preview {
            screen.list.draw_mark(index, row, buf, look);
        }
    }
}

/// What the reader began here and a moderator has not read yet: a line above the threads. Says what room is left.
fn draw_held(screen: &Board, area: Rect, buf: &mut Buffer, look: &Look) -> Rect {
    let held = screen.head.as_ref().map_or(&[][..], |head| &head.held);
    let words = match held {
        [] => return area,
        [one] => format!("Yours waits for a moderator (g u): {}", one.title),
        several => format!("{} threads of yours wait for a moderator (g u)", several.len()),
    };
    let room = usize::from(area.width.saturating_sub(3));
    let words = truncate(&words, room, look.theme.signs.ellipsis);
    buf.put(area.x + 2, area.y, words, room, look.theme.warn);
    Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area }
}

/// `▸    3 Title · pinned              alice            3 h`
fn one_line(thread: &ThreadSummary, row: Rect, buf: &mut Buffer, look: &Look) {
    let theme = &look.theme;
    let time_at = row.right().saturating_sub(TIME_COLUMNS + 1);
    let author_at = time_at.saturating_sub(AUTHOR_COLUMNS + 2);
    let title_at = count(thread, row, buf, look);
    title(thread, Rect { x: title_at, width: author_at.saturating_sub(title_at + 1), ..row }, buf, look);
    let author = if thread.moved.is_some() { "" } else { thread.last_author.as_str() };
    let author = fit(author, usize::from(AUTHOR_COLUMNS), theme.signs.ellipsis);
    buf.put(author_at, row.y, author, usize::from(AUTHOR_COLUMNS), theme.dim);
    let ago = pad_left(&relative_short(look.now, last_at(thread)), usize::from(TIME_COLUMNS)).into_owned();
    buf.put(time_at, row.y, ago, usize::from(TIME_COLUMNS), theme.dim);
}

/// The title, and below it who wrote last and when.
fn two_lines(thread: &ThreadSummary, row: Rect, buf: &mut Buffer, look: &Look) {
    let theme = &look.theme;
    let at = count(thread, row, buf, look);
    title(thread, Rect { x: at, width: row.right().saturating_sub(at + 1), ..row }, buf, look);
    if row.height < 2 {
        return;
    }
    let ago = relative_short(look.now, last_at(thread));
    let words = match &thread.moved {
        Some(_) => ago,
        None => format!("{} {} {ago}", thread.last_author, theme.signs.dot),
    };
    let room = usize::from(row.right().saturating_sub(at + 1));
    buf.put(at, row.y + 1, truncate(&words, room, theme.signs.ellipsis), room, theme.dim);
}
