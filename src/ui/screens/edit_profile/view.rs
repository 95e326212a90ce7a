//! Drawing of the profile's form.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::EditProfileForm;
use crate::ui::look::{Look, TEXT_COLUMNS_MAX};
use crate::ui::put::Put;

/// Rows that the text needs below the lines; where there are fewer, one of the two is shown at a time.
const ABOUT_ROWS_MIN: u16 = 4;

pub(super) fn draw(
    screen: &mut EditProfileForm,
    area: Rect,
    buf: &mut Buffer,
    look: &Look,
) -> Option<Position> {
    let inner = Rect { x: area.x + 1, width: area.width.min(TEXT_COLUMNS_MAX).saturating_sub(2), ..area };
    let lines = u16::try_from(screen.form.len()).unwrap_or(u16::MAX);
    let roomy = inner.height > lines + 1 + ABOUT_ROWS_MIN;
    let in_about = screen.in_about;
    let mut cursor = None;
    let mut y = inner.y;
    if roomy || !in_about {
        let height = lines.min(inner.height);
        let form = Rect { y, height, ..inner };
        cursor = screen.form.draw(form, buf, look, !in_about);
        y += height;
        if roomy {
            y += 1;
        }
    }
    if y >= inner.bottom() {
        return cursor;
    }
    let style = if in_about { look.theme.accent } else { look.theme.dim };
    let label = if in_about { "about you" } else { "about you: Tab leads there" };
    buf.put(inner.x, y, label, usize::from(inner.width), style);
    let about = Rect { y: y + 1, height: inner.bottom().saturating_sub(y + 1), ..inner };
    if about.height == 0 {
        return cursor;
    }
    let at = screen.about.draw(about, buf, look);
    if in_about { Some(at) } else { cursor }
}
