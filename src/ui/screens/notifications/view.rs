//! Drawing of what is for one: what is news, then what was.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{Notifications, said};
use crate::domain::text::{pad_left, truncate};
use crate::domain::time::relative_short;
use crate::service::notifications::Notification;
use crate::ui::look::{Look, TEXT_COLUMNS_MAX};
use crate::ui::put::Put;
use crate::ui::widgets::nothing;

/// Columns for a short time.
const TIME_COLUMNS: u16 = 8;
/// What to say where there is nothing.
const NOTHING: &str = "Nothing yet. When somebody answers you, names you, thanks you or writes to you, it stands here until you have seen it.";

/// A line: a heading, a blank, or the row of this index.
enum Line {
    Heading(&'static str),
    Blank,
    Row(usize),
}

fn lines(rows: &[Notification]) -> Vec<Line> {
    let news = rows.iter().take_while(|row| row.unseen).count();
    let mut lines = Vec::new();
    for (heading, range) in [("New", 0..news), ("Seen", news..rows.len())] {
        if range.is_empty() {
            continue;
        }
        if !lines.is_empty() {
            lines.push(Line::Blank);
        }
        lines.push(Line::Heading(heading));
        lines.extend(range.map(Line::Row));
    }
    lines
}

pub(super) fn draw(screen: &mut Notifications, area: Rect, buf: &mut Buffer, look: &Look) {
    let theme = &look.theme;
    if screen.list.is_none() {
        return;
    }
    let area = Rect { width: area.width.min(TEXT_COLUMNS_MAX + TIME_COLUMNS), ..area };
    if screen.rows().is_empty() {
        return nothing::draw(NOTHING, area, buf, look);
    }
    let lines = lines(screen.rows());
    let items: Vec<Option<usize>> = lines
        .iter()
        .map(|line| match line {
            Line::Row(index) => Some(*index),
            Line::Heading(_) | Line::Blank => None,
        })
        .collect();
    for (index, row) in screen.sections.visible(area, &items) {
        match lines[index] {
            Line::Heading(heading) => {
                buf.put(row.x + 1, row.y, heading, usize::from(row.width), theme.accent);
            }
            Line::Blank => {}
            Line::Row(at) => draw_row(&screen.rows()[at], row, buf, look),
        }
        screen.sections.draw_mark(items[index], row, buf, look);
    }
}

fn draw_row(what: &Notification, row: Rect, buf: &mut Buffer, look: &Look) {
    let theme = &look.theme;
    let columns = usize::from(TIME_COLUMNS);
    let right = row.right().saturating_sub(TIME_COLUMNS + 1);
    buf.put(right, row.y, pad_left(&relative_short(look.now, what.at), columns), columns, theme.dim);
    if what.unseen {
        buf.put(row.x + 1, row.y, theme.signs.unread, 1, theme.unread);
    }
    let x = row.x + 3;
    let room = usize::from(right.saturating_sub(x + 1));
    let (said, about) = said(what);
    let style = if what.unseen { theme.text } else { theme.dim };
    let (x, _) = buf.put(x, row.y, truncate(&said, room, theme.signs.ellipsis), room, style);
    let room = usize::from(right.saturating_sub(x + 2));
    let style = if what.unseen { theme.strong } else { theme.dim };
    buf.put(x + 1, row.y, truncate(about, room, theme.signs.ellipsis), room, style);
}
