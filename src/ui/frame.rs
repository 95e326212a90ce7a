//! The frame around every screen: a header line, a line for notices, a footer with the screen's main keys.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::{Clear, Widget};

use super::keys::{self, Binding, Chord, Command, Scope};
use super::look::{Look, TEXT_COLUMNS_MAX};
use super::screen::{Notice, Screen, Tone};
use super::screens;
use crate::domain::text::{display_width, truncate, wrap};
use crate::domain::time::{Zone, time_of_day};
use crate::ui::put::Put;

/// The area that a screen draws in: all but the header and the two lines below.
pub fn inner(area: Rect) -> Rect {
    let top = area.y + 1;
    Rect { x: area.x, y: top, width: area.width, height: area.height.saturating_sub(3) }
}

/// Columns of a list that stands beside its content: fewer cut its titles, more are not needed.
const LIST_COLUMNS: std::ops::RangeInclusive<u16> = 44..=60;

/// The parts for a list and for its content, with a rule between them. The content has what running text can use, as
/// far as the list can spare it.
pub fn panes(area: Rect) -> (Rect, Rect) {
    let wanted = area.width.saturating_sub(TEXT_COLUMNS_MAX + 4);
    let left = wanted.clamp(*LIST_COLUMNS.start(), *LIST_COLUMNS.end()).min(area.width);
    let right = area.width.saturating_sub(left + 1);
    (Rect { width: left, ..area }, Rect { x: area.right() - right, width: right, ..area })
}

/// Draws the rule between the two.
pub fn draw_rule(area: Rect, buf: &mut Buffer, look: &Look) {
    let (left, right) = panes(area);
    if left.right() < right.x {
        for y in area.top()..area.bottom() {
            buf.put(left.right(), y, look.theme.signs.bar, 1, look.theme.dim);
        }
    }
}

/// Draws the frame of the screen on top.
pub fn draw(
    area: Rect,
    buf: &mut Buffer,
    look: &Look,
    title: &str,
    top: &dyn Screen,
    notice: Option<&Notice>,
    going: bool,
) {
    if area.height < 3 {
        return;
    }
    header(Rect { height: 1, ..area }, buf, look, title);
    let notices = Rect { y: area.bottom() - 2, height: 1, ..area };
    if going {
        return draw_places(area, buf, look);
    }
    match notice {
        Some(notice) => draw_notice(notices, covers(area, top, notice), buf, look, notice),
        None => draw_status(notices, buf, look, &top.status(look)),
    }
    let keys = Rect { y: area.bottom() - 1, height: 1, ..area };
    draw_keys(keys, buf, look, top);
}

fn header(area: Rect, buf: &mut Buffer, look: &Look, title: &str) {
    let theme = &look.theme;
    let width = usize::from(area.width);
    let handle = look.me.handle.as_str();
    let for_me = for_me(look);
    let me = format!("{for_me}{handle}");
    let me = me.as_str();
    let place = format!(" {}", look.me.place);
    let (mut x, _) = buf.put(area.x, area.y, &place, width, theme.title);
    (x, _) = buf.put(x, area.y, calm(look), width, theme.warn);
    let room = width.saturating_sub(usize::from(x - area.x) + display_width(me) + 5);
    let text = format!(" {} {}", theme.signs.dot, truncate(title, room, theme.signs.ellipsis));
    (x, _) = buf.put(x, area.y, text, width.saturating_sub(usize::from(x - area.x)), theme.strong);
    let mine = display_width(me) + 1;
    if usize::from(x - area.x) + mine < width {
        let right = area.right() - u16::try_from(mine).unwrap_or(0);
        let (right, _) = buf.put(right, area.y, &for_me, mine, theme.unread);
        buf.put(right, area.y, handle, mine, theme.dim);
    }
}

/// That the place is calm, and until when; nothing once its time is over.
fn calm(look: &Look) -> String {
    let Some(calm) = look.me.calm.as_ref().filter(|calm| calm.until > look.now) else { return String::new() };
    if look.is_narrow() {
        return " (calm)".to_owned();
    }
    let zone = Zone::parse(&look.me.zone).unwrap_or_default();
    format!(" (calm until {})", time_of_day(calm.until, &zone))
}

/// How much is for one, before the handle; nothing where there is nothing.
fn for_me(look: &Look) -> String {
    let count = match look.for_me {
        ..=0 => return String::new(),
        count @ 1..=99 => count.to_string(),
        _ => "99+".to_owned(),
    };
    if look.is_narrow() {
        format!("({count}) ")
    } else {
        format!("{count} for you {} ", look.theme.signs.dot)
    }
}

fn draw_status(area: Rect, buf: &mut Buffer, look: &Look, status: &str) {
    let room = usize::from(area.width).saturating_sub(2);
    let text = truncate(status, room, look.theme.signs.ellipsis);
    buf.put(area.x + 1, area.y, text, room, look.theme.dim);
}

/// How many rows of the screen a long notice may cover until the next key. Only a refusal does, for one stays where one
/// was; what comes with something new to read covers nothing of it. Where one reads, nothing is covered either, for what
/// was shown counts as read; nor where a line is typed at the bottom.
fn covers(area: Rect, top: &dyn Screen, notice: &Notice) -> u16 {
    let types_below = top.is_typing() && !top.is_dialog();
    let covers = matches!(notice.tone, Tone::Bad) && !top.is_content() && !types_below && area.height >= 8;
    if covers { 2 } else { 0 }
}

/// Draws a notice in the row of `area`, and in up to so many rows above it if it is longer.
fn draw_notice(area: Rect, above: u16, buf: &mut Buffer, look: &Look, notice: &Notice) {
    let theme = &look.theme;
    let style = match notice.tone {
        Tone::Good => theme.good,
        Tone::Plain => theme.accent,
        Tone::Bad => theme.bad,
    };
    let room = usize::from(area.width).saturating_sub(2);
    let mut rest = notice.text.as_str();
    let lines = wrap(&notice.text, room.max(1));
    let rows = u16::try_from(lines.len()).unwrap_or(u16::MAX).clamp(1, above + 1);
    let area = Rect { y: area.y + 1 - rows, height: rows, ..area };
    if rows > 1 {
        Clear.render(area, buf);
    }
    for (line, y) in lines.iter().zip(area.top()..area.bottom()) {
        // What is left stands in the last row, as far as it fits.
        let text =
            if y + 1 == area.bottom() { truncate(rest, room, theme.signs.ellipsis) } else { (*line).into() };
        rest = rest.get(line.len()..).unwrap_or_default().trim_start();
        buf.put(area.x + 1, y, text, room, style);
    }
}

/// As many of the screen's labelled keys as fit, its own first; `? help` always has its place at the end.
fn draw_keys(area: Rect, buf: &mut Buffer, look: &Look, top: &dyn Screen) {
    let mut scopes = top.scopes().to_vec();
    let typing = top.is_typing();
    if !typing {
        scopes.push(Scope::Everywhere);
    }
    let mut bindings = look.keys.in_scopes(&scopes);
    if scopes.contains(&Scope::Home) {
        // What one comes for: reading on has its place in the narrowest window.
        bindings.sort_by_key(|b| b.command != Command::Next);
    }
    // A question is answered before one reads on or leaves, and a key that it has for itself means nothing else.
    let fits = |b: &Binding| !top.is_dialog() || !matches!(b.command, Command::Next | Command::Quit);
    let labelled: Vec<(String, &str)> = bindings
        .iter()
        .filter(|b| !b.label.is_empty() && fits(b) && top.offers(b.command, look))
        .filter_map(|b| Some((b, shown_chord(b, typing, look)?)))
        .filter(|(b, chord)| look.keys.find(&scopes, *chord).is_none_or(|meant| meant.command == b.command))
        .map(|(b, chord)| (chord.name(), top.label(b.command).unwrap_or(b.label)))
        .collect();
    // The way to the help has its place even where little else has.
    let is_help = |b: &&&Binding| b.command == Command::Help;
    let name = |b: &&'static Binding| Some((look.keys.chords(b).first()?.name(), b.label));
    let help = bindings.iter().find(is_help).and_then(name);
    let others: Vec<(String, &str)> =
        labelled.into_iter().filter(|pair| Some(pair) != help.as_ref()).collect();
    let reserved = help.as_ref().map_or(0, |(name, label)| display_width(name) + 3 + display_width(label));
    let width = area.width.saturating_sub(u16::try_from(reserved).unwrap_or(0));
    let end = draw_pairs(Rect { width, ..area }, buf, look, &others);
    if let Some(help) = help {
        draw_pairs(Rect { x: end - 1, width: area.right() - (end - 1), ..area }, buf, look, &[help]);
    }
}

/// The chord that the footer shows: while typing, one that types nothing.
fn shown_chord(binding: &'static Binding, typing: bool, look: &Look) -> Option<Chord> {
    // Places have a line of their own, after g.
    let silent = |chord: &Chord| !matches!(chord, Chord::Go(_)) && (!typing || !keys::types(*chord));
    look.keys.chords(binding).iter().copied().find(silent)
}

/// How much of a window the places take at most after `g`: half of it.
const PLACES_PART: u16 = 2;
/// What stands before the places.
const GO_TO: &str = " go to:";

/// The places that one can go to, at the bottom of the window, in as many lines as they need.
fn draw_places(area: Rect, buf: &mut Buffer, look: &Look) {
    let places: Vec<(String, &str)> = keys::BINDINGS
        .iter()
        .filter(|binding| !binding.label.is_empty())
        .filter_map(|binding| match look.keys.chords(binding).first() {
            // What goes nowhere has no label there.
            Some(Chord::Go(letter)) if screens::offers_everywhere(binding.command, look) => {
                Some((letter.to_string(), binding.label))
            }
            _ => None,
        })
        .collect();
    // In the lines below they begin under the first one above.
    let x = area.x + u16::try_from(display_width(GO_TO)).unwrap_or(0);
    let mut lines = lines_of(&places, usize::from(area.right().saturating_sub(x + 1)));
    lines.truncate(usize::from((area.height / PLACES_PART).max(2)));
    let height = u16::try_from(lines.len()).unwrap_or(u16::MAX).max(2);
    let area = Rect { y: area.bottom() - height, height, ..area };
    Clear.render(area, buf);
    buf.put(area.x, area.y, GO_TO, usize::from(area.width), look.theme.accent);
    for (y, line) in (area.y..).zip(lines) {
        draw_pairs(Rect { x, y, width: area.right() - x, height: 1 }, buf, look, line);
    }
}

/// Pairs of a name and a label, broken into lines of at most so many columns.
fn lines_of<'p>(mut rest: &'p [(String, &'p str)], columns: usize) -> Vec<&'p [(String, &'p str)]> {
    let mut lines = Vec::new();
    while !rest.is_empty() {
        let mut room = columns;
        let fits = rest.iter().take_while(|(name, label)| {
            let needed = display_width(name) + 1 + display_width(label);
            let fits = needed <= room;
            room = room.saturating_sub(needed + 2);
            fits
        });
        let (line, later) = rest.split_at(fits.count().max(1));
        lines.push(line);
        rest = later;
    }
    lines
}

/// Draws as many pairs as fit and returns the column after them.
fn draw_pairs(area: Rect, buf: &mut Buffer, look: &Look, pairs: &[(String, &str)]) -> u16 {
    let mut x = area.x + 1;
    for (name, label) in pairs {
        let needed = display_width(name) + 1 + display_width(label);
        if usize::from(x) + needed > usize::from(area.right()) {
            continue;
        }
        (x, _) = buf.put(x, area.y, name, needed, look.theme.accent);
        (x, _) = buf.put(x + 1, area.y, label, needed, look.theme.dim);
        x += 2;
    }
    x
}
