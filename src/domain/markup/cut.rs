//! Where a long text may be cut so that reading it afresh from there gives the same: before a block, between two lines of
//! code, between two items of a list, and between two words of a paragraph in which nothing is open.

use super::closed::begins_word;
use super::items::{self, Items};
use super::quote::after_fence;

/// Bytes after which a piece ends as soon as it may: more than a tall window shows, and well under a millisecond of
/// reading and laying out.
pub(super) const PIECE_BYTES: usize = 4_096;

/// Bytes that the rest of a line may have before it is cut in the middle.
const LINE_MORE: usize = 1_024;

/// What a piece begins with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Goes {
    /// A block of its own, or one in the quote that goes on.
    Anew { quoted: bool },
    /// A line of the block of code that this fence opened.
    Code { fence: String, quoted: bool },
    /// More of the paragraph before, perhaps in the middle of a line.
    Words { quoted: bool, midline: bool },
    /// An item of the list before.
    Items(Items),
}

impl Default for Goes {
    fn default() -> Self {
        Self::Anew { quoted: false }
    }
}

/// The end of a piece.
pub(super) struct Cut {
    /// Its bytes.
    pub(super) end: usize,
    /// What comes after it.
    pub(super) goes: Goes,
    /// Where the paragraph begins that goes on.
    pub(super) paragraph: usize,
}

impl Cut {
    fn anew(end: usize) -> Self {
        Self { end, goes: Goes::default(), paragraph: 0 }
    }

    /// The end of a piece of a list.
    pub(super) fn of_items(text: &str, items: &Items) -> Self {
        match items.split(text, PIECE_BYTES) {
            Some((end, rest)) => Self { end, goes: Goes::Items(rest), paragraph: 0 },
            None => Self::anew(items.bytes),
        }
    }
}

/// Where the piece ends that `text` begins with, after `least` bytes or more. Whether the paragraph is closed at a cut
/// in it, is the caller's to find out.
pub(super) fn find(text: &str, from: &Goes, least: usize) -> Cut {
    let mut scan = Scan::after(from);
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let bare = line.trim_end_matches('\n');
        let marked = bare.starts_with('>') && (scan.quoted || scan.fence.is_none());
        let quoted = marked || (at == 0 && scan.quoted && scan.midline);
        if quoted != scan.quoted {
            if quoted && at >= least {
                return Cut::anew(at);
            }
            scan = Scan { quoted, ..Scan::begin() };
        }
        let inner = if marked { &bare[1..] } else { bare };
        let inner = if marked { inner.strip_prefix(' ').unwrap_or(inner) } else { inner };
        if let Some(goes) = scan.goes_on(inner).filter(|_| at >= least) {
            return Cut { end: at, goes, paragraph: scan.paragraph.unwrap_or(0) };
        }
        if is_tangled(inner, scan.fence) {
            break;
        }
        if scan.meets_list(&text[at..], inner) && at > 0 {
            return Cut::anew(at);
        }
        if let Some(end) = scan.midline(bare, inner, least.saturating_sub(at)) {
            let goes = Goes::Words { quoted, midline: true };
            return Cut { end: at + end, goes, paragraph: scan.paragraph.unwrap_or(at) };
        }
        scan.take(inner, at);
        at += line.len();
    }
    Cut::anew(text.len())
}

/// What is known before a line.
struct Scan<'a> {
    /// In a quote; all else is about what stands in it, then.
    quoted: bool,
    /// The piece begins in the middle of a line.
    midline: bool,
    /// The fence of the code that is open.
    fence: Option<&'a str>,
    /// After a blank line, or a line that is no line of the code around it.
    blank: bool,
    /// Where the paragraph began that the line before belongs to.
    paragraph: Option<usize>,
    /// The line before ends with a backslash, which does something to the break.
    escaped: bool,
    /// A list may be open that is not to be cut.
    barred: bool,
}

impl<'a> Scan<'a> {
    /// At the beginning of a text.
    fn begin() -> Self {
        Self {
            quoted: false,
            midline: false,
            fence: None,
            blank: true,
            paragraph: None,
            escaped: false,
            barred: false,
        }
    }

    /// At the beginning of a piece.
    fn after(from: &'a Goes) -> Self {
        let mut scan = Self::begin();
        match from {
            Goes::Anew { quoted } => scan.quoted = *quoted,
            Goes::Code { fence, quoted } => (scan.quoted, scan.fence) = (*quoted, Some(fence.as_str())),
            Goes::Words { quoted, midline } => {
                (scan.quoted, scan.midline, scan.paragraph) = (*quoted, *midline, Some(0));
                scan.blank = false;
            }
            Goes::Items(_) => {}
        }
        scan
    }

    /// What the text goes on with if it is cut before `line`; nothing if it may not be.
    fn goes_on(&self, line: &str) -> Option<Goes> {
        let quoted = self.quoted;
        match self.fence {
            Some(fence) => {
                let goes_on = after_fence(self.fence, line).is_some() && !is_blank(line) && !self.blank;
                goes_on.then(|| Goes::Code { fence: fence.to_owned(), quoted })
            }
            None if !is_words(line) => None,
            None if self.blank => Some(Goes::Anew { quoted }),
            None if self.escaped => None,
            None => self.paragraph.map(|_| Goes::Words { quoted, midline: false }),
        }
    }

    /// Whether a long list begins with `line`, whose items can be parted.
    fn meets_list(&mut self, text: &str, line: &str) -> bool {
        let may = !self.quoted && self.fence.is_none() && !self.barred;
        let Some(mark) = items::mark(line).map(|(mark, _)| mark).filter(|_| may) else { return false };
        let begins = self.blank || (self.paragraph.is_some() && mark.interrupts());
        begins && items::survey(text).is_some_and(|list| list.bytes > PIECE_BYTES)
    }

    /// Where a long line of a paragraph may be cut, after `least` bytes of it or more.
    fn midline(&self, bare: &str, inner: &str, least: usize) -> Option<usize> {
        let is_text = self.fence.is_none() && (self.blank || self.paragraph.is_some()) && is_words(inner);
        if !is_text || bare.len() < least + LINE_MORE {
            return None;
        }
        let from = bare.floor_char_boundary(least.max(bare.len() - inner.len() + 1));
        let mut ends = bare[from..].match_indices([' ', '。', '、']).map(|(at, sign)| from + at + sign.len());
        ends.find(|end| parts_words(&bare[..*end], &bare[*end..]))
    }

    fn take(&mut self, line: &'a str, at: usize) {
        let after = after_fence(self.fence, line);
        let (blank, words) = (is_blank(line), self.fence.is_none() && is_words(line));
        self.paragraph = self.paragraph.or(self.blank.then_some(at)).filter(|_| words);
        if !blank {
            self.barred = !words || (self.barred && !self.blank);
        }
        self.escaped = line.ends_with('\\');
        // After the line of a fence, there is no line of code yet.
        self.blank = blank || after.is_some() != self.fence.is_some();
        self.fence = after;
    }
}

fn is_blank(line: &str) -> bool {
    line.trim().is_empty()
}

/// Whether a line begins with words and not with any mark: after a blank line it begins a paragraph, whatever was open.
pub(super) fn is_words(line: &str) -> bool {
    let number = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_item = number.len() < line.len() && number.starts_with(['.', ')']);
    line.starts_with(|c: char| c.is_alphanumeric() || "\"'(@".contains(c)) && !is_item
}

/// Whether a line may leave something open that only the whole text tells: HTML, which may reach over blank lines, and
/// a fence that could belong to a list, or be none.
pub(super) fn is_tangled(line: &str, fence: Option<&str>) -> bool {
    let inner = line.trim_start();
    let mark = inner.chars().next();
    let fence_like = inner.starts_with("```") || inner.starts_with("~~~");
    let odd_fence = fence_like
        && (inner.len() < line.len() || (mark == Some('`') && inner.trim_start_matches('`').contains('`')));
    let html = inner.strip_prefix('<').is_some_and(|rest| {
        rest.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?'))
    });
    odd_fence || (fence.is_none() && html)
}

/// Whether a line may be cut between two words: one space or stop between them, and nothing that reaches over it.
fn parts_words(before: &str, after: &str) -> bool {
    let Some(sign) = before.chars().next_back() else { return false };
    let head = &before[..before.len() - sign.len_utf8()];
    let apart = if sign == ' ' {
        !head.ends_with([' ', '\\'])
    } else {
        // Without a space between them, an address or a name might reach over the stop.
        let word = head.rfind(char::is_whitespace).map_or(head, |space| &head[space..]);
        !word.contains(['/', ':', '@'])
    };
    apart && after.chars().next().is_some_and(|after| begins_word(sign, after)) && is_words(after)
}
