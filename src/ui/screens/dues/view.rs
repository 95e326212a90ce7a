//! Drawing of dues: one's own lines, and for the sysop a line for everybody with the entries of one.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::DuesScreen;
use crate::domain::text::wrap;
use crate::service::dues::{Dues, DuesView};
use crate::ui::keys::{Command, Scope};
use crate::ui::look::{Look, TEXT_COLUMNS_MAX};
use crate::ui::put::Put;

/// A line: its text, its style, whether it is set in, and which of the sysop's rows it is.
type Line = (String, Style, bool, Option<usize>);

pub(super) fn draw(screen: &mut DuesScreen, area: Rect, buf: &mut Buffer, look: &Look) {
    let Some(own) = &screen.own else { return };
    let width = usize::from(area.width.min(TEXT_COLUMNS_MAX)).saturating_sub(5).max(1);
    let mut lines = Vec::new();
    own_lines(own, look, &mut lines);
    if !screen.all.is_empty() {
        lines.push(("Everybody's".to_owned(), look.theme.strong, false, None));
    }
    for (item, view) in screen.all.iter().enumerate() {
        lines.push((format!("{}: {}", view.handle, view.words()), style(view, look), false, Some(item)));
        if screen.open == Some(view.member) {
            entries(view, look, &mut lines);
        }
    }
    let (mut pieces, mut items) = (Vec::new(), Vec::new());
    for (text, style, inner, item) in lines {
        for (index, piece) in wrap(&text, width).into_iter().enumerate() {
            pieces.push((piece.to_owned(), style, inner || index > 0));
            items.push(item.filter(|_| index == 0));
        }
    }
    for (index, row) in screen.sections.visible(area, &items) {
        let (text, style, inner) = &pieces[index];
        let x = row.x + if *inner { 4 } else { 2 };
        buf.put(x, row.y, text, usize::from(row.right().saturating_sub(x)), *style);
        screen.sections.draw_mark(items[index], row, buf, look);
    }
}

fn style(view: &DuesView, look: &Look) -> Style {
    match view.dues {
        Dues::Over(_) | Dues::Grace(_) => look.theme.warn,
        Dues::LetOff | Dues::None => look.theme.dim,
        Dues::Run(_) => look.theme.text,
    }
}

fn own_lines(own: &DuesView, look: &Look, lines: &mut Vec<Line>) {
    let theme = &look.theme;
    lines.push((format!("Yours: {}", own.words()), theme.strong, false, None));
    let key = look.keys.name_of(Scope::Dues, Command::AskWaiver).unwrap_or_default();
    let words = match own.dues {
        Dues::LetOff => format!("Nothing is due from you. Only the sysop can see that. {key} takes it back."),
        _ => format!(
            "If they are too much for you just now, {key} lets you off at once. No reason is asked, and only the sysop can \
             see it."
        ),
    };
    lines.push((words, theme.dim, false, None));
    entries(own, look, lines);
}

fn entries(view: &DuesView, look: &Look, lines: &mut Vec<Line>) {
    lines.extend(view.entries.iter().map(|entry| (entry.words(), look.theme.dim, true, None)));
}
