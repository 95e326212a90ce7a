//! Drawing of the boards: a heading for each category, a line for each board.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::Boards;
use crate::domain::board::BoardChoice;
use crate::domain::text::{display_width, pad_left, truncate};
use crate::service::boards::BoardSummary;
use crate::ui::look::Look;
use crate::ui::put::Put;
use crate::ui::widgets::Preview;

/// Columns for a count: as wide as `muted`, and five figures fit.
const COUNT_COLUMNS: u16 = 8;
/// Widest column of names; longer ones are cut.
const NAME_COLUMNS_MAX: usize = 28;

/// A line: a heading, a board by its index, or nothing.
enum Line<'a> {
    Heading(&'a str),
    Board(usize),
    Blank,
}

pub(super) fn draw(screen: &mut Boards, area: Rect, buf: &mut Buffer, look: &Look) {
    let Some(list) = &screen.list else { return };
    let theme = &look.theme;
    if list.boards.is_empty() {
        buf.put(area.x + 2, area.y, "There are no boards yet.", usize::from(area.width), theme.dim);
        return;
    }
    screen.preview.draw(area, buf, look);
    let area = Preview::<()>::list_area(area);
    let lines = lines(&list.boards);
    let items: Vec<Option<usize>> = lines
        .iter()
        .map(|line| match line {
            Line::Board(index) => Some(*index),
            Line::Heading(_) | Line::Blank => None,
        })
        .collect();
    let names = list.boards.iter().map(|board| display_width(&board.name)).max().unwrap_or(0);
    for (index, line) in screen.sections.visible(area, &items) {
        match &lines[index] {
            Line::Heading(text) => {
                buf.put(line.x + 1, line.y, text, usize::from(line.width), theme.accent);
            }
            Line::Board(board) => {
                draw_board(&list.boards[*board], names.min(NAME_COLUMNS_MAX), line, buf, look);
            }
            Line::Blank => {}
        }
        screen.sections.draw_mark(items[index], line, buf, look);
    }
}

/// Boards under their categories; archived ones stand under a heading of their own.
fn lines(boards: &[BoardSummary]) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    let mut heading = "";
    for (index, board) in boards.iter().enumerate() {
        let own = match board.category.as_str() {
            _ if board.archived => "Archived",
            // Where no board has a category there is no heading; among others it says that these have none.
            "" if boards.iter().any(|other| !other.category.is_empty()) => "Other boards",
            category => category,
        };
        if own != heading {
            if !lines.is_empty() {
                lines.push(Line::Blank);
            }
            lines.push(Line::Heading(own));
            heading = own;
        }
        lines.push(Line::Board(index));
    }
    lines
}

fn draw_board(board: &BoardSummary, names: usize, line: Rect, buf: &mut Buffer, look: &Look) {
    let theme = &look.theme;
    let muted = board.choice == BoardChoice::Muted;
    let unread = board.unread_posts > 0;
    let count_at = line.right().saturating_sub(COUNT_COLUMNS + 1);
    let x = line.x + 2;
    let room = usize::from(count_at.saturating_sub(x + 1));
    let name = truncate(&board.name, room, theme.signs.ellipsis);
    let style = if muted {
        theme.dim
    } else if unread {
        theme.strong
    } else {
        theme.text
    };
    buf.put(x, line.y, &name, room, style);
    let purpose_at = x + u16::try_from(names).unwrap_or(0) + 2;
    // A purpose in fewer columns says nothing.
    if !look.is_narrow() && purpose_at + 20 < count_at {
        let room = usize::from(count_at - purpose_at - 1);
        let purpose = truncate(&board.purpose, room, theme.signs.ellipsis);
        if usize::from(purpose_at - x) > display_width(&name) {
            buf.put(purpose_at, line.y, purpose, room, theme.dim);
        }
    }
    let (count, style) = match board.unread_posts {
        _ if muted => ("muted".to_owned(), theme.dim),
        0 => return,
        posts => (format!("{posts} {}", theme.signs.unread), theme.unread),
    };
    let count = pad_left(&count, usize::from(COUNT_COLUMNS));
    buf.put(count_at, line.y, count, usize::from(COUNT_COLUMNS), style);
}
