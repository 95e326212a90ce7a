//! Drawing of a cohort: lines under headings; a long one goes on below itself.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::CohortScreen;
use super::rows::{Tone, rows};
use crate::domain::text::wrap;
use crate::ui::look::{Look, TEXT_COLUMNS_MAX};
use crate::ui::put::Put;

pub(super) fn draw(screen: &mut CohortScreen, area: Rect, buf: &mut Buffer, look: &Look) {
    let Some(page) = &screen.page else { return };
    let width = usize::from(area.width.min(TEXT_COLUMNS_MAX)).saturating_sub(5).max(1);
    let (mut lines, mut items, mut item) = (Vec::new(), Vec::new(), 0);
    for row in rows(page) {
        if row.tone == Tone::Heading && area.height > 16 {
            lines.push((String::new(), Tone::Plain, false));
            items.push(None);
        }
        for (index, piece) in wrap(&row.text, width).into_iter().enumerate() {
            let chosen = (index == 0 && row.target.is_some()).then_some(item);
            lines.push((piece.to_owned(), row.tone, index > 0));
            items.push(chosen);
        }
        item += usize::from(row.target.is_some());
    }
    let theme = &look.theme;
    for (index, row) in screen.sections.visible(area, &items) {
        let (text, tone, goes_on) = &lines[index];
        let style = match tone {
            Tone::Heading => theme.strong,
            Tone::Plain => theme.text,
            Tone::Dim => theme.dim,
            Tone::Good => theme.good,
        };
        let x = row.x + if *goes_on { 4 } else { 2 };
        let room = usize::from(row.right().saturating_sub(x));
        buf.put(x, row.y, text, room, style);
        screen.sections.draw_mark(items[index], row, buf, look);
    }
}
