//! Drawing of who is at the door.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::AtDoorScreen;
use crate::domain::text::{truncate, wrap};
use crate::domain::time::ago;
use crate::service::applications::AtDoor;
use crate::ui::look::{Look, TEXT_COLUMNS_MAX};
use crate::ui::put::Put;
use crate::ui::widgets::Rows;

const NOBODY: &str = "Nobody waits at the door just now, or nobody who wishes to be shown. Those whom you know are let in \
                      at once with an invite: g i.";
const WORDS: &str = "Who waits to be let in. Do you know somebody? v says so to the staff, in a line.";

pub(super) fn draw(screen: &mut AtDoorScreen, area: Rect, buf: &mut Buffer, look: &Look) {
    let inside = Rect { x: area.x + 2, width: area.width.saturating_sub(4).min(TEXT_COLUMNS_MAX), ..area };
    let Some(people) = &screen.people else { return };
    if let Some(one) = screen.open.and_then(|id| people.iter().find(|one| one.id == id)) {
        let rows = whole(one, usize::from(inside.width), look);
        let window = screen.pager.window(inside.height, rows.len());
        rows.draw(window, inside, buf);
        if screen.pager.has_more() && inside.height > 0 {
            let sign = look.theme.signs.more_down;
            buf.put(inside.right(), inside.bottom() - 1, sign, 1, look.theme.accent);
        }
        return;
    }
    let mut used = 0;
    let words = if people.is_empty() { NOBODY } else { WORDS };
    for (line, y) in wrap(words, usize::from(inside.width).max(1)).into_iter().zip(area.top()..area.bottom())
    {
        buf.put(inside.x, y, line, usize::from(inside.width), look.theme.dim);
        used += 1;
    }
    let used = (used + 1).min(area.height);
    let rows = Rect { y: area.y + used, height: area.height - used, ..area };
    for (index, row) in screen.list.visible(rows, people.len(), 2) {
        draw_row(&people[index], row, buf, look);
        screen.list.draw_mark(index, row, buf, look);
    }
}

/// Two rows: who and since when, and how the introduction begins.
fn draw_row(one: &AtDoor, row: Rect, buf: &mut Buffer, look: &Look) {
    let theme = &look.theme;
    let room = usize::from(row.width).saturating_sub(4);
    let (x, _) = buf.put(row.x + 2, row.y, &one.handle, room, theme.strong);
    let rest = usize::from(row.right().saturating_sub(x + 2));
    let line = truncate(&standing(one, look), rest, theme.signs.ellipsis).into_owned();
    buf.put(x + 2, row.y, line, rest, theme.dim);
    if row.height < 2 {
        return;
    }
    let first = one.introduction.lines().find(|line| !line.trim().is_empty()).unwrap_or("(no introduction)");
    let room = room.saturating_sub(2);
    buf.put(row.x + 4, row.y + 1, truncate(first, room, theme.signs.ellipsis), room, theme.text);
}

/// Since when, and what was said for them.
fn standing(one: &AtDoor, look: &Look) -> String {
    let since = ago(look.now, one.since);
    let others = one.vouches - i64::from(one.mine.is_some());
    match (one.mine.is_some(), others) {
        (false, 0) => since,
        (false, 1) => format!("{since}, a member vouches"),
        (false, many) => format!("{since}, {many} members vouch"),
        (true, 0) => format!("{since}, you vouch"),
        (true, many) => format!("{since}, you and {many} more vouch"),
    }
}

/// All there is to see of one.
fn whole(one: &AtDoor, width: usize, look: &Look) -> Rows {
    let theme = &look.theme;
    let mut rows = Rows::default();
    rows.push(one.handle.clone(), theme.title);
    rows.push_wrapped(&standing(one, look), width, 0, theme.dim);
    rows.gap();
    if one.introduction.is_empty() {
        rows.push("They wrote no introduction.", theme.dim);
    }
    rows.push_wrapped(&one.introduction, width, 0, theme.text);
    if let Some(mine) = &one.mine {
        rows.gap();
        rows.push("You told the staff:", theme.accent);
        rows.push_wrapped(mine, width, 2, theme.quote);
    }
    rows
}
