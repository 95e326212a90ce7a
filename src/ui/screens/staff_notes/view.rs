//! Drawing of staff notes: a line each, and below them the chosen one.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::StaffNotesScreen;
use crate::domain::time::ago;
use crate::service::staff_notes::StaffNote;
use crate::ui::look::Look;
use crate::ui::widgets::listed::draw_over;
use crate::ui::widgets::{Rows, nothing};

/// What is said where there is none.
const NOTHING: &str = "No notes. n writes one. Write what you would say to the member: notes are part of their own export, \
                       with what was taken out.";

pub(super) fn draw(screen: &mut StaffNotesScreen, area: Rect, buf: &mut Buffer, look: &Look) {
    let Some(notes) = &screen.notes else { return };
    let theme = &look.theme;
    let notes = &notes.notes;
    if notes.is_empty() {
        return nothing::draw(NOTHING, area, buf, look);
    }
    let line = |note: &StaffNote| {
        let out = if note.removed_at.is_some() { ", taken out" } else { "" };
        let first = note.body.lines().next().unwrap_or_default();
        let style = if note.removed_at.is_some() { theme.dim } else { theme.text };
        (format!("{}, {}{out}: {first}", note.author, ago(look.now, note.written_at)), style)
    };
    draw_over(
        &mut screen.list,
        notes,
        area,
        buf,
        look,
        (line, |note: &StaffNote, width| rows(note, width, look)),
    );
}

fn rows(note: &StaffNote, width: usize, look: &Look) -> Rows {
    let mut rows = Rows::default();
    rows.push_wrapped(&note.body, width, 0, look.theme.text);
    if let (Some(at), Some(by)) = (note.removed_at, &note.remover) {
        rows.gap();
        rows.push_wrapped(&format!("Taken out by {by}, {}.", ago(look.now, at)), width, 0, look.theme.warn);
    }
    rows
}
