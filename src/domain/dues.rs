//! How a member's dues stand (P6). Nothing follows from it by itself: a place keeps a ledger, and people decide.

use super::time::{DAY_S, Timestamp};

/// How long before its end a member is told of it, in seconds: two weeks.
pub const TOLD_BEFORE_S: i64 = 14 * DAY_S;
/// Most days ahead that a term may end: ten years.
pub const AHEAD_DAYS_MAX: i64 = 3_653;
/// Longest note to an entry, in characters.
pub const NOTE_CHARS_MAX: usize = 200;

/// How dues stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dues {
    /// The member is let off: whatever was recorded, nothing is due.
    LetOff,
    /// Nothing is recorded.
    None,
    /// They run.
    Run(Timestamp),
    /// They have ended, and the days of grace run until then.
    Grace(Timestamp),
    /// The days of grace are over too, since then.
    Over(Timestamp),
}

/// How dues stand that end then.
pub fn stand(now: Timestamp, ends_at: Option<Timestamp>, grace_s: i64, let_off: bool) -> Dues {
    match ends_at {
        _ if let_off => Dues::LetOff,
        None => Dues::None,
        Some(end) if now < end => Dues::Run(end),
        Some(end) if now < end.plus(grace_s) => Dues::Grace(end.plus(grace_s)),
        Some(end) => Dues::Over(end.plus(grace_s)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn p6_dues_run_then_there_is_grace_and_a_waiver_goes_before_all() {
        let at = |days: i64| Timestamp(days * DAY_S);
        let stand = |now, let_off| stand(at(now), Some(at(10)), 5 * DAY_S, let_off);
        assert_eq!(stand(9, false), Dues::Run(at(10)));
        assert_eq!(stand(10, false), Dues::Grace(at(15)));
        assert_eq!(stand(15, false), Dues::Over(at(15)));
        assert_eq!(stand(15, true), Dues::LetOff);
        assert_eq!(super::stand(at(1), None, 0, false), Dues::None);
    }
}
