//! Drawing of the search.

use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::Search;
use crate::domain::text::{display_width, truncate, wrap};
use crate::domain::time::relative;
use crate::service::search::{HIT_END, HIT_START, Hit};
use crate::ui::look::Look;
use crate::ui::put::Put;

/// Lines of one hit: where it is, and a piece of its text.
const HIT_ROWS: u16 = 2;
/// Most rows of one's last searches.
const RECENT_ROWS: u16 = 10;

/// What can be typed.
const HINTS: &[&str] = &[
    "Words must all be in the post; \"words together\" keep their order.",
    "kett* is how a word begins, -copper must not be there.",
    "from:handle board:name tag:name narrow it,",
    "after:7d before:2026-03-01, has:link has:code has:quote too.",
];
const NOTHING: &[&str] =
    &["Nothing found. Try fewer or other words.", "kett* finds every word that begins with kett."];

pub(super) fn draw(screen: &mut Search, area: Rect, buf: &mut Buffer, look: &Look) -> Option<Position> {
    let theme = &look.theme;
    let width = usize::from(area.width).saturating_sub(2);
    let (x, _) = buf.put(area.x + 1, area.y, "search: ", width, theme.accent);
    let line = Rect { x, width: area.right().saturating_sub(x), height: 1, ..area };
    let at = screen.query.draw(line, buf, look, theme.text);
    let cursor = screen.typing.then_some(at);
    let rest = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
    if screen.hits.is_empty() {
        let y = draw_recent(screen, rest, buf, look);
        let hints: &[&str] = if screen.asked { NOTHING } else { HINTS };
        let room = width.saturating_sub(1).max(1);
        let lines = hints.iter().flat_map(|hint| wrap(hint, room));
        for (line, y) in lines.zip(y + 1..rest.bottom()) {
            buf.put(area.x + 2, y, line, room, theme.dim);
        }
        return cursor;
    }
    for (index, row) in screen.list.visible(rest, screen.hits.len(), HIT_ROWS) {
        draw_hit(&screen.hits[index], row, buf, look);
        screen.list.draw_mark(index, row, buf, look);
    }
    cursor
}

/// One's last searches while nothing is typed. Returns the last row that they took.
fn draw_recent(screen: &Search, area: Rect, buf: &mut Buffer, look: &Look) -> u16 {
    let theme = &look.theme;
    if !screen.offers_recent() || area.height < 3 {
        return area.y;
    }
    let width = usize::from(area.width).saturating_sub(3);
    let words = truncate("Lately, Down and Enter for one of these:", width, theme.signs.ellipsis);
    buf.put(area.x + 1, area.y, words, width, theme.dim);
    let mut last = area.y;
    // The chosen one stays in sight, and there is room for a hint.
    let rows = area.height.saturating_sub(1).min(RECENT_ROWS);
    let first = screen.picked.map_or(0, |picked| (picked + 1).saturating_sub(usize::from(rows)));
    for (index, y) in (first..screen.recent.len()).zip(area.y + 1..area.y + 1 + rows) {
        let text = truncate(&screen.recent[index], width, theme.signs.ellipsis);
        buf.put(area.x + 2, y, text, width, theme.text);
        if screen.picked == Some(index) {
            buf.put(area.x, y, theme.signs.chosen, 1, theme.accent);
        }
        last = y;
    }
    last
}

fn draw_hit(hit: &Hit, row: Rect, buf: &mut Buffer, look: &Look) {
    let theme = &look.theme;
    let width = usize::from(row.width).saturating_sub(3);
    let dot = theme.signs.dot;
    let when = relative(look.now, hit.created_at);
    // Where little fits, who wrote it matters more than where; elsewhere a long title gives way to the rest.
    let place = if look.is_narrow() {
        format!("{} {dot} {}", hit.author, hit.title)
    } else {
        let facts = format!("  {} {dot} {} {dot} {when} {dot} #{}", hit.author, hit.board, hit.no);
        let room = width.saturating_sub(display_width(&facts));
        format!("{}{facts}", truncate(&hit.title, room, theme.signs.ellipsis))
    };
    buf.put(row.x + 2, row.y, truncate(&place, width, theme.signs.ellipsis), width, theme.text);
    let mut x = row.x + 4;
    let line = hit.snippet.replace('\n', " ");
    let room = usize::from(row.right().saturating_sub(x + 1));
    let line = with_hit_in_sight(&line, room, theme.signs.ellipsis);
    let line = cut(&line, room, theme.signs.ellipsis);
    for (index, piece) in line.split(HIT_START).enumerate() {
        let (hit, rest) =
            if index == 0 { ("", piece) } else { piece.split_once(HIT_END).unwrap_or(("", piece)) };
        for (text, style) in [(hit, theme.accent), (rest, theme.dim)] {
            let room = usize::from(row.right().saturating_sub(x));
            (x, _) = buf.put(x, row.y + 1, text, room, style);
        }
    }
}

/// The snippet without so much of its end that it does not fit; the signs around hits take no room.
fn cut(snippet: &str, room: usize, ellipsis: &str) -> String {
    let is_sign = |letter: char| letter == HIT_START || letter == HIT_END;
    let bare: String = snippet.chars().filter(|letter| !is_sign(*letter)).collect();
    let fitting = truncate(&bare, room, ellipsis);
    if *fitting == *bare {
        return snippet.to_owned();
    }
    let kept = fitting.strip_suffix(ellipsis).map_or(fitting.len(), str::len);
    let (mut out, mut used) = (String::new(), 0);
    for letter in snippet.chars() {
        used += if is_sign(letter) { 0 } else { letter.len_utf8() };
        if used > kept {
            break;
        }
        out.push(letter);
    }
    // A hit that is cut ends there.
    if out.matches(HIT_START).count() > out.matches(HIT_END).count() {
        out.push(HIT_END);
    }
    out + ellipsis
}

/// The snippet without so much of its beginning that the first hit is cut off.
fn with_hit_in_sight<'a>(snippet: &'a str, room: usize, ellipsis: &str) -> Cow<'a, str> {
    let Some((before, rest)) = snippet.split_once(HIT_START) else { return snippet.into() };
    let hit = rest.split_once(HIT_END).map_or(rest, |(hit, _)| hit);
    if display_width(before) + display_width(hit) <= room {
        return snippet.into();
    }
    // A third of the room for what leads to the hit, from the beginning of a word on.
    let mut left = before.len();
    let mut columns = 0;
    for (at, letter) in before.char_indices().rev() {
        columns += display_width(letter.encode_utf8(&mut [0; 4]));
        if columns > room / 3 {
            break;
        }
        if letter == ' ' {
            left = at + 1;
        }
    }
    format!("{ellipsis}{}{HIT_START}{rest}", &before[left..]).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hit_far_to_the_right_is_brought_into_sight() {
        let snippet = format!("one two three four {HIT_START}kettle{HIT_END} five");
        assert_eq!(with_hit_in_sight(&snippet, 40, "…"), snippet);
        let cut = with_hit_in_sight(&snippet, 20, "…");
        assert_eq!(cut, format!("…four {HIT_START}kettle{HIT_END} five"));
        let wide = format!("日本語の文 日本 {HIT_START}茶{HIT_END}");
        assert_eq!(with_hit_in_sight(&wide, 12, "…"), format!("…{HIT_START}茶{HIT_END}"));
        assert_eq!(with_hit_in_sight("no hit", 2, "…"), "no hit");
    }

    #[test]
    fn what_does_not_fit_ends_with_an_ellipsis() {
        let snippet = format!("the {HIT_START}kettle{HIT_END} is on");
        assert_eq!(cut(&snippet, 16, "…"), snippet);
        assert_eq!(cut(&snippet, 15, "…"), format!("the {HIT_START}kettle{HIT_END} is…"));
        assert_eq!(cut(&snippet, 8, "…"), format!("the {HIT_START}ket{HIT_END}…"));
        assert_eq!(cut("日本語", 5, "…"), "日本…");
    }
}
