//! The text of an editor with its rows: where each begins at the width it is wrapped to, kept up to date with every
//! change. All positions are bytes. Cursor, selection and undo are not here.

use std::ops::Range;

use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};

use crate::domain::text::{cells, display_width, wrap_ranges};

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

    /// Puts `new` in place of a range. Only the paragraphs that it touches are wrapped anew.
    pub(super) fn replace(&mut self, range: Range<usize>, new: &str) {
        let start = self.paragraph_start(range.start);
        let old_end = self.paragraph_end(range.end);
        let end = old_end - range.len() + new.len();
        let first = self.row_at(start);
        let after = self.rows.partition_point(|row| *row as usize <= old_end);
        self.words -= count_words(&self.text[start..old_end]);
        self.text.replace_range(range.clone(), new);
        self.words += count_words(&self.text[start..end]);
        for row in &mut self.rows[after..] {
            *row = *row + offset(new.len()) - offset(range.len());
        }
        let rows = row_starts(&self.text[start..end], self.width);
        self.rows.splice(first..after, rows.map(|row| row + offset(start)));
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

    /// The beginning of the grapheme cluster before a position.
    pub(super) fn cluster_before(&self, at: usize) -> usize {
        let mut cursor = GraphemeCursor::new(at, self.text.len(), true);
        cursor.prev_boundary(&self.text, 0).ok().flatten().unwrap_or(0)
    }

    /// The end of the grapheme cluster after a position.
    pub(super) fn cluster_after(&self, at: usize) -> usize {
        let mut cursor = GraphemeCursor::new(at, self.text.len(), true);
        cursor.next_boundary(&self.text, 0).ok().flatten().unwrap_or(self.text.len())
    }

    /// The position itself between two clusters; inside of one, its end. A change can join what stood apart.
    pub(super) fn between_clusters(&self, at: usize) -> usize {
        let mut cursor = GraphemeCursor::new(at, self.text.len(), true);
        if cursor.is_boundary(&self.text, 0).unwrap_or(true) { at } else { self.cluster_after(at) }
    }

    /// The beginning of the cluster that a position stands in.
    fn cluster_start(&self, at: usize) -> usize {
        if self.between_clusters(at) == at { at } else { self.cluster_before(at) }
    }

    /// The beginning of the word before a position.
    pub(super) fn word_before(&self, at: usize) -> usize {
        let mut pieces = self.text[..at].split_word_bound_indices().rev();
        // The rules for words look past marks where those for clusters do not: half a flag with a mark on it and half
        // of the flag after it are one word.
        pieces.find(|(_, piece)| is_word(piece)).map_or(0, |(start, _)| self.cluster_start(start))
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

fn count_words(text: &str) -> usize {
    text.split_whitespace().count()
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
