//! Drawing of an application.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::ApplicationScreen;
use crate::domain::time::ago;
use crate::service::applications::{Application, Question};
use crate::ui::look::{Look, TEXT_COLUMNS_MAX};
use crate::ui::put::Put;
use crate::ui::widgets::Rows;

pub(super) fn draw(screen: &mut ApplicationScreen, area: Rect, buf: &mut Buffer, look: &Look) {
    let Some(application) = &screen.application else { return };
    let inside = Rect { x: area.x + 1, width: area.width.saturating_sub(2).min(TEXT_COLUMNS_MAX), ..area };
    let rows = rows(application, usize::from(inside.width), look);
    let window = screen.pager.window(inside.height, rows.len());
    rows.draw(window, inside, buf);
    if screen.pager.has_more() && inside.height > 0 {
        buf.put(inside.right(), inside.bottom() - 1, look.theme.signs.more_down, 1, look.theme.accent);
    }
}

fn rows(application: &Application, width: usize, look: &Look) -> Rows {
    let theme = &look.theme;
    let mut rows = Rows::default();
    let inviter = application.inviter.as_deref().map(|by| format!(", invited by {by}")).unwrap_or_default();
    let sent = format!("{} sent it {}{inviter}", application.handle, ago(look.now, application.submitted_at));
    rows.push_wrapped(&sent, width, 0, theme.text);
    match (&application.decision, &application.claim) {
        (Some(decision), _) => {
            let what = if decision.approved { "let in" } else { "declined" };
            let by = decision.by.as_deref().unwrap_or("an invite");
            let text = format!("{what} by {by} {}", ago(look.now, decision.at));
            rows.push_wrapped(&text, width, 0, theme.good);
            rows.push_wrapped(&decision.answer, width, 2, theme.text);
        }
        (None, Some(claim)) => {
            let mine = look.actor().id() == Some(claim.by);
            let who = if mine { "you" } else { claim.handle.as_str() };
            rows.push(format!("claimed by {who} {}", ago(look.now, claim.at)), theme.accent);
        }
        (None, None) => rows.push("not claimed", theme.dim),
    }
    for mark in &application.marks {
        rows.push_wrapped(mark, width, 0, theme.warn);
    }
    for vouched in &application.vouches {
        rows.gap();
        let says = format!("{} vouches, {}", vouched.handle, ago(look.now, vouched.at));
        rows.push(says, look.theme.good);
        rows.push_wrapped(&vouched.words, width, 2, look.theme.quote);
    }
    part(&mut rows, "What brings you here?", &application.why, width, look);
    for answered in &application.answers {
        let words = answered.words();
        rows.gap();
        rows.push_wrapped(&answered.asking.words, width, 0, look.theme.accent);
        if words.is_empty() {
            rows.push("  (left out)", look.theme.dim);
        }
        rows.push_wrapped(&words, width, 2, look.theme.text);
    }
    part(&mut rows, "The introduction, which becomes the first post", &application.introduction, width, look);
    for question in &application.questions {
        asked(&mut rows, question, width, look);
    }
    rows
}

fn part(rows: &mut Rows, heading: &str, text: &str, width: usize, look: &Look) {
    rows.gap();
    rows.push(heading, look.theme.accent);
    if text.is_empty() {
        rows.push("  (nothing written)", look.theme.dim);
    }
    rows.push_wrapped(text, width, 2, look.theme.text);
}

fn asked(rows: &mut Rows, question: &Question, width: usize, look: &Look) {
    rows.gap();
    let asked = format!("{} asked {}", question.asker, ago(look.now, question.asked_at));
    rows.push(asked, look.theme.accent);
    rows.push_wrapped(&question.text, width, 2, look.theme.quote);
    if question.is_open() {
        rows.push("  not answered yet", look.theme.dim);
    }
    rows.push_wrapped(&question.reply, width, 2, look.theme.text);
}
