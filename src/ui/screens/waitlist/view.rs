//! Drawing of the waitlist.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::WaitlistScreen;
use crate::domain::text::{fit, wrap};
use crate::domain::time::{relative, relative_short};
use crate::domain::waitlist::Turn;
use crate::service::waitlist::{Waiter, Waitlist};
use crate::ui::look::{Look, TEXT_COLUMNS_MAX};
use crate::ui::put::Put;

/// Columns of a place in the line, of a handle and of a time.
const PLACE: usize = 4;
const HANDLE: usize = 21;
const AGE: usize = 9;

pub(super) fn draw(screen: &mut WaitlistScreen, area: Rect, buf: &mut Buffer, look: &Look) {
    let Some(line) = &screen.line else { return };
    let width = usize::from(area.width.min(TEXT_COLUMNS_MAX)).saturating_sub(2);
    let mut y = area.y;
    let head = head(line, look);
    for row in head.iter().flat_map(|words| wrap(words, width)) {
        if y >= area.bottom() {
            return;
        }
        buf.put(area.x + 1, y, row, width, look.theme.dim);
        y += 1;
    }
    let rows = Rect { y, height: area.bottom().saturating_sub(y), ..area };
    for (index, row) in screen.list.visible(rows, line.waiters.len(), 1) {
        draw_row(index, &line.waiters[index], row, buf, look);
        screen.list.draw_mark(index, row, buf, look);
    }
}

/// What holds the line, and how the seats stand.
fn head(line: &Waitlist, look: &Look) -> Vec<String> {
    let summary = &line.summary;
    let seats = &summary.seats;
    let Some(words) = summary.words() else {
        return vec![
            "Nobody waits for a seat. Whoever is approved while the place is full, or while as many came in as it can \
             absorb, waits here."
                .to_owned(),
            format!("{} of {} seats are taken.", seats.taken, seats.cap),
        ];
    };
    let mut lines = vec![words];
    if let Some(at) = summary.next_at {
        lines.push(format!("The next one comes {}, by itself.", relative(look.now, at)));
    }
    lines.push(format!(
        "{} of {} seats are taken; {} newcomers were absorbed in 28 days, so {} may come within seven.",
        seats.taken,
        seats.cap,
        seats.absorbed,
        seats.weekly()
    ));
    lines
}

fn draw_row(index: usize, waiter: &Waiter, row: Rect, buf: &mut Buffer, look: &Look) {
    let theme = &look.theme;
    let mut x = row.x + 2;
    let mut put = |text: &str, columns: usize, style| {
        let room = usize::from(row.right().saturating_sub(x)).min(columns);
        buf.put(x, row.y, fit(text, room, theme.signs.ellipsis), room, style);
        x += u16::try_from(columns).unwrap_or(0);
    };
    put(&(index + 1).to_string(), PLACE, theme.dim);
    put(&waiter.handle, if look.is_narrow() { HANDLE - 6 } else { HANDLE }, theme.text);
    put(&relative_short(look.now, waiter.since), AGE, theme.dim);
    let rest = usize::from(row.right());
    put(&how(waiter), rest, theme.dim);
}

fn how(waiter: &Waiter) -> String {
    match (waiter.turn, &waiter.inviter) {
        (Turn::Returning, _) => "is back".to_owned(),
        (_, Some(inviter)) => format!("invited by {inviter}"),
        (Turn::Invited, None) => "invited".to_owned(),
        (Turn::Applicant, None) => "applied".to_owned(),
    }
}
