//! A bound on how fast one caller may write, whatever it writes: against loops and floods, far above what
//! fingers do. What a level may post in a day is decided with the post.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use super::{Caller, Error, Result, Who};
use crate::domain::ids::MemberId;
use crate::domain::time::Timestamp;

/// Writes that may come at once: a long Space walk marks a post at each key.
const BURST: i64 = 120;
/// Writes that come free again each second: twice what a held-down key repeats into.
const PER_SECOND: i64 = 60;
/// Callers remembered; past that, those whose bucket is full again are forgotten.
const REMEMBERED_MAX: usize = 4_096;

/// Token buckets, one per account; all guests share one, and the host has none.
#[derive(Default)]
pub struct RateLimits {
    buckets: Mutex<HashMap<Option<MemberId>, Bucket>>,
}

struct Bucket {
    tokens: i64,
    at: Timestamp,
}

impl RateLimits {
    /// Takes one token.
    ///
    /// # Errors
    /// When the caller's bucket is empty.
    pub fn check(&self, caller: &Caller, now: Timestamp) -> Result<()> {
        let who = match caller.who {
            Who::Host => return Ok(()),
            Who::Guest => None,
            Who::Member(id) => Some(id),
        };
        // A poisoned lock holds counters only: they are still good.
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() >= REMEMBERED_MAX {
            buckets.retain(|_, bucket| bucket.refilled(now) < BURST);
        }
        let bucket = buckets.entry(who).or_insert(Bucket { tokens: BURST, at: now });
        bucket.tokens = bucket.refilled(now);
        bucket.at = now;
        if bucket.tokens == 0 {
            return Err(Error::TooSoon { what: "That was very fast.".to_owned(), wait_s: 1 });
        }
        bucket.tokens -= 1;
        Ok(())
    }
}

impl Bucket {
    fn refilled(&self, now: Timestamp) -> i64 {
        // A clock set back must not empty the bucket.
        let seconds = (now.0 - self.at.0).max(0);
        self.tokens.saturating_add(seconds.saturating_mul(PER_SECOND)).min(BURST)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn member(id: i64) -> Caller {
        Caller { who: Who::Member(MemberId(id)), key: None, by_key: false }
    }

    #[test]
    fn a_flood_is_stopped_and_opens_again_and_hits_nobody_else() {
        let limits = RateLimits::default();
        let now = Timestamp(1_000);
        for _ in 0..BURST {
            limits.check(&member(1), now).unwrap();
        }
        assert!(limits.check(&member(1), now).is_err());
        assert!(limits.check(&member(2), now).is_ok());
        assert!(limits.check(&member(1), Timestamp(1_001)).is_ok());
    }

    #[test]
    fn a_clock_set_back_neither_fills_nor_empties() {
        let limits = RateLimits::default();
        limits.check(&member(1), Timestamp(1_000)).unwrap();
        assert!(limits.check(&member(1), Timestamp(10)).is_ok());
    }
}
