//! Keeping the draft behind the fingers: when it is saved, that never more than one save is under way, and what is
//! known to be kept. It decides; the screen asks.

use std::time::Duration;

/// How long after a change the draft is saved. With the save itself it stays under the two seconds of W2.
pub const SAVE_AFTER: Duration = Duration::from_secs(1);
/// How long after a failed save the next one is tried.
pub const RETRY_AFTER: Duration = Duration::from_secs(5);

/// What is known of the draft.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Saver {
    /// Changes so far.
    changes: u64,
    /// Changes that are in the draft on the server.
    kept: u64,
    /// Changes in the draft that is on its way, and whether there is a draft once it has arrived.
    under_way: Option<(u64, bool)>,
    /// A timer runs.
    waiting: bool,
    /// There is a draft on the server.
    exists: bool,
    failed: bool,
}

impl Saver {
    /// A text opened with a draft that was there, or without one.
    pub fn opened(exists: bool) -> Self {
        Self { exists, ..Self::default() }
    }

    /// The text has changed. Gives how long to wait before saving, if nothing waits already.
    pub fn changed(&mut self) -> Option<Duration> {
        self.changes += 1;
        self.wait(SAVE_AFTER)
    }

    /// The time is up: true when a save should start now.
    pub fn rings(&mut self) -> bool {
        self.waiting = false;
        self.is_due()
    }

    /// Whether there is something to save and nothing under way.
    pub fn is_due(&self) -> bool {
        self.changes > self.kept && self.under_way.is_none()
    }

    /// A save has started; `exists` says whether there will be a draft then: a text without a word is none.
    pub fn starts(&mut self, exists: bool) {
        self.under_way = Some((self.changes, exists));
    }

    /// A save is done. Gives how long to wait before the next.
    pub fn done(&mut self) -> Option<Duration> {
        if let Some((kept, exists)) = self.under_way.take() {
            (self.kept, self.exists) = (kept, exists);
        }
        self.failed = false;
        self.again()
    }

    /// A save has failed, or will never be answered. Gives how long to wait before the next.
    pub fn failed(&mut self) -> Option<Duration> {
        self.under_way = None;
        self.failed = true;
        self.wait(RETRY_AFTER)
    }

    /// How long to wait before what is not kept yet is saved, if nothing waits already.
    pub fn again(&mut self) -> Option<Duration> {
        if self.changes > self.kept { self.wait(SAVE_AFTER) } else { None }
    }

    /// Whether a save is under way.
    pub fn is_under_way(&self) -> bool {
        self.under_way.is_some()
    }

    /// Whether everything that was written is on the server.
    pub fn is_kept(&self) -> bool {
        self.changes == self.kept && self.under_way.is_none()
    }

    /// Whether there is a draft on the server.
    pub fn exists(&self) -> bool {
        self.exists
    }

    /// Whether the last save failed.
    pub fn has_failed(&self) -> bool {
        self.failed
    }

    fn wait(&mut self, after: Duration) -> Option<Duration> {
        if self.waiting || self.under_way.is_some() {
            return None;
        }
        self.waiting = true;
        Some(after)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_timer_and_one_save_at_a_time_and_the_last_change_is_saved_too() {
        let mut saver = Saver::opened(false);
        assert!(saver.is_kept());
        assert_eq!(saver.changed(), Some(SAVE_AFTER));
        assert_eq!(saver.changed(), None, "the timer runs already");
        assert!(saver.rings());
        saver.starts(true);
        assert_eq!(saver.changed(), None, "a save is under way");
        assert!(!saver.is_due());
        assert_eq!(saver.done(), Some(SAVE_AFTER), "the change in between waits for its own save");
        assert!(saver.rings());
        saver.starts(true);
        assert_eq!(saver.done(), None);
        assert!(saver.is_kept() && saver.exists());
    }

    #[test]
    fn a_failed_save_is_tried_again() {
        let mut saver = Saver::opened(false);
        saver.changed();
        assert!(saver.rings());
        saver.starts(true);
        assert_eq!(saver.failed(), Some(RETRY_AFTER));
        assert!(saver.has_failed() && !saver.is_kept());
        assert_eq!(saver.changed(), None, "the retry is set already");
        assert!(saver.rings());
        saver.starts(true);
        assert_eq!(saver.done(), None);
        assert!(!saver.has_failed() && saver.is_kept());
    }
}
