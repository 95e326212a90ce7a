//! Drawing of the menu.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::ModerateMenu;
use crate::domain::member::{Role, Standing};
use crate::domain::moderation::Thing;
use crate::domain::text::{display_width, truncate};
use crate::service::moderation::ThingFile;
use crate::ui::look::Look;
use crate::ui::put::Put;
use crate::ui::widgets::choose::draw_answer;
use crate::ui::widgets::confirm::dialog_area;

/// Columns of the menu where there is room for them.
const COLUMNS: usize = 48;

pub(super) fn draw(screen: &mut ModerateMenu, area: Rect, buf: &mut Buffer, look: &Look) {
    let Some(file) = &screen.file else { return };
    let theme = &look.theme;
    let words: Vec<String> = screen.entries.iter().map(|entry| screen.words(entry)).collect();
    let columns = words.iter().map(|words| display_width(words) + 4).max().unwrap_or(0).max(COLUMNS);
    let rows = u16::try_from(words.len() + 3).unwrap_or(u16::MAX).min(area.height.saturating_sub(2));
    let inner = dialog_area(area, buf, look, columns, rows);
    let width = usize::from(inner.width);
    let label = truncate(&file.label, width, theme.signs.ellipsis).into_owned();
    buf.put(inner.x, inner.y, label, width, theme.strong);
    let who = truncate(&who(file), width, theme.signs.ellipsis).into_owned();
    buf.put(inner.x, inner.y + 1, who, width, theme.dim);
    // The gap goes first where there is little room.
    let gap = u16::from(usize::from(inner.height) >= words.len() + 3);
    let top = inner.y + 2 + gap;
    let list = Rect { y: top, height: inner.bottom().saturating_sub(top), ..inner };
    for (index, row) in screen.list.visible(list, words.len(), 1) {
        draw_answer(&words[index], index, row, buf, look);
        screen.list.draw_mark(index, row, buf, look);
    }
}

fn who(file: &ThingFile) -> String {
    let rank = match file.role {
        Role::Member => file.level.as_str(),
        role => role.as_str(),
    };
    let standing = match file.standing {
        Standing::Active => String::new(),
        other => format!(", {other}"),
    };
    match file.thing {
        Thing::Member(_) => format!("{rank}{standing}"),
        _ => format!("by {}, {rank}{standing}", file.author),
    }
}
