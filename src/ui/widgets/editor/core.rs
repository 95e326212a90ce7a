//! What another way of editing (vi) needs of the editor: where the cursor is, pieces of the text by position, changes
//! that are undone together. All positions are bytes between two clusters.

use std::ops::Range;

use super::{Editor, Took};

impl Editor {
    /// Where the cursor is.
    pub fn cursor(&self) -> usize {
        self.cursor
    }

    /// Puts the cursor somewhere; inside of a cluster it stands behind that.
    pub fn place(&mut self, at: usize) {
        self.cursor = self.text.between_clusters(at.min(self.text.len()));
        self.goal = None;
        self.history.close();
    }

    /// The beginning of the cluster before a position; the beginning of the text at its beginning.
    pub fn before(&self, at: usize) -> usize {
        self.text.cluster_before(at)
    }

    /// The end of the cluster after a position; the end of the text at its end.
    pub fn after(&self, at: usize) -> usize {
        self.text.cluster_after(at)
    }

    /// The line around a position, without its line feed.
    pub fn line(&self, at: usize) -> Range<usize> {
        self.text.paragraph_start(at)..self.text.paragraph_end(at)
    }

    /// Whether the cursor stands in the last row.
    pub fn is_at_bottom(&self) -> bool {
        self.text.row_at(self.cursor) + 1 == self.text.row_count()
    }

    /// Puts `new` in place of a range; the cursor stands behind it then.
    pub fn put(&mut self, range: Range<usize>, new: &str) -> Took {
        let over = (self.text.len() - range.len() + new.len()).saturating_sub(self.len_max);
        if over > 0 && new.len() > range.len() {
            return Took::Full { over };
        }
        self.replace(range, new, false)
    }

    /// Bytes that there is room for.
    pub fn room(&self) -> usize {
        self.len_max.saturating_sub(self.text.len())
    }

    /// Puts `new` in at a position, so many times; the cursor stands behind all of it then. What there is no room for is
    /// not even made.
    pub fn put_times(&mut self, at: usize, new: &str, times: usize) -> Took {
        match new.len().saturating_mul(times).saturating_sub(self.room()) {
            0 => self.put(at..at, &new.repeat(times)),
            over => Took::Full { over },
        }
    }

    /// Puts in at the cursor what was typed, in place of what is selected.
    pub fn write(&mut self, typed: &str) -> Took {
        self.insert(typed, false)
    }

    /// What was cut or copied last.
    pub fn clipboard(&self) -> &str {
        &self.clipboard
    }

    /// Remembers a text as cut or copied.
    pub fn set_clipboard(&mut self, text: &str) {
        text.clone_into(&mut self.clipboard);
        self.cutting = false;
    }

    /// What is shown as selected in place of the selection.
    pub fn highlight(&mut self, range: Option<Range<usize>>) {
        self.highlight = range;
    }

    /// From here on, changes are undone together.
    pub fn begin_together(&mut self) {
        self.history.begin_together();
    }

    /// Until here.
    pub fn end_together(&mut self) {
        self.history.end_together();
    }

    /// The beginning of a handle or tag that stands between its sign, `@` or `#`, and the cursor.
    pub fn begun(&self, sign: char) -> Option<&str> {
        let before = &self.text.as_str()[..self.cursor];
        let joins = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
        let start = before.rfind(|c: char| !joins(c))?;
        let (outside, word) = (&before[..start], before[start..].strip_prefix(sign)?);
        let free = !outside.ends_with(|c: char| c.is_alphanumeric());
        (free && !word.is_empty()).then_some(word)
    }

    /// Puts a handle or tag in place of its beginning.
    pub fn complete(&mut self, sign: char, word: &str) -> Took {
        let Some(written) = self.begun(sign).map(str::len) else { return Took::Nothing };
        let range = self.cursor - written..self.cursor;
        let over = (self.text.len() - written + word.len()).saturating_sub(self.len_max);
        if over > 0 { Took::Full { over } } else { self.replace(range, word, false) }
    }
}
