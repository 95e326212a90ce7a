//! Drawing of a thread: rows of posts, each with its number, author and time above it.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::posts::{Loaded, Row};
use super::{INDENT, Thread};
use crate::domain::ids::PostNo;
use crate::domain::markup::is_hyperlink;
use crate::domain::member::{Level, Origin, Role};
use crate::domain::text::{display_width, truncate};
use crate::domain::time::{Timestamp, Zone, absolute, ago, relative, relative_short};
use crate::service::posts::PostView;
use crate::ui::look::Look;
use crate::ui::put::Put;
use crate::ui::screen::Hyperlink;
use crate::ui::widgets::prose;

pub(super) fn draw(screen: &mut Thread, area: Rect, buf: &mut Buffer, look: &Look) {
    if screen.head.is_none() {
        return;
    }
    let (mut sheet, place) = screen.sheet_in(area, look);
    sheet.fit(place);
    let place = *place;
    let visible = sheet.visible(place.top);
    let text = screen.text_area(area);
    if text.y > area.y {
        draw_facts(screen, Rect { height: 1, ..area }, buf, look);
    }
    let area = text;
    screen.hyperlinks.clear();
    let solution = screen.head.as_ref().and_then(|head| head.solution).and_then(|solution| solution.by);
    let paint = Painter { look, zone: Zone::parse(&look.me.zone).unwrap_or_default(), solution };
    for (spot, y) in visible.iter().zip(area.top()..area.bottom()) {
        let Some((post, row)) = screen.posts.laid_row(spot.no, spot.row) else { continue };
        let line = Rect { x: area.x + INDENT, y, width: area.width.saturating_sub(INDENT), height: 1 };
        match row {
            Row::Header => {
                if spot.no == place.chosen && !screen.is_preview {
                    buf.put(area.x, y, look.theme.signs.chosen, 1, look.theme.accent);
                }
                // What one wrote oneself is never news.
                if spot.no >= screen.new_from && Some(post.view.author_id) != look.actor().id() {
                    buf.put(area.x + 1, y, look.theme.signs.unread, 1, look.theme.unread);
                }
                paint.header(post, line, buf);
            }
            Row::Answers => paint.answers(post, line, buf),
            row => {
                paint.row(row, line, buf);
                if look.capabilities.hyperlinks {
                    screen.hyperlinks.extend(links_of(post, row, line));
                }
            }
        }
    }
    // The chosen post's header may lie above: its mark stands at the first row that is seen of it.
    if place.top.no == place.chosen && place.top.row > 0 && !screen.is_preview {
        buf.put(area.x, area.y, look.theme.signs.chosen, 1, look.theme.accent);
    }
    let last = visible.last().map_or(place.top.no, |spot| spot.no);
    screen.seen = (place.top.no, last);
}

/// What is said about the thread, on one row: what does not fit is cut at its end.
fn draw_facts(screen: &Thread, line: Rect, buf: &mut Buffer, look: &Look) {
    let theme = &look.theme;
    let end = line.right().saturating_sub(1);
    let mut x = line.x + INDENT;
    for (index, (text, style)) in screen.facts(look).into_iter().enumerate() {
        if index > 0 {
            let room = usize::from(end.saturating_sub(x));
            (x, _) = buf.put(x, line.y, format!(" {} ", theme.signs.dot), room, theme.dim);
        }
        let room = usize::from(end.saturating_sub(x));
        (x, _) = buf.put(x, line.y, truncate(&text, room, theme.signs.ellipsis), room, style);
    }
}

/// The cells of a row that lead somewhere. Only schemes that no terminal does harm with are handed to it.
fn links_of(post: &Loaded, row: &Row, line: Rect) -> Vec<Hyperlink> {
    let mut found = Vec::new();
    let mut add = |x: u16, columns: usize, address: Option<&String>| {
        let columns = u16::try_from(columns).unwrap_or(0).min(line.right().saturating_sub(x));
        if let Some(address) = address.filter(|address| columns > 0 && is_hyperlink(address)) {
            found.push(Hyperlink { x, y: line.y, columns, address: address.clone() });
        }
    };
    match row {
        Row::Link(no, address) => {
            let label = no.to_string().len() + 3;
            let after = line.x.saturating_add(u16::try_from(label).unwrap_or(u16::MAX));
            add(after, display_width(address), Some(address));
        }
        Row::Text(spans) => {
            let mut x = line.x;
            for span in spans {
                let columns = display_width(&span.text);
                if span.role.link > 0 && x < line.right() {
                    add(x, columns, post.addresses().get(usize::from(span.role.link) - 1));
                }
                x = x.saturating_add(u16::try_from(columns).unwrap_or(u16::MAX));
            }
        }
        _ => {}
    }
    found
}

struct Painter<'a> {
    look: &'a Look,
    zone: Zone,
    /// The post that solved the question.
    solution: Option<PostNo>,
}

impl Painter<'_> {
    /// `12 alice · regular · #tea · 3 h · 2026-11-22 14:03 · edited · > 3 bob`; where there is no room for all of it, the
    /// less needed facts are left out.
    fn header(&self, post: &Loaded, line: Rect, buf: &mut Buffer) {
        let (look, theme) = (self.look, &self.look.theme);
        let view = &post.view;
        let ago = if look.is_narrow() {
            relative_short(look.now, view.created_at)
        } else {
            relative(look.now, view.created_at)
        };
        let answers = view.answers.as_ref().filter(|_| !look.is_narrow());
        // In the order of drawing, each with how little it is needed: 0 is always drawn.
        let solves = self.solution == Some(view.no);
        let tag = view.tag.as_ref().filter(|_| !view.state.is_tombstone());
        let facts: [(String, Style, u8); 11] = [
            (standing(view.role, view.level, view.origin).to_owned(), theme.dim, 3),
            (tag.map_or_else(String::new, |tag| format!("#{tag}")), theme.dim, 5),
            (ago, theme.dim, 1),
            (absolute(view.created_at, &self.zone), theme.dim, 4),
            (if view.edited_at.is_some() { "edited" } else { "" }.to_owned(), theme.dim, 2),
            (if solves { "the solution" } else { "" }.to_owned(), theme.good, 1),
            (if view.kept { "kept" } else { "" }.to_owned(), theme.accent, 2),
            (if view.to_me { "to you" } else { "" }.to_owned(), theme.accent, 1),
            (thanks(view), theme.good, 2),
            (answers.map_or_else(String::new, |a| format!("> {} {}", a.no, a.author)), theme.quote, 2),
            (unfolded(post).to_owned(), theme.warn, 3),
        ];
        let number = view.no.to_string();
        let begin = display_width(&number) + 1 + display_width(&view.author);
        let room = usize::from(line.width).saturating_sub(1);
        let kept = keep(&facts, room.saturating_sub(begin));
        let number_style = if view.state.is_tombstone() { theme.dim } else { theme.accent };
        let (x, _) = buf.put(line.x, line.y, &number, room, number_style);
        let (mut x, _) = buf.put(x + 1, line.y, &view.author, room, theme.strong);
        for (text, style, _) in facts.iter().filter(|fact| kept.contains(&fact.2) && !fact.0.is_empty()) {
            let left = usize::from(line.right().saturating_sub(x));
            (x, _) = buf.put(x, line.y, format!(" {} ", theme.signs.dot), left, theme.dim);
            let left = usize::from(line.right().saturating_sub(x));
            (x, _) = buf.put(x, line.y, text, left, *style);
        }
    }

    fn answers(&self, post: &Loaded, line: Rect, buf: &mut Buffer) {
        let Some(answers) = &post.view.answers else { return };
        let text = format!("> {} {}", answers.no, answers.author);
        buf.put(line.x, line.y, text, usize::from(line.width), self.look.theme.quote);
    }

    fn row(&self, row: &Row, line: Rect, buf: &mut Buffer) {
        let theme = &self.look.theme;
        let room = usize::from(line.width);
        match row {
            Row::Text(text) => {
                prose::paint(text, line.x, line.y, line.width, buf, self.look);
            }
            Row::Note(words) => {
                buf.put(line.x, line.y, truncate(words, room, theme.signs.ellipsis), room, theme.dim);
            }
            Row::Waits(at) => {
                let ago = relative(self.look.now, *at);
                let words = format!(
                    "waits for a moderator {} {ago} {} g u takes it back",
                    theme.signs.dot, theme.signs.dot
                );
                buf.put(line.x, line.y, truncate(&words, room, theme.signs.ellipsis), room, theme.warn);
            }
            Row::Older(at) => {
                let words = format!("Before an edit, as written {}:", self.moment(*at));
                buf.put(line.x, line.y, truncate(&words, room, theme.signs.ellipsis), room, theme.accent);
            }
            Row::Link(no, address) => {
                let (x, _) = buf.put(line.x, line.y, format!("[{no}] "), room, theme.dim);
                let left = usize::from(line.right().saturating_sub(x));
                buf.put(x, line.y, truncate(address, left, theme.signs.ellipsis), left, theme.link);
            }
            Row::Header | Row::Answers | Row::Blank => {}
        }
    }

    fn moment(&self, at: Timestamp) -> String {
        format!("{}, {}", ago(self.look.now, at), absolute(at, &self.zone))
    }
}

/// Why a post that was opened stood folded.
fn unfolded(post: &Loaded) -> &'static str {
    match post.unfolded {
        true if post.view.muted => "you mute or block its author",
        true => "folded by the moderators",
        false => "",
    }
}

/// What the reader may know of thanks: their own, or, of their own post, who gave some (W4).
fn thanks(view: &PostView) -> String {
    match view.thanked_by.as_slice() {
        _ if view.state.is_tombstone() => String::new(),
        [] if view.thanked => "thanked".to_owned(),
        [] => String::new(),
        [one, two, three, rest @ ..] if !rest.is_empty() => {
            format!("thanks from {one}, {two}, {three} and {} more", rest.len())
        }
        few => format!("thanks from {}", few.join(", ")),
    }
}

/// How well somebody is known, or what they are trusted with: that matters more.
fn standing(role: Role, level: Level, origin: Origin) -> &'static str {
    match (origin, role, level) {
        (Origin::Bot, ..) => "bot",
        (Origin::Machine, ..) => "hob",
        (Origin::Import, ..) => "imported",
        (_, Role::Sysop, _) => "sysop",
        (_, Role::Moderator, _) => "moderator",
        (_, _, Level::Regular) => "regular",
        (_, _, Level::Member) => "member",
        (_, _, Level::Newcomer) => "newcomer",
    }
}

/// The needs that fit into `room` columns together: the less needed go first.
fn keep(facts: &[(String, Style, u8)], room: usize) -> Vec<u8> {
    let mut needs: Vec<u8> = facts.iter().map(|fact| fact.2).collect();
    needs.sort_unstable();
    needs.dedup();
    let width = |needs: &[u8]| -> usize {
        let drawn = facts.iter().filter(|fact| needs.contains(&fact.2) && !fact.0.is_empty());
        drawn.map(|fact| display_width(&fact.0) + 3).sum()
    };
    while !needs.is_empty() && width(&needs) > room {
        needs.pop();
    }
    needs
}
