//! Drawing of the invites screen.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::{Invites, Page};
use crate::domain::text::{fit, wrap};
use crate::domain::time::{Timestamp, Zone, ago, date};
use crate::service::invites::{InviteState, InviteView, MadeInvite, MyInvites};
use crate::ui::look::{Look, TEXT_COLUMNS_MAX};
use crate::ui::put::Put;

/// Columns of what became of an invite: `used by` and the longest handle.
const STATE_COLUMNS: usize = 29;
/// The same where there is little room.
const STATE_COLUMNS_NARROW: usize = 22;

pub(super) fn draw(screen: &mut Invites, area: Rect, buf: &mut Buffer, look: &Look) -> Option<Position> {
    let inside = Rect { x: area.x + 2, width: area.width.saturating_sub(4).min(TEXT_COLUMNS_MAX), ..area };
    let mine = screen.mine.as_ref()?;
    match &screen.page {
        Page::Made(made) => {
            draw_made(made, inside, buf, look);
            None
        }
        Page::List => {
            let used = paragraph(&heading(mine), inside, buf, look.theme.dim) + 1;
            let used = used.min(area.height);
            let rows = Rect { y: area.y + used, height: area.height - used, ..area };
            for (index, row) in screen.list.visible(rows, mine.invites.len(), 1) {
                draw_row(&mine.invites[index], row, buf, look);
                screen.list.draw_mark(index, row, buf, look);
            }
            None
        }
    }
}

/// How many are open, and whether there can be another.
fn heading(mine: &MyInvites) -> String {
    let open = mine.invites.iter().filter(|invite| invite.state == InviteState::Open).count();
    let most = mine.open_max.map_or_else(String::new, |most| format!(" of {most}"));
    let counted = format!("{open}{most} open. An invite is good for one person, once.");
    match &mine.cannot {
        Some(why) => format!("{counted} {why}"),
        None if mine.invites.is_empty() => {
            format!(
                "{counted} You have made none yet: n makes one for somebody whom you would like to have here."
            )
        }
        None => counted,
    }
}

fn draw_made(made: &MadeInvite, area: Rect, buf: &mut Buffer, look: &Look) {
    let theme = &look.theme;
    let zone = zone_of(look);
    let lines = [
        ("Give this code to your friend. It is shown this once:".to_owned(), theme.text),
        (made.code.to_string(), theme.title),
        (format!("Good for one person, until {}.", date(made.expires_at, &zone)), theme.dim),
        ("Your friend connects with  ssh join@HOST  and presses i.".to_owned(), theme.text),
    ];
    let spread = area.height > 10;
    let mut y = 0;
    for (line, style) in lines {
        let rest = Rect { y: area.y + y.min(area.height), height: area.height.saturating_sub(y), ..area };
        y += paragraph(&line, rest, buf, style) + u16::from(spread);
    }
}

/// Draws a text wrapped to the area; says how many rows it took.
fn paragraph(text: &str, area: Rect, buf: &mut Buffer, style: ratatui::style::Style) -> u16 {
    let mut used = 0;
    for (line, y) in wrap(text, usize::from(area.width).max(1)).into_iter().zip(area.top()..area.bottom()) {
        buf.put(area.x, y, line, usize::from(area.width), style);
        used += 1;
    }
    used
}

fn draw_row(invite: &InviteView, row: Rect, buf: &mut Buffer, look: &Look) {
    let theme = &look.theme;
    let columns = if look.is_narrow() { STATE_COLUMNS_NARROW } else { STATE_COLUMNS };
    let room = usize::from(row.width).saturating_sub(2);
    let (words, style) = match &invite.state {
        InviteState::Open => (format!("open, ends {}", ahead(look, invite.expires_at)), theme.good),
        InviteState::Used { handle, .. } => (format!("used by {handle}"), theme.text),
        InviteState::Revoked(_) => ("taken back".to_owned(), theme.dim),
        InviteState::Expired => ("expired".to_owned(), theme.dim),
    };
    let words = fit(&words, columns.min(room), theme.signs.ellipsis);
    let (x, _) = buf.put(row.x + 2, row.y, words, room, style);
    let rest = usize::from(row.right().saturating_sub(x + 1));
    let note = if invite.note.is_empty() {
        format!("made {}", ago(look.now, invite.created_at))
    } else {
        invite.note.clone()
    };
    buf.put(x + 1, row.y, fit(&note, rest, theme.signs.ellipsis), rest, theme.dim);
}

fn ahead(look: &Look, at: Timestamp) -> String {
    ago(look.now, at)
}

fn zone_of(look: &Look) -> Zone {
    Zone::parse(&look.me.zone).unwrap_or_else(|_| Zone::utc())
}
