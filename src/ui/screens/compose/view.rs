//! Drawing of the composer: what is answered, the title, the text. One line of what is answered on a small screen,
//! all of it beside the text on a wide one.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::{Compose, Phase};
use crate::domain::markup::{self, Line, Rendered};
use crate::domain::post::BODY_LEN_MAX;
use crate::domain::text::{display_width, truncate, wrap};
use crate::domain::time::ago;
use crate::service::writing::Answered;
use crate::ui::look::{Look, TEXT_COLUMNS_MAX};
use crate::ui::put::Put;
use crate::ui::screen::{Notice, Tone};
use crate::ui::widgets::{Pager, prose};

/// Rows from which there is room for rules and for several rows of what is answered.
const ROOMY_ROWS: u16 = 16;
/// Rows of what is answered above the text, at most.
const ANSWERED_ROWS_MAX: u16 = 5;
/// Rows of a message that is too long for the line of notices.
const SAID_ROWS_MAX: usize = 4;
/// Columns between the text and what is answered beside it.
const GAP: u16 = 3;
/// Share of the longest post from which its length is shown, in percent.
const LENGTH_SHOWN_PERCENT: usize = 75;

/// A text laid out, kept until the text or the width is another.
#[derive(Default)]
pub(super) struct Laid {
    of: Option<(u64, u16)>,
    rendered: Rendered,
}

impl Laid {
    fn lines(&mut self, body: &str, revision: u64, width: u16, look: &Look) -> &[Line] {
        if self.of != Some((revision, width)) {
            self.rendered = markup::render(body, width, prose::options(look, false));
            self.of = Some((revision, width));
        }
        &self.rendered.lines
    }
}

/// The text as its readers will see it.
#[derive(Default)]
pub(super) struct Preview {
    pub(super) pager: Pager,
    laid: Laid,
}

/// Words for the line above the footer.
pub(super) fn status(screen: &Compose, look: &Look) -> String {
    match screen.phase {
        Phase::Sending => return "Sending".to_owned() + look.theme.signs.ellipsis,
        Phase::Leaving => return "Keeping your draft".to_owned() + look.theme.signs.ellipsis,
        Phase::Failed(_) => return String::new(),
        Phase::Loading | Phase::Writing | Phase::Dropping => {}
    }
    let mut facts = Vec::new();
    if let Some(vi) = screen.vi.as_ref().filter(|_| !screen.on_title && screen.preview.is_none()) {
        facts.push(vi.words());
    }
    let length = screen.editor.text().len();
    if length > BODY_LEN_MAX {
        facts.push(format!("{} bytes too long for one post", length - BODY_LEN_MAX));
    } else if length * 100 >= BODY_LEN_MAX * LENGTH_SHOWN_PERCENT {
        // In tenths of a KiB, so that it is not another number at each letter.
        facts.push(format!(
            "{}.{} of {} KiB",
            length / 1_024,
            length % 1_024 * 10 / 1_024,
            BODY_LEN_MAX / 1_024
        ));
    } else {
        facts.push(count(screen.editor.words(), "word"));
    }
    if screen.saver.has_failed() {
        facts.push("draft not kept".to_owned());
    } else if screen.saver.exists() {
        facts.push("draft kept".to_owned());
    }
    if screen.newer > 0 {
        facts.push(format!("{} since", count(screen.newer, "new post")));
    }
    facts.join(&format!(" {} ", look.theme.signs.dot))
}

fn count(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}

/// Draws everything and says where the cursor is.
pub(super) fn draw(screen: &mut Compose, area: Rect, buf: &mut Buffer, look: &Look) -> Option<Position> {
    if let Phase::Failed(why) = &screen.phase {
        let why = Notice { tone: Tone::Bad, text: why.clone() };
        said(&why, inset(area, look), buf, look);
        return None;
    }
    if screen.phase == Phase::Loading {
        return None;
    }
    let mut area = inset(area, look);
    match &screen.about.answers {
        Some(answered) if look.is_wide() => {
            let (text, beside) = side_by_side(area);
            draw_beside(answered, &mut screen.answered, beside, buf, look);
            area = text;
        }
        Some(answered) => {
            area.width = area.width.min(TEXT_COLUMNS_MAX);
            area = below(area, draw_above(answered, &mut screen.answered, area, buf, look));
        }
        None => area.width = area.width.min(TEXT_COLUMNS_MAX),
    }
    let mut cursor = None;
    if screen.has_title() {
        let at = draw_title(screen, area, buf, look);
        cursor = screen.on_title.then_some(at);
        area = below(area, 1);
        if area.height >= ROOMY_ROWS - 3 {
            rule(area, buf, look);
            area = below(area, 1);
        }
    }
    area = below(area, draw_similar(screen, area, buf, look));
    area.height -= draw_words(screen, area, buf, look).min(area.height);
    if area.height == 0 {
        return cursor;
    }
    if screen.preview.is_some() {
        draw_preview(screen, area, buf, look);
        return None;
    }
    let typed = draw_prompt(screen, &mut area, buf, look);
    let at = screen.editor.draw(area, buf, look);
    typed.or(cursor).or(Some(at))
}

/// The line that is typed for vi, in the last row.
fn draw_prompt(screen: &Compose, area: &mut Rect, buf: &mut Buffer, look: &Look) -> Option<Position> {
    let prompt = screen.vi.as_ref()?.prompt()?;
    area.height = area.height.saturating_sub(1);
    let width = usize::from(area.width).saturating_sub(1);
    // The end of a long one is what is being typed.
    let mut shown = prompt.as_str();
    while display_width(shown) > width {
        shown = &shown[shown.chars().next().map_or(1, char::len_utf8)..];
    }
    let (x, _) = buf.put(area.x, area.bottom(), shown, width, look.theme.accent);
    Some(Position { x, y: area.bottom() })
}

/// One column stays free on either side where there is room for it.
fn inset(area: Rect, look: &Look) -> Rect {
    if look.is_narrow() {
        return area;
    }
    Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area }
}

fn below(area: Rect, rows: u16) -> Rect {
    let rows = rows.min(area.height);
    Rect { y: area.y + rows, height: area.height - rows, ..area }
}

fn side_by_side(area: Rect) -> (Rect, Rect) {
    let text = Rect { width: (area.width * 3 / 5).min(TEXT_COLUMNS_MAX), ..area };
    let x = text.right() + GAP;
    (text, Rect { x, width: (area.right() - x).min(TEXT_COLUMNS_MAX), ..area })
}

fn rule(area: Rect, buf: &mut Buffer, look: &Look) {
    for x in area.left()..area.right() {
        buf[(x, area.y)].set_symbol(look.theme.signs.rule).set_style(look.theme.dim);
    }
}

fn heading(answered: &Answered, look: &Look) -> String {
    let dot = look.theme.signs.dot;
    format!("{} {dot} {} {dot} {}", answered.no, answered.author, ago(look.now, answered.at))
}

fn body(answered: &Answered) -> &str {
    answered.body.as_deref().unwrap_or("This post is no longer there.")
}

/// What is answered, above the text. Returns the rows it took.
fn draw_above(answered: &Answered, laid: &mut Laid, area: Rect, buf: &mut Buffer, look: &Look) -> u16 {
    let (theme, width) = (&look.theme, usize::from(area.width));
    let lines = laid.lines(body(answered), 0, area.width, look);
    // Blank rows tell nothing where there is room for a few.
    let lines: Vec<&Line> = lines.iter().filter(|line| !line.is_empty()).collect();
    if area.height < ROOMY_ROWS {
        let (mut x, y) = (area.x, area.y);
        (x, _) = buf.put(x, y, format!("{} {}: ", answered.no, answered.author), width, theme.dim);
        if let Some(line) = lines.first() {
            prose::paint(line, x, y, area.right().saturating_sub(x), buf, look);
        }
        return 1;
    }
    buf.put(area.x, area.y, heading(answered, look), width, theme.dim);
    let shown = lines.len().min(usize::from(ANSWERED_ROWS_MAX.min(area.height / 4)));
    for (line, y) in lines[..shown].iter().zip(area.y + 1..) {
        prose::paint(line, area.x, y, area.width, buf, look);
    }
    let rows = 1 + u16::try_from(shown).unwrap_or(0);
    rule(below(area, rows), buf, look);
    if lines.len() > shown {
        let more = format!(" {} {} ", theme.signs.more_down, count(lines.len() - shown, "more row"));
        buf.put(area.x + 2, area.y + rows, more, width.saturating_sub(2), theme.dim);
    }
    rows + 1
}

/// What is answered, beside the text.
fn draw_beside(answered: &Answered, laid: &mut Laid, area: Rect, buf: &mut Buffer, look: &Look) {
    for y in area.top()..area.bottom() {
        buf[(area.x - 2, y)].set_symbol(look.theme.signs.bar).set_style(look.theme.dim);
    }
    buf.put(area.x, area.y, heading(answered, look), usize::from(area.width), look.theme.dim);
    let lines = laid.lines(body(answered), 0, area.width, look);
    for (line, y) in lines.iter().zip(area.y + 2..area.bottom()) {
        prose::paint(line, area.x, y, area.width, buf, look);
    }
}

fn draw_title(screen: &mut Compose, area: Rect, buf: &mut Buffer, look: &Look) -> Position {
    let label = if screen.target.is_addressed() { "To: " } else { "Title: " };
    let style = if screen.on_title { look.theme.accent } else { look.theme.dim };
    let (x, _) = buf.put(area.x, area.y, label, usize::from(area.width), style);
    let field = Rect { x, width: area.right().saturating_sub(x), height: 1, ..area };
    screen.title.draw(field, buf, look, look.theme.strong)
}

/// The threads with a similar title, under it. Returns the rows they took.
fn draw_similar(screen: &Compose, area: Rect, buf: &mut Buffer, look: &Look) -> u16 {
    let found = screen.similar.found();
    if !screen.on_title || found.is_empty() || area.height < 4 {
        return 0;
    }
    let (theme, width) = (&look.theme, usize::from(area.width));
    let rows = if area.height < ROOMY_ROWS - 3 { 1 } else { found.len() };
    for (thread, y) in found[..rows].iter().zip(area.y..) {
        let posts = count(usize::try_from(thread.posts).unwrap_or(0), "post");
        let (x, _) = buf.put(area.x, y, "Similar: ", width, theme.dim);
        let words = format!("{} ({}, {posts})", thread.title, thread.board);
        let room = usize::from(area.right().saturating_sub(x));
        buf.put(x, y, truncate(&words, room, theme.signs.ellipsis), room, theme.text);
    }
    u16::try_from(rows).unwrap_or(0)
}

/// What was said, or else the notes, at the bottom of the area. On a small screen a note makes way for the first
/// words. Returns the rows they took.
fn draw_words(screen: &Compose, area: Rect, buf: &mut Buffer, look: &Look) -> u16 {
    if let Some(notice) = &screen.said {
        return said(notice, area, buf, look);
    }
    let small = area.height < ROOMY_ROWS - 3;
    if screen.notes.is_empty() || (small && !screen.is_untouched()) {
        return 0;
    }
    let note = Notice { tone: Tone::Plain, text: screen.notes.join("\n") };
    said(&note, area, buf, look)
}

/// A message at the bottom of the area. Returns the rows it took.
fn said(notice: &Notice, area: Rect, buf: &mut Buffer, look: &Look) -> u16 {
    let style = match notice.tone {
        Tone::Good => look.theme.good,
        Tone::Plain => look.theme.accent,
        Tone::Bad => look.theme.bad,
    };
    let width = usize::from(area.width);
    let lines = wrap(&notice.text, width);
    let lines = &lines[..lines.len().min(SAID_ROWS_MAX).min(usize::from(area.height))];
    let rows = u16::try_from(lines.len()).unwrap_or(0);
    for (line, y) in lines.iter().zip(area.bottom() - rows..) {
        buf.put(area.x, y, line, width, style);
    }
    rows
}

fn draw_preview(screen: &mut Compose, area: Rect, buf: &mut Buffer, look: &Look) {
    let Some(preview) = &mut screen.preview else { return };
    let Preview { pager, laid } = preview;
    let lines = laid.lines(screen.editor.text(), screen.editor.revision(), area.width, look);
    for (line, y) in lines[pager.window(area.height, lines.len())].iter().zip(area.y..) {
        prose::paint(line, area.x, y, area.width, buf, look);
    }
}
