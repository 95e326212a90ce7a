//! Drawing of the filters: the list, and below it the chosen one with what it would have met.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::Filters;
use crate::domain::prevention::{FilterAction, FilterScope};
use crate::domain::time::ago;
use crate::service::filters::{DRY_RUN_DAYS, DryRun, Filter};
use crate::ui::look::Look;
use crate::ui::widgets::{Rows, nothing};

/// What is said where there is none.
const NOTHING: &str = "No filters. n makes one: words or a pattern, and what happens to a text that has them. It is off \
                       until you have seen what it would have met in the last 90 days.";

pub(super) fn draw(screen: &mut Filters, area: Rect, buf: &mut Buffer, look: &Look) {
    if !screen.filters.has_come() {
        return;
    }
    let theme = &look.theme;
    if screen.filters.rows().is_empty() {
        return nothing::draw(NOTHING, area, buf, look);
    }
    let line = |filter: &Filter| {
        let state = if filter.enabled { "on" } else { "off" };
        let style = if filter.enabled { theme.text } else { theme.dim };
        (format!("{state:3} {}: {}", action(filter), filter.pattern), style)
    };
    let run = &screen.run;
    screen.filters.draw_over(area, buf, look, line, |filter, width| {
        let run = run.as_ref().filter(|(tried, _)| *tried == filter.id).map(|(_, run)| run);
        rows(filter, run, width, look)
    });
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
