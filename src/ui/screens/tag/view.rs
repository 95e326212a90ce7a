//! Drawing of a tag's threads: one line each, two in a narrow window.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::Tag;
use crate::domain::text::{fit, pad_left, truncate, wrap};
use crate::domain::time::relative_short;
use crate::ui::keys::{Command, Scope};
use crate::ui::look::Look;
use crate::ui::put::Put;
use crate::ui::screens::board::row::{count, title};

/// Columns for the board's name, where there is room.
const BOARD_COLUMNS: u16 = 16;
/// Columns for a short time: `Mar 2025`.
const TIME_COLUMNS: u16 = 8;

pub(super) fn draw(screen: &mut Tag, area: Rect, buf: &mut Buffer, look: &Look) {
    if screen.head.is_none() {
        return;
    }
    let theme = &look.theme;
    let narrow = look.is_narrow() || area.width < look.columns;
    let area = draw_head(screen, area, buf, look);
    if screen.threads.is_empty() && !screen.loading {
        draw_empty(area, buf, look);
    }
    for (index, row) in screen.list.visible(area, screen.threads.len(), if narrow { 2 } else { 1 }) {
        let tagged = &screen.threads[index];
        let at = count(&tagged.thread, row, buf, look);
        let ago = relative_short(look.now, tagged.thread.last_at);
        if narrow {
            title(
                &tagged.thread,
                Rect { x: at, width: row.right().saturating_sub(at + 1), ..row },
                buf,
                look,
            );
            let words = format!("{} {} {ago}", tagged.board, theme.signs.dot);
            let room = usize::from(row.right().saturating_sub(at + 1));
            let words = truncate(&words, room, theme.signs.ellipsis);
            if row.height > 1 {
                buf.put(at, row.y + 1, words, room, theme.dim);
            }
        } else {
            let time_at = row.right().saturating_sub(TIME_COLUMNS + 1);
            let board_at = time_at.saturating_sub(BOARD_COLUMNS + 2);
            title(&tagged.thread, Rect { x: at, width: board_at.saturating_sub(at + 1), ..row }, buf, look);
            let room = usize::from(BOARD_COLUMNS);
            buf.put(board_at, row.y, fit(&tagged.board, room, theme.signs.ellipsis), room, theme.dim);
            let room = usize::from(TIME_COLUMNS);
            buf.put(time_at, row.y, pad_left(&ago, room), room, theme.dim);
        }
        screen.list.draw_mark(index, row, buf, look);
    }
}

/// Where no thread has the tag, what one can do.
fn draw_empty(area: Rect, buf: &mut Buffer, look: &Look) {
    let name = |scope, command| look.keys.name_of(scope, command).unwrap_or_default();
    let (set, people) = (name(Scope::Thread, Command::SetTags), name(Scope::Tag, Command::TagPeople));
    let words =
        format!("No thread has this tag. {set} in a thread puts it there; {people} shows who is in it.");
    let width = usize::from(area.width).saturating_sub(2).max(1);
    for (line, y) in wrap(&words, width).into_iter().zip(area.top() + 1..area.bottom()) {
        buf.put(area.x + 1, y, line, width, look.theme.dim);
    }
}

/// What the tag is for and who is in it, above the threads. Returns what is left for them.
fn draw_head(screen: &Tag, area: Rect, buf: &mut Buffer, look: &Look) -> Rect {
    let Some(page) = &screen.page else { return area };
    let theme = &look.theme;
    let width = usize::from(area.width).saturating_sub(2);
    let people = match page.people.len() {
        0 => "nobody has joined it yet".to_owned(),
        1 => "1 member".to_owned(),
        count => format!("{count} members"),
    };
    let here: Vec<&str> =
        page.people.iter().filter(|(_, _, here)| *here).map(|(_, handle, _)| handle.as_str()).collect();
    let mut facts = vec![people];
    if page.joined {
        facts.push("you are in it".to_owned());
    }
    if !here.is_empty() {
        facts.push(format!("here now: {}", here.join(", ")));
    }
    if let Some((_, champion)) = &page.champion {
        facts.push(format!("champion {champion}"));
    }
    let facts = facts.join(&format!(" {} ", theme.signs.dot));
    let mut rows = 0;
    for (text, style) in [(page.description.as_str(), theme.text), (facts.as_str(), theme.dim)] {
        if !text.is_empty() && rows < area.height {
            let text = truncate(text, width, theme.signs.ellipsis).into_owned();
            buf.put(area.x + 1, area.y + rows, text, width, style);
            rows += 1;
        }
    }
    Rect { y: area.y + rows, height: area.height - rows, ..area }
}
