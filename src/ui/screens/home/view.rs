//! Drawing of home.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::lines::{Line, Words};
use super::{Home, Page};
use crate::domain::text::{display_width, fit, pad_left, truncate};
use crate::ui::look::Look;
use crate::ui::put::Put;
use crate::ui::widgets::Sections;

/// Columns for a count of unread posts.
const COUNT_COLUMNS: u16 = 5;
/// Columns for the author of a thread's last post, where there is room.
const AUTHOR_COLUMNS: u16 = 14;
/// Columns for a short time.
const TIME_COLUMNS: u16 = 8;
/// Widest page: longer lines part the time from its title.
const PAGE_COLUMNS_MAX: u16 = 110;

/// Columns of the column beside the news, in a wide window.
pub(super) const BESIDE_COLUMNS: u16 = 38;
/// Columns between the two.
const GAP_COLUMNS: u16 = 3;
/// Columns for the label of a fact.
const LABEL_COLUMNS: usize = 11;

pub(super) fn draw(screen: &mut Home, area: Rect, buf: &mut Buffer, look: &Look) {
    let Page { main, beside } = screen.page(look);
    let count = |lines: &[Line]| lines.iter().filter(|line| line.target.is_some()).count();
    let (in_main, all) = (count(&main), count(&main) + count(&beside));
    let chosen = screen.sections.chosen().min(all.saturating_sub(1));
    screen.sections.choose(chosen);
    if beside.is_empty() {
        let area = Rect { width: area.width.min(PAGE_COLUMNS_MAX), ..area };
        return column(&mut screen.sections, &main, true, area, buf, look);
    }
    let width = area.width.saturating_sub(BESIDE_COLUMNS + GAP_COLUMNS).min(PAGE_COLUMNS_MAX);
    let left = Rect { width, ..area };
    let x = left.right() + GAP_COLUMNS;
    let right = Rect { x, width: BESIDE_COLUMNS.min(area.right().saturating_sub(x)), ..area };
    let mut aside = Sections::default();
    if chosen < in_main {
        column(&mut screen.sections, &main, true, left, buf, look);
        column(&mut aside, &beside, false, right, buf, look);
    } else {
        // A copy: the choice is not in this column, and must not be drawn into it.
        let mut still = screen.sections;
        column(&mut still, &main, false, left, buf, look);
        aside.choose(chosen - in_main);
        column(&mut aside, &beside, true, right, buf, look);
    }
}

/// Draws a column; `marked` says whether the choice is in it.
fn column(sections: &mut Sections, lines: &[Line], marked: bool, area: Rect, buf: &mut Buffer, look: &Look) {
    let mut next = 0..;
    let items: Vec<Option<usize>> =
        lines.iter().map(|line| line.target.as_ref().and_then(|_| next.next())).collect();
    for (index, row) in sections.visible(area, &items) {
        words(&lines[index].words, row, buf, look);
        if marked {
            sections.draw_mark(items[index], row, buf, look);
        }
    }
}

fn words(words: &Words, row: Rect, buf: &mut Buffer, look: &Look) {
    let theme = &look.theme;
    let x = row.x + 2;
    let room = usize::from(row.right().saturating_sub(x + 1));
    let cut = |text: &str| truncate(text, room, theme.signs.ellipsis).into_owned();
    match words {
        Words::Heading(text, note) => {
            let (at, _) = buf.put(row.x + 1, row.y, cut(text), room, theme.accent);
            let left = usize::from(row.right().saturating_sub(at + 2));
            buf.put(at + 2, row.y, truncate(note, left, theme.signs.ellipsis), left, theme.dim);
        }
        Words::Beside { text, note } => {
            let note_at = row.right().saturating_sub(u16::try_from(display_width(note)).unwrap_or(0) + 1);
            buf.put(note_at, row.y, note, room, theme.dim);
            let left = usize::from(note_at.saturating_sub(x + 1));
            buf.put(x, row.y, truncate(text, left, theme.signs.ellipsis), left, theme.text);
        }
        Words::Hint(text) => {
            buf.put(x, row.y, cut(text), room, theme.dim);
        }
        Words::Fact { label, text } => {
            let label = fit(label, LABEL_COLUMNS.min(room), theme.signs.ellipsis);
            let (at, _) = buf.put(x, row.y, label, room, theme.accent);
            let left = usize::from(row.right().saturating_sub(at + 1));
            buf.put(at, row.y, truncate(text, left, theme.signs.ellipsis), left, theme.text);
        }
        Words::ForMe { what, title, ago } => {
            let right = time(ago, row, buf, look);
            let left = usize::from(right.saturating_sub(x + 1));
            let what = truncate(what, left, theme.signs.ellipsis);
            let (at, _) = buf.put(x, row.y, what, left, theme.text);
            let at = at + 1;
            let left = usize::from(right.saturating_sub(at + 1));
            buf.put(at, row.y, truncate(title, left, theme.signs.ellipsis), left, theme.strong);
        }
        Words::Thread { unread, title, board, author, ago } => {
            let count = pad_left(&unread.to_string(), usize::from(COUNT_COLUMNS)).into_owned();
            buf.put(row.x + 1, row.y, count, usize::from(COUNT_COLUMNS), theme.unread);
            let mut right = time(ago, row, buf, look);
            if !look.is_narrow() {
                right = right.saturating_sub(AUTHOR_COLUMNS + 2);
                let author = fit(author, usize::from(AUTHOR_COLUMNS), theme.signs.ellipsis);
                buf.put(right, row.y, author, usize::from(AUTHOR_COLUMNS), theme.dim);
            }
            let at = row.x + 1 + COUNT_COLUMNS + 1;
            thread(title, board, Rect { x: at, width: right.saturating_sub(at + 1), ..row }, buf, look);
        }
        Words::Blank => {}
    }
}

/// The time at the right; gives the column where it begins.
fn time(ago: &str, row: Rect, buf: &mut Buffer, look: &Look) -> u16 {
    let columns = usize::from(TIME_COLUMNS);
    let at = row.right().saturating_sub(TIME_COLUMNS + 1);
    buf.put(at, row.y, pad_left(ago, columns), columns, look.theme.dim);
    at
}

/// The title, and its board where there is room for both: the title is cut last.
fn thread(title: &str, board: &str, area: Rect, buf: &mut Buffer, look: &Look) {
    let theme = &look.theme;
    let room = usize::from(area.width);
    let board = format!(" {} {board}", theme.signs.dot);
    let both = display_width(title) + display_width(&board) <= room;
    let board_room = if both { display_width(&board) } else { display_width(&board).min(room / 3) };
    let title = truncate(title, room.saturating_sub(board_room), theme.signs.ellipsis);
    let (x, _) = buf.put(area.x, area.y, title, room, theme.text);
    let left = usize::from(area.right().saturating_sub(x));
    buf.put(x, area.y, truncate(&board, left, theme.signs.ellipsis), left, theme.dim);
}
