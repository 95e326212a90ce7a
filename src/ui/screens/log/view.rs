//! Drawing of a log: two rows an entry, what was done and why.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::LogScreen;
use crate::domain::text::{display_width, truncate, wrap};
use crate::domain::time::{Zone, absolute, relative_short};
use crate::service::logs::LogEntry;
use crate::ui::look::Look;
use crate::ui::put::Put;
use crate::ui::widgets::nothing;

/// Rows of one entry.
const ENTRY_ROWS: u16 = 2;
/// Columns of date and time, and of the short form where there is little room, with the space after.
const TIME_COLUMNS: u16 = 18;
const AGE_COLUMNS: u16 = 9;

pub(super) fn draw(screen: &mut LogScreen, area: Rect, buf: &mut Buffer, look: &Look) {
    let Some(entries) = &screen.entries else { return };
    if entries.is_empty() {
        return nothing::draw("Nothing had to be done yet.", area, buf, look);
    }
    let zone = Zone::parse(&look.me.zone).unwrap_or_else(|_| Zone::utc());
    let area = draw_whole(entries.get(screen.list.chosen()), area, buf, look);
    for (index, row) in screen.list.visible(area, entries.len(), ENTRY_ROWS) {
        draw_entry(&entries[index], row, &zone, buf, look);
        screen.list.draw_mark(index, row, buf, look);
    }
}

/// Shows the chosen entry whole below the list, where its rows cut it off (M5: everybody can read rule and reason).
/// Returns what is left for the list.
fn draw_whole(entry: Option<&LogEntry>, area: Rect, buf: &mut Buffer, look: &Look) -> Rect {
    let Some(entry) = entry else { return area };
    let theme = &look.theme;
    let columns = if look.is_narrow() { AGE_COLUMNS } else { TIME_COLUMNS };
    let room = usize::from(area.width.saturating_sub(columns + 2));
    let (what, why) = (entry.sentence(), why(entry));
    if display_width(&what) <= room && display_width(&why) <= room {
        return area;
    }
    let width = usize::from(area.width).saturating_sub(2).max(1);
    let lines: Vec<&str> = wrap(&what, width).into_iter().chain(wrap(&why, width)).collect();
    let rows = u16::try_from(lines.len() + 1).unwrap_or(u16::MAX).min(area.height.saturating_sub(ENTRY_ROWS));
    let top = area.bottom() - rows;
    buf.put(area.x + 1, top, theme.signs.rule.repeat(width), width, theme.dim);
    for (line, y) in lines.into_iter().zip(top + 1..area.bottom()) {
        buf.put(area.x + 1, y, line, width, theme.text);
    }
    Rect { height: area.height - rows, ..area }
}

fn draw_entry(entry: &LogEntry, row: Rect, zone: &Zone, buf: &mut Buffer, look: &Look) {
    let theme = &look.theme;
    let (time, columns) = if look.is_narrow() {
        (relative_short(look.now, entry.at), AGE_COLUMNS)
    } else {
        (absolute(entry.at, zone), TIME_COLUMNS)
    };
    let x = row.x + 2;
    buf.put(x, row.y, time, usize::from(columns), theme.dim);
    let x = x + columns;
    let room = usize::from(row.right().saturating_sub(x));
    let what = truncate(&entry.sentence(), room, theme.signs.ellipsis).into_owned();
    buf.put(x, row.y, what, room, theme.text);
    let why = truncate(&why(entry), room, theme.signs.ellipsis).into_owned();
    if row.height > 1 {
        buf.put(x, row.y + 1, why, room, theme.dim);
    }
}

/// Under which rule and why. The staff's details come before the words, which may be long.
fn why(entry: &LogEntry) -> String {
    let mut parts = Vec::new();
    if let Some(rule) = &entry.rule {
        let title = rule.title.as_str();
        let short = title.is_empty() || !entry.detail.is_empty();
        parts.push(if short { format!("rule {}", rule.no) } else { format!("rule {}, {title}", rule.no) });
    }
    // Staff read it in the detail.
    if entry.alone && entry.detail.is_empty() {
        parts.push("alone, nobody else was free".to_owned());
    }
    parts.extend([&entry.detail, &entry.reason].into_iter().filter(|part| !part.is_empty()).cloned());
    parts.join(": ")
}
