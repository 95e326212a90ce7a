//! Wrong passwords that could not be written down: a full disk is no way to guess on (SAFETY.md, Data: failures fail closed).

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::FAILURES_WINDOW_S;
use crate::domain::time::Timestamp;

/// Subjects that are remembered. Beyond it nobody's password is checked until some are over or can be written.
const SUBJECTS_MAX: usize = 4_096;

/// Failures by subject, with when the last one was. Forgotten with the process, as the disk's trouble mostly is.
#[derive(Default)]
pub(in crate::service) struct Unsaved(Mutex<HashMap<String, (i64, Timestamp)>>);

impl Unsaved {
    fn lock(&self) -> MutexGuard<'_, HashMap<String, (i64, Timestamp)>> {
        // A poisoned lock holds counts only.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Failures of a subject in the window before `now`; more than any limit when too many subjects are remembered.
    pub(super) fn failures(&self, subject: &str, now: Timestamp) -> i64 {
        let counts = self.lock();
        match counts.get(subject) {
            Some((count, last)) if is_recent(*last, now) => *count,
            None if counts.len() >= SUBJECTS_MAX => i64::MAX,
            _ => 0,
        }
    }

    /// Counts one more.
    pub(super) fn count(&self, subject: &str, now: Timestamp) {
        let mut counts = self.lock();
        if counts.len() >= SUBJECTS_MAX {
            counts.retain(|_, (_, last)| is_recent(*last, now));
        }
        if counts.len() < SUBJECTS_MAX || counts.contains_key(subject) {
            let (count, last) = counts.entry(subject.to_owned()).or_insert((0, now));
            (*count, *last) = (if is_recent(*last, now) { *count + 1 } else { 1 }, now);
        }
    }
}

/// As far into the future as into the past, for a clock that is set back.
fn is_recent(last: Timestamp, now: Timestamp) -> bool {
    now.seconds_since(last).abs() < FAILURES_WINDOW_S
}
