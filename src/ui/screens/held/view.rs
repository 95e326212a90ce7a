//! Drawing of a post that waits.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::HeldScreen;
use crate::domain::time::ago;
use crate::service::held::Held;
use crate::ui::look::{Look, TEXT_COLUMNS_MAX};
use crate::ui::put::Put;
use crate::ui::widgets::{Rows, claim};

pub(super) fn draw(screen: &mut HeldScreen, area: Rect, buf: &mut Buffer, look: &Look) {
    let Some(held) = &screen.held else { return };
    let inside = Rect { x: area.x + 1, width: area.width.saturating_sub(2).min(TEXT_COLUMNS_MAX), ..area };
    let rows = rows(held, usize::from(inside.width), look);
    let window = screen.pager.window(inside.height, rows.len());
    rows.draw(window, inside, buf);
    if screen.pager.has_more() && inside.height > 0 {
        let (x, y) = (inside.right(), inside.bottom() - 1);
        buf.put(x, y, look.theme.signs.more_down, 1, look.theme.accent);
    }
}

fn rows(held: &Held, width: usize, look: &Look) -> Rows {
    let theme = &look.theme;
    let mut rows = Rows::default();
    let what = match (held.thread, held.reply_to) {
        (None, _) => format!("a new thread on {}", held.board_name),
        (Some(_), None) => format!("a post in \"{}\" on {}", held.title, held.board_name),
        (Some(_), Some(no)) => format!("an answer to {no} in \"{}\" on {}", held.title, held.board_name),
    };
    let text = format!("{}, {what}, handed in {}", held.author, ago(look.now, held.held_at));
    rows.push_wrapped(&text, width, 0, theme.text);
    let why = match held.note.as_str() {
        "" => held.why.to_staff().to_owned(),
        note => format!("{}: {note}", held.why.to_staff()),
    };
    rows.push_wrapped(&format!("why: {why}"), width, 0, theme.dim);
    for mark in &held.marks {
        rows.push_wrapped(mark, width, 0, theme.warn);
    }
    match (&held.decided, &held.claim) {
        (Some(decided), _) => {
            rows.push_wrapped(decided, width, 0, theme.good);
            rows.push_wrapped(&held.reason, width, 2, theme.text);
        }
        (None, claimed) => {
            let standing = claim::standing(claimed.as_ref(), look.now).is_some();
            rows.push(claim::long(claimed.as_ref(), look), if standing { theme.accent } else { theme.dim });
        }
    }
    rows.gap();
    if held.thread.is_none() {
        rows.push_wrapped(&held.title, width, 0, theme.strong);
        rows.gap();
    }
    rows.push_wrapped(&held.body, width, 2, theme.text);
    rows
}
