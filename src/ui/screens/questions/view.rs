//! Drawing of the questions at the door.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::Questions;
use super::form::how;
use crate::domain::text::{truncate, wrap};
use crate::service::questions::DoorQuestion;
use crate::ui::look::{Look, TEXT_COLUMNS_MAX};
use crate::ui::put::Put;

const NONE: &str = "Nothing of your own is asked at the door. n writes a question: in words, or with choices that may \
                    join tags.";
const SOME: &str = "Asked of those who join, a page each, after the charter.";

pub(super) fn draw(screen: &mut Questions, area: Rect, buf: &mut Buffer, look: &Look) -> Option<Position> {
    let inside = Rect { x: area.x + 2, width: area.width.saturating_sub(4).min(TEXT_COLUMNS_MAX), ..area };
    if screen.form.is_some() {
        return draw_form(screen, inside, buf, look);
    }
    let questions = screen.questions.as_ref()?;
    let words = if questions.iter().all(|question| question.retired) { NONE } else { SOME };
    let mut used = 0;
    for (line, y) in wrap(words, usize::from(inside.width).max(1)).into_iter().zip(area.top()..area.bottom())
    {
        buf.put(inside.x, y, line, usize::from(inside.width), look.theme.dim);
        used += 1;
    }
    let used = (used + 1).min(area.height);
    let rows = Rect { y: area.y + used, height: area.height - used, ..area };
    for (index, row) in screen.list.visible(rows, questions.len(), 2) {
        draw_row(index, &questions[index], row, buf, look);
        screen.list.draw_mark(index, row, buf, look);
    }
    None
}

/// Two rows: the question, and how it is asked with its choices.
fn draw_row(index: usize, question: &DoorQuestion, row: Rect, buf: &mut Buffer, look: &Look) {
    let theme = &look.theme;
    let asking = &question.asking;
    let room = usize::from(row.width).saturating_sub(3);
    let cut = |text: &str| truncate(text, room, theme.signs.ellipsis).into_owned();
    let (head, style) = match question.retired {
        true => (format!("no longer asked: {}", asking.words), theme.dim),
        false => (format!("{} {}", index + 1, asking.words), theme.text),
    };
    buf.put(row.x + 2, row.y, cut(&head), room, style);
    if row.height < 2 {
        return;
    }
    let choices: Vec<String> = asking.choices.iter().map(ToString::to_string).collect();
    let mut below = how(asking.kind, asking.required, asking.of);
    if !choices.is_empty() {
        below = format!("{below}: {}", choices.join(" / "));
    }
    buf.put(
        row.x + 4,
        row.y + 1,
        truncate(&below, room - room.min(2), theme.signs.ellipsis),
        room,
        theme.dim,
    );
}

fn draw_form(screen: &mut Questions, area: Rect, buf: &mut Buffer, look: &Look) -> Option<Position> {
    let form = screen.form.as_mut()?;
    let width = usize::from(area.width);
    buf.put(area.x, area.y, form.how(), width, look.theme.accent);
    let gap = if area.height > 8 { 2 } else { 1 };
    let gap = gap.min(area.height);
    let lines = Rect { y: area.y + gap, height: area.height - gap, ..area };
    form.lines.draw(lines, buf, look, true)
}
