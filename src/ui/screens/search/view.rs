//! Drawing of the search.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::Search;
use crate::domain::text::truncate;
use crate::domain::time::relative;
use crate::service::search::{HIT_END, HIT_START, Hit};
use crate::ui::look::Look;

/// Lines of one hit: where it is, and a piece of its text.
const HIT_ROWS: u16 = 2;

pub(super) fn draw(screen: &mut Search, area: Rect, buf: &mut Buffer, look: &Look) -> Option<Position> {
    let theme = &look.theme;
    let width = usize::from(area.width).saturating_sub(2);
    let (x, _) = buf.set_stringn(area.x + 1, area.y, "search: ", width, theme.accent);
    let line = Rect { x, width: area.right().saturating_sub(x), height: 1, ..area };
    let at = screen.query.draw(line, buf, look, theme.text);
    let cursor = screen.typing.then_some(at);
    let rest = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
    if screen.hits.is_empty() {
        let lines: &[&str] = if screen.asked {
            &["Nothing found. Try fewer or other words."]
        } else {
            &[
                "Words must all be in the post; \"words together\" keep their order.",
                "from:handle and board:name narrow it.",
            ]
        };
        for (line, y) in lines.iter().zip(rest.y + 1..rest.bottom()) {
            buf.set_stringn(area.x + 2, y, truncate(line, width, theme.signs.ellipsis), width, theme.dim);
        }
        return cursor;
    }
    for (index, row) in screen.list.visible(rest, screen.hits.len(), HIT_ROWS) {
        draw_hit(&screen.hits[index], row, buf, look);
        screen.list.draw_mark(index, row, buf, look);
    }
    cursor
}

fn draw_hit(hit: &Hit, row: Rect, buf: &mut Buffer, look: &Look) {
    let theme = &look.theme;
    let width = usize::from(row.width).saturating_sub(3);
    let dot = theme.signs.dot;
    let place = format!(
        "{}  {} {dot} {} {dot} {} {dot} #{}",
        hit.title,
        hit.author,
        hit.board,
        relative(look.now, hit.created_at),
        hit.no
    );
    buf.set_stringn(row.x + 2, row.y, truncate(&place, width, theme.signs.ellipsis), width, theme.text);
    let mut x = row.x + 4;
    let line = hit.snippet.replace('\n', " ");
    for (index, piece) in line.split(HIT_START).enumerate() {
        let (hit, rest) =
            if index == 0 { ("", piece) } else { piece.split_once(HIT_END).unwrap_or(("", piece)) };
        for (text, style) in [(hit, theme.accent), (rest, theme.dim)] {
            let room = usize::from(row.right().saturating_sub(x));
            (x, _) = buf.set_stringn(x, row.y + 1, text, room, style);
        }
    }
}
