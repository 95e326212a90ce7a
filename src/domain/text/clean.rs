//! Cleaning: what people send becomes text that no terminal can misread (SAFETY "Terminal").
//!
//! Three steps, each linear: take out escape sequences and every character that is not text; compose (NFC); bound
//! what may pile up on one cell. What comes out is a fixed point: cleaning it again changes nothing.

use std::borrow::Cow;

use unicode_normalization::char::is_combining_mark;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};
use unicode_segmentation::UnicodeSegmentation;

use super::escape;
use super::width::display_width;

/// Combining marks kept on one base character. Vietnamese needs two, pointed Hebrew three, cantillation four;
/// more is Zalgo. (SAFETY "Terminal")
pub const MARKS_MAX: usize = 4;

/// Characters kept in one grapheme cluster. The longest emoji has ten, the longest conjunct of an Indic script in
/// real words about a dozen; longer clusters are broken up by spaces, because a cell holds a whole cluster.
pub const CLUSTER_CHARS_MAX: usize = 32;

/// Characters after which a cluster that is too long is broken up at the next base character. Half of
/// `CLUSTER_CHARS_MAX`, because the space there may join the piece before it (after Arabic number signs, say), and
/// because an emoji is never taken apart.
const PIECE_CHARS: usize = 16;

/// Joiners kept in one emoji. A family of four and the longest registered emoji have three.
const JOINERS_MAX: usize = 3;

/// Marks let through to composition, which sorts them: a bound on that sort, far above `MARKS_MAX`.
const MARKS_BEFORE_NFC_MAX: usize = 16;

/// Columns between tab stops in a body.
const TAB_COLUMNS: usize = 4;

const JOINER: char = '\u{200d}';
const EMOJI_STYLE: char = '\u{fe0f}';
const TEXT_STYLE: char = '\u{fe0e}';
const KEYCAP: char = '\u{20e3}';

/// One clean line: no controls, trimmed at both ends, each run of line breaks and tabs (with the spaces around it) as
/// one space. Other spaces stay as typed.
/// For handles, titles, reasons, names, search words, log fields: whatever is shown on one row.
///
/// ```
/// assert_eq!(hob::domain::text::clean_line(" \x1b[31mred\x1b[0m\r\nalert\u{202e} "), "red alert");
/// ```
pub fn clean_line(raw: &str) -> String {
    let text = strip(raw, Breaks::ToSpace);
    let text = bound_clusters(&text);
    let mut line = text.trim_start();
    // A mark that followed a leading space has lost its base.
    while let Some(first) = line.chars().next().filter(|c| is_combining_mark(*c)) {
        line = line[first.len_utf8()..].trim_start();
    }
    line.trim_end().to_owned()
}

/// A clean text of several lines: line breaks as `\n`, tabs expanded to stops of four columns, no space at the end
/// of a line, no blank lines at either end. Indentation and blank lines inside stay as typed, for they may be code.
pub fn clean_body(raw: &str) -> String {
    let text = expand_tabs(strip(raw, Breaks::Keep));
    let text = bound_clusters(&text);
    let mut out = String::with_capacity(text.len());
    let mut blank_lines = 0;
    for line in text.split('\n') {
        let line = line.trim_end();
        if line.is_empty() {
            blank_lines += 1;
            continue;
        }
        if !out.is_empty() {
            out.extend(std::iter::repeat_n('\n', blank_lines + 1));
        }
        blank_lines = 0;
        out.push_str(line);
    }
    out
}

/// Text without anything that a terminal would take for an order. It was cleaned when it was stored; this is the last
/// gate of whatever is printed rather than drawn.
pub fn safe(text: &str) -> String {
    text.chars().filter(|c| *c == '\n' || !is_forbidden(*c)).collect()
}

/// Whether `c` never comes out of cleaning: controls, invisible and direction-changing characters, tags,
/// noncharacters. Line feeds are left in bodies, joiners (U+200D) and style selectors (U+FE0E, U+FE0F) inside
/// emoji only; those three are decided by what stands beside them.
pub fn is_forbidden(c: char) -> bool {
    matches!(c,
        '\0'..='\u{9}' | '\u{b}'..='\u{1f}' | '\u{7f}'..='\u{9f}'
        // Soft hyphen, joiner of graphemes, Arabic letter mark, Hangul fillers, Khmer inherent vowels, Mongolian
        // selectors: all without a shape of their own.
        | '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{3164}' | '\u{ffa0}'
        // Zero width, direction marks, line and paragraph separators, embeddings, overrides, isolates, invisible
        // operators.
        | '\u{200b}' | '\u{200c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        // Variation selectors except the two styles of emoji, byte order mark, annotations, object placeholder.
        | '\u{fe00}'..='\u{fe0d}' | '\u{feff}' | '\u{fff0}'..='\u{fffc}'
        // Format characters of shorthand and music, tags and the other selectors.
        | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}'
        | '\u{fdd0}'..='\u{fdef}')
        || (c as u32) & 0xfffe == 0xfffe
}

/// What becomes of line breaks and tabs.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Breaks {
    /// A run of them, with the spaces around it, becomes one space.
    ToSpace,
    /// Line breaks become `\n`, tabs stay.
    Keep,
}

/// Takes out what is not text, and composes the rest.
fn strip(raw: &str, breaks: Breaks) -> String {
    let mut strip = Strip::new(raw.len(), breaks);
    let bytes = raw.as_bytes();
    let mut at = 0;
    while at < raw.len() {
        let plain = bytes[at..].iter().take_while(|b| matches!(b, 0x20..=0x7e)).count();
        if plain > 0 {
            strip.push_ascii(&raw[at..at + plain]);
            at += plain;
            continue;
        }
        let Some(c) = raw[at..].chars().next() else { break };
        at += c.len_utf8();
        match c {
            '\u{1b}' => at += escape::after_esc(&bytes[at..]),
            '\r' if bytes.get(at) == Some(&b'\n') => {}
            '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => strip.push_break('\n'),
            '\t' => strip.push_break('\t'),
            '\u{80}'..='\u{9f}' => at += escape::after_c1(c, &bytes[at..]),
            _ if is_forbidden(c) => {}
            _ => strip.push(c),
        }
        // A sequence may be counted up to the middle of a character only if a payload byte was one; it is not.
        debug_assert!(raw.is_char_boundary(at));
    }
    compose(strip.out)
}

fn compose(text: String) -> String {
    if text.is_ascii() || is_nfc_quick(text.chars()) == IsNormalized::Yes {
        return text;
    }
    text.nfc().collect()
}

/// The state of `strip`: decides by what was kept before whether a mark, a joiner or a style may stay.
struct Strip {
    out: String,
    breaks: Breaks,
    /// The last character that was no mark; `\n` at the start of a line.
    base: char,
    /// Marks kept since `base`.
    marks: usize,
    /// Joiners kept in the emoji that is being read.
    joiners: usize,
    /// Whether a style or a skin tone follows `base`, and nothing after it.
    styled: bool,
    /// A joiner or a style that stays only if the next character wants it.
    pending: Option<char>,
    /// Whether the last character of `out` stands for a run of line breaks and tabs.
    after_break: bool,
}

impl Strip {
    fn new(capacity: usize, breaks: Breaks) -> Self {
        let out = String::with_capacity(capacity);
        Self {
            out,
            breaks,
            base: '\n',
            marks: 0,
            joiners: 0,
            styled: false,
            pending: None,
            after_break: false,
        }
    }

    /// Starts over with `base` as the last character kept.
    fn rebase(&mut self, base: char) {
        self.base = base;
        self.marks = 0;
        self.joiners = 0;
        self.styled = false;
        self.pending = None;
        self.after_break = false;
    }

    fn push_ascii(&mut self, run: &str) {
        let run = if self.after_break { run.trim_start_matches(' ') } else { run };
        if run.is_empty() {
            return;
        }
        self.out.push_str(run);
        self.rebase(char::from(run.as_bytes()[run.len() - 1]));
    }

    fn push_break(&mut self, c: char) {
        match self.breaks {
            Breaks::Keep => {
                self.out.push(c);
                self.rebase(c);
            }
            Breaks::ToSpace if self.after_break => self.pending = None,
            Breaks::ToSpace => {
                self.out.truncate(self.out.trim_end_matches(' ').len());
                self.out.push(' ');
                self.rebase(' ');
                self.after_break = true;
            }
        }
    }

    fn push(&mut self, c: char) {
        let pending = self.pending.take();
        match c {
            JOINER => {
                // Inside an emoji only: a pictograph, dressed or not, on this side, and another on the other.
                if (self.marks == 0 || self.styled) && self.joiners < JOINERS_MAX && is_pictograph(self.base)
                {
                    self.pending = Some(JOINER);
                }
            }
            EMOJI_STYLE | TEXT_STYLE => {
                if self.marks == 0 && is_pictograph(self.base) {
                    self.push_mark(c);
                    self.styled = true;
                } else if c == EMOJI_STYLE && self.marks == 0 && matches!(self.base, '0'..='9' | '#' | '*') {
                    self.pending = Some(EMOJI_STYLE);
                }
            }
            '\u{1f3fb}'..='\u{1f3ff}' if self.marks == 0 && is_pictograph(self.base) => {
                self.push_mark(c);
                self.styled = true;
            }
            _ if is_combining_mark(c) => {
                if pending == Some(EMOJI_STYLE) && c == KEYCAP {
                    self.push_mark(EMOJI_STYLE);
                }
                if self.base != '\n' {
                    self.push_mark(c);
                }
                self.styled = false;
            }
            _ if pending == Some(JOINER) && is_pictograph(c) => {
                let joiners = self.joiners + 1;
                self.out.push(JOINER);
                self.out.push(c);
                self.rebase(c);
                self.joiners = joiners;
            }
            _ => {
                self.out.push(c);
                self.rebase(c);
            }
        }
    }

    fn push_mark(&mut self, c: char) {
        if self.marks < MARKS_BEFORE_NFC_MAX {
            self.out.push(c);
            self.after_break = false;
        }
        self.marks += 1;
    }
}

/// Whether `c` is an emoji that joiners join (Extended_Pictographic). Asked of the crate that finds grapheme
/// clusters, so that both always agree: such a character, a joiner and `©` are one cluster (rule GB11).
fn is_pictograph(c: char) -> bool {
    if !matches!(c, '\u{a9}' | '\u{ae}' | '\u{2000}'..='\u{3300}' | '\u{1f000}'..='\u{1fffd}') {
        return false;
    }
    let mut buffer = [0; 9];
    let length = c.encode_utf8(&mut buffer).len();
    buffer[length..length + 3].copy_from_slice("\u{200d}".as_bytes());
    buffer[length + 3..length + 5].copy_from_slice("\u{a9}".as_bytes());
    std::str::from_utf8(&buffer[..length + 5]).is_ok_and(|joined| joined.graphemes(true).nth(1).is_none())
}

/// Whether `c` extends the cluster before it: marks, skin tones, the halfwidth voicing marks.
fn extends(c: char) -> bool {
    match c {
        '\0'..='\u{2ff}' => false,
        '\u{1f3fb}'..='\u{1f3ff}' | '\u{ff9e}' | '\u{ff9f}' => true,
        _ => is_combining_mark(c),
    }
}

/// Drops the marks beyond `MARKS_MAX` on one base, and breaks clusters beyond `CLUSTER_CHARS_MAX` by a space.
pub(in crate::domain) fn bound_clusters(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || !needs_bounds(text) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut marks = 0;
    for cluster in text.graphemes(true) {
        let too_long = cluster.len() > CLUSTER_CHARS_MAX && cluster.chars().count() > CLUSTER_CHARS_MAX;
        let mut chars = 0;
        let mut previous = None;
        for c in cluster.chars() {
            marks = if extends(c) { marks + 1 } else { 0 };
            if marks > MARKS_MAX {
                continue;
            }
            if too_long && chars >= PIECE_CHARS && marks == 0 && c != JOINER && previous != Some(JOINER) {
                out.push(' ');
                chars = 0;
            }
            out.push(c);
            previous = Some(c);
            chars += 1;
        }
    }
    Cow::Owned(out)
}

/// A cheap look before the expensive one: a pile of marks, or so long a stretch of neither ASCII nor ideographs
/// nor syllables that it might be one cluster.
fn needs_bounds(text: &str) -> bool {
    let mut marks = 0;
    let mut stretch = 0;
    for c in text.chars() {
        marks = if extends(c) { marks + 1 } else { 0 };
        // None of these continues a cluster; every one begins a new one.
        let breaks = c.is_ascii()
            || matches!(c, '\u{3000}'..='\u{3029}' | '\u{3041}'..='\u{3096}' | '\u{30a0}'..='\u{a4cf}');
        stretch = if breaks { 0 } else { stretch + 1 };
        if marks > MARKS_MAX || stretch >= PIECE_CHARS {
            return true;
        }
    }
    false
}

fn expand_tabs(text: String) -> String {
    if !text.contains('\t') {
        return text;
    }
    let mut out = String::with_capacity(text.len() + text.len() / 4);
    for (n, line) in text.split('\n').enumerate() {
        if n > 0 {
            out.push('\n');
        }
        let mut column = 0;
        let mut parts = line.split('\t').peekable();
        while let Some(part) = parts.next() {
            out.push_str(part);
            if parts.peek().is_some() {
                column += display_width(part);
                let spaces = TAB_COLUMNS - column % TAB_COLUMNS;
                out.extend(std::iter::repeat_n(' ', spaces));
                column += spaces;
            }
        }
    }
    out
}
