//! Drawing of the door: one page at a time, and beside it, where there is room, the way that it is part of.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::guest::{OLD_KEYS, SECRETS};
use super::pages::Page;
use super::{Door, texts};
use crate::domain::question::QuestionKind;
use crate::domain::text::{display_width, truncate, wrap};
use crate::ui::look::{Look, TEXT_COLUMNS_MAX};
use crate::ui::put::Put;

/// Columns left free at either side of a page.
const MARGIN: u16 = 2;
/// Columns of the list of steps beside a page.
const STEPS_COLUMNS: u16 = 48;
/// Columns of a guest's first page beside the charter.
const FRONT_COLUMNS: u16 = 60;
/// Rows that an editor needs to be of use; explanations give way to it.
const EDITOR_ROWS_MIN: u16 = 3;

/// Lines with their styles, wrapped to a width.
pub(super) struct Text<'a> {
    look: &'a Look,
    width: usize,
    pub(super) lines: Vec<(String, Style)>,
}

impl<'a> Text<'a> {
    pub(super) fn new(look: &'a Look, width: u16) -> Self {
        Self { look, width: usize::from(width).max(1), lines: Vec::new() }
    }

    pub(super) fn styled(&mut self, text: &str, style: Style) -> &mut Self {
        self.lines.extend(wrap(text, self.width).into_iter().map(|line| (line.to_owned(), style)));
        self
    }

    pub(super) fn head(&mut self, text: &str) -> &mut Self {
        self.styled(text, self.look.theme.title)
    }

    pub(super) fn para(&mut self, text: &str) -> &mut Self {
        self.styled(text, self.look.theme.text)
    }

    pub(super) fn dim(&mut self, text: &str) -> &mut Self {
        self.styled(text, self.look.theme.dim)
    }

    /// One line, cut where it does not fit.
    pub(super) fn line(&mut self, text: &str, style: Style) -> &mut Self {
        let line = truncate(text, self.width, self.look.theme.signs.ellipsis).into_owned();
        self.lines.push((line, style));
        self
    }

    pub(super) fn quote(&mut self, text: &str) -> &mut Self {
        self.styled(text, self.look.theme.quote)
    }

    pub(super) fn gap(&mut self) -> &mut Self {
        if !self.lines.is_empty() {
            self.lines.push((String::new(), Style::new()));
        }
        self
    }

    fn rows(&self) -> u16 {
        u16::try_from(self.lines.len()).unwrap_or(u16::MAX)
    }
}

pub(super) fn draw(screen: &mut Door, area: Rect, buf: &mut Buffer, look: &Look) -> Option<Position> {
    let area = page_area(screen, area, buf, look);
    match screen.page {
        Page::Loading => None,
        Page::Front => {
            draw_front(screen, area, buf, look);
            None
        }
        Page::Secret | Page::OldKeys => {
            draw_secret(screen, area, buf, look);
            None
        }
        Page::AskOne(_) | Page::AskMany(_) => {
            draw_choices(screen, area, buf, look);
            None
        }
        page if page.has_field() => draw_field(screen, area, buf, look),
        page if page.has_editor() => Some(draw_editor(screen, area, buf, look)),
        _ => {
            draw_text(screen, area, buf, look);
            None
        }
    }
}

/// Where the page goes: beside the list of steps on a wide window, else in all of it.
fn page_area(screen: &Door, area: Rect, buf: &mut Buffer, look: &Look) -> Rect {
    let inside = |x: u16, width: u16| Rect {
        x: x + MARGIN,
        width: width.saturating_sub(2 * MARGIN).min(TEXT_COLUMNS_MAX),
        ..area
    };
    let front = screen.page == Page::Front;
    if !look.is_wide() || !(front || screen.progress().is_some()) {
        return inside(area.x, area.width);
    }
    let columns = if front { FRONT_COLUMNS } else { STEPS_COLUMNS };
    for y in area.top()..area.bottom() {
        buf.put(area.x + columns, y, look.theme.signs.bar, 1, look.theme.dim);
    }
    let (left, right) = (inside(area.x, columns), inside(area.x + columns, area.width - columns));
    let (page, side) = if front { (left, right) } else { (right, left) };
    let mut text = Text::new(look, side.width);
    if front {
        texts::charter(&screen.seen.charter, &mut text)
    } else {
        texts::steps(screen, look, &mut text)
    }
    put(&text, side, buf);
    page
}

/// Draws as many lines as fit; says how many rows they took.
fn put(text: &Text<'_>, area: Rect, buf: &mut Buffer) -> u16 {
    for ((line, style), y) in text.lines.iter().zip(area.top()..area.bottom()) {
        buf.put(area.x, y, line, usize::from(area.width), *style);
    }
    text.rows().min(area.height)
}

/// The area below the first `rows` rows.
fn below(area: Rect, rows: u16) -> Rect {
    let rows = rows.min(area.height);
    Rect { y: area.y + rows, height: area.height - rows, ..area }
}

fn draw_front(screen: &mut Door, area: Rect, buf: &mut Buffer, look: &Look) {
    let choices = screen.front();
    let menu_rows = u16::try_from(choices.len()).unwrap_or(0);
    let mut head = Text::new(look, area.width);
    head.head(&screen.seen.place).dim(&screen.seen.tagline).gap();
    let free = area.height.saturating_sub(head.rows() + menu_rows);
    // On a wide window the whole charter stands beside it.
    if !look.is_wide() {
        add_about(screen, free, &mut head);
    }
    if let Some(why) = &screen.refusal {
        head.styled(why, look.theme.bad);
    }
    let used = put(&head, Rect { height: area.height.saturating_sub(menu_rows), ..area }, buf);
    let menu = below(area, used);
    for (index, row) in screen.list.visible(menu, choices.len(), 1) {
        let (_, key, words) = choices[index];
        let (x, _) = buf.put(row.x + 2, row.y, key, 2, look.theme.accent);
        buf.put(x + 2, row.y, words, usize::from(row.width).saturating_sub(5), look.theme.text);
        screen.list.draw_mark(index, row, buf, look);
    }
}

/// What the place is for, and for whom: each whole or not at all, for `c` shows it on any window.
fn add_about(screen: &Door, free: u16, text: &mut Text<'_>) {
    let (mut lines, charter) = (Vec::new(), &screen.seen.charter);
    for words in [&charter.purpose, &charter.audience].into_iter().filter(|words| !words.is_empty()) {
        let mut part = Text { look: text.look, width: text.width, lines: Vec::new() };
        part.para(words).gap();
        if lines.len() + part.lines.len() > usize::from(free) {
            break;
        }
        lines.append(&mut part.lines);
    }
    text.lines.append(&mut lines);
}

fn draw_secret(screen: &mut Door, area: Rect, buf: &mut Buffer, look: &Look) {
    let mut text = Text::new(look, area.width);
    texts::page(screen, look, &mut text);
    if let Some(why) = &screen.refusal {
        text.styled(why, look.theme.bad).gap();
    }
    let key = screen.seen.key.clone().unwrap_or_default();
    let choices: Vec<String> = match screen.page {
        Page::OldKeys => OLD_KEYS.map(str::to_owned).to_vec(),
        _ => vec![format!("{}: {key}", SECRETS[0]), SECRETS[1].to_owned(), SECRETS[2].to_owned()],
    };
    let rows = u16::try_from(choices.len()).unwrap_or(0);
    let used = put(&text, Rect { height: area.height.saturating_sub(rows), ..area }, buf);
    for (index, row) in screen.list.visible(below(area, used), choices.len(), 1) {
        let room = usize::from(row.width).saturating_sub(2);
        let words = truncate(&choices[index], room, look.theme.signs.ellipsis);
        buf.put(row.x + 2, row.y, words, room, look.theme.text);
        screen.list.draw_mark(index, row, buf, look);
    }
}

/// A question with its choices: on a small window the choices have their rows first, one at least.
fn draw_choices(screen: &mut Door, area: Rect, buf: &mut Buffer, look: &Look) {
    let mut text = Text::new(look, area.width);
    texts::page(screen, look, &mut text);
    if let Some(why) = &screen.refusal {
        text.styled(why, look.theme.bad);
    }
    let Some(asking) = screen.asking(screen.page).cloned() else { return };
    let rows = u16::try_from(asking.choices.len()).unwrap_or(0);
    if area.height > text.rows() + rows {
        text.gap();
    }
    // As much of the words as leaves a choice in sight; the list scrolls.
    let used = put(&text, Rect { height: area.height.saturating_sub(rows.min(3)), ..area }, buf);
    for (index, row) in screen.list.visible(below(area, used), asking.choices.len(), 1) {
        let no = index + 1;
        let marked = i64::try_from(no).is_ok_and(|no| screen.marks.contains(&no));
        let words = &asking.choices[index].words;
        let line = match (asking.kind, marked) {
            (QuestionKind::Many, true) => format!("{no} [x] {words}"),
            (QuestionKind::Many, false) => format!("{no} [ ] {words}"),
            (_, true) => format!("{no} {words} {}", look.theme.signs.check),
            (_, false) => format!("{no} {words}"),
        };
        let room = usize::from(row.width).saturating_sub(2);
        let line = truncate(&line, room, look.theme.signs.ellipsis);
        let style = if marked { look.theme.good } else { look.theme.text };
        buf.put(row.x + 2, row.y, line, room, style);
        screen.list.draw_mark(index, row, buf, look);
    }
}

fn draw_field(screen: &mut Door, area: Rect, buf: &mut Buffer, look: &Look) -> Option<Position> {
    let mut text = Text::new(look, area.width);
    texts::page(screen, look, &mut text);
    // The field and what is said about it have their place on the smallest window; the explanation takes the rest.
    let mut said = Text::new(look, area.width);
    if let Some(why) = &screen.refusal {
        said.styled(why, look.theme.bad);
    }
    let needed = 2 + said.rows();
    if area.height > text.rows() + needed + 1 {
        text.gap();
    }
    let used = put(&text, Rect { height: area.height.saturating_sub(needed), ..area }, buf);
    let rest = below(area, used);
    if rest.height == 0 {
        return None;
    }
    let label = texts::label(screen.page);
    let (x, _) = buf.put(rest.x, rest.y, label, usize::from(rest.width), look.theme.accent);
    let field = Rect { x: x + 1, width: rest.right().saturating_sub(x + 1), height: 1, ..rest };
    if rest.height > 1 {
        let rule = look.theme.signs.rule.repeat(usize::from(field.width.min(40)));
        buf.put(field.x, rest.y + 1, rule, usize::from(field.width), look.theme.dim);
    }
    put(&said, below(rest, 2), buf);
    let page = screen.page;
    screen.entry.field(page).map(|entry| entry.draw(field, buf, look, look.theme.strong))
}

fn draw_editor(screen: &mut Door, area: Rect, buf: &mut Buffer, look: &Look) -> Position {
    let mut text = Text::new(look, area.width);
    texts::page(screen, look, &mut text);
    if let Some(why) = &screen.refusal {
        text.styled(why, look.theme.bad);
    }
    let used = put(&text, Rect { height: area.height.saturating_sub(EDITOR_ROWS_MIN + 1), ..area }, buf);
    let rest = below(area, used);
    let rule = look.theme.signs.rule.repeat(usize::from(rest.width));
    buf.put(rest.x, rest.y, rule, usize::from(rest.width), look.theme.dim);
    screen.editor.draw(below(rest, 1), buf, look)
}

fn draw_text(screen: &mut Door, area: Rect, buf: &mut Buffer, look: &Look) {
    let mut text = Text::new(look, area.width);
    texts::page(screen, look, &mut text);
    if let Some(why) = &screen.refusal {
        text.gap().styled(why, look.theme.bad);
    }
    // The last row says that there is more, so that no line of the text lies under it.
    let overflows = text.lines.len() > usize::from(area.height);
    let rows = area.height - u16::from(overflows && area.height > 1);
    let window = screen.pager.window(rows, text.lines.len());
    for ((line, style), y) in text.lines[window].iter().zip(area.top()..) {
        buf.put(area.x, y, line, usize::from(area.width), *style);
    }
    if screen.pager.has_more() && area.height > 0 {
        let more = format!("{} more", look.theme.signs.more_down);
        let width = u16::try_from(display_width(&more)).unwrap_or(0);
        let x = area.right().saturating_sub(width);
        buf.put(x, area.bottom() - 1, more, usize::from(width), look.theme.accent);
    }
}
