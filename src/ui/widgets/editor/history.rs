//! What an editor can undo: changes as what was taken out and put in, a word of typing as one.

use std::collections::VecDeque;

/// Bytes of text that are remembered for undoing, in all: two of the longest drafts, so that one can be put in place of
/// another and that undone.
const REMEMBERED_TEXT_MAX: usize = 2 * crate::domain::draft::DRAFT_LEN_MAX;
/// Bytes that a change takes besides its text: itself, and what the allocator keeps beside each of two strings.
const CHANGE_BYTES: usize = size_of::<Change>() + 64;
/// Bytes that all changes may take: the text, and a few thousand words that were typed one by one.
const REMEMBERED_BYTES_MAX: usize = REMEMBERED_TEXT_MAX + 2_048 * CHANGE_BYTES;

/// One change of a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Change {
    /// Where.
    pub at: usize,
    /// What was taken out.
    pub removed: String,
    /// What was put in.
    pub added: String,
    /// Where the cursor was before.
    pub cursor: usize,
    /// It is undone together with the one before.
    pub joined: bool,
}

impl Change {
    /// What remembering it takes, in bytes. A letter that is written and deleted for ever is hardly any text.
    fn bytes(&self) -> usize {
        CHANGE_BYTES + self.removed.len() + self.added.len()
    }

    /// Whether `next` goes on where this one stopped: a letter of the same word, or one more deleted after it.
    fn takes_in(&self, next: &Self) -> bool {
        let typed = self.removed.is_empty() && next.removed.is_empty();
        if typed && next.at == self.at + self.added.len() {
            if next.joined {
                // Undone together either way.
                return true;
            }
            let space = |text: &str, last: bool| {
                let mut chars = text.chars();
                let edge = if last { chars.next_back() } else { chars.next() };
                edge.is_none_or(char::is_whitespace)
            };
            return !space(&self.added, true) || space(&next.added, false);
        }
        let deleted = self.added.is_empty() && next.added.is_empty();
        deleted && (next.at + next.removed.len() == self.at || next.at == self.at)
    }

    fn take_in(&mut self, next: &Self) {
        self.added.push_str(&next.added);
        if next.at < self.at {
            self.removed.insert_str(0, &next.removed);
            self.at = next.at;
        } else {
            self.removed.push_str(&next.removed);
        }
    }
}

/// The changes that can be undone and done again.
#[derive(Clone, Debug, Default)]
pub(super) struct History {
    done: VecDeque<Change>,
    undone: Vec<Change>,
    bytes: usize,
    /// Whether the next change may join the last one.
    open: bool,
    /// Whether changes are undone together now, and whether there was one since that began.
    together: Option<bool>,
}

impl History {
    /// Remembers a change. With `small` it may be one of several that are undone together.
    pub(super) fn push(&mut self, mut change: Change, small: bool) {
        self.undone.clear();
        if let Some(begun) = &mut self.together {
            change.joined = std::mem::replace(begun, true);
            // What came before this is not a part of it.
            self.open = self.open && change.joined;
        }
        let joins = self.open && small;
        self.open = small;
        match self.done.back_mut() {
            Some(last) if joins && last.takes_in(&change) => {
                self.bytes += change.bytes() - CHANGE_BYTES;
                last.take_in(&change);
            }
            _ => {
                self.bytes += change.bytes();
                self.done.push_back(change);
            }
        }
        while self.bytes > REMEMBERED_BYTES_MAX {
            let Some(oldest) = self.done.pop_front() else { break };
            self.bytes -= oldest.bytes();
        }
    }

    /// From here on, changes are undone together.
    pub(super) fn begin_together(&mut self) {
        self.together = Some(false);
    }

    /// Until here.
    pub(super) fn end_together(&mut self) {
        self.together = None;
        self.open = false;
    }

    /// Whether the change that is to be done again next belongs to the one that was done again last.
    pub(super) fn redo_goes_on(&self) -> bool {
        self.undone.last().is_some_and(|next| next.joined)
    }

    /// The next change begins something new: the cursor went elsewhere.
    pub(super) fn close(&mut self) {
        self.open = false;
    }

    /// The change to take back.
    pub(super) fn undo(&mut self) -> Option<Change> {
        let change = self.done.pop_back()?;
        self.open = false;
        self.together = self.together.map(|_| false);
        self.bytes -= change.bytes();
        self.undone.push(change.clone());
        Some(change)
    }

    /// The change to do again.
    pub(super) fn redo(&mut self) -> Option<Change> {
        let change = self.undone.pop()?;
        self.open = false;
        self.bytes += change.bytes();
        self.done.push_back(change.clone());
        Some(change)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(at: usize, removed: &str, added: &str) -> Change {
        Change { at, removed: removed.to_owned(), added: added.to_owned(), ..Change::default() }
    }

    /// SAFETY, Transport: memory per session has a bound whatever the client does.
    #[test]
    fn a_letter_written_and_deleted_for_ever_is_remembered_within_the_bound() {
        let mut history = History::default();
        for _ in 0..200_000 {
            history.push(change(0, "", "a"), true);
            history.push(change(0, "a", ""), true);
        }
        let taken = history.done.iter().map(Change::bytes).sum::<usize>();
        assert_eq!(taken, history.bytes);
        assert!(taken <= REMEMBERED_BYTES_MAX, "{taken}");
        assert!(history.done.len() <= REMEMBERED_BYTES_MAX / size_of::<Change>(), "{}", history.done.len());
        assert!(history.done.len() > 2_000, "a few thousand steps back are left");
    }

    #[test]
    fn what_is_taken_for_one_change_is_counted_as_one() {
        let mut history = History::default();
        for at in 0..1_000 {
            history.push(change(at, "", "a"), true);
        }
        assert_eq!((history.done.len(), history.bytes), (1, CHANGE_BYTES + 1_000));
        assert!(history.undo().is_some() && history.bytes == 0);
        assert!(history.redo().is_some() && history.bytes == CHANGE_BYTES + 1_000);
    }

    #[test]
    fn one_longest_draft_in_place_of_another_can_be_undone() {
        let mut history = History::default();
        let longest = |letter: &str| letter.repeat(crate::domain::draft::DRAFT_LEN_MAX);
        history.push(change(0, &longest("a"), &longest("b")), false);
        assert!(history.undo().is_some());
    }
}
