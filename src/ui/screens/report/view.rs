//! Drawing of the report form.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::{Report, Stage, What};
use crate::domain::markup;
use crate::domain::moderation::{Thing, ThingKind};
use crate::domain::text::truncate;
use crate::service::cases::ReportSubject;
use crate::ui::look::Look;
use crate::ui::put::Put;
use crate::ui::widgets::Rows;
use crate::ui::widgets::choose::draw_answer;
use crate::ui::widgets::confirm::dialog_area;

/// Columns of the form where there is room for them.
const COLUMNS: usize = 66;
/// Rows that show what the chosen rule means, where there is room for them.
const RULE_ROWS: u16 = 3;

/// What a note is for.
const NOTE_HINT: &str = "What else should the staff know? It may stay empty.";

/// What somebody who reports a message should know before they send it (M7).
const ATTACHED: &str =
    "This message goes to the staff with your report. They read nothing else of the conversation.";
/// The same for a line in a room.
const LINE_ATTACHED: &str =
    "This line goes to the staff with your report, with a few that were said around it.";
/// The same for an invite.
const INVITE_ATTACHED: &str =
    "The staff see whose invite it is and what became of it. They do not get the code. Say where you saw it.";
/// Characters of the message that the form shows.
const EXCERPT_CHARS: usize = 120;

pub(super) fn draw(screen: &mut Report, area: Rect, buf: &mut Buffer, look: &Look) -> Option<Position> {
    let subject = screen.subject.as_ref()?;
    let theme = &look.theme;
    let rules = u16::try_from(subject.rules.len()).unwrap_or(u16::MAX);
    let wanted = match screen.stage {
        Stage::Rule => rules.saturating_add(3 + RULE_ROWS),
        Stage::Note | Stage::Sending if goes_along(&screen.what).is_some() => 9,
        Stage::Note | Stage::Sending => 5,
    };
    let inner = dialog_area(area, buf, look, COLUMNS, wanted.min(area.height.saturating_sub(2)));
    let width = usize::from(inner.width);
    let line = |text: &str| truncate(text, width, theme.signs.ellipsis).into_owned();
    let title = line(&heading(&screen.what, subject));
    buf.put(inner.x, inner.y, title, width, theme.strong);
    let below = Rect { y: inner.y + 1, height: inner.height.saturating_sub(1), ..inner };
    match screen.stage {
        Stage::Rule => {
            draw_rules(screen, below, buf, look);
            None
        }
        Stage::Note | Stage::Sending => draw_note(screen, below, buf, look),
    }
}

/// What somebody should know before they send it.
fn goes_along(what: &What) -> Option<&'static str> {
    match what {
        What::Thing(Thing::Message(_)) => Some(ATTACHED),
        What::Thing(Thing::Line(_)) => Some(LINE_ATTACHED),
        What::Invite(_) => Some(INVITE_ATTACHED),
        _ => None,
    }
}

/// The thread screen behind the dialog may not say whose post it is.
fn heading(what: &What, subject: &ReportSubject) -> String {
    let verb = if matches!(what, What::Removal(_)) { "Take down" } else { "Report" };
    let by = format!(" by {}", subject.author);
    let by = if subject.label.ends_with(&subject.author) { "" } else { by.as_str() };
    // What has no name of its own is one of its kind.
    let label = match what {
        What::Thing(thing @ (Thing::Line(_) | Thing::Wall(_))) | What::Removal(thing) => thing.kind().one(),
        What::Invite(_) => ThingKind::Invite.one(),
        What::Thing(_) => subject.label.as_str(),
    };
    format!("{verb} {label}{by}")
}

fn draw_rules(screen: &mut Report, area: Rect, buf: &mut Buffer, look: &Look) {
    let Some(subject) = &screen.subject else { return };
    let theme = &look.theme;
    let width = usize::from(area.width);
    buf.put(area.x, area.y, "Which rule does it break?", width, theme.dim);
    let rows = u16::try_from(subject.rules.len()).unwrap_or(u16::MAX).min(area.height.saturating_sub(1));
    let list = Rect { y: area.y + 1, height: rows, ..area };
    for (index, row) in screen.list.visible(list, subject.rules.len(), 1) {
        draw_answer(&subject.rules[index].title, index, row, buf, look);
        screen.list.draw_mark(index, row, buf, look);
    }
    let below =
        Rect { y: list.bottom() + 1, height: area.bottom().saturating_sub(list.bottom() + 1), ..area };
    if let Some(rule) = subject.rules.get(screen.list.chosen())
        && list.bottom() < area.bottom()
    {
        let mut body = Rows::default();
        body.push_wrapped(&rule.body, width, 0, theme.dim);
        body.draw(0..usize::from(below.height), below, buf);
    }
}

fn draw_note(screen: &mut Report, area: Rect, buf: &mut Buffer, look: &Look) -> Option<Position> {
    let subject = screen.subject.as_ref()?;
    let theme = &look.theme;
    let width = usize::from(area.width);
    let mut rows = Rows::default();
    if let Some(rule) = subject.rules.get(screen.list.chosen()) {
        let words = format!("Rule {}: {}", rule.no, rule.title);
        rows.push(truncate(&words, width, theme.signs.ellipsis).into_owned(), theme.text);
    }
    if let Some(words) = goes_along(&screen.what) {
        rows.push_wrapped(words, width, 0, theme.accent);
        let said = format!("\"{}\"", markup::plain(&subject.text, EXCERPT_CHARS));
        // The words themselves are what gives way where there is little room.
        if rows.len() + 3 < usize::from(area.height) {
            rows.push(truncate(&said, width, theme.signs.ellipsis).into_owned(), theme.quote);
        }
    }
    if rows.len() + 2 < usize::from(area.height) {
        rows.gap();
    }
    let hint = match &screen.what {
        What::Removal(_) => "Why? Everybody reads it in the mod log.",
        _ if width < NOTE_HINT.len() => "A note (may stay empty):",
        _ => NOTE_HINT,
    };
    rows.push(truncate(hint, width, theme.signs.ellipsis).into_owned(), theme.dim);
    let shown = rows.len().min(usize::from(area.height.saturating_sub(1)));
    rows.draw(0..shown, area, buf);
    let y = area.y.saturating_add(u16::try_from(shown).unwrap_or(0));
    let cursor = screen.note.draw(Rect { y, height: 1, ..area }, buf, look, theme.text);
    (screen.stage == Stage::Note).then_some(cursor)
}
