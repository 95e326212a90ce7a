//! What in the queue comes first.

use std::cmp::Reverse;

use super::super::time::Timestamp;

/// Reports on one thing from this many people put a case first: several people do not err in the same way.
pub const MANY_REPORTERS: usize = 3;

/// After this many seconds an item counts as one step more urgent: nobody waits longer than two days unseen.
pub const WAITS_LONG_S: i64 = 48 * 60 * 60;

/// How urgent an item of the queue is, the most urgent first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Priority {
    /// Many people reported it, or it waits for long.
    First,
    /// A case, a held post, or an application that waits for long.
    Soon,
    /// An application.
    InTurn,
}

impl Priority {
    /// Of a case with this many reporters.
    pub fn of_case(reporters: usize, age_s: i64) -> Self {
        if reporters >= MANY_REPORTERS || age_s >= WAITS_LONG_S { Self::First } else { Self::Soon }
    }

    /// Of an application.
    pub fn of_application(age_s: i64) -> Self {
        if age_s >= WAITS_LONG_S { Self::Soon } else { Self::InTurn }
    }

    /// Of a post that waits: its author sits before it and sees that nothing happens.
    pub fn of_held(age_s: i64) -> Self {
        if age_s >= WAITS_LONG_S { Self::First } else { Self::Soon }
    }

    /// What the queue is sorted by: priority, then age, the oldest first.
    pub fn order(self, since: Timestamp, now: Timestamp) -> (Self, Reverse<i64>) {
        (self, Reverse(now.seconds_since(since)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_reporters_come_first_and_waiting_moves_up() {
        assert_eq!(Priority::of_case(1, 0), Priority::Soon);
        assert_eq!(Priority::of_case(MANY_REPORTERS, 0), Priority::First);
        assert_eq!(Priority::of_case(1, WAITS_LONG_S), Priority::First);
        assert_eq!(Priority::of_application(WAITS_LONG_S - 1), Priority::InTurn);
        assert_eq!(Priority::of_application(WAITS_LONG_S), Priority::Soon);
        assert_eq!(Priority::of_held(WAITS_LONG_S - 1), Priority::Soon);
        assert_eq!(Priority::of_held(WAITS_LONG_S), Priority::First);
        let now = Timestamp(1_000);
        assert!(Priority::Soon.order(Timestamp(10), now) < Priority::Soon.order(Timestamp(20), now));
        assert!(Priority::First.order(Timestamp(20), now) < Priority::Soon.order(Timestamp(10), now));
    }
}
