//! Drawing of one's own reports and of what concerned one.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::MyCases;
use crate::domain::time::ago;
use crate::ui::look::{Look, TEXT_COLUMNS_MAX};
use crate::ui::put::Put;
use crate::ui::widgets::Rows;

pub(super) fn draw(screen: &mut MyCases, area: Rect, buf: &mut Buffer, look: &Look) {
    let inside = Rect { x: area.x + 1, width: area.width.saturating_sub(2).min(TEXT_COLUMNS_MAX), ..area };
    let rows = rows(screen, usize::from(inside.width), look);
    let window = screen.pager.window(inside.height, rows.len());
    rows.draw(window, inside, buf);
    if screen.pager.has_more() && inside.height > 0 {
        buf.put(inside.right(), inside.bottom() - 1, look.theme.signs.more_down, 1, look.theme.accent);
    }
}

fn rows(screen: &MyCases, width: usize, look: &Look) -> Rows {
    let theme = &look.theme;
    let mut rows = Rows::default();
    rows.push("What you reported", theme.accent);
    let reports = screen.reports.as_deref().unwrap_or_default();
    if reports.is_empty() {
        rows.push_wrapped("Nothing. Where something is wrong, ! on a post reports it.", width, 2, theme.dim);
    }
    for report in reports {
        let text = format!("{}, rule {}, {}", report.what, report.rule_no, ago(look.now, report.at));
        rows.push_wrapped(&text, width, 2, if report.is_news { theme.strong } else { theme.text });
        match &report.outcome {
            Some((_, outcome)) => rows.push_wrapped(outcome, width, 4, theme.text),
            None => rows.push("    The staff has not decided yet.", theme.dim),
        }
    }
    rows.gap();
    rows.push("What the staff did that concerned you", theme.accent);
    let notices = screen.about.as_ref().map_or(&[][..], |about| &about.notices);
    if notices.is_empty() {
        rows.push("  Nothing.", theme.dim);
    }
    for notice in notices {
        rows.push(format!("  {}", ago(look.now, notice.at)), theme.dim);
        for paragraph in &notice.paragraphs {
            rows.push_wrapped(paragraph, width, 4, theme.text);
        }
        let appeal = notice.appeal_words(look.now, "a");
        if !appeal.is_empty() {
            rows.push_wrapped(&appeal, width, 4, theme.accent);
        }
    }
    rows
}
