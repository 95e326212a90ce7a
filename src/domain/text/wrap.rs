//! Breaking text into rows of a width: at spaces, between ideographs, and through words too long for a row.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use super::width::cluster_width;

/// One row of wrapped text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrappedLine {
    /// Its bytes in the text that was wrapped, without the spaces (or the line feed) at its end.
    pub range: Range<usize>,
    /// Its columns. More than asked for only where a single cluster is wider than a row.
    pub width: usize,
}

/// The rows of `text` at `width` columns. A line feed always begins a new row; an empty text has none.
///
/// ```
/// assert_eq!(hob::domain::text::wrap("warm and plain", 9), ["warm and", "plain"]);
/// ```
pub fn wrap(text: &str, width: usize) -> Vec<&str> {
    wrap_ranges(text, width).into_iter().map(|line| &text[line.range]).collect()
}

/// As [`wrap`], as byte ranges, for text that carries styles.
pub fn wrap_ranges(text: &str, width: usize) -> Vec<WrappedLine> {
    wrap_until(text, width, |_| false).0
}

/// As [`wrap_ranges`], up to the first row of which `known` says, by the byte where it begins, that it and all that follow
/// it are known; that byte comes along.
pub fn wrap_until(
    text: &str,
    width: usize,
    known: impl FnMut(usize) -> bool,
) -> (Vec<WrappedLine>, Option<usize>) {
    let wrapper = Wrapper::new(text, width.max(1));
    if text.is_ascii() {
        wrapper.run((0..text.len()).map(|at| (at, &text[at..=at])), known)
    } else {
        wrapper.run(text.grapheme_indices(true), known)
    }
}

/// A place where a row may end: the text before it, the text after the spaces there, and the columns of both.
#[derive(Clone, Copy)]
struct Break {
    before: usize,
    before_width: usize,
    after: usize,
    after_width: usize,
}

struct Wrapper<'a> {
    text: &'a str,
    width: usize,
    lines: Vec<WrappedLine>,
    start: usize,
    /// Columns since `start`, spaces included.
    used: usize,
    /// End and columns of the text since `start` without the spaces at its end.
    solid: usize,
    solid_width: usize,
    candidate: Option<Break>,
    previous: Option<&'a str>,
    previous_width: usize,
}

impl<'a> Wrapper<'a> {
    fn new(text: &'a str, width: usize) -> Self {
        Self {
            text,
            width,
            lines: Vec::new(),
            start: 0,
            used: 0,
            solid: 0,
            solid_width: 0,
            candidate: None,
            previous: None,
            previous_width: 0,
        }
    }

    fn run(
        mut self,
        clusters: impl Iterator<Item = (usize, &'a str)>,
        mut known: impl FnMut(usize) -> bool,
    ) -> (Vec<WrappedLine>, Option<usize>) {
        let mut rows = 0;
        for (at, cluster) in clusters {
            self.feed(at, cluster, cluster_width(cluster));
            if self.lines.len() > rows {
                rows = self.lines.len();
                if known(self.start) {
                    return (self.lines, Some(self.start));
                }
            }
        }
        (self.finish(), None)
    }

    fn feed(&mut self, at: usize, cluster: &'a str, width: usize) {
        if cluster == "\n" {
            self.emit(self.solid, self.solid_width);
            self.restart(at + 1);
            return;
        }
        if is_breaking_space(cluster) {
            self.used += width;
            if self.solid > self.start {
                self.candidate = Some(Break {
                    before: self.solid,
                    before_width: self.solid_width,
                    after: at + cluster.len(),
                    after_width: self.used,
                });
            }
            self.remember(cluster, width);
            return;
        }
        if at > self.start && self.may_break_before(cluster, width) {
            self.candidate = Some(Break {
                before: self.solid,
                before_width: self.solid_width,
                after: at,
                after_width: self.used,
            });
        }
        if self.used + width > self.width {
            self.break_row(at, width);
        }
        self.used += width;
        self.solid = at + cluster.len();
        self.solid_width = self.used;
        self.remember(cluster, width);
    }

    /// Ends the row before the cluster at `at`, at the last good place or, if there is none, right here.
    fn break_row(&mut self, at: usize, width: usize) {
        if let Some(place) = self.candidate.take() {
            self.emit(place.before, place.before_width);
            self.start = place.after;
            self.used -= place.after_width;
        }
        if self.used + width > self.width && at > self.start {
            // Nothing but spaces so far: an empty row.
            self.emit(self.solid, self.used);
            self.start = at;
            self.used = 0;
        }
    }

    /// Adds the row from `start` to `end`, which lies before `start` when the row holds nothing but spaces.
    fn emit(&mut self, end: usize, width: usize) {
        let end = end.max(self.start);
        let width = if end == self.start { 0 } else { width };
        self.lines.push(WrappedLine { range: self.start..end, width });
    }

    fn restart(&mut self, at: usize) {
        self.start = at;
        self.used = 0;
        self.solid = at;
        self.solid_width = 0;
        self.candidate = None;
        self.previous = None;
        self.previous_width = 0;
    }

    fn remember(&mut self, cluster: &'a str, width: usize) {
        self.previous = Some(cluster);
        self.previous_width = width;
    }

    /// Between two clusters without a space: where either is wide, unless a bracket or a stop forbids it.
    fn may_break_before(&self, cluster: &str, width: usize) -> bool {
        let Some(previous) = self.previous.filter(|p| !is_breaking_space(p)) else { return false };
        (width > 1 || self.previous_width > 1) && !clings_to_previous(cluster) && !clings_to_next(previous)
    }

    fn finish(mut self) -> Vec<WrappedLine> {
        if self.start < self.text.len() || self.text.ends_with('\n') {
            self.emit(self.solid, self.solid_width);
        }
        self.lines
    }
}

/// Spaces at which a row may end. The no-break spaces are not among them.
fn is_breaking_space(cluster: &str) -> bool {
    let mut chars = cluster.chars();
    matches!(
        (chars.next(), chars.next()),
        (
            Some(
                ' '
                | '\u{1680}'
                | '\u{2000}'..='\u{2006}'
                | '\u{2008}'..='\u{200a}'
                | '\u{205f}'
                | '\u{3000}',
            ),
            None,
        )
    )
}

/// Stops and closing brackets that must not begin a row (the common part of the Japanese and Chinese rules).
fn clings_to_previous(cluster: &str) -> bool {
    cluster.chars().next().is_some_and(|c| {
        matches!(
            c,
            '、' | '。'
                | '，'
                | '．'
                | '！'
                | '？'
                | '：'
                | '；'
                | '」'
                | '』'
                | '）'
                | '】'
                | '〕'
                | '》'
                | '〉'
                | '］'
                | '｝'
                | 'ー'
                | '々'
                | '…'
                | '・'
                | 'ぁ'
                | 'ぃ'
                | 'ぅ'
                | 'ぇ'
                | 'ぉ'
                | 'っ'
                | 'ゃ'
                | 'ゅ'
                | 'ょ'
                | 'ァ'
                | 'ィ'
                | 'ゥ'
                | 'ェ'
                | 'ォ'
                | 'ッ'
                | 'ャ'
                | 'ュ'
                | 'ョ'
                | '.'
                | ','
                | '!'
                | '?'
                | ':'
                | ';'
                | ')'
                | ']'
                | '}'
                | '"'
                | '\''
                | '”'
                | '’'
        )
    })
}

/// Opening brackets that must not end a row.
fn clings_to_next(cluster: &str) -> bool {
    matches!(
        cluster,
        "「" | "『"
            | "（"
            | "【"
            | "〔"
            | "《"
            | "〈"
            | "［"
            | "｛"
            | "("
            | "["
            | "{"
            | "“"
            | "‘"
            | "\""
            | "'"
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::text::corpus::hostile;
    use crate::domain::text::{clean_body, display_width};

    #[test]
    fn rows_end_at_spaces() {
        assert_eq!(wrap("the quick brown fox", 10), ["the quick", "brown fox"]);
        assert_eq!(wrap("a  b", 2), ["a", "b"]);
        assert_eq!(wrap("exactly ten", 11), ["exactly ten"]);
        assert_eq!(wrap("trailing   ", 20), ["trailing"]);
        assert_eq!(wrap("", 5), Vec::<&str>::new());
    }

    #[test]
    fn line_feeds_always_break_and_indentation_stays() {
        assert_eq!(wrap("a\n\n  b\n", 10), ["a", "", "  b", ""]);
        assert_eq!(wrap("   word", 5), ["   wo", "rd"]);
        assert_eq!(wrap("      word", 5), ["", "word"]);
    }

    #[test]
    fn long_words_are_cut() {
        assert_eq!(wrap("ab abcdefghij k", 4), ["ab", "abcd", "efgh", "ij k"]);
        assert_eq!(wrap("x\u{a0}y z", 3), ["x\u{a0}y", "z"]);
    }

    #[test]
    fn ideographs_break_anywhere_but_before_stops() {
        assert_eq!(wrap("日本語の文章", 6), ["日本語", "の文章"]);
        assert_eq!(wrap("日本語。文章", 6), ["日本", "語。文", "章"]);
        assert_eq!(wrap("日本「語」", 6), ["日本", "「語」"]);
        assert_eq!(wrap("ab日本", 3), ["ab", "日", "本"]);
    }

    fn check(text: &str, width: usize) {
        let lines = wrap_ranges(text, width);
        let mut end = 0;
        for line in &lines {
            let row = &text[line.range.clone()];
            assert_eq!(line.width, display_width(row), "{row:?}");
            let clusters = row.graphemes(true).count();
            assert!(line.width <= width || clusters == 1, "{row:?} is wider than {width}");
            let skipped = &text[end..line.range.start];
            assert!(skipped.chars().all(char::is_whitespace), "{skipped:?} was lost");
            end = line.range.end;
        }
        assert!(text[end..].chars().all(char::is_whitespace), "{:?} was lost", &text[end..]);
    }

    #[test]
    fn hostile_text_keeps_to_the_width() {
        for text in hostile() {
            for width in [1, 2, 5, 10, 80] {
                check(&clean_body(&text), width);
                check(&text, width);
            }
        }
    }

    proptest! {
        #[test]
        fn nothing_is_lost_and_no_row_is_too_wide(text in any::<String>(), width in 1_usize..30) {
            check(&text, width);
        }

        #[test]
        fn words_and_ideographs(text in "[a-c \n日。「」\u{301}\u{3000}-]{0,60}", width in 1_usize..12) {
            check(&text, width);
        }
    }
}
