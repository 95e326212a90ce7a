//! Drawing of who does what: one line each, two in a narrow window.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::Roles;
use crate::domain::text::{fit, truncate};
use crate::domain::time::{Zone, date};
use crate::service::roles::{RoleLine, RoleState};
use crate::ui::look::Look;
use crate::ui::put::Put;
use crate::ui::widgets::nothing;

/// Width of the column with the handles: the longest handle is 20.
const HANDLE_COLUMNS: usize = 21;
/// Width of the column with the role, where there is room.
const ROLE_COLUMNS: usize = 30;

pub(super) fn draw(screen: &mut Roles, area: Rect, buf: &mut Buffer, look: &Look) {
    let Some(lines) = &screen.lines else { return };
    if lines.is_empty() {
        let words = "Nobody has a role yet. The staff offer them: o on a profile.";
        return nothing::draw(words, area, buf, look);
    }
    let zone = Zone::parse(&look.me.zone).unwrap_or_else(|_| Zone::utc());
    let narrow = look.is_narrow();
    // The second line of a narrow window is for the term: where nobody has one, none stays empty.
    let terms = lines.iter().any(|line| line.state != RoleState::Held { until: None });
    for (index, row) in screen.list.visible(area, lines.len(), if narrow && terms { 2 } else { 1 }) {
        draw_line(&lines[index], row, &zone, narrow, buf, look);
        screen.list.draw_mark(index, row, buf, look);
    }
}

fn draw_line(line: &RoleLine, row: Rect, zone: &Zone, narrow: bool, buf: &mut Buffer, look: &Look) {
    let theme = &look.theme;
    let cut = |text: &str, room: usize| truncate(text, room, theme.signs.ellipsis).into_owned();
    let room = usize::from(row.width).saturating_sub(3);
    let (words, style) = match &line.state {
        RoleState::Held { until: Some(at) } => (format!("until {}", date(*at, zone)), theme.dim),
        RoleState::Held { until: None } => (String::new(), theme.dim),
        RoleState::Offered { days, by } if line.mine => {
            let by = by.as_deref().unwrap_or("the host");
            (format!("{by} asks you, for {days} days"), theme.accent)
        }
        RoleState::Offered { days, .. } => (format!("asked, for {days} days"), theme.dim),
    };
    let name = if line.mine { theme.strong } else { theme.text };
    if narrow {
        buf.put(row.x + 2, row.y, cut(&format!("{} {}", line.handle, line.words), room), room, name);
        if row.height > 1 {
            let room = room.saturating_sub(2);
            buf.put(row.x + 4, row.y + 1, cut(&words, room), room, style);
        }
        return;
    }
    let handle = fit(&line.handle, HANDLE_COLUMNS, theme.signs.ellipsis);
    let (x, _) = buf.put(row.x + 2, row.y, handle, HANDLE_COLUMNS, name);
    let role = fit(&line.words, ROLE_COLUMNS, theme.signs.ellipsis);
    let (x, _) = buf.put(x, row.y, role, ROLE_COLUMNS, theme.text);
    let room = usize::from(row.right().saturating_sub(x + 1));
    buf.put(x + 1, row.y, cut(&words, room), room, style);
}
