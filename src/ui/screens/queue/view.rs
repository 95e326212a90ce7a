//! Drawing of the queue.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::QueueScreen;
use crate::domain::moderation::Priority;
use crate::domain::text::{fit, truncate, wrap};
use crate::domain::time::relative_short;
use crate::service::cases::{QueueItem, QueueKind};
use crate::ui::keys::{Command, Scope};
use crate::ui::look::Look;
use crate::ui::put::Put;
use crate::ui::widgets::claim;

/// Widths of the columns right of the label, in columns, with the space before each.
const BOARD: usize = 18;
const REPORTERS: usize = 12;
const AGE: usize = 9;
const CLAIM: usize = 14;

pub(super) fn draw(screen: &mut QueueScreen, area: Rect, buf: &mut Buffer, look: &Look) {
    let Some(queue) = &screen.queue else { return };
    let theme = &look.theme;
    let width = usize::from(area.width).saturating_sub(2);
    let head = truncate(&heading(&queue.items), width, theme.signs.ellipsis).into_owned();
    buf.put(area.x + 1, area.y, head, width, theme.dim);
    let mut used = 1;
    // Whom the cap or the governor holds, and why: nobody waits unseen (D7).
    if let Some(words) = queue.line.words() {
        let key = look.keys.name_of(Scope::Queue, Command::OpenWaitlist).unwrap_or_default();
        let words = format!("{words} {key} shows them.");
        for line in wrap(&words, width) {
            buf.put(area.x + 1, area.y + used, line, width, theme.warn);
            used += 1;
        }
    }
    let rows = Rect { y: area.y + used, height: area.height.saturating_sub(used), ..area };
    for (index, row) in screen.list.visible(rows, queue.items.len(), 1) {
        draw_row(&queue.items[index], row, buf, look);
        screen.list.draw_mark(index, row, buf, look);
    }
}

fn heading(items: &[QueueItem]) -> String {
    let cases = items.iter().filter(|item| matches!(item.kind, QueueKind::Case { .. })).count();
    let held = items.iter().filter(|item| matches!(item.kind, QueueKind::Held { .. })).count();
    let matters = items.iter().filter(|item| matches!(item.kind, QueueKind::Matter { .. })).count();
    let applications = items.len() - cases - held - matters;
    if items.is_empty() {
        return "Nothing waits for you. Thank you.".to_owned();
    }
    let mut words = format!("{}, {}", count(cases, "case"), count(applications, "application"));
    if held > 0 {
        words.push_str(&format!(
            ", {} that {}",
            count(held, "post"),
            if held == 1 { "waits" } else { "wait" }
        ));
    }
    if matters > 0 {
        words.push_str(&format!(", {matters} to look at again"));
    }
    words
}

fn count(number: usize, what: &str) -> String {
    if number == 1 { format!("1 {what}") } else { format!("{number} {what}s") }
}

fn draw_row(item: &QueueItem, row: Rect, buf: &mut Buffer, look: &Look) {
    let theme = &look.theme;
    if item.priority == Priority::First {
        buf.put(row.x + 2, row.y, "!", 1, theme.warn);
    }
    let age = relative_short(look.now, item.since);
    let claim = claim::short(item.claim.as_ref(), look);
    let mut cells: Vec<(String, usize, _)> = Vec::new();
    if look.is_narrow() {
        // One fact beside the label: who has it, else how long it waits.
        let fact = if claim.is_empty() { age } else { claim };
        cells.push((fact, AGE, theme.dim));
    } else {
        if look.is_wide() {
            cells.push((item.board.clone(), BOARD, theme.dim));
        }
        cells.push((reporters(item), REPORTERS, theme.text));
        cells.push((age, AGE, theme.dim));
        cells.push((claim, CLAIM, theme.accent));
    }
    let right: usize = cells.iter().map(|(_, columns, _)| columns).sum();
    let room = usize::from(row.width).saturating_sub(4 + right);
    let style = if item.asked { theme.dim } else { theme.text };
    buf.put(row.x + 4, row.y, fit(&label(item), room, theme.signs.ellipsis), room, style);
    let mut x = usize::from(row.x) + 4 + room;
    for (text, columns, style) in cells {
        let text = fit(&text, columns.saturating_sub(1), theme.signs.ellipsis);
        let at = u16::try_from(x + 1).unwrap_or(u16::MAX).min(row.right());
        buf.put(at, row.y, text, usize::from(row.right() - at), style);
        x += columns;
    }
}

fn label(item: &QueueItem) -> String {
    let label = match item.kind {
        QueueKind::Case { thing: crate::domain::moderation::Thing::Member(_), .. } => item.label.clone(),
        QueueKind::Case { .. } => format!("{} by {}", item.label, item.who),
        QueueKind::Held { .. } => format!("{}'s {}", item.who, item.label),
        QueueKind::Matter { .. } => format!("{} {}", item.label, item.who),
        QueueKind::Application { .. } => format!("application of {}", item.who),
    };
    if item.watched { format!("{label}, watched") } else { label }
}

fn reporters(item: &QueueItem) -> String {
    match item.kind {
        QueueKind::Application { .. } if item.asked => "asked back".to_owned(),
        QueueKind::Application { .. } | QueueKind::Matter { .. } => String::new(),
        QueueKind::Held { .. } => "waits".to_owned(),
        QueueKind::Case { .. } if item.reporters == 1 => format!("1x, rule {}", item.rule_no),
        QueueKind::Case { .. } => format!("{}x, rule {}", item.reporters, item.rule_no),
    }
}
