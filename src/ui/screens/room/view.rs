//! Drawing of a room: what is asked, the lines, the field; in a wide window who is in the room, at the right.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};

use super::Room;
use super::sheet::Row;
use crate::domain::room::{COMMANDS, LineKind};
use crate::domain::text::{truncate, wrap};
use crate::domain::time::{Zone, time_of_day};
use crate::service::rooms::LineView;
use crate::ui::look::{Look, TEXT_COLUMNS_MAX};
use crate::ui::put::Put;
use crate::ui::widgets::confirm::dialog_area;

/// Columns of the names at the right of a wide window.
const NAMES_COLUMNS: u16 = 24;
/// Columns of the help.
const HELP_COLUMNS: usize = 66;

pub(super) fn draw(screen: &mut Room, area: Rect, buf: &mut Buffer, look: &Look) -> Option<Position> {
    screen.head.as_ref()?;
    let zone = Zone::parse(&look.me.zone).unwrap_or_else(|_| Zone::utc());
    let mut lines = Rect { height: area.height.saturating_sub(1), ..area };
    if look.is_wide() {
        lines.width = lines.width.saturating_sub(NAMES_COLUMNS);
        draw_names(screen, Rect { x: lines.right(), width: NAMES_COLUMNS, ..lines }, buf, look);
    }
    let asked = draw_ask(screen, lines, buf, look, &zone);
    let lines = Rect { y: lines.y + asked, height: lines.height.saturating_sub(asked), ..lines };
    let opening = !screen.sheet.is_laid_out();
    let width = usize::from(lines.width.saturating_sub(2).min(TEXT_COLUMNS_MAX + 16));
    screen.sheet.lay_out(width, usize::from(lines.height), !look.is_narrow(), &zone);
    if opening {
        screen.sheet.go_to_news();
    }
    draw_lines(screen, lines, buf, look);
    let below = Rect { y: area.bottom().saturating_sub(1), height: 1, ..area };
    let cursor = draw_field(screen, below, buf, look);
    if screen.help {
        draw_help(area, buf, look);
    }
    cursor.filter(|_| screen.chosen.is_none() && !screen.help)
}

/// What one is asked stands above the lines. Gives the rows that it takes.
fn draw_ask(screen: &Room, area: Rect, buf: &mut Buffer, look: &Look, zone: &Zone) -> u16 {
    let Some(ask) = screen.asks.first() else { return 0 };
    let lines = if ask.lines == 1 { "a line".to_owned() } else { format!("{} lines", ask.lines) };
    let words = format!(
        "/agree or /decline, until {}: {} asks to keep {lines} of yours in \"{}\" on {}",
        time_of_day(ask.closes_at, zone),
        ask.proposer,
        ask.title,
        ask.board,
    );
    let width = usize::from(area.width).saturating_sub(2);
    let rows: Vec<&str> = wrap(&words, width).into_iter().take(usize::from(area.height / 3)).collect();
    for (row, y) in rows.iter().zip(area.y..) {
        buf.put(area.x + 1, y, row, width, look.theme.warn);
    }
    u16::try_from(rows.len()).unwrap_or(0)
}

fn draw_lines(screen: &Room, area: Rect, buf: &mut Buffer, look: &Look) {
    let theme = &look.theme;
    let rows = screen.sheet.visible();
    if rows.is_empty() {
        let words = "Nobody has said anything today. Say hello: type a line and press Enter. /help says what else there is.";
        let width = usize::from(area.width).saturating_sub(2);
        for (row, y) in wrap(words, width).iter().zip(area.top()..area.bottom()) {
            buf.put(area.x + 1, y, row, width, theme.dim);
        }
        return;
    }
    // At the end the last line stands right above the field.
    let short = area.height.saturating_sub(u16::try_from(rows.len()).unwrap_or(u16::MAX));
    for (row, y) in rows.iter().zip(area.y + short..area.bottom()) {
        match row {
            Row::News => {
                draw_rule("new since you were here", Rect { y, height: 1, ..area }, theme.unread, buf, look);
            }
            Row::Day { words, .. } => {
                draw_rule(words, Rect { y, height: 1, ..area }, theme.dim, buf, look);
            }
            Row::Line { index, head, text } => {
                let line = &screen.sheet.lines()[*index];
                if screen.chosen == Some(*index) && !head.trim().is_empty() {
                    buf.put(area.x, y, theme.signs.chosen, 1, theme.accent);
                }
                let at = Rect { x: area.x + 1, y, width: area.width.saturating_sub(1), height: 1 };
                draw_row(line, head, text, at, buf, look);
            }
        }
    }
}

/// Words in the middle of a rule.
fn draw_rule(words: &str, row: Rect, style: Style, buf: &mut Buffer, look: &Look) {
    let room = usize::from(row.width).saturating_sub(2);
    let rule = look.theme.signs.rule.repeat(room.saturating_sub(words.len() + 2) / 2);
    buf.put(row.x + 1, row.y, format!("{rule} {words} {rule}"), room, style);
}

fn draw_row(line: &LineView, head: &str, text: &str, row: Rect, buf: &mut Buffer, look: &Look) {
    let theme = &look.theme;
    let room = |x: u16| usize::from(row.right().saturating_sub(x));
    let author = if line.mine { theme.accent } else { theme.strong };
    // The time, if there is one, is five columns and a space.
    let (time, name) = match head.get(..6) {
        Some(time) if head.as_bytes().get(2) == Some(&b':') && head.as_bytes().get(5) == Some(&b' ') => {
            (time, &head[6..])
        }
        _ => ("", head),
    };
    let (mut x, _) = buf.put(row.x, row.y, time, room(row.x), theme.dim);
    (x, _) = buf.put(x, row.y, name, room(x), author);
    let style = match line.kind {
        _ if line.removed => theme.dim,
        LineKind::Does => theme.quote,
        LineKind::Says => theme.text,
    };
    draw_text(text, Rect { x, width: row.right().saturating_sub(x), ..row }, style, buf, look);
}

/// The text, with one's own name where one is spoken to.
fn draw_text(text: &str, row: Rect, style: Style, buf: &mut Buffer, look: &Look) {
    let me = format!("@{}", look.me.handle.to_ascii_lowercase());
    let folded = text.to_ascii_lowercase();
    let (mut x, mut at) = (row.x, 0);
    let mut put = |piece: &str, style: Style| {
        let room = usize::from(row.right().saturating_sub(x));
        (x, _) = buf.put(x, row.y, piece, room, style);
    };
    for (start, _) in folded.match_indices(&me) {
        let end = start + me.len();
        let longer = folded[end..]
            .starts_with(|next: char| next.is_ascii_alphanumeric() || next == '-' || next == '_');
        if longer || start < at {
            continue;
        }
        put(&text[at..start], style);
        put(&text[start..end], look.theme.accent.add_modifier(Modifier::BOLD));
        at = end;
    }
    put(&text[at..], style);
}

fn draw_names(screen: &Room, area: Rect, buf: &mut Buffer, look: &Look) {
    let theme = &look.theme;
    for y in area.top()..area.bottom() {
        buf.put(area.x, y, theme.signs.bar, 1, theme.dim);
    }
    let x = area.x + 2;
    let room = usize::from(area.right().saturating_sub(x));
    buf.put(x, area.y, format!("{} here", screen.here.len().max(1)), room, theme.accent);
    for (one, y) in screen.here.iter().zip(area.y + 1..area.bottom()) {
        let (sign, style) =
            if one.away { (theme.signs.dot, theme.dim) } else { (theme.signs.here, theme.good) };
        buf.put(x, y, sign, 1, style);
        let name = truncate(&one.handle, room.saturating_sub(2), theme.signs.ellipsis);
        buf.put(x + 2, y, name, room.saturating_sub(2), if one.away { theme.dim } else { theme.text });
    }
}

fn draw_field(screen: &mut Room, row: Rect, buf: &mut Buffer, look: &Look) -> Option<Position> {
    let theme = &look.theme;
    let room = usize::from(row.width).saturating_sub(1);
    if let Some(mute) = screen.head.as_ref().and_then(|head| head.mute.as_deref()) {
        buf.put(row.x + 1, row.y, truncate(mute, room, theme.signs.ellipsis), room, theme.dim);
        return None;
    }
    let sign = if screen.editing.is_some() { "edit> " } else { "> " };
    let (x, _) = buf.put(row.x, row.y, sign, room, theme.accent);
    let field = Rect { x, width: row.right().saturating_sub(x + 1), ..row };
    Some(screen.field.draw(field, buf, look, theme.text))
}

fn draw_help(area: Rect, buf: &mut Buffer, look: &Look) {
    let theme = &look.theme;
    let rows = u16::try_from(COMMANDS.len()).unwrap_or(u16::MAX).min(area.height.saturating_sub(2));
    let inner = dialog_area(area, buf, look, HELP_COLUMNS, rows);
    let width = usize::from(inner.width);
    let left = if look.is_narrow() { 17 } else { 20 };
    for ((command, help), y) in COMMANDS.iter().zip(inner.top()..inner.bottom()) {
        buf.put(inner.x, y, truncate(command, left - 1, theme.signs.ellipsis), left, theme.accent);
        let room = width.saturating_sub(left);
        let x = inner.x + u16::try_from(left).unwrap_or(0);
        buf.put(x, y, truncate(help, room, theme.signs.ellipsis), room, theme.text);
    }
}
