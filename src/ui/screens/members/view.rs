//! Drawing of the members screen.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::Members;
use crate::domain::member::{Level, Role};
use crate::domain::text::{display_width, fit, truncate};
use crate::domain::time::{Zone, coarse, date};
use crate::service::members::MemberSummary;
use crate::ui::look::Look;
use crate::ui::put::Put;

/// Width of the column with the handles: the longest handle is 20.
const HANDLE_COLUMNS: usize = 21;
/// Width of the column with the day since when somebody is a member: `since 2026-07-01`.
const SINCE_COLUMNS: usize = 18;
/// Width of the column with level or role.
const STANDING_COLUMNS: usize = 11;
/// Width of the column with the last visit.
const SEEN_COLUMNS: usize = 16;

pub(super) fn draw(screen: &mut Members, area: Rect, buf: &mut Buffer, look: &Look) -> Option<Position> {
    let theme = &look.theme;
    let members = screen.members.as_deref()?;
    let here = members.iter().filter(|member| member.here).count();
    let width = usize::from(area.width).saturating_sub(2);
    let mut cursor = None;
    if screen.filtering || !screen.filter.is_empty() {
        let (x, _) = buf.put(area.x + 1, area.y, "filter: ", width, theme.accent);
        let line = Rect { x, width: area.right().saturating_sub(x), height: 1, ..area };
        let at = screen.filter.draw(line, buf, look, theme.accent);
        cursor = screen.filtering.then_some(at);
    } else {
        let text = format!("{} members, {here} here now, {}", members.len(), screen.order.words());
        let text = truncate(&text, width, theme.signs.ellipsis).into_owned();
        buf.put(area.x + 1, area.y, text, width, theme.dim);
    }
    let rows = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
    let zone = Zone::parse(&look.me.zone).unwrap_or_else(|_| Zone::utc());
    for (index, row) in screen.list.visible(rows, screen.shown.len(), 1) {
        draw_row(&members[screen.shown[index]], &zone, row, buf, look);
        screen.list.draw_mark(index, row, buf, look);
    }
    if screen.shown.is_empty() && rows.height > 1 {
        let hint = "Nobody fits that. Esc shows everybody again.";
        buf.put(rows.x + 2, rows.y + 1, hint, width, theme.dim);
    }
    cursor
}

fn draw_row(member: &MemberSummary, zone: &Zone, row: Rect, buf: &mut Buffer, look: &Look) {
    let theme = &look.theme;
    if member.here {
        let style = if member.away.is_some() { theme.dim } else { theme.good };
        buf.put(row.x + 2, row.y, theme.signs.here, 1, style);
    }
    let mut x = row.x + 4;
    let mut put = |text: &str, columns: usize, style| {
        let room = columns.min(usize::from(row.right().saturating_sub(x)));
        buf.put(x, row.y, fit(text, room, theme.signs.ellipsis), room, style);
        x = x.saturating_add(u16::try_from(columns).unwrap_or(u16::MAX)).min(row.right());
    };
    match &member.shown_tag {
        Some(tag) => put(&format!("{} #{tag} ", member.handle), HANDLE_COLUMNS, theme.text),
        None => put(&member.handle, HANDLE_COLUMNS, theme.text),
    }
    if look.is_narrow() {
        put(&seen_words(member, look), SEEN_COLUMNS, theme.dim);
        return;
    }
    put(standing_words(member), STANDING_COLUMNS, theme.dim);
    put(&seen_words(member, look), SEEN_COLUMNS, theme.dim);
    if look.is_wide() {
        let since = member.joined_at.map_or_else(String::new, |at| format!("since {}", date(at, zone)));
        put(&since, SINCE_COLUMNS, theme.dim);
        let inviter = member.invited_by.as_deref().map_or_else(String::new, |by| format!("invited by {by}"));
        put(&inviter, display_width("invited by ") + HANDLE_COLUMNS, theme.dim);
    }
    put(&member.can_help, usize::from(row.width), theme.text);
}

fn standing_words(member: &MemberSummary) -> &'static str {
    match (member.role, member.level) {
        (Role::Sysop, _) => "sysop",
        (Role::Moderator, _) => "moderator",
        (Role::Member, Level::Newcomer) => "newcomer",
        (Role::Member, Level::Member) => "",
        (Role::Member, Level::Regular) => "regular",
    }
}

fn away_words(why: &str) -> String {
    if why.is_empty() { "away".to_owned() } else { format!("away: {why}") }
}

fn seen_words(member: &MemberSummary, look: &Look) -> String {
    match (&member.board, member.here, member.last_seen_at) {
        _ if member.away.is_some() => away_words(member.away.as_deref().unwrap_or_default()),
        (Some(board), true, _) => format!("in {board}"),
        (None, true, _) => "here".to_owned(),
        (_, false, Some(at)) => coarse(look.now, at).to_owned(),
        (_, false, None) => String::new(),
    }
}
