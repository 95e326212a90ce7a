//! Drawing of staff notes: a line each, and below them the chosen one.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::StaffNotesScreen;
use crate::domain::text::{fit, wrap};
use crate::domain::time::ago;
use crate::service::staff_notes::StaffNote;
use crate::ui::look::{Look, TEXT_COLUMNS_MAX};
use crate::ui::widgets::Rows;

/// What is said where there is none.
const NOTHING: &str = "No notes. n writes one. Write what you would say to the member: notes are part of their own export, \
                       with what was taken out.";

pub(super) fn draw(screen: &mut StaffNotesScreen, area: Rect, buf: &mut Buffer, look: &Look) {
    let Some(notes) = &screen.notes else { return };
    let theme = &look.theme;
    let notes = &notes.notes;
    if notes.is_empty() {
        let room = usize::from(area.width.saturating_sub(2)).max(1);
        for (y, row) in (area.top()..area.bottom()).zip(wrap(NOTHING, room)) {
            buf.set_stringn(area.x + 1, y, row, room, theme.dim);
        }
        return;
    }
    let lines = u16::try_from(notes.len()).unwrap_or(u16::MAX).min((area.height / 2).max(1));
    for (index, row) in screen.list.visible(Rect { height: lines, ..area }, notes.len(), 1) {
        let note = &notes[index];
        let out = if note.removed_at.is_some() { ", taken out" } else { "" };
        let first = note.body.lines().next().unwrap_or_default();
        let text = format!("{}, {}{out}: {first}", note.author, ago(look.now, note.written_at));
        let room = usize::from(row.width.saturating_sub(3));
        let style = if note.removed_at.is_some() { theme.dim } else { theme.text };
        buf.set_stringn(row.x + 2, row.y, fit(&text, room, theme.signs.ellipsis), room, style);
        screen.list.draw_mark(index, row, buf, look);
    }
    let Some(note) = notes.get(screen.list.chosen()) else { return };
    let below = Rect {
        x: area.x + 2,
        y: area.y + lines + 1,
        width: area.width.saturating_sub(3).min(TEXT_COLUMNS_MAX),
        height: area.height.saturating_sub(lines + 1),
    };
    let rows = rows(note, usize::from(below.width), look);
    rows.draw(0..rows.len(), below, buf);
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
