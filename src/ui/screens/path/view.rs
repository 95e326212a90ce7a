//! Drawing of a path: what is done and what is missing, a number a line.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::PathScreen;
use crate::domain::member::{Level, Role};
use crate::domain::time::{Zone, date, relative};
use crate::service::levels::{Path, Step, opens, step_words};
use crate::ui::look::{Look, TEXT_COLUMNS_MAX};
use crate::ui::put::Put;
use crate::ui::widgets::Rows;

/// Width of the column that says what is asked for.
const NEED_COLUMNS: usize = 31;

pub(super) fn draw(screen: &mut PathScreen, area: Rect, buf: &mut Buffer, look: &Look) {
    let Some(path) = &screen.path else { return };
    let inside = Rect { x: area.x + 1, width: area.width.saturating_sub(2).min(TEXT_COLUMNS_MAX), ..area };
    let own = look.actor().id() == Some(path.member);
    let rows = rows(path, own, usize::from(inside.width).max(1), look);
    let window = screen.pager.window(inside.height, rows.len());
    rows.draw(window, inside, buf);
    if screen.pager.has_more() && inside.height > 0 {
        let more = look.theme.signs.more_down;
        buf.put(inside.right(), inside.bottom() - 1, more, 1, look.theme.accent);
    }
}

fn rows(path: &Path, own: bool, width: usize, look: &Look) -> Rows {
    let theme = &look.theme;
    let mut rows = Rows::default();
    let (who, is, have) = match own {
        true => ("You", "are", "have"),
        false => (path.handle.as_str(), "is", "has"),
    };
    match path.role {
        Role::Member => rows.push_wrapped(&format!("{who} {is} a {}.", path.level), width, 0, theme.strong),
        role => {
            let words = format!("{who} {is} {role}. Whoever looks after the place has a level by that.");
            rows.push_wrapped(&words, width, 0, theme.strong);
        }
    }
    if let Some(falling) = &path.falling {
        rows.gap();
        let when = relative(look.now, falling.at);
        let words = format!("It has been quiet. The level falls {when}, unless this comes back:");
        rows.push_wrapped(&words, width, 0, theme.warn);
        falling.steps.iter().for_each(|step| push_step(&mut rows, *step, width, look));
    }
    match &path.next {
        Some((level, steps)) => {
            let left = steps.iter().filter(|step| step.missing() > 0).count();
            rows.gap();
            let words = match left {
                0 => format!("Everything for the level {level} is there."),
                1 => format!("To be a {level} {who} {have} one thing to go:"),
                count => format!("To be a {level} {who} {have} {count} things to go:"),
            };
            rows.push_wrapped(&words.replace(" You ", " you "), width, 0, theme.accent);
            steps.iter().for_each(|step| push_step(&mut rows, *step, width, look));
            rows.gap();
            rows.push_wrapped(&format!("It opens: {}.", opens(*level)), width, 0, theme.text);
        }
        None if path.role == Role::Member => {
            rows.gap();
            let words = "There is no further level. Thank you for being here.";
            rows.push_wrapped(words, width, 0, theme.text);
            let holds = path.holds.iter().filter(|_| path.falling.is_none());
            holds.for_each(|step| push_step(&mut rows, *step, width, look));
        }
        None => {}
    }
    if own && path.role == Role::Member {
        rows.gap();
        rows.push_wrapped(advice(path), width, 0, theme.dim);
    }
    if !path.history.is_empty() {
        let zone = Zone::parse(&look.me.zone).unwrap_or_else(|_| Zone::utc());
        rows.gap();
        for change in &path.history {
            let words = format!("{}: {} since then", date(change.at, &zone), change.to_level);
            rows.push_wrapped(&words, width, 0, theme.dim);
        }
    }
    rows
}

/// A kind word on how to go on.
fn advice(path: &Path) -> &'static str {
    match path.level {
        Level::Newcomer => {
            "There is no hurry. Space reads what is new; a question or an answer of yours is how others get to know \
             you. Nobody else sees these numbers but the staff."
        }
        Level::Member => {
            "There is no hurry, and nothing is lost by a pause. Nobody else sees these numbers but the staff."
        }
        Level::Regular => "It stays, also over a pause: only a long quiet time lets it go.",
    }
}

fn push_step(rows: &mut Rows, step: Step, width: usize, look: &Look) {
    let theme = &look.theme;
    let missing = step.missing();
    let sign = if missing == 0 { theme.signs.check } else { theme.signs.dot };
    let what = step_words(step.need);
    let count = match (step.mark, missing) {
        (1, 0) => String::new(),
        (1, _) => "still missing".to_owned(),
        (mark, 0) => format!("{mark} of {mark}"),
        (mark, missing) => format!("{} of {mark}, {missing} more", step.have),
    };
    let style = if missing == 0 { theme.good } else { theme.text };
    if width < NEED_COLUMNS + 18 {
        let text = if count.is_empty() { what.to_owned() } else { format!("{what}: {count}") };
        return rows.push_listed(sign, &text, width, 2, style);
    }
    rows.push(format!("  {sign} {what:NEED_COLUMNS$}{count}").trim_end().to_owned(), style);
}
