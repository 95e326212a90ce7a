//! Drawing of the fences.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::Prevention;
use crate::domain::time::{Zone, absolute, ago};
use crate::ui::look::{Look, TEXT_COLUMNS_MAX};
use crate::ui::put::Put;
use crate::ui::widgets::Rows;

/// What calm does.
const CALM_DOES: &str = "While the place is calm newcomers only read; posts with links from members who are no regulars \
                         wait for a moderator; rooms take two lines in 20 seconds from each; applications are taken, and who is approved waits \
                         in the line. It ends by itself, and everybody sees until when and why.";

/// What filters do.
const FILTERS_DO: &str = "f lists them: words or patterns in posts, edits, titles, rooms, the wall and profiles, with a note, \
                          a wait or a refusal. Each shows what it would have met in 90 days before it is switched on.";

/// What bans do.
const BANS_DO: &str = "b lists them: keys that open nothing here, and addresses from which nobody can connect, with a \
                       reason and an end. Each shows whom it would meet before it is made.";

pub(super) fn draw(screen: &mut Prevention, area: Rect, buf: &mut Buffer, look: &Look) {
    let inside = Rect { x: area.x + 1, width: area.width.saturating_sub(2).min(TEXT_COLUMNS_MAX), ..area };
    let rows = rows(screen, usize::from(inside.width), look);
    let window = screen.pager.window(inside.height, rows.len());
    rows.draw(window, inside, buf);
    if screen.pager.has_more() && inside.height > 0 {
        let (x, y) = (inside.right(), inside.bottom() - 1);
        buf.put(x, y, look.theme.signs.more_down, 1, look.theme.accent);
    }
}

fn rows(screen: &Prevention, width: usize, look: &Look) -> Rows {
    let theme = &look.theme;
    let mut rows = Rows::default();
    rows.push("Calm", theme.accent);
    match screen.calm.as_ref().and_then(Option::as_ref).filter(|calm| calm.until > look.now) {
        Some(calm) => {
            let zone = Zone::parse(&look.me.zone).unwrap_or_default();
            let by = calm.by.as_deref().unwrap_or("the host");
            let since = ago(look.now, calm.since);
            let text = format!("On until {}; {by} began it, {since}.", absolute(calm.until, &zone));
            rows.push_wrapped(&text, width, 2, theme.warn);
            rows.push_wrapped(&calm.reason, width, 2, theme.text);
            rows.push("  c ends it now.", theme.dim);
        }
        None => rows.push_wrapped("Off. c begins it, with a length and a reason.", width, 2, theme.text),
    }
    rows.gap();
    rows.push_wrapped(CALM_DOES, width, 2, theme.dim);
    rows.gap();
    rows.push("Filters", theme.accent);
    rows.push_wrapped(FILTERS_DO, width, 2, theme.dim);
    rows.gap();
    rows.push("Bans", theme.accent);
    rows.push_wrapped(BANS_DO, width, 2, theme.dim);
    rows
}
