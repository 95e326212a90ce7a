//! Drawing of the keyboard's keys.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::{KeyMapScreen, Mode};
use crate::domain::text::{fit, truncate};
use crate::ui::keys::{Binding, Chord, Scope};
use crate::ui::look::Look;
use crate::ui::put::Put;
use crate::ui::screens::help::capital;

/// Columns of the keys, and on a narrow screen.
const KEYS_COLUMNS: usize = 18;
const KEYS_COLUMNS_NARROW: usize = 10;
/// What stands behind a key of one's own.
const OWN: &str = "yours";

pub(super) fn draw(screen: &mut KeyMapScreen, area: Rect, buf: &mut Buffer, look: &Look) -> Option<Position> {
    let theme = &look.theme;
    let width = usize::from(area.width).saturating_sub(2);
    let mut cursor = None;
    if matches!(screen.mode, Mode::Filtering) || !screen.filter.is_empty() {
        let (x, _) = buf.put(area.x + 1, area.y, "filter: ", width, theme.accent);
        let line = Rect { x, width: area.right().saturating_sub(x), height: 1, ..area };
        let at = screen.filter.draw(line, buf, look, theme.text);
        cursor = matches!(screen.mode, Mode::Filtering).then_some(at);
    } else {
        let words = if look.is_narrow() {
            "Choose, press Enter, then the new key."
        } else {
            "Choose a command, press Enter, then the key that shall do it."
        };
        let words = truncate(words, width, theme.signs.ellipsis);
        buf.put(area.x + 1, area.y, words, width, theme.dim);
    }
    let rows = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
    if screen.shown.is_empty() && rows.height > 0 {
        let words = truncate("No command fits that. Esc shows all of them.", width, theme.signs.ellipsis);
        buf.put(rows.x + 1, rows.y, words, width, theme.dim);
    }
    let lines = lines(&screen.shown);
    let items: Vec<Option<usize>> = lines.iter().map(|line| line.as_ref().ok().copied()).collect();
    for (index, row) in screen.list.visible(rows, &items) {
        match lines[index] {
            Ok(item) => draw_row(screen, item, row, buf, look),
            Err(scope) => {
                let words = capital(&scope.words());
                let words = truncate(&words, width, theme.signs.ellipsis);
                buf.put(row.x + 1, row.y, words, width, theme.strong);
            }
        }
        screen.list.draw_mark(items[index], row, buf, look);
    }
    cursor
}

/// Headings and items.
fn lines(shown: &[&'static Binding]) -> Vec<Result<usize, Scope>> {
    let mut lines = Vec::with_capacity(shown.len() + 20);
    let mut above = None;
    for (item, binding) in shown.iter().enumerate() {
        if above != Some(binding.scope) {
            lines.push(Err(binding.scope));
            above = Some(binding.scope);
        }
        lines.push(Ok(item));
    }
    lines
}

fn draw_row(screen: &KeyMapScreen, item: usize, row: Rect, buf: &mut Buffer, look: &Look) {
    let theme = &look.theme;
    let binding = screen.shown[item];
    let own = look.keys.is_own(binding);
    let taking = matches!(screen.mode, Mode::Taking { binding: taken, .. } if std::ptr::eq(taken, binding));
    let names: Vec<String> = look.keys.chords(binding).iter().map(Chord::name).collect();
    let names = match (taking, names.is_empty()) {
        (true, _) => "press it".to_owned(),
        (false, true) => "by name".to_owned(),
        (false, false) => names.join(" "),
    };
    let columns = if look.is_narrow() { KEYS_COLUMNS_NARROW } else { KEYS_COLUMNS };
    let style = if taking || own { theme.strong } else { theme.accent };
    let names = fit(&names, columns, theme.signs.ellipsis);
    let (x, _) = buf.put(row.x + 2, row.y, names, columns, style);
    let room = usize::from(row.right().saturating_sub(x + 2));
    let beside = if own { OWN.len() + 1 } else { 0 };
    let help = truncate(binding.help, room.saturating_sub(beside), theme.signs.ellipsis);
    buf.put(x + 1, row.y, help, room, theme.text);
    if own && room > OWN.len() {
        let x = row.right() - u16::try_from(OWN.len() + 1).unwrap_or(0);
        buf.put(x, row.y, OWN, OWN.len(), theme.dim);
    }
}
