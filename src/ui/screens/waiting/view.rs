//! Drawing of one's own posts that wait: the list, and below it the text of the chosen one.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::Waiting;
use crate::domain::time::ago;
use crate::service::held::OwnHeld;
use crate::ui::look::Look;
use crate::ui::widgets::{Rows, nothing};

/// What is said where nothing waits.
const NOTHING: &str = "Nothing of yours waits. When a moderator has to read a post first, it stands here until it is \
                       published or comes back as a draft.";

pub(super) fn draw(screen: &mut Waiting, area: Rect, buf: &mut Buffer, look: &Look) {
    if !screen.held.has_come() {
        return;
    }
    let theme = &look.theme;
    if screen.held.rows().is_empty() {
        return nothing::draw(NOTHING, area, buf, look);
    }
    let line = |item: &OwnHeld| {
        let state = if item.returned.is_some() { "came back" } else { "waits" };
        let when = item.returned.as_ref().map_or(item.held_at, |(at, _)| *at);
        (format!("{}: {state}, {}", item.title, ago(look.now, when)), theme.text)
    };
    screen.held.draw_over(area, buf, look, line, |item, width| rows(item, width, look));
}

fn rows(item: &OwnHeld, width: usize, look: &Look) -> Rows {
    let theme = &look.theme;
    let mut rows = Rows::default();
    match &item.returned {
        Some((_, reason)) => {
            rows.push_wrapped("A moderator gave it back as a draft:", width, 0, theme.warn);
            rows.push_wrapped(reason, width, 2, theme.text);
        }
        None => {
            let place = if item.thread.is_some() { "in the thread" } else { "on the board" };
            let words = format!("{} Until then you alone see it {place}.", item.why.to_author());
            rows.push_wrapped(&words, width, 0, theme.accent);
        }
    }
    rows.gap();
    rows.push_wrapped(&item.body, width, 0, theme.dim);
    rows
}
