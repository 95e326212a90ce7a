//! Drawing of the keys.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::dialog::Dialog;
use super::{KeyRing, Keys, OwnKey};
use crate::domain::text::{truncate, wrap};
use crate::domain::time::ago;
use crate::ui::look::{Look, TEXT_COLUMNS_MAX};
use crate::ui::put::Put;
use crate::ui::widgets::confirm::dialog_area;

/// Columns of a form's box, where there is room for them.
const DIALOG_COLUMNS: usize = 64;

pub(super) fn draw(screen: &mut Keys, area: Rect, buf: &mut Buffer, look: &Look) -> Option<Position> {
    let Some(ring) = &screen.ring else { return None };
    let y = draw_head(ring, area, buf, look);
    // A fingerprint is 50 columns long; on a narrow screen it takes two lines.
    let height = if look.is_narrow() { 4 } else { 3 };
    let rows = Rect { y, height: area.bottom().saturating_sub(y), ..area };
    for (index, row) in screen.list.visible(rows, ring.keys.len(), height) {
        draw_key(&ring.keys[index], row, buf, look);
        screen.list.draw_mark(index, row, buf, look);
    }
    let dialog = screen.dialog.as_mut()?;
    draw_dialog(dialog, area, buf, look)
}

/// What is to be said above the keys; gives the row below it.
fn draw_head(ring: &KeyRing, area: Rect, buf: &mut Buffer, look: &Look) -> u16 {
    let theme = &look.theme;
    let password = match (ring.has_password, ring.keys.is_empty()) {
        (true, true) => "You come in with your password. A key is safer: a adds one.",
        (true, false) => "You come in with one of these keys, or with your password.",
        (false, _) => "You come in with one of these keys; no password is set.",
    };
    let own = "You came with a key that is nobody's yet: c makes it yours.";
    let own = ring.came_with.as_ref().map(|_| (own, theme.accent));
    let mut y = area.y;
    let width = area.width.min(TEXT_COLUMNS_MAX).saturating_sub(2);
    for (words, style) in [Some((password, theme.dim)), own].into_iter().flatten() {
        for line in wrap(words, usize::from(width)) {
            if y < area.bottom() {
                buf.put(area.x + 1, y, line, usize::from(width), style);
            }
            y += 1;
        }
    }
    // A line of air, where there is room for it.
    if look.is_narrow() { y } else { y + 1 }
}

fn draw_key(key: &OwnKey, row: Rect, buf: &mut Buffer, look: &Look) {
    let theme = &look.theme;
    let x = row.x + 2;
    let width = usize::from(row.width).saturating_sub(3);
    let mut put = |line: u16, text: &str, style| {
        if line < row.height {
            let text = truncate(text, width, theme.signs.ellipsis);
            buf.put(x, row.y + line, text, width, style);
        }
    };
    put(0, &key.name, theme.strong);
    let dot = theme.signs.dot;
    let used = match (key.opened_this, key.last_used_at) {
        _ if !key.proved => format!("log in with it once, as {}", look.me.handle),
        (true, _) => "opened this session".to_owned(),
        (false, Some(at)) => format!("used {}", ago(look.now, at)),
        (false, None) => "never used".to_owned(),
    };
    put(1, &format!("added {} {dot} {used}", ago(look.now, key.added_at)), theme.dim);
    for (line, piece) in (2..).zip(pieces(&key.fingerprint, width)) {
        put(line, piece, theme.text);
    }
}

/// A fingerprint, cut where the row ends: it is compared letter by letter and must be there whole.
fn pieces(fingerprint: &str, width: usize) -> impl Iterator<Item = &str> {
    let cut = fingerprint.floor_char_boundary(width.max(1));
    let (first, rest) = fingerprint.split_at(cut);
    [first, rest].into_iter().filter(|piece| !piece.is_empty())
}

fn draw_dialog(dialog: &mut Dialog, area: Rect, buf: &mut Buffer, look: &Look) -> Option<Position> {
    let columns = DIALOG_COLUMNS.min(usize::from(area.width).saturating_sub(4));
    let words = wrap(dialog.words(), columns);
    let lines = u16::try_from(words.len()).unwrap_or(1);
    let fields = u16::try_from(dialog.form.len()).unwrap_or(1);
    let inner = dialog_area(area, buf, look, columns, lines + 1 + fields);
    for (line, y) in words.iter().zip(inner.top()..inner.bottom()) {
        buf.put(inner.x, y, line, usize::from(inner.width), look.theme.strong);
    }
    let top = inner.y + lines + 1;
    let form = Rect { y: top, height: inner.bottom().saturating_sub(top), ..inner };
    dialog.form.draw(form, buf, look, true)
}
