//! Drawing of the form: the rule, the reason, the preview.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::{Decide, Stage, needs_rule};
use crate::domain::text::truncate;
use crate::ui::look::Look;
use crate::ui::put::Put;
use crate::ui::widgets::Rows;
use crate::ui::widgets::choose::draw_answer;
use crate::ui::widgets::confirm::dialog_area;

/// Columns of the form where there is room for them.
const COLUMNS: u16 = 66;

pub(super) fn draw(screen: &mut Decide, area: Rect, buf: &mut Buffer, look: &Look) -> Option<Position> {
    let room = area.height.saturating_sub(2);
    let preview = preview(screen, usize::from(COLUMNS.min(area.width.saturating_sub(4))), look);
    let wanted = match screen.stage {
        Stage::Rule => screen.plan.rules.len() + 2,
        Stage::Reason => 5,
        Stage::Preview | Stage::Sending => preview.len() + 1,
    };
    let rows = u16::try_from(wanted).unwrap_or(u16::MAX).min(room);
    let inner = dialog_area(area, buf, look, usize::from(COLUMNS), rows);
    let width = usize::from(inner.width);
    let title = truncate(&screen.plan.title, width, look.theme.signs.ellipsis).into_owned();
    buf.put(inner.x, inner.y, title, width, look.theme.strong);
    let below = Rect { y: inner.y + 1, height: inner.height.saturating_sub(1), ..inner };
    match screen.stage {
        Stage::Rule => {
            draw_rules(screen, below, buf, look);
            None
        }
        Stage::Reason => Some(draw_reason(screen, below, buf, look)),
        Stage::Preview | Stage::Sending => {
            draw_preview(screen, &preview, below, buf, look);
            None
        }
    }
}

fn draw_rules(screen: &mut Decide, area: Rect, buf: &mut Buffer, look: &Look) {
    let width = usize::from(area.width);
    buf.put(area.x, area.y, "Under which rule?", width, look.theme.dim);
    let list = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
    for (index, row) in screen.list.visible(list, screen.plan.rules.len(), 1) {
        draw_answer(&screen.plan.rules[index].title, index, row, buf, look);
        screen.list.draw_mark(index, row, buf, look);
    }
}

fn draw_reason(screen: &mut Decide, area: Rect, buf: &mut Buffer, look: &Look) -> Position {
    let theme = &look.theme;
    let width = usize::from(area.width);
    let rule = match screen.rule() {
        Some(rule) => format!("Rule {}: {}", rule.no, rule.title),
        None if needs_rule(&screen.plan) => "There is no charter yet, so no rule to name.".to_owned(),
        None => String::new(),
    };
    let rule = truncate(&rule, width, theme.signs.ellipsis).into_owned();
    buf.put(area.x, area.y, rule, width, theme.text);
    let (long, short) = match (screen.needs_reason(), screen.plan.deeds.is_empty()) {
        (true, _) => {
            ("Why? The member and everybody in the mod log can read it.", "Why? Everybody can read it.")
        }
        (false, true) => {
            ("A word to those who reported it; it may stay empty.", "To the reporters (may be empty):")
        }
        (false, false) => ("Why? It may stay empty.", "Why? It may stay empty."),
    };
    let hint = if long.len() <= width { long } else { short };
    buf.put(area.x, area.y + 2, hint, width, theme.dim);
    let row = Rect { y: area.y + 3, height: 1, ..area };
    screen.reason.draw(row, buf, look, theme.text)
}

fn preview(screen: &Decide, width: usize, look: &Look) -> Rows {
    let theme = &look.theme;
    let (who, notices) = screen.notices();
    let mut rows = Rows::default();
    rows.push(who, theme.dim);
    for notice in notices {
        rows.gap();
        for paragraph in notice {
            rows.push_wrapped(&paragraph, width, 2, theme.text);
        }
    }
    if !screen.plan.deeds.is_empty() {
        rows.gap();
        rows.push_wrapped("Everybody can read rule and reason in the mod log.", width, 0, theme.dim);
    }
    rows
}

fn draw_preview(screen: &mut Decide, rows: &Rows, area: Rect, buf: &mut Buffer, look: &Look) {
    let window = screen.preview.window(area.height, rows.len());
    rows.draw(window, area, buf);
    if screen.preview.has_more() {
        let x = area.right().saturating_sub(1);
        buf.put(x, area.bottom() - 1, look.theme.signs.more_down, 1, look.theme.accent);
    }
}
