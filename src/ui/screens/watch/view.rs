//! Drawing of the watch list: the list, and below it the chosen one with what speaks for it.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::WatchScreen;
use crate::domain::prevention::BanKind;
use crate::domain::time::{Zone, ago, date, relative};
use crate::service::watch::{WATCH_DAYS, Watched};
use crate::ui::look::Look;
use crate::ui::widgets::{Rows, nothing};

/// Characters of a fingerprint in a line: `SHA256:` and eight more.
const FINGERPRINT_SHORT: usize = 15;
/// What the list is, where there is nobody on it.
const NOTHING: &str = "Nobody is watched. W on a member's page, a case or an application puts somebody here, with a reason \
                       and what speaks for it; n here watches a key, an address or a network. What is new of theirs bears a \
                       mark in the queue; nothing else changes for them, and they read it in their own export. It ends by \
                       itself.";

pub(super) fn draw(screen: &mut WatchScreen, area: Rect, buf: &mut Buffer, look: &Look) {
    if !screen.watched.has_come() {
        return;
    }
    let theme = &look.theme;
    if screen.watched.rows().is_empty() {
        return nothing::draw(NOTHING, area, buf, look);
    }
    let line = |watched: &Watched| {
        let watch = &watched.watch;
        let until = relative(look.now, watch.until);
        (format!("{}, ends {until}: {}", short(watched), watch.reason), theme.text)
    };
    screen.watched.draw_over(area, buf, look, line, |chosen, width| rows(chosen, width, look));
}

/// Who or what is watched, short enough for a line: the beginning of a fingerprint tells keys apart.
fn short(watched: &Watched) -> String {
    match watched.watch.kind {
        Some(BanKind::Key) => {
            format!("key {}", watched.name().chars().take(FINGERPRINT_SHORT).collect::<String>())
        }
        _ => watched.name().to_owned(),
    }
}

fn rows(chosen: &Watched, width: usize, look: &Look) -> Rows {
    let (theme, watch) = (&look.theme, &chosen.watch);
    let mut rows = Rows::default();
    if watch.kind.is_some() {
        rows.push_wrapped(chosen.name(), width, 0, theme.accent);
    }
    rows.push_wrapped(&watch.reason, width, 0, theme.text);
    let zone = Zone::parse(&look.me.zone).unwrap_or_default();
    let (began, ends) = (ago(look.now, watch.made_at), date(watch.until, &zone));
    let by = &watch.by;
    let text = format!("{by} began it {began}; it ends on {ends}. r: {WATCH_DAYS} days from now.");
    rows.push_wrapped(&text, width, 0, theme.dim);
    if watch.kind.is_some() && chosen.came.is_empty() {
        rows.push_wrapped("Nobody came with it yet.", width, 0, theme.dim);
    }
    for came in &chosen.came {
        let text = format!("{} came with it, last {}.", came.handle, ago(look.now, came.at));
        rows.push_wrapped(&text, width, 0, theme.text);
    }
    for evidence in &chosen.evidence {
        rows.gap();
        let head =
            format!("{}, added by {} {}", evidence.label, evidence.by, ago(look.now, evidence.added_at));
        rows.push_wrapped(&head, width, 0, theme.accent);
        rows.push_wrapped(&evidence.body, width, 2, theme.text);
    }
    rows
}
