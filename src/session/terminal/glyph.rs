//! The last net before the terminal (SAFETY.md, Terminal): what of a cell's symbol may go out, and what terminals may make
//! of it. Text was cleaned when it was stored and when it was laid out; here nothing is trusted once more.

use std::borrow::Cow;

use ratatui::buffer::CellWidth;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthChar;

use super::paint::Style;
use crate::ui::capabilities::ascii;

/// Most characters of one symbol: the longest emoji in use (a kiss between two people with skin tones) has ten.
const CHARACTERS_MAX: usize = 12;

/// Most marks on one character: Vietnamese needs two, vocalised Hebrew and polytonic Greek three.
const MARKS_MAX: usize = 4;

const JOINER: char = '\u{200d}';
const REFUSED: &str = "?";

/// One cell of a row as it is on the screen.
#[derive(Clone, Copy, Debug)]
pub(super) struct Glyph<'a> {
    /// What is written; empty in the cells that a wide glyph to the left covers.
    pub(super) text: &'a str,
    /// Columns that it takes in the layout; 0 in covered cells.
    pub(super) width: u16,
    pub(super) style: Style,
    /// Where it leads, for terminals that know hyperlinks; mostly nowhere.
    pub(super) link: &'a str,
}

impl Glyph<'_> {
    /// A cell of an empty screen.
    pub(super) const BLANK: Glyph<'static> = Glyph {
        text: " ",
        width: 1,
        style: Style {
            fg: super::paint::Paint::Default,
            bg: super::paint::Paint::Default,
            modifier: ratatui::style::Modifier::empty(),
        },
        link: "",
    };

    /// Whether a wide glyph to the left covers this cell.
    pub(super) fn is_covered(&self) -> bool {
        self.width == 0
    }

    /// Whether it shows nothing but a background.
    pub(super) fn is_empty(&self) -> bool {
        self.text == " " && self.style.is_undecorated()
    }

    /// Whether the two cells look the same.
    pub(super) fn looks_like(&self, other: &Glyph<'_>) -> bool {
        if self.is_empty() && other.is_empty() {
            return self.style.bg == other.style.bg;
        }
        self.text == other.text && self.style == other.style && self.link == other.link
    }

    /// Whether every terminal moves its cursor by exactly one for it.
    pub(super) fn is_plain(&self) -> bool {
        let mut characters = self.text.chars();
        self.width == 1
            && characters.next().is_some_and(|only| !is_regional(only))
            && characters.next().is_none()
    }

    /// Whether terminals may disagree on how much room it takes: anything of several characters, and emoji, which some
    /// know and some do not. Chinese, Japanese and Korean are wide everywhere.
    pub(super) fn is_doubtful(&self) -> bool {
        let mut characters = self.text.chars();
        let Some(first) = characters.next() else { return false };
        characters.next().is_some() || is_regional(first) || (self.width > 1 && !is_cjk(first))
    }

    /// Most columns that a terminal may give it: one that knows no joining draws every part apart.
    pub(super) fn reach(&self) -> u16 {
        reach(self.text, self.width)
    }
}

fn is_cjk(character: char) -> bool {
    matches!(character, '\u{1100}'..='\u{115e}' | '\u{2e80}'..='\u{a4cf}' | '\u{a960}'..='\u{a97c}' | '\u{ac00}'..='\u{d7a3}'
        | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe6f}' | '\u{ff00}'..='\u{ffe6}' | '\u{20000}'..='\u{3fffd}')
}

/// Half of a flag. Alone it is one column to us and two to whoever goes by wcwidth, pyte for one.
fn is_regional(character: char) -> bool {
    matches!(character, '\u{1f1e6}'..='\u{1f1ff}')
}

fn reach(text: &str, width: u16) -> u16 {
    let columns = |c: char| if is_regional(c) { 2 } else { c.width().unwrap_or(0) };
    let apart: usize = text.chars().map(columns).sum();
    u16::try_from(apart).unwrap_or(u16::MAX).max(width)
}

/// What of a symbol may be written where `room` columns are left in the row, and how many of them it takes. What does not
/// fit or must not be shown is a `?`, never nothing: a moderator should see that there was something.
pub(super) fn fit(symbol: &str, room: u16, unicode: bool) -> (Cow<'_, str>, u16) {
    if let [b' '..=b'~'] = symbol.as_bytes() {
        return (Cow::Borrowed(symbol), 1);
    }
    let text = safe(symbol);
    let width = text.cell_width();
    if width > room {
        return (Cow::Borrowed(" "), 1);
    }
    if !unicode && !text.is_ascii() {
        let stand_in = text.chars().next().map_or(' ', ascii);
        return (Cow::Owned(stand_in.to_string()), 1);
    }
    if reach(&text, width) > room {
        // A terminal that draws the parts apart would wrap into the next row, or scroll: its first part is enough here.
        let base: String = text.chars().take(1).collect();
        let width = base.cell_width();
        return if (1..=room).contains(&width) {
            (Cow::Owned(base), width)
        } else {
            (Cow::Borrowed(REFUSED), 1)
        };
    }
    (text, width)
}

/// The safe part of a symbol: one grapheme that takes at least one column and contains nothing that acts on the terminal,
/// on the direction of text, or on nothing at all.
fn safe(symbol: &str) -> Cow<'_, str> {
    let mut characters = symbol.chars();
    match (characters.next(), characters.next()) {
        (None, _) => return Cow::Borrowed(" "),
        (Some('\u{a0}'), None) => return Cow::Borrowed(" "),
        (Some(only), None) if !is_refused(only) && symbol.cell_width() > 0 => return Cow::Borrowed(symbol),
        (Some(_), None) => return Cow::Borrowed(REFUSED),
        _ => {}
    }
    let kept = without_refused(symbol);
    let first = kept.graphemes(true).next().unwrap_or_default();
    match first {
        "" => Cow::Borrowed(REFUSED),
        // Only now, for a lone control character must not be asked for its width.
        _ if first.cell_width() == 0 || first.chars().next().and_then(UnicodeWidthChar::width) == Some(0) => {
            Cow::Borrowed(REFUSED)
        }
        _ => Cow::Owned(first.to_owned()),
    }
}

fn without_refused(symbol: &str) -> String {
    let mut kept = String::new();
    let mut marks = 0;
    let mut characters = symbol.chars().take(CHARACTERS_MAX).peekable();
    while let Some(character) = characters.next() {
        let allowed = match character {
            JOINER => joins(kept.chars().next_back()) && joins(characters.peek().copied()),
            '\u{fe0e}' | '\u{fe0f}' => !kept.is_empty(),
            _ if is_refused(character) => false,
            _ if character.width() == Some(0) => {
                marks += 1;
                marks <= MARKS_MAX
            }
            _ => true,
        };
        if allowed {
            kept.push(character);
        }
    }
    kept
}

/// Whether a joiner may stand beside it: symbols and emoji, and the variation selectors between them.
fn joins(neighbour: Option<char>) -> bool {
    neighbour.is_some_and(|c| matches!(c, '\u{2190}'..='\u{2bff}' | '\u{fe0f}' | '\u{1f000}'..='\u{1faff}'))
}

/// Characters that must never reach a terminal by themselves: SAFETY.md, Terminal, first line.
fn is_refused(character: char) -> bool {
    character.is_control()
        || matches!(character,
            // Soft hyphen, grapheme joiner, Arabic letter mark, fillers that show nothing.
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{3164}' | '\u{ffa0}'
            | '\u{180b}'..='\u{180f}'
            // Zero-width spaces and joiners, directions, line and paragraph separators, invisible operators, isolates.
            | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            // Variation selectors (emoji and text style are let through by the caller), byte order mark, annotations.
            | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}'
            // Tags, more variation selectors, and what no character will ever be.
            | '\u{e0000}'..='\u{e0fff}' | '\u{fdd0}'..='\u{fdef}')
        || (u32::from(character) & 0xfffe) == 0xfffe
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fitted(symbol: &str) -> String {
        fit(symbol, 80, true).0.into_owned()
    }

    #[test]
    fn what_is_safe_stays_as_it_is() {
        for text in [
            "a",
            " ",
            "~",
            "é",
            "e\u{301}",
            "日",
            "─",
            "ñ",
            "🙂",
            "❤\u{fe0f}",
            "1\u{fe0f}\u{20e3}",
            "👍🏽",
            "🇩🇪",
        ] {
            assert_eq!(fitted(text), text, "{text:?}");
        }
        for family in [
            "👨\u{200d}👩\u{200d}👧\u{200d}👦",
            "👩🏽\u{200d}❤\u{fe0f}\u{200d}💋\u{200d}👨🏽",
            "🏳\u{fe0f}\u{200d}🌈",
        ] {
            assert_eq!(fitted(family), family);
        }
    }

    /// SAFETY.md, Terminal: C0, C1, DEL, bidi, tags, zero-width, piles of marks.
    #[test]
    fn what_is_not_safe_is_cut_away_or_a_question_mark() {
        let table = [
            ("\x1b", "?"),
            ("\x1b[31m", "["),
            ("\x07", "?"),
            ("\t", "?"),
            ("\n", "?"),
            ("\x7f", "?"),
            ("\u{9b}", "?"),
            ("\u{9b}2J", "2"),
            ("\u{202e}", "?"),
            ("a\u{202e}", "a"),
            ("\u{2066}x\u{2069}", "x"),
            ("\u{200b}", "?"),
            ("\u{200d}", "?"),
            ("\u{feff}", "?"),
            ("\u{fe0f}", "?"),
            ("a\u{200d}b", "a"),
            ("\u{e0041}", "?"),
            ("🏴\u{e0067}\u{e0062}\u{e007f}", "🏴"),
            ("\u{2028}", "?"),
            ("\u{ad}", "?"),
            ("\u{ffff}", "?"),
            ("\u{301}", "?"),
            ("\u{301}a", "?"),
            ("ab", "a"),
            ("", " "),
            ("\u{a0}", " "),
        ];
        for (symbol, safe) in table {
            assert_eq!(fitted(symbol), safe, "{symbol:?}");
        }
        let pile = format!("z{}", "\u{301}\u{317}".repeat(100));
        assert_eq!(fitted(&pile).chars().count(), 1 + MARKS_MAX);
    }

    #[test]
    fn what_does_not_fit_the_row_is_left_out() {
        assert_eq!(fit("日", 1, true), (Cow::Borrowed(" "), 1));
        assert_eq!(fit("日", 2, true), (Cow::Borrowed("日"), 2));
        // Drawn apart, a thumb and its colour take four columns, and would wrap.
        assert_eq!(fit("👍🏽", 2, true), (Cow::<str>::Owned("👍".to_owned()), 2));
        assert_eq!(fit("👍🏽", 4, true), (Cow::Borrowed("👍🏽"), 2));
    }

    #[test]
    fn a_terminal_without_unicode_gets_ascii() {
        let table = [
            ("é", "e"),
            ("Å", "A"),
            ("─", "-"),
            ("┌", "+"),
            ("│", "|"),
            ("日", "?"),
            ("🙂", "?"),
            ("ﬁ", "f"),
            ("x", "x"),
        ];
        for (symbol, stand_in) in table {
            assert_eq!(fit(symbol, 10, false), (Cow::Borrowed(stand_in), 1), "{symbol}");
        }
    }

    #[test]
    fn doubts_about_width() {
        let glyph = |text: &'static str| Glyph { text, width: text.cell_width(), ..Glyph::BLANK };
        let doubtful = |text| (glyph(text).is_doubtful(), glyph(text).is_plain(), glyph(text).reach());
        assert_eq!(doubtful("a"), (false, true, 1));
        assert_eq!(doubtful("─"), (false, true, 1));
        assert_eq!(doubtful("日"), (false, false, 2));
        assert_eq!(doubtful("🙂"), (true, false, 2));
        assert_eq!(doubtful("e\u{301}"), (true, false, 1));
        assert_eq!(doubtful("👍🏽"), (true, false, 4));
        assert_eq!(doubtful("❤\u{fe0f}"), (true, false, 2));
        assert_eq!(doubtful("👨\u{200d}👩\u{200d}👧\u{200d}👦"), (true, false, 8));
    }
}
