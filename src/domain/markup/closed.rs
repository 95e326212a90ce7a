//! Whether a paragraph may be read in two parts: nothing that was begun in the first may end in the second.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use unicode_segmentation::UnicodeSegmentation;

use super::guard::guard;
use super::inline::SPOILER;

/// Characters without which a paragraph is only words.
const MARKS: [char; 9] = ['*', '_', '`', '[', ']', '<', '\\', '|', '&'];

/// Whether nothing is left open at the end of `paragraph`, the beginning of one that goes on with words after a space or
/// a line break: no emphasis, code, link, tag or spoiler. Says no where it is in doubt.
pub(super) fn is_closed(paragraph: &str) -> bool {
    if !paragraph.contains(MARKS) {
        return true;
    }
    let source = guard(paragraph);
    let mut left = Left::default();
    let mut links = 0_usize;
    for (event, range) in Parser::new_ext(&source, Options::empty()).into_offset_iter() {
        match event {
            Event::Start(Tag::Link { .. } | Tag::Image { .. }) => links += 1,
            Event::End(TagEnd::Link | TagEnd::Image) => links = links.saturating_sub(1),
            // What the parser gives back as text of its own found no partner so far.
            Event::Text(_) => {
                let escaped = usize::from(source[..range.start].ends_with('\\'));
                let text = source.get(range.start + escaped..range.end).unwrap_or_default();
                let ok = text.match_indices(MARKS).all(|(at, mark)| {
                    let at = range.start + escaped + at;
                    left.take(mark, Around::of(&source, at, mark.len()))
                }) && (links > 0 || left.pipes(&source, range.start + escaped..range.end));
                if !ok {
                    return false;
                }
            }
            _ => {}
        }
    }
    left.brackets == 0 && left.spoiler.is_none()
}

/// The characters beside a mark; at the ends of a text stands nothing.
struct Around {
    before: Option<char>,
    after: Option<char>,
}

impl Around {
    fn of(text: &str, at: usize, length: usize) -> Self {
        Self { before: text[..at].chars().next_back(), after: text[at + length..].chars().next() }
    }
}

/// What may still be open.
#[derive(Default)]
struct Left {
    brackets: usize,
    /// Where a spoiler began.
    spoiler: Option<usize>,
}

impl Left {
    /// Takes in a mark that was left over. False where it may open something.
    fn take(&mut self, mark: &str, around: Around) -> bool {
        let before_words = around.after.is_some_and(|c| !c.is_whitespace());
        match mark {
            "*" => !before_words,
            "_" => !before_words || around.before.is_some_and(char::is_alphanumeric),
            "`" => false,
            "<" => !around.after.is_some_and(|c| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?')),
            "[" => {
                self.brackets += 1;
                true
            }
            "]" => {
                self.brackets = self.brackets.saturating_sub(1);
                around.after != Some('(')
            }
            _ => true,
        }
    }

    /// Takes in the marks of spoilers in a stretch of text, as `inline` pairs them. False where the text beside one is
    /// not what it looks like.
    fn pipes(&mut self, source: &str, range: std::ops::Range<usize>) -> bool {
        for (at, _) in source[range.clone()].match_indices(SPOILER) {
            let at = range.start + at;
            let around = Around::of(source, at, SPOILER.len());
            if [around.before, around.after].into_iter().flatten().any(|c| MARKS.contains(&c) || c == '!') {
                return false;
            }
            match self.spoiler {
                None if around.after.is_some_and(|c| !c.is_whitespace()) => self.spoiler = Some(at),
                Some(start)
                    if at > start + SPOILER.len() && around.before.is_some_and(|c| !c.is_whitespace()) =>
                {
                    self.spoiler = None;
                }
                _ => {}
            }
        }
        true
    }
}

/// Whether a word begins with `after`, and nothing that stands before it reaches into it.
pub(super) fn begins_word(before: char, after: char) -> bool {
    let mut pair = [0; 8];
    let length = before.encode_utf8(&mut pair).len();
    let length = length + after.encode_utf8(&mut pair[length..]).len();
    after.is_alphanumeric()
        && std::str::from_utf8(&pair[..length]).is_ok_and(|pair| pair.graphemes(true).count() == 2)
}
