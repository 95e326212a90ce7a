//! Drawing of the invite tree.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::InviteTree;
use crate::domain::text::{truncate, wrap};
use crate::domain::time::{Zone, date};
use crate::service::invites::TreeRow;
use crate::ui::look::{Look, TEXT_COLUMNS_MAX};
use crate::ui::put::Put;

/// Columns by which each step down is set in.
const STEP: usize = 2;
/// Columns that the longest handle and what is said of it need: deeper steps are set in no further.
const ROW_COLUMNS: usize = 24;

pub(super) fn draw(screen: &mut InviteTree, area: Rect, buf: &mut Buffer, look: &Look) {
    let Some(all) = screen.rows.as_ref().map(Vec::len) else { return };
    let inside = Rect { x: area.x + 2, width: area.width.saturating_sub(4).min(TEXT_COLUMNS_MAX), ..area };
    let words = match (screen.branch, all) {
        (Some(_), 0) => "Nobody is here under that name any more.".to_owned(),
        (Some(_), 1) => "Nobody has come through this member yet.".to_owned(),
        (Some(_), many) => format!("{} came through this member.", people(many - 1)),
        (None, many) => format!("{}, each below whoever invited them.", people(many)),
    };
    let mut used = 0;
    for (line, y) in wrap(&words, usize::from(inside.width).max(1)).into_iter().zip(area.top()..area.bottom())
    {
        buf.put(inside.x, y, line, usize::from(inside.width), look.theme.dim);
        used += 1;
    }
    let used = (used + 1).min(area.height);
    let rows = Rect { y: area.y + used, height: area.height - used, ..area };
    let visible: Vec<TreeRow> = screen.visible().into_iter().cloned().collect();
    for (index, row) in screen.list.visible(rows, visible.len(), 1) {
        let folded = screen.folded.contains(&visible[index].member);
        draw_row(&visible[index], folded, row, buf, look);
        screen.list.draw_mark(index, row, buf, look);
    }
}

fn people(count: usize) -> String {
    if count == 1 { "One member".to_owned() } else { format!("{count} members") }
}

fn draw_row(row: &TreeRow, folded: bool, area: Rect, buf: &mut Buffer, look: &Look) {
    let theme = &look.theme;
    let width = usize::from(area.width).saturating_sub(2);
    let indent = (row.depth * STEP).min(width.saturating_sub(ROW_COLUMNS));
    let sign = match (row.below, folded) {
        (0, _) => " ",
        (_, true) => "+",
        (_, false) => "-",
    };
    let x = area.x + 2 + u16::try_from(indent).unwrap_or(0);
    let room = width.saturating_sub(indent);
    let (x, _) = buf.put(x, area.y, sign, room, theme.accent);
    let (name, style) = match &row.handle {
        Some(handle) => (handle.as_str(), theme.text),
        None => ("former member", theme.dim),
    };
    let rest = usize::from(area.right().saturating_sub(x + 1));
    let (x, _) = buf.put(x + 1, area.y, truncate(name, rest, theme.signs.ellipsis), rest, style);
    let mut said = if row.below > 0 { format!("brought {}", row.below) } else { String::new() };
    if !look.is_narrow() {
        let zone = Zone::parse(&look.me.zone).unwrap_or_else(|_| Zone::utc());
        let since = format!("here since {}", date(row.joined_at, &zone));
        said = if said.is_empty() { since } else { format!("{said}, {since}") };
    }
    let rest = usize::from(area.right().saturating_sub(x + 2));
    buf.put(x + 2, area.y, truncate(&said, rest, theme.signs.ellipsis), rest, theme.dim);
}
