//! Drawing of the filters: the list, and below it the chosen one with what it would have met.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::Filters;
use crate::domain::prevention::{FilterAction, FilterScope};
use crate::domain::text::{fit, wrap};
use crate::domain::time::ago;
use crate::service::filters::{DRY_RUN_DAYS, DryRun, Filter};
use crate::ui::look::{Look, TEXT_COLUMNS_MAX};
use crate::ui::widgets::Rows;

/// What is said where there is none.
const NOTHING: &str = "No filters. n makes one: words or a pattern, and what happens to a text that has them. It is off \
                       until you have seen what it would have met in the last 90 days.";

pub(super) fn draw(screen: &mut Filters, area: Rect, buf: &mut Buffer, look: &Look) {
    let Some(filters) = &screen.filters else { return };
    let theme = &look.theme;
    if filters.is_empty() {
        let room = usize::from(area.width.saturating_sub(2)).max(1);
        for (y, row) in (area.top()..area.bottom()).zip(wrap(NOTHING, room)) {
            buf.set_stringn(area.x + 1, y, row, room, theme.dim);
        }
        return;
    }
    let lines = u16::try_from(filters.len()).unwrap_or(u16::MAX).min((area.height / 2).max(1));
    for (index, row) in screen.list.visible(Rect { height: lines, ..area }, filters.len(), 1) {
        let filter = &filters[index];
        let text =
            format!("{:3} {}: {}", if filter.enabled { "on" } else { "off" }, action(filter), filter.pattern);
        let room = usize::from(row.width.saturating_sub(3));
        let style = if filter.enabled { theme.text } else { theme.dim };
        buf.set_stringn(row.x + 2, row.y, fit(&text, room, theme.signs.ellipsis), room, style);
        screen.list.draw_mark(index, row, buf, look);
    }
    let Some(filter) = filters.get(screen.list.chosen()) else { return };
    let below = Rect {
        x: area.x + 2,
        y: area.y + lines + 1,
        width: area.width.saturating_sub(3).min(TEXT_COLUMNS_MAX),
        height: area.height.saturating_sub(lines + 1),
    };
    let run = screen.run.as_ref().filter(|(tried, _)| *tried == filter.id).map(|(_, run)| run);
    let rows = rows(filter, run, usize::from(below.width), look);
    rows.draw(0..rows.len(), below, buf);
}

fn action(filter: &Filter) -> &'static str {
    match filter.action {
        FilterAction::Note => "note",
        FilterAction::Hold => "wait",
        FilterAction::Refuse => "refuse",
    }
}

fn rows(filter: &Filter, run: Option<&DryRun>, width: usize, look: &Look) -> Rows {
    let theme = &look.theme;
    let mut rows = Rows::default();
    let kind = if filter.is_words { "words" } else { "a pattern" };
    let whose = match filter.scope {
        FilterScope::Newcomers => "texts of newcomers",
        FilterScope::All => "texts of everybody but the staff",
    };
    let place =
        filter.board.as_deref().map_or_else(|| "everywhere".to_owned(), |board| format!("on {board}"));
    let by = filter.by.as_deref().unwrap_or("the host");
    let made = ago(look.now, filter.made_at);
    let text = format!("{kind}, {whose}, {place}, rule {}; made by {by}, {made}", filter.rule_no);
    rows.push_wrapped(&text, width, 0, theme.dim);
    rows.push_wrapped(&format!("\"{}\"", filter.reason), width, 0, theme.text);
    rows.gap();
    match run {
        None => rows.push_wrapped("Enter shows what it would have met.", width, 0, theme.dim),
        Some(run) => add_run(&mut rows, run, width, look),
    }
    rows
}

fn add_run(rows: &mut Rows, run: &DryRun, width: usize, look: &Look) {
    let theme = &look.theme;
    let more = if run.more { ", the newest there are" } else { "" };
    let (count, of) = (run.count, run.looked_at);
    let text = format!("In {DRY_RUN_DAYS} days it would have met {count} of {of} posts{more}.");
    rows.push_wrapped(&text, width, 0, theme.accent);
    for found in &run.found {
        let head = format!("{}.{} {}, {}", found.thread, found.no, found.author, ago(look.now, found.at));
        rows.push_wrapped(&head, width, 0, theme.dim);
        rows.push_wrapped(&found.excerpt, width, 2, theme.text);
    }
}
