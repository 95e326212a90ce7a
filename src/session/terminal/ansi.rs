//! Bytes to the terminal: the fewest that move its cursor, change its pen, write a glyph. Knows where the terminal's cursor
//! is and when it cannot know; knows nothing of frames.

use ratatui::style::Modifier;

use super::glyph::Glyph;
use super::paint::{Paint, Style};
use crate::ui::capabilities::Capabilities;

/// Alternate screen, which keeps the member's own untouched below it; bracketed paste; cursor keys and keypad as they are
/// without a program; no margins; a default pen; no cursor until a view asks for one.
pub(super) const ENTER: &str = "\x1b[?1049h\x1b[?2004h\x1b[?1l\x1b>\x1b[r\x1b[m\x1b[?25l";

/// All of it back. The alternate screen is emptied first, for terminals that have none would keep what was drawn; never
/// `3J`, which would take the member's scrollback.
pub(super) const LEAVE: &str = "\x1b[r\x1b[m\x1b[H\x1b[2J\x1b[?2004l\x1b[?1049l\x1b[?25h";

/// The bell.
pub(super) const BELL: &str = "\x07";
/// A desktop notice as iTerm2 has it, and as rxvt has it. Always these words: what people wrote stays inside.
pub(super) const NOTICE_9: &str = "\x1b]9;hob: something for you\x1b\\";
pub(super) const NOTICE_777: &str = "\x1b]777;notify;hob;something for you\x1b\\";
/// Puts the window's title on the terminal's stack (xterm's window operation 22), and takes it back (23).
pub(super) const PUSH_TITLE: &str = "\x1b[22;0t";
pub(super) const POP_TITLE: &str = "\x1b[23;0t";

/// Gives the window a title, which must be made of plain ASCII of ours.
pub(super) fn set_title(title: &str) -> String {
    format!("\x1b]2;{title}\x1b\\")
}

pub(super) const SHOW_CURSOR: &str = "\x1b[?25h";
pub(super) const HIDE_CURSOR: &str = "\x1b[?25l";

/// What is known of the terminal's cursor. After a glyph on whose width terminals disagree the column is unknown, and after
/// the last column too: it waits there to wrap.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Cursor {
    pub(super) row: Option<u16>,
    pub(super) column: Option<u16>,
}

/// Collects one frame's bytes. Starts and ends with the default pen, so that a line that dies between two frames leaves no
/// colour behind.
pub(super) struct Writer {
    pub(super) out: Vec<u8>,
    pub(super) cursor: Cursor,
    pen: Style,
    /// Where what is written now leads; empty for nowhere.
    link: String,
    capabilities: Capabilities,
    columns: u16,
    /// Two ways of the same thing, to choose the shorter.
    one: Vec<u8>,
    other: Vec<u8>,
}

impl Writer {
    pub(super) fn new(capabilities: Capabilities, columns: u16, cursor: Cursor) -> Self {
        Self {
            out: Vec::new(),
            cursor,
            pen: Style::default(),
            link: String::new(),
            capabilities,
            columns,
            one: Vec::new(),
            other: Vec::new(),
        }
    }

    pub(super) fn capabilities(&self) -> Capabilities {
        self.capabilities
    }

    /// Empties the screen.
    pub(super) fn clear(&mut self) {
        self.pen = Style::default();
        self.out.extend_from_slice(b"\x1b[m\x1b[H\x1b[2J");
        self.cursor = Cursor { row: Some(0), column: Some(0) };
    }

    /// Writes a glyph at the cursor, which must be where it belongs.
    pub(super) fn put(&mut self, glyph: &Glyph<'_>) {
        self.pen_for(glyph);
        self.out.extend_from_slice(glyph.text.as_bytes());
        let next = self.cursor.column.map(|column| column + 1);
        self.cursor.column = next.filter(|&column| glyph.is_plain() && column < self.columns);
    }

    /// Writes so many blanks at the cursor.
    pub(super) fn put_blanks(&mut self, bg: Paint, times: u16) {
        let blank = Glyph { style: self.pen.for_blank(bg), ..Glyph::BLANK };
        (0..times).for_each(|_| self.put(&blank));
    }

    /// Fills the row from the cursor on.
    pub(super) fn erase_to_end(&mut self, bg: Paint) {
        self.pen_for(&Glyph { style: self.pen.for_blank(bg), ..Glyph::BLANK });
        self.out.extend_from_slice(b"\x1b[K");
    }

    /// Moves lines `top..=bottom` by so many, up if `by` is positive: what leaves them is gone, what comes in is blank.
    pub(super) fn scroll(&mut self, top: u16, bottom: u16, rows: u16, by: i32) {
        let to_the_end = bottom + 1 == rows;
        if !to_the_end {
            push_csi(&mut self.out, &[top + 1, bottom + 1], b'r');
        }
        self.cursor = Cursor::default();
        self.move_to(0, top, &[]);
        let lines = u16::try_from(by.unsigned_abs()).unwrap_or(u16::MAX);
        push_count(&mut self.out, lines, if by > 0 { b'M' } else { b'L' });
        if !to_the_end {
            self.out.extend_from_slice(b"\x1b[r");
            // Setting the margins brings the cursor home.
            self.cursor = Cursor { row: Some(0), column: Some(0) };
        }
    }

    /// Ends the frame's pen, and a link that is open.
    pub(super) fn end(&mut self) {
        self.change_link("");
        self.change_pen(Style::default());
    }

    /// Moves to a cell by the fewest bytes. `row` is that row as the terminal shows it left of the cell, or empty: writing
    /// again what is there is often the shortest way across.
    pub(super) fn move_to(&mut self, x: u16, y: u16, row: &[Glyph<'_>]) {
        if self.cursor.row == Some(y) && self.cursor.column == Some(x) {
            return;
        }
        self.one.clear();
        match (y, x) {
            (0, 0) => self.one.extend_from_slice(b"\x1b[H"),
            (_, 0) => push_csi(&mut self.one, &[y + 1], b'H'),
            _ => push_csi(&mut self.one, &[y + 1, x + 1], b'H'),
        }
        if let Some(from) = self.cursor.row {
            self.try_column_kept(from, x, y, row);
            self.try_from_line_start(from, x, y);
        }
        self.out.append(&mut self.one);
        self.cursor = Cursor { row: Some(y), column: Some(x) };
    }

    /// Up or down first, then along the row.
    fn try_column_kept(&mut self, from: u16, x: u16, y: u16, row: &[Glyph<'_>]) {
        self.other.clear();
        match y.cmp(&from) {
            std::cmp::Ordering::Less => push_count(&mut self.other, from - y, b'A'),
            std::cmp::Ordering::Equal => {}
            std::cmp::Ordering::Greater => push_count(&mut self.other, y - from, b'B'),
        }
        match self.cursor.column {
            Some(column) => self.along(column, x, row),
            // The column is only unknown where the cursor may wait to wrap or stand beside its place: no way relative to it,
            // not even up or down.
            None if y == from && self.capabilities.modern => push_csi(&mut self.other, &[x + 1], b'G'),
            None => return,
        }
        self.keep_shorter();
    }

    /// To the start of this line or one further down, then along it.
    fn try_from_line_start(&mut self, from: u16, x: u16, y: u16) {
        let Some(down) = y.checked_sub(from).filter(|&down| down <= 4) else { return };
        self.other.clear();
        self.other.push(b'\r');
        // With the CR before it a line feed means the same whether or not the terminal adds one of its own.
        self.other.extend((0..down).map(|_| b'\n'));
        self.along(0, x, &[]);
        self.keep_shorter();
    }

    /// Along a row, from a known column.
    fn along(&mut self, from: u16, x: u16, row: &[Glyph<'_>]) {
        if x < from {
            let back = from - x;
            if x == 0 {
                self.other.push(b'\r');
            } else if back <= 4 {
                self.other.extend((0..back).map(|_| b'\x08'));
            } else {
                push_count(&mut self.other, back, b'D');
            }
        } else if x > from {
            let between = row.get(usize::from(from)..usize::from(x)).unwrap_or_default();
            let bytes: usize = between.iter().map(|glyph| glyph.text.len()).sum();
            let count = x - from;
            let rewrites = !between.is_empty()
                && bytes < count_length(count)
                && between.iter().all(|glyph| glyph.is_plain() && self.pen_suits(glyph));
            if rewrites {
                between.iter().for_each(|glyph| self.other.extend_from_slice(glyph.text.as_bytes()));
            } else {
                push_count(&mut self.other, count, b'C');
            }
        }
    }

    fn keep_shorter(&mut self) {
        if self.other.len() < self.one.len() {
            std::mem::swap(&mut self.one, &mut self.other);
        }
    }

    fn pen_suits(&self, glyph: &Glyph<'_>) -> bool {
        if glyph.is_empty() {
            return self.link.is_empty() && self.pen.bg == glyph.style.bg && self.pen.is_undecorated();
        }
        self.link == glyph.link && self.pen == glyph.style
    }

    fn pen_for(&mut self, glyph: &Glyph<'_>) {
        if self.pen_suits(glyph) {
            return;
        }
        self.change_link(glyph.link);
        if glyph.is_empty() {
            // Whatever colour of text stays, if that is shorter than none.
            let plain = Style { bg: glyph.style.bg, ..Style::default() };
            self.choose_pen(self.pen.for_blank(glyph.style.bg), plain);
        } else {
            self.change_pen(glyph.style);
        }
    }

    /// Opens, closes or changes a hyperlink (OSC 8). The address was checked when the frame was packed.
    fn change_link(&mut self, link: &str) {
        if self.link != link {
            self.out.extend_from_slice(b"\x1b]8;;");
            self.out.extend_from_slice(link.as_bytes());
            self.out.extend_from_slice(b"\x1b\\");
            link.clone_into(&mut self.link);
        }
    }

    fn choose_pen(&mut self, one: Style, other: Style) {
        let length = |style| {
            let mut bytes = Vec::new();
            push_pen(&mut bytes, self.pen, style, self.capabilities.modern);
            bytes.len()
        };
        let style = if length(one) <= length(other) { one } else { other };
        self.change_pen(style);
    }

    fn change_pen(&mut self, style: Style) {
        push_pen(&mut self.out, self.pen, style, self.capabilities.modern);
        self.pen = style;
    }
}

/// The shorter of what changes one style into the other and what sets it from nothing. Terminals older than the VT220 know
/// no code that ends a single attribute.
fn push_pen(out: &mut Vec<u8>, from: Style, to: Style, modern: bool) {
    if from == to {
        return;
    }
    let start = out.len();
    out.extend_from_slice(b"\x1b[");
    if to != Style::default() {
        out.extend_from_slice(b"0;");
        push_style(out, Style::default(), to);
    }
    end_pen(out);
    let whole = out.len() - start;
    if modern {
        out.extend_from_slice(b"\x1b[");
        push_style(out, from, to);
        end_pen(out);
        if out.len() - start - whole < whole {
            out.drain(start..start + whole);
        } else {
            out.truncate(start + whole);
        }
    }
}

fn end_pen(out: &mut Vec<u8>) {
    if out.last() == Some(&b';') {
        out.pop();
    }
    out.push(b'm');
}

/// Attributes, the code that sets each, and the code that ends it; one code may end several.
const ATTRIBUTES: [(Modifier, u16, Modifier, u16); 9] = {
    const INTENSITY: Modifier = Modifier::BOLD.union(Modifier::DIM);
    const BLINK: Modifier = Modifier::SLOW_BLINK.union(Modifier::RAPID_BLINK);
    [
        (Modifier::BOLD, 1, INTENSITY, 22),
        (Modifier::DIM, 2, INTENSITY, 22),
        (Modifier::ITALIC, 3, Modifier::ITALIC, 23),
        (Modifier::UNDERLINED, 4, Modifier::UNDERLINED, 24),
        (Modifier::SLOW_BLINK, 5, BLINK, 25),
        (Modifier::RAPID_BLINK, 6, BLINK, 25),
        (Modifier::REVERSED, 7, Modifier::REVERSED, 27),
        (Modifier::HIDDEN, 8, Modifier::HIDDEN, 28),
        (Modifier::CROSSED_OUT, 9, Modifier::CROSSED_OUT, 29),
    ]
};

/// The codes that change one style into the other, each with a `;` after it.
fn push_style(out: &mut Vec<u8>, from: Style, to: Style) {
    let mut have = from.modifier;
    for (attribute, _, ended, end) in ATTRIBUTES {
        if have.contains(attribute) && !to.modifier.contains(attribute) {
            have.remove(ended);
            push_parameter(out, end);
        }
    }
    for (attribute, set, ..) in ATTRIBUTES {
        if to.modifier.contains(attribute) && !have.contains(attribute) {
            push_parameter(out, set);
        }
    }
    if from.fg != to.fg {
        push_paint(out, to.fg, 30);
    }
    if from.bg != to.bg {
        push_paint(out, to.bg, 40);
    }
}

/// A colour; `base` is 30 for text and 40 for the background.
fn push_paint(out: &mut Vec<u8>, paint: Paint, base: u16) {
    match paint {
        Paint::Default => push_parameter(out, base + 9),
        Paint::Index(index @ 0..=7) => push_parameter(out, base + u16::from(index)),
        Paint::Index(index @ 8..=15) => push_parameter(out, base + 60 + u16::from(index - 8)),
        Paint::Index(index) => {
            [base + 8, 5, u16::from(index)].iter().for_each(|&code| push_parameter(out, code))
        }
        Paint::Rgb(red, green, blue) => {
            [base + 8, 2, red.into(), green.into(), blue.into()]
                .iter()
                .for_each(|&code| push_parameter(out, code));
        }
    }
}

fn push_parameter(out: &mut Vec<u8>, number: u16) {
    push_number(out, number);
    out.push(b';');
}

/// `CSI` with parameters and a final byte.
fn push_csi(out: &mut Vec<u8>, parameters: &[u16], end: u8) {
    out.extend_from_slice(b"\x1b[");
    for (place, &parameter) in parameters.iter().enumerate() {
        if place > 0 {
            out.push(b';');
        }
        push_number(out, parameter);
    }
    out.push(end);
}

/// `CSI` with a count, which is left out when it is 1.
fn push_count(out: &mut Vec<u8>, count: u16, end: u8) {
    push_csi(out, if count == 1 { &[] } else { std::slice::from_ref(&count) }, end);
}

/// Bytes that [`push_count`] takes.
fn count_length(count: u16) -> usize {
    match count {
        0 | 1 => 3,
        2..=9 => 4,
        10..=99 => 5,
        _ => 6,
    }
}

fn push_number(out: &mut Vec<u8>, number: u16) {
    if number >= 10 {
        push_number(out, number / 10);
    }
    out.push(b'0' + (number % 10).to_le_bytes()[0]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pen_changes_by_the_fewest_codes() {
        let style = |fg, bg, modifier| Style { fg, bg, modifier };
        let none = Style::default();
        let bold = style(Paint::Default, Paint::Default, Modifier::BOLD);
        let both = style(Paint::Default, Paint::Default, Modifier::BOLD | Modifier::DIM);
        let dim = style(Paint::Default, Paint::Default, Modifier::DIM);
        let amber = style(Paint::Rgb(255, 176, 0), Paint::Default, Modifier::empty());
        let bold_amber = Style { modifier: Modifier::BOLD, ..amber };
        let loud = style(Paint::Index(9), Paint::Index(4), Modifier::REVERSED | Modifier::UNDERLINED);
        let table = [
            (none, none, ""),
            (none, bold, "\x1b[1m"),
            (bold, none, "\x1b[m"),
            (bold, dim, "\x1b[0;2m"),
            (both, bold, "\x1b[0;1m"),
            (bold_amber, amber, "\x1b[22m"),
            (Style { modifier: both.modifier, ..amber }, bold_amber, "\x1b[22;1m"),
            (
                Style { modifier: both.modifier, ..amber },
                Style { modifier: Modifier::DIM, ..amber },
                "\x1b[22;2m",
            ),
            (bold_amber, bold, "\x1b[39m"),
            (none, loud, "\x1b[4;7;91;44m"),
            (loud, Style { modifier: Modifier::REVERSED, ..loud }, "\x1b[24m"),
            (loud, Style { bg: Paint::Index(200), ..loud }, "\x1b[48;5;200m"),
            (loud, Style { bg: Paint::Default, ..loud }, "\x1b[49m"),
        ];
        for (from, to, bytes) in table {
            let mut out = Vec::new();
            push_pen(&mut out, from, to, true);
            assert_eq!(String::from_utf8_lossy(&out), bytes, "{from:?} to {to:?}");
        }
    }
}
