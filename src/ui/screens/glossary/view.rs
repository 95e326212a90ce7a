//! Drawing of the glossary: the words, and below them all about the chosen one.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::Glossary;
use crate::domain::text::{display_width, truncate};
use crate::domain::time::ago;
use crate::service::glossary::TermView;
use crate::ui::look::{Look, TEXT_COLUMNS_MAX};
use crate::ui::put::Put;
use crate::ui::widgets::{Rows, nothing};

/// Widest column of words.
const WORD_COLUMNS: usize = 24;

/// What stands where no word is known.
const EMPTY: &str = "No words yet. n adds one: a name of a place or a habit, a joke that newcomers ask about. K on a post \
                     shows which words of the glossary are in it.";

pub(super) fn draw(screen: &mut Glossary, area: Rect, buf: &mut Buffer, look: &Look) -> Option<Position> {
    let terms = screen.terms.as_deref()?;
    let theme = &look.theme;
    let area = Rect { width: area.width.min(TEXT_COLUMNS_MAX + 24), ..area };
    let width = usize::from(area.width.saturating_sub(2));
    let mut list = area;
    let mut cursor = None;
    if screen.filtering || !screen.filter.is_empty() {
        let (x, _) = buf.put(area.x + 1, area.y, "filter: ", width, theme.accent);
        let line = Rect { x, width: area.right().saturating_sub(x), height: 1, ..area };
        cursor = Some(screen.filter.draw(line, buf, look, theme.text)).filter(|_| screen.filtering);
        list = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
    }
    if screen.shown.is_empty() {
        let words =
            if terms.is_empty() { EMPTY } else { "No word here fits. n adds it, if it is one of yours." };
        nothing::draw(words, list, buf, look);
        return cursor;
    }
    let about = screen.chosen().map(|term| about(term, width, look)).unwrap_or_default();
    // At least half of the screen is for the list.
    let rows = u16::try_from(about.len()).unwrap_or(u16::MAX).min(list.height / 2);
    let below = Rect { y: list.bottom() - rows, height: rows, x: list.x + 1, width: list.width - 1 };
    list.height = list.height.saturating_sub(rows + u16::from(rows > 0 && list.height > 12));
    let widest = terms.iter().map(|term| display_width(&term.word)).max().unwrap_or(0).min(WORD_COLUMNS);
    for (row, at) in screen.list.visible(list, screen.shown.len(), 1) {
        let term = &terms[screen.shown[row]];
        let room = usize::from(at.width).saturating_sub(2);
        let word = truncate(&term.word, widest.min(room), theme.signs.ellipsis);
        buf.put(at.x + 2, at.y, &word, room, theme.strong);
        let left = room.saturating_sub(widest + 2);
        let x = at.x + 4 + u16::try_from(widest).unwrap_or(0);
        let meaning = truncate(&term.meaning, left, theme.signs.ellipsis);
        buf.put(x.min(at.right()), at.y, meaning, left, theme.dim);
        screen.list.draw_mark(row, at, buf, look);
    }
    about.draw(0..usize::from(rows), below, buf);
    cursor
}

/// All about a word: its meaning whole, where it was said first, who says so.
fn about(term: &TermView, width: usize, look: &Look) -> Rows {
    let theme = &look.theme;
    let mut rows = Rows::default();
    rows.push_wrapped(&format!("{}: {}", term.word, term.meaning), width, 0, theme.text);
    for fact in facts(term, look) {
        rows.push_wrapped(&fact, width, 0, theme.dim);
    }
    rows
}

/// Where a word was said first, and who says what it means.
pub(super) fn facts(term: &TermView, look: &Look) -> Vec<String> {
    let mut facts = Vec::new();
    if let Some((_, no, title)) = &term.first {
        facts.push(format!("First said in post {no} of \"{title}\"."));
    }
    let changed = match term.changed_at == term.created_at {
        true => String::new(),
        false => format!(", changed by {} {}", term.changed_by, ago(look.now, term.changed_at)),
    };
    facts.push(format!("Added by {} {}{changed}.", term.author, ago(look.now, term.created_at)));
    facts
}
