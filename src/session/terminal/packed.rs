//! The last frame of a session, packed: about 2 KB at 80x24 where a buffer of cells takes 77. It is a string with a row a
//! line; two rows look the same if, and with few exceptions only if, their strings are equal, so that an unchanged row
//! costs one comparison and is never unpacked.
//!
//! A row is the text of its glyphs. Control characters, of which no text holds any, introduce what is not text; the numbers
//! after them are written in characters of six bits. Each row starts in the default style, and blanks at its end in the
//! default style are left out.

use std::borrow::Cow;

use ratatui::buffer::{Buffer, Cell, CellWidth};
use ratatui::style::Modifier;

use super::glyph::{self, Glyph};
use super::paint::{self, Paint, Style};
use crate::ui::capabilities::Capabilities;
use crate::ui::screen::Hyperlink;

/// The colour of the text follows: nothing, two characters of an index, or four of red, green and blue.
const FG_DEFAULT: char = '\x01';
const FG_INDEX: char = '\x02';
const FG_RGB: char = '\x03';
/// The same for the background.
const BG_DEFAULT: char = '\x04';
const BG_INDEX: char = '\x05';
const BG_RGB: char = '\x06';
/// The attributes follow, in two characters.
const MODIFIER: char = '\x07';
/// How often the glyph before comes again follows, in two characters.
const REPEAT: char = '\x08';
/// A glyph of several characters follows: one character for its length in bytes, then its text.
const CLUSTER: char = '\x0e';
/// Where the glyphs that follow lead: two characters for the length of the address, then the address; nothing ends it.
const LINK: char = '\x0f';
/// Between two rows.
const ROW_END: char = '\n';

/// Bytes of a glyph of several characters that one character can tell.
const CLUSTER_BYTES_MAX: usize = 63;

/// Characters for numbers of six bits: `0` to `o`.
const DIGIT_ZERO: u8 = b'0';

/// Bytes of the longest address that goes to a terminal: some cut or refuse longer ones, and two characters can tell it.
const LINK_BYTES_MAX: usize = 2_000;

/// Where the cell at a place leads; nothing for most. The last net before the terminal: only printable ASCII, in which
/// nothing can end the sequence, is ever an address.
fn link_at(links: &[Hyperlink], x: u16, y: u16) -> &str {
    let here = |link: &&Hyperlink| link.y == y && (link.x..link.x.saturating_add(link.columns)).contains(&x);
    let safe = |address: &&str| {
        address.len() <= LINK_BYTES_MAX && address.bytes().all(|byte| (0x21..=0x7e).contains(&byte))
    };
    links.iter().find(here).map(|link| link.address.as_str()).filter(safe).unwrap_or_default()
}

/// Packs what a terminal with these capabilities shows of the buffer, and where its cells lead.
pub(super) fn pack(buffer: &Buffer, links: &[Hyperlink], capabilities: &Capabilities, out: &mut String) {
    let columns = buffer.area().width;
    for (y, row) in (0_u16..).zip(buffer.content().chunks(usize::from(columns.max(1)))) {
        if y > 0 {
            out.push(ROW_END);
        }
        let mut packer = Packer { out, style: Style::default(), link: "", run: None };
        let mut x = 0;
        // Neighbours mostly look alike, and rows mostly end in nothing.
        let (mut alike, mut style) = (&Cell::EMPTY, Style::default());
        let end = row.iter().rposition(|cell| !paint::shows_nothing(cell)).map_or(0, |last| last + 1);
        while usize::from(x) < end {
            let cell = &row[usize::from(x)];
            if (cell.fg, cell.bg, cell.modifier) != (alike.fg, alike.bg, alike.modifier) {
                (alike, style) = (cell, Style::of(cell, capabilities.colors));
            }
            let (text, width) = glyph::fit(cell.symbol(), columns - x, capabilities.unicode);
            // Something was drawn over its second half, such as the border of a dialog: no half can be shown.
            let halved = (1..width).any(|covered| row[usize::from(x + covered)].symbol() != " ");
            let (text, width) = if halved { (Cow::Borrowed(" "), 1) } else { (text, width) };
            // A bare blank leads nowhere: it is what rows end with, and they are erased.
            let bare = links.is_empty() || (text == " " && style.is_undecorated());
            packer.change_link(if bare { "" } else { link_at(links, x, y) });
            packer.push(&text, style);
            x += width.max(1);
        }
        packer.end_row();
    }
}

/// The rows of a packed frame.
pub(super) fn rows(frame: &str) -> impl Iterator<Item = &str> {
    frame.split(ROW_END)
}

/// Writes glyphs of one row.
struct Packer<'a> {
    out: &'a mut String,
    /// Of the glyph before.
    style: Style,
    /// Where the glyph before leads.
    link: &'a str,
    /// A glyph of one character that is not written yet, its style, and how often it comes.
    run: Option<(char, Style, u16)>,
}

impl<'a> Packer<'a> {
    fn change_link(&mut self, link: &'a str) {
        if link != self.link {
            self.end_run();
            self.out.push(LINK);
            self.number(u32::try_from(link.len()).unwrap_or_default(), 2);
            self.out.push_str(link);
            self.link = link;
        }
    }

    fn push(&mut self, text: &str, style: Style) {
        let mut characters = text.chars();
        let (Some(first), more) = (characters.next(), characters.next().is_some()) else { return };
        if more {
            self.end_run();
            self.change_style(style);
            self.cluster(text);
            return;
        }
        let before = self.run.map_or(self.style, |(_, style, _)| style);
        let blank = first == ' ' && style.is_undecorated();
        let style = if blank { before.for_blank(style.bg) } else { style };
        match &mut self.run {
            Some((run, run_style, times)) if *run == first && *run_style == style => *times += 1,
            _ => {
                self.end_run();
                self.run = Some((first, style, 1));
            }
        }
    }

    fn end_run(&mut self) {
        let Some((character, style, times)) = self.run.take() else { return };
        self.change_style(style);
        self.out.push(character);
        let again = times - 1;
        if usize::from(again) * character.len_utf8() > 3 {
            self.out.push(REPEAT);
            self.number(u32::from(again), 2);
        } else {
            self.out.extend((0..again).map(|_| character));
        }
    }

    fn end_row(mut self) {
        let is_trailing_blank = |&(character, style, _): &(char, Style, u16)| {
            character == ' ' && style.is_undecorated() && style.bg == Paint::Default
        };
        if !self.run.as_ref().is_some_and(is_trailing_blank) {
            self.end_run();
        }
    }

    fn cluster(&mut self, text: &str) {
        let text = &text[..text.floor_char_boundary(CLUSTER_BYTES_MAX)];
        self.out.push(CLUSTER);
        self.number(u32::try_from(text.len()).unwrap_or_default(), 1);
        self.out.push_str(text);
    }

    fn change_style(&mut self, style: Style) {
        if style.fg != self.style.fg {
            self.paint(style.fg, [FG_DEFAULT, FG_INDEX, FG_RGB]);
        }
        if style.bg != self.style.bg {
            self.paint(style.bg, [BG_DEFAULT, BG_INDEX, BG_RGB]);
        }
        if style.modifier != self.style.modifier {
            self.out.push(MODIFIER);
            self.number(u32::from(style.modifier.bits()), 2);
        }
        self.style = style;
    }

    fn paint(&mut self, paint: Paint, [default, index, rgb]: [char; 3]) {
        match paint {
            Paint::Default => self.out.push(default),
            Paint::Index(number) => {
                self.out.push(index);
                self.number(u32::from(number), 2);
            }
            Paint::Rgb(red, green, blue) => {
                self.out.push(rgb);
                self.number(u32::from_be_bytes([0, red, green, blue]), 4);
            }
        }
    }

    fn number(&mut self, number: u32, digits: u32) {
        for digit in (0..digits).rev() {
            let six_bits = (number >> (6 * digit)) & 0x3f;
            self.out.push(char::from(DIGIT_ZERO + six_bits.to_le_bytes()[0]));
        }
    }
}

/// Appends the glyphs of a packed row, exactly one for each of its columns.
pub(super) fn unpack<'a>(row: &'a str, columns: u16, glyphs: &mut Vec<Glyph<'a>>) {
    let start = glyphs.len();
    let (mut style, mut link) = (Style::default(), "");
    let mut reader = Reader { rest: row };
    let mut last = Glyph::BLANK;
    while let Some((text, character)) = reader.character() {
        match character {
            FG_DEFAULT => style.fg = Paint::Default,
            FG_INDEX => style.fg = reader.index(),
            FG_RGB => style.fg = reader.rgb(),
            BG_DEFAULT => style.bg = Paint::Default,
            BG_INDEX => style.bg = reader.index(),
            BG_RGB => style.bg = reader.rgb(),
            MODIFIER => style.modifier = Modifier::from_bits_truncate(reader.short()),
            LINK => {
                let length = usize::from(reader.short());
                link = reader.bytes(length);
            }
            REPEAT => (0..reader.short()).for_each(|_| push(glyphs, last)),
            CLUSTER => {
                let text = reader.text();
                last = Glyph { text, width: text.cell_width(), style, link };
                push(glyphs, last);
            }
            _ => {
                let width = if character.is_ascii() { 1 } else { text.cell_width() };
                last = Glyph { text, width, style, link };
                push(glyphs, last);
            }
        }
    }
    glyphs.resize(start + usize::from(columns), Glyph::BLANK);
}

fn push<'a>(glyphs: &mut Vec<Glyph<'a>>, glyph: Glyph<'a>) {
    glyphs.push(glyph);
    for _ in 1..glyph.width {
        glyphs.push(Glyph { text: "", width: 0, ..glyph });
    }
}

/// Reads a packed row.
struct Reader<'a> {
    rest: &'a str,
}

impl<'a> Reader<'a> {
    fn character(&mut self) -> Option<(&'a str, char)> {
        let character = self.rest.chars().next()?;
        let (text, rest) = self.rest.split_at(character.len_utf8());
        self.rest = rest;
        Some((text, character))
    }

    fn digit(&mut self) -> u32 {
        self.character().map_or(0, |(_, digit)| u32::from(digit).saturating_sub(u32::from(DIGIT_ZERO)) & 0x3f)
    }

    fn number(&mut self, digits: u32) -> u32 {
        (0..digits).fold(0, |number, _| number << 6 | self.digit())
    }

    fn short(&mut self) -> u16 {
        // Two digits are twelve bits.
        u16::try_from(self.number(2)).unwrap_or_default()
    }

    fn index(&mut self) -> Paint {
        Paint::Index(self.number(2).to_le_bytes()[0])
    }

    fn rgb(&mut self) -> Paint {
        let [_, red, green, blue] = self.number(4).to_be_bytes();
        Paint::Rgb(red, green, blue)
    }

    fn text(&mut self) -> &'a str {
        let length = self.digit() as usize;
        self.bytes(length)
    }

    fn bytes(&mut self, length: usize) -> &'a str {
        let (text, rest) = self.rest.split_at_checked(length).unwrap_or((self.rest, ""));
        self.rest = rest;
        text
    }
}
