//! Drawing of a warning.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::WarningDialog;
use crate::domain::time::ago;
use crate::ui::look::Look;
use crate::ui::put::Put;
use crate::ui::widgets::Rows;
use crate::ui::widgets::confirm::dialog_area;

/// Columns of the dialog where there is room for them.
const COLUMNS: u16 = 62;

pub(super) fn draw(screen: &mut WarningDialog, area: Rect, buf: &mut Buffer, look: &Look) {
    let Some(warning) = screen.warnings.as_ref().and_then(|warnings| warnings.first()) else { return };
    let theme = &look.theme;
    let width = usize::from(COLUMNS.min(area.width.saturating_sub(4)));
    let mut rows = Rows::default();
    rows.push(format!("A word from the staff, {}", ago(look.now, warning.at)), theme.warn);
    for paragraph in &warning.notice {
        rows.gap();
        rows.push_wrapped(paragraph, width, 0, theme.text);
    }
    rows.gap();
    rows.push("Enter: I have read it", theme.accent);
    let wanted = u16::try_from(rows.len()).unwrap_or(u16::MAX).min(area.height.saturating_sub(2));
    let inner = dialog_area(area, buf, look, usize::from(COLUMNS), wanted);
    let window = screen.pager.window(inner.height, rows.len());
    rows.draw(window, inner, buf);
    if screen.pager.has_more() && inner.height > 0 {
        let x = inner.right().saturating_sub(1);
        buf.put(x, inner.bottom() - 1, theme.signs.more_down, 1, theme.accent);
    }
}
