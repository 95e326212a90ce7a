//! Drawing of a conversation: who said what when, hob's own lines between.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::sheet::Row;
use super::{Conversation, INDENT};
use crate::domain::conversation::MessageKind;
use crate::domain::text::truncate;
use crate::domain::time::{Zone, absolute, relative, relative_short};
use crate::service::conversations::MessageView;
use crate::ui::look::Look;
use crate::ui::put::Put;
use crate::ui::widgets::prose;

pub(super) fn draw(screen: &mut Conversation, area: Rect, buf: &mut Buffer, look: &Look) {
    if screen.head.is_none() {
        return;
    }
    let new_from = screen.new_from;
    let (sheet, height) = screen.laid(look);
    sheet.fit(height);
    let zone = Zone::parse(&look.me.zone).unwrap_or_default();
    let theme = &look.theme;
    let mut marked = false;
    for ((index, row), y) in sheet.visible(height).iter().zip(area.top()..area.bottom()) {
        let Some(view) = sheet.view(*index) else { continue };
        let line = Rect { x: area.x + INDENT, y, width: area.width.saturating_sub(INDENT + 1), height: 1 };
        let first = matches!(row, Row::Header) || (matches!(row, Row::Note(_)) && !view.kind.is_said());
        // The chosen line's first row may lie above: its mark stands at the first row that is seen of it.
        if *index == sheet.chosen_index() && !marked && *row != Row::Blank {
            buf.put(area.x, y, theme.signs.chosen, 1, theme.accent);
            marked = true;
        }
        let news = view.no >= new_from && Some(view.author_id) != look.actor().id();
        if first && news && view.kind.is_said() {
            buf.put(area.x + 1, y, theme.signs.unread, 1, theme.unread);
        }
        match row {
            Row::Header => header(view, line, buf, look, &zone),
            Row::Text(text) => {
                prose::paint(text, line.x, line.y, line.width, buf, look);
            }
            Row::Note(words) => {
                let room = usize::from(line.width);
                buf.put(line.x, y, truncate(words, room, theme.signs.ellipsis), room, theme.dim);
            }
            Row::Blank => {}
        }
    }
}

/// `wren · 3 h ago · 2026-11-22 14:03 · nudge`.
fn header(view: &MessageView, line: Rect, buf: &mut Buffer, look: &Look, zone: &Zone) {
    let theme = &look.theme;
    let room = usize::from(line.width);
    let ago = if look.is_narrow() {
        relative_short(look.now, view.at)
    } else {
        format!("{} {} {}", relative(look.now, view.at), theme.signs.dot, absolute(view.at, zone))
    };
    let nudge =
        if view.kind == MessageKind::Nudge { format!(" {} nudge", theme.signs.dot) } else { String::new() };
    let mine = Some(view.author_id) == look.actor().id();
    let style = if mine { theme.accent } else { theme.strong };
    let (x, _) = buf.put(line.x, line.y, &view.author, room, style);
    let left = usize::from(line.right().saturating_sub(x));
    let facts = format!(" {} {ago}{nudge}", theme.signs.dot);
    buf.put(x, line.y, truncate(&facts, left, theme.signs.ellipsis), left, theme.dim);
}
