//! Drawing of an appeal for its jury: one column that scrolls.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::JuryScreen;
use crate::domain::time::{ago, time_left};
use crate::service::cases::JuryFile;
use crate::ui::look::{Look, TEXT_COLUMNS_MAX};
use crate::ui::put::Put;
use crate::ui::widgets::Rows;

pub(super) fn draw(screen: &mut JuryScreen, area: Rect, buf: &mut Buffer, look: &Look) {
    let Some(file) = &screen.file else { return };
    let inside = Rect { x: area.x + 1, width: area.width.saturating_sub(2).min(TEXT_COLUMNS_MAX), ..area };
    let rows = rows(file, usize::from(inside.width), look);
    let window = screen.pager.window(inside.height, rows.len());
    rows.draw(window, inside, buf);
    if screen.pager.has_more() && inside.height > 0 {
        let sign = look.theme.signs.more_down;
        buf.put(inside.right(), inside.bottom() - 1, sign, 1, look.theme.accent);
    }
}

fn rows(file: &JuryFile, width: usize, look: &Look) -> Rows {
    let theme = &look.theme;
    let mut rows = Rows::default();
    head(&mut rows, file, width, look);
    rows.gap();
    let asked = ago(look.now, file.asked_at);
    rows.push_wrapped(&format!("{} appeals, {asked}", file.member), width, 0, theme.accent);
    rows.push_wrapped(&file.words, width, 2, theme.text);
    rows.gap();
    rows.push("What was done, as the member read it", theme.accent);
    for paragraph in &file.notice {
        rows.push_wrapped(paragraph, width, 2, theme.text);
    }
    if let Some(snapshot) = &file.snapshot {
        rows.gap();
        rows.push("What it was about, as it was then", theme.accent);
        for line in snapshot.lines() {
            rows.push_wrapped(line, width, 2, theme.quote);
        }
    }
    if let Some(rule) = file.rule.as_ref().filter(|rule| !rule.body.is_empty()) {
        rows.gap();
        rows.push_wrapped(&format!("Rule {}: {}", rule.no, rule.title), width, 0, theme.accent);
        rows.push_wrapped(&rule.body, width, 2, theme.text);
    }
    rows
}

/// How it stands: what one is asked, what one said, how it ended.
fn head(rows: &mut Rows, file: &JuryFile, width: usize, look: &Look) {
    let theme = &look.theme;
    if let Some((granted, votes)) = &file.ended {
        let how = if *granted { "It was taken back." } else { "It stands." };
        let thanks = format!("{how} Thank you for looking at it.");
        rows.push_wrapped(&thanks, width, 0, theme.good);
        for (undo, reason) in votes {
            let vote = if *undo { "take it back" } else { "let it stand" };
            rows.push_wrapped(&format!("{vote}: {reason}"), width, 2, theme.text);
        }
        return;
    }
    if let Some((undo, reason)) = &file.mine {
        let vote = if *undo { "take it back" } else { "let it stand" };
        rows.push_wrapped(&format!("Your vote: {vote}. {reason}"), width, 0, theme.good);
        let others = "The others' votes are shown when it is decided.";
        rows.push_wrapped(others, width, 0, theme.dim);
        return;
    }
    rows.push_wrapped(file.asked_words(), width, 0, theme.strong);
    if let Some(until) = file.until {
        let left = time_left(until, look.now);
        let words = format!("You have {left}; then somebody else is drawn. You are named nowhere.");
        rows.push_wrapped(&words, width, 0, theme.dim);
    }
}
