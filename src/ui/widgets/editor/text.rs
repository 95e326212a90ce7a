//! The text of an editor with its rows: where each begins at the width it is wrapped to, kept up to date with every
//! change. All positions are bytes. Cursor, selection and undo are not here.

use std::ops::Range;

use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};

use crate::domain::text::{cells, display_width, wrap_ranges, wrap_until};

/// Rows above the changed one that may end elsewhere after the change. Where a row ends is decided by the first cluster
/// that has no room in it, which stands in the next row, or begins the one after that where it is wide.
const ROWS_BEFORE: usize = 3;

/// A text and the first byte of each of its rows.
#[derive(Clone, Debug)]
pub(super) struct Text {
    text: String,
    /// Never empty, always rising; the first is 0, and every byte after a line feed begins one.
    rows: Vec<u32>,
    width: usize,
    words: usize,
}

impl Text {
    /// An empty text, wrapped to `width` columns.
    pub(super) fn new(width: usize) -> Self {
        Self { text: String::new(), rows: vec![0], width, words: 0 }
    }

    pub(super) fn as_str(&self) -> &str {
        &self.text
    }

    pub(super) fn len(&self) -> usize {
        self.text.len()
    }

    /// Words, parted by spaces and line feeds.
    pub(super) fn words(&self) -> usize {
        self.words
    }

    /// Puts `new` in place of a range. Wraps anew from a little before it to where a row begins as it did before, and gives
    /// how many rows those are: a letter in the middle of a paragraph of any length costs a few.
    pub(super) fn replace(&mut self, range: Range<usize>, new: &str) -> usize {
        let paragraph = self.row_at(self.paragraph_start(range.start));
        let first = self.row_at(range.start).saturating_sub(ROWS_BEFORE).max(paragraph);
        let start = self.rows[first] as usize;
        let end = self.paragraph_end(range.end) - range.len() + new.len();
        let before = self.text[..range.start].chars().next_back();
        let behind = self.text[range.end..].chars().next();
        self.words += words_begun(before, new, behind);
        self.words -= words_begun(before, &self.text[range.clone()], behind);
        self.text.replace_range(range.clone(), new);
        let after = self.rows.partition_point(|row| *row as usize <= range.end);
        for row in &mut self.rows[after..] {
            *row = *row + offset(new.len()) - offset(range.len());
        }
        let below = &self.rows[after..];
        let known = |at: usize| below.binary_search(&offset(start + at)).is_ok();
        let (lines, same) = wrap_until(&self.text[start..end], self.width, known);
        let kept = match same {
            Some(at) => below.partition_point(|row| *row < offset(start + at)),
            None => below.partition_point(|row| *row as usize <= end),
        };
        let none = lines.is_empty().then_some(0);
        let rows = none.into_iter().chain(lines.iter().map(|line| offset(line.range.start)));
        self.rows.splice(first..after + kept, rows.map(|row| row + offset(start)));
        lines.len()
    }

    /// Wraps to another width.
    pub(super) fn wrap_to(&mut self, width: usize) {
        if self.width != width {
            self.width = width;
            self.rows = row_starts(&self.text, width).collect();
        }
    }

    pub(super) fn row_count(&self) -> usize {
        self.rows.len()
    }

    /// The row that a position stands in; where two rows meet, the second.
    pub(super) fn row_at(&self, at: usize) -> usize {
        self.rows.partition_point(|row| *row as usize <= at) - 1
    }

    /// What a row shows, without the line feed at its end.
    pub(super) fn row(&self, row: usize) -> Range<usize> {
        let start = self.rows[row] as usize;
        let end = self.rows.get(row + 1).map_or(self.text.len(), |next| *next as usize);
        let feed = end > start && self.text.as_bytes()[end - 1] == b'\n';
        start..end - usize::from(feed)
    }

    /// The last position of a row that is not the first of the next.
    pub(super) fn row_end(&self, row: usize) -> usize {
        let range = self.row(row);
        let wraps = self.rows.get(row + 1).is_some_and(|next| *next as usize == range.end);
        if wraps && range.end > range.start { self.cluster_before(range.end) } else { range.end }
    }

    /// Columns before a position in its row.
    pub(super) fn column(&self, at: usize) -> usize {
        display_width(&self.text[self.rows[self.row_at(at)] as usize..at])
    }

    /// The position in a row that is nearest to a column, not beyond it.
    pub(super) fn at_column(&self, row: usize, column: usize) -> usize {
        let (start, last) = (self.row(row).start, self.row_end(row));
        let (mut at, mut used) = (start, 0);
        for (cluster, width) in cells(&self.text[start..last]) {
            if used + width > column {
                break;
            }
            used += width;
            at += cluster.len();
        }
        at
    }

    pub(super) fn paragraph_start(&self, at: usize) -> usize {
        self.text[..at].rfind('\n').map_or(0, |feed| feed + 1)
    }

    pub(super) fn paragraph_end(&self, at: usize) -> usize {
        self.text[at..].find('\n').map_or(self.text.len(), |feed| at + feed)
    }

    /// A cursor over clusters at a position, in what follows the beginning of the row that `near` stands in, and that
    /// beginning. With each row a cluster begins; from there on it is found without looking further back, which may be
    /// as far as the text is long: half a flag is half of the one before or of the next by how many there are.
    fn clusters(&self, at: usize, near: usize) -> (usize, &str, GraphemeCursor) {
        let base = self.rows[self.row_at(near)] as usize;
        let rest = &self.text[base..];
        (base, rest, GraphemeCursor::new(at - base, rest.len(), true))
    }

    /// The beginning of the grapheme cluster before a position.
    pub(super) fn cluster_before(&self, at: usize) -> usize {
        let (base, rest, mut cursor) = self.clusters(at, at.saturating_sub(1));
        base + cursor.prev_boundary(rest, 0).ok().flatten().unwrap_or(0)
    }

    /// The end of the grapheme cluster after a position.
    pub(super) fn cluster_after(&self, at: usize) -> usize {
        let (base, rest, mut cursor) = self.clusters(at, at);
        base + cursor.next_boundary(rest, 0).ok().flatten().unwrap_or(rest.len())
    }

    /// The position itself between two clusters; inside of one, its end. A change can join what stood apart.
    pub(super) fn between_clusters(&self, at: usize) -> usize {
        let (_, rest, mut cursor) = self.clusters(at, at);
        if cursor.is_boundary(rest, 0).unwrap_or(true) { at } else { self.cluster_after(at) }
    }

    /// The beginning of the cluster that a position stands in.
    fn cluster_start(&self, at: usize) -> usize {
        if self.between_clusters(at) == at { at } else { self.cluster_before(at) }
    }

    /// The beginning of the word before a position.
    pub(super) fn word_before(&self, at: usize) -> usize {
        let mut end = at;
        loop {
            // Forward, a paragraph at a time: backward, each flag would be counted from the first one.
            let start = self.paragraph_start(end);
            let words = self.text[start..end].split_word_bound_indices().filter(|(_, piece)| is_word(piece));
            if let Some((word, _)) = words.reduce(|_, later| later) {
                // The rules for words look past marks where those for clusters do not: half a flag with a mark on it
                // and half of the flag after it are one word.
                return self.cluster_start(start + word);
            }
            let Some(before) = start.checked_sub(1) else { return 0 };
            end = before;
        }
    }

    /// The end of the word after a position.
    pub(super) fn word_after(&self, at: usize) -> usize {
        let mut pieces = self.text[at..].split_word_bound_indices();
        let word = pieces.find(|(_, piece)| is_word(piece));
        word.map_or(self.text.len(), |(start, piece)| self.between_clusters(at + start + piece.len()))
    }
}

fn is_word(piece: &str) -> bool {
    piece.chars().any(char::is_alphanumeric)
}

/// Words, parted by spaces and line feeds, that begin in a piece between two characters, or with the second of these.
fn words_begun(before: Option<char>, piece: &str, behind: Option<char>) -> usize {
    let mut blank = before.is_none_or(char::is_whitespace);
    let begins = |c: char| {
        let was_blank = std::mem::replace(&mut blank, c.is_whitespace());
        was_blank && !blank
    };
    piece.chars().chain(behind).map(begins).filter(|begins| *begins).count()
}

/// The first byte of each row. A text without anything in it has one row, and so has what follows a line feed.
fn row_starts(text: &str, width: usize) -> impl Iterator<Item = u32> {
    let rows = wrap_ranges(text, width);
    let none = rows.is_empty().then_some(0);
    none.into_iter().chain(rows.into_iter().map(|row| offset(row.range.start)))
}

/// An editor's limit is far below 4 GiB; were it not, positions beyond would stay at the end.
fn offset(bytes: usize) -> u32 {
    u32::try_from(bytes).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::draft::DRAFT_LEN_MAX;

    /// SAFETY, Transport: nothing that one session sends holds up the others, however long its text is.
    #[test]
    fn a_letter_in_a_paragraph_as_long_as_a_draft_wraps_a_few_rows_anew() {
        for word in ["warm ", "日本", "\u{1f1e9}\u{1f1ea}", "e\u{301} ", "x"] {
            let mut text = Text::new(79);
            text.replace(0..0, &word.repeat(DRAFT_LEN_MAX / word.len() - 100));
            let end = text.len();
            for typed in 0..20 {
                assert!(text.replace(end + typed..end + typed, "x") <= 8, "{word:?}");
            }
        }
        // Words of all lengths, as people write them.
        let words = (0..30_000).map(|n: usize| &"kettleboiling "[13 - n * n % 101 % 11..]);
        let mut text = Text::new(79);
        text.replace(0..0, &words.collect::<String>());
        assert!(text.row_count() > 2_000, "{}", text.row_count());
        for row in [0, text.row_count() / 3, text.row_count() / 2] {
            let at = text.row(row).start;
            assert!(text.replace(at..at, "x") <= 100 && text.replace(at..at + 1, "") <= 100, "row {row}");
        }
    }

    proptest! {
        #[test]
        fn what_is_wrapped_in_part_is_as_if_it_were_wrapped_whole(
            start in "[ab  日é\u{1f1e9}\u{1f1ea}\u{301}\n,「]{0,60}",
            changes in prop::collection::vec((0..80_usize, 0..6_usize, "[a  日\u{1f1e9}\u{301}\n]{0,5}"), 1..8),
            width in 1..9_usize,
        ) {
            let mut text = Text::new(width);
            text.replace(0..0, &start);
            for (at, len, new) in changes {
                let boundary = |at: usize| (0..=at.min(text.len())).rev().find(|at| text.as_str().is_char_boundary(*at));
                let (from, to) = (boundary(at).unwrap_or(0), boundary(at + len).unwrap_or(0));
                text.replace(from..to, &new);
                let fresh: Vec<u32> = row_starts(text.as_str(), width).collect();
                prop_assert_eq!(&text.rows, &fresh, "{:?}", text.as_str());
                prop_assert_eq!(text.words(), text.as_str().split_whitespace().count());
                let ends: Vec<usize> =
                    text.as_str().grapheme_indices(true).map(|(at, _)| at).chain([text.len()]).collect();
                for (at, _) in text.as_str().char_indices() {
                    let before = ends.iter().rfind(|end| **end < at).copied().unwrap_or(0);
                    let after = ends.iter().find(|end| **end > at).copied().unwrap_or(text.len());
                    let between = ends.iter().find(|end| **end >= at).copied();
                    prop_assert_eq!(text.cluster_before(at), before);
                    prop_assert_eq!(text.cluster_after(at), after);
                    prop_assert_eq!(Some(text.between_clusters(at)), between);
                    let pieces = text.as_str()[..at].split_word_bound_indices();
                    let word = pieces.filter(|(_, piece)| is_word(piece)).reduce(|_, later| later);
                    prop_assert_eq!(text.word_before(at), word.map_or(0, |(start, _)| text.cluster_start(start)));
                }
            }
        }
    }
}
