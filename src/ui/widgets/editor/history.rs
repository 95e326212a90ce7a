//! What an editor can undo: changes as what was taken out and put in, a word of typing as one.

use std::collections::VecDeque;

/// Bytes of text that are remembered for undoing, in all: two of the longest drafts, so that emptying one can be
/// undone.
const REMEMBERED_BYTES_MAX: usize = 2 * crate::domain::draft::DRAFT_LEN_MAX;

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
    fn bytes(&self) -> usize {
        self.removed.len() + self.added.len()
    }

    /// Whether `next` goes on where this one stopped: a letter of the same word, or one more deleted after it.
    fn takes_in(&self, next: &Self) -> bool {
        let typed = self.removed.is_empty() && next.removed.is_empty();
        if typed && next.at == self.at + self.added.len() {
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
        self.bytes += change.bytes();
        let joins = self.open && small;
        self.open = small;
        match self.done.back_mut() {
            Some(last) if joins && last.takes_in(&change) => last.take_in(&change),
            _ => self.done.push_back(change),
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
