//! A long text read piece by piece, so that its beginning is there as soon as a short text would be. A piece ends only
//! where reading afresh gives the same: before a paragraph of its own, or between two lines of a block of code.

use super::links::LinkBook;
use super::quote::after_fence;
use super::{Line, Options, layout, parse};

/// Bytes after which a piece ends as soon as it may: more than a tall window shows, and well under a millisecond of
/// reading and laying out.
const PIECE_BYTES: usize = 4_096;

/// Where one is in a text that is read piece by piece. The text itself stays with its owner and is handed in for every
/// piece; it is one that is stored, and so clean.
#[derive(Default)]
pub struct Pieces {
    at: usize,
    book: LinkBook,
    /// The fence of the block of code that the next piece goes on with.
    fence: Option<String>,
}

impl Pieces {
    /// Lays out the next piece; nothing after the last one. All of them together are what `render` gives.
    pub fn next(&mut self, body: &str, width: u16, options: Options) -> Option<Vec<Line>> {
        let first = self.at == 0;
        let text = body.get(self.at..).filter(|text| first || !text.is_empty())?;
        if first && text.is_empty() {
            // An empty text is one piece, so that the caller's end comes the same way for all.
            self.at = usize::MAX;
            return Some(Vec::new());
        }
        let opened = self.fence.take();
        let (end, open) = cut(text, opened.as_deref());
        let piece = &text[..end];
        let lead = if first || opened.is_some() { Vec::new() } else { vec![Line::new()] };
        let fenced = opened.as_deref().map(|fence| format!("{fence}\n{piece}"));
        let book = std::mem::take(&mut self.book);
        let (blocks, book) = parse::blocks(fenced.as_deref().unwrap_or(piece), book);
        let lines = layout::rows(&blocks, width, options);
        self.fence = open.map(str::to_owned);
        self.book = book;
        self.at += end;
        Some(if lines.is_empty() { lines } else { lead.into_iter().chain(lines).collect() })
    }

    /// Where the links lead that were met so far, by their numbers from 1 on.
    pub fn links(&self) -> &[String] {
        self.book.addresses()
    }
}

/// Where the piece ends that `text` begins with, and the fence that is open there; `inside` is the one that is open at
/// its beginning.
fn cut<'a>(text: &'a str, inside: Option<&'a str>) -> (usize, Option<&'a str>) {
    let (mut fence, mut blank_before, mut at) = (inside, true, 0);
    for line in text.split_inclusive('\n') {
        let bare = line.trim_end_matches('\n');
        let blank = bare.trim().is_empty();
        let after = after_fence(fence, bare);
        if at >= PIECE_BYTES {
            let goes_on = fence.is_some() && after.is_some() && !blank && !blank_before;
            let begins = fence.is_none() && blank_before && is_words(bare);
            if goes_on || begins {
                return (at, fence);
            }
        }
        if is_tangled(bare, fence) {
            break;
        }
        // After the line of a fence, there is no line of code yet.
        blank_before = blank || after.is_some() != fence.is_some();
        (fence, at) = (after, at + line.len());
    }
    (text.len(), None)
}

/// Whether a line begins with words and not with any mark: after a blank line it begins a paragraph, whatever was open.
fn is_words(line: &str) -> bool {
    let number = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_item = number.len() < line.len() && number.starts_with(['.', ')']);
    line.starts_with(|c: char| c.is_alphanumeric() || "\"'(@".contains(c)) && !is_item
}

/// Whether a line may leave something open that only the whole text tells: HTML, which may reach over blank lines, and
/// a fence that could belong to a list, or be none.
fn is_tangled(line: &str, fence: Option<&str>) -> bool {
    let inner = line.trim_start();
    let mark = inner.chars().next();
    let fence_like = inner.starts_with("```") || inner.starts_with("~~~");
    let odd_fence = fence_like
        && (inner.len() < line.len() || (mark == Some('`') && inner.trim_start_matches('`').contains('`')));
    let html = inner.strip_prefix('<').is_some_and(|rest| {
        rest.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '!' | '?' | '/'))
    });
    odd_fence || (fence.is_none() && html)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::markup::render;
    use crate::domain::text::clean_body;

    const OPTIONS: Options = Options { ascii: false, spoilers_open: false };

    fn all(body: &str, width: u16) -> (Vec<Line>, Vec<String>, usize) {
        let (mut pieces, mut lines, mut count) = (Pieces::default(), Vec::new(), 0);
        while let Some(more) = pieces.next(body, width, OPTIONS) {
            lines.extend(more);
            count += 1;
        }
        (lines, pieces.links().to_vec(), count)
    }

    fn same(body: &str, width: u16) -> usize {
        let (lines, links, count) = all(body, width);
        let whole = render(body, width, OPTIONS);
        let differs = lines.iter().zip(&whole.lines).position(|(one, other)| one != other);
        assert!(differs.is_none(), "row {differs:?} differs");
        assert_eq!(lines.len(), whole.lines.len());
        assert_eq!(links, whole.links);
        count
    }

    #[test]
    fn r5_a_long_text_is_read_in_pieces_and_stays_the_same() {
        let paragraph = "Tea with @bob and *milk*, see https://a.example/tea for ||more|| of it.\n\n";
        assert!(same(&clean_body(&paragraph.repeat(800)), 60) > 8);
        let code =
            format!("Look:\n```sh\n{}```\nand so on", "echo 'some line of a log'\n\n\nls\n".repeat(900));
        assert!(same(&clean_body(&code), 60) > 4);
        assert_eq!(same("short", 60), 1);
        assert_eq!(same("", 60), 1);
    }

    #[test]
    fn what_only_the_whole_text_tells_is_not_cut() {
        let long = "x".repeat(PIECE_BYTES);
        for body in [
            format!("- ```\n  {long}\n  ```\n\ntea\n\n```\ncode\n\ncode\n```\n\nmore"),
            format!("<!-- {long}\n\ntea\n\n-->\n\nmore"),
            format!("{long}\n\n- a\n\n- b\n\nc\n\n1. d\n\n2. e"),
            format!("```a`b\n{long}\n\ntea"),
            format!("> {long}\n> ```\n> tea\n\ntea\n\n> ```\n\nmore"),
        ] {
            same(&clean_body(&body), 40);
        }
    }

    proptest! {
        // Each case lays out a text of some 30 KiB twice.
        #![proptest_config(ProptestConfig::with_cases(64))]
        /// The pieces of any text are the text.
        #[test]
        fn r6_pieces_are_what_the_whole_is(parts in prop::collection::vec(
            prop_oneof![
                Just("\n\n".to_owned()), Just("\n".to_owned()), Just("```".to_owned()), Just("\n```\n".to_owned()),
                Just("\n~~~ sh\n".to_owned()), Just("\n- item\n".to_owned()), Just("\n  ```\n".to_owned()),
                Just("\n> quote\n".to_owned()), Just("\n<!--\n".to_owned()), Just("-->".to_owned()),
                Just("\n1. one\n".to_owned()), Just("\n12 (\n".to_owned()), Just("\n\"a\" 2)\n".to_owned()), Just("\n    code\n".to_owned()), Just("\n---\n".to_owned()),
                Just("https://a.example/1".to_owned()), Just("*em* ||sp|| `c`".to_owned()), Just("\n# h\n".to_owned()),
                Just(format!("Tea {}", "with milk ".repeat(180))), Just(format!("\n{}\n", "a line\n".repeat(220))),
                "\\PC{0,12}",
            ], 1..60))
        {
            let body = clean_body(&parts.concat());
            same(&body, 50);
        }
    }
}
