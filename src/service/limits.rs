//! A bound on how fast one caller may write, whatever it writes: against loops and floods, far above what
//! fingers do. What a level may post in a day is decided with the post.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use super::{Caller, Error, Result, Who};
use crate::domain::ids::MemberId;
use crate::domain::time::Timestamp;

/// Writes that may come at once: a long Space walk marks a post at each key.
const BURST: i64 = 120;
/// Writes that come free again each second: twice what a held-down key repeats into.
const PER_SECOND: i64 = 60;
/// Accounts that may be started from one network within [`START_WINDOW_S`] without an invite: a household or two, and
/// a bound on how many handles a script can take.
const STARTS_MAX: u32 = 6;
/// Lost keys that may be reported from one network within [`START_WINDOW_S`]: nobody loses more.
const RECOVERIES_MAX: u32 = 4;
/// Codes of invites that were no good and may come from one network within [`START_WINDOW_S`]: room for a slip or two of
/// everybody at a party, and none for a script.
pub(in crate::service) const WRONG_CODES_MAX: u32 = 10;
/// An hour, in seconds.
const START_WINDOW_S: i64 = 60 * 60;
/// Callers remembered; past that, those whose bucket is full again are forgotten.
const REMEMBERED_MAX: usize = 4_096;

/// Token buckets, one per account and one for the guests of each network; the host has none. In memory only.
#[derive(Default)]
pub struct RateLimits {
    buckets: Mutex<HashMap<Source, Bucket>>,
    starts: Mutex<HashMap<IpAddr, Starts>>,
    recoveries: Mutex<HashMap<IpAddr, Starts>>,
    wrong_codes: Mutex<HashMap<IpAddr, Starts>>,
}

/// Whose writes are counted together.
#[derive(PartialEq, Eq, Hash)]
enum Source {
    Member(MemberId),
    Guests(Option<IpAddr>),
}

/// What was counted for one network, and since when.
struct Starts {
    since: Timestamp,
    count: u32,
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
            Who::Guest => Source::Guests(caller.network),
            Who::Member(id) => Source::Member(id),
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

    /// Counts a lost key that is reported at the door.
    ///
    /// # Errors
    /// When the caller's network has reported as many as it may, with the time when it may go on.
    pub fn check_recovery(&self, caller: &Caller, now: Timestamp) -> Result<()> {
        let Some(network) = caller.network else { return Ok(()) };
        let mut asked = self.recoveries.lock().unwrap_or_else(PoisonError::into_inner);
        asked.retain(|_, old| (0..START_WINDOW_S).contains(&now.seconds_since(old.since)));
        let begun = asked.entry(network).or_insert(Starts { since: now, count: 0 });
        if begun.count >= RECOVERIES_MAX {
            let open = begun.since.plus(START_WINDOW_S);
            return Err(Error::too_soon("Several lost keys were reported from where you are.", now, open));
        }
        begun.count += 1;
        Ok(())
    }

    /// Counts an account that is started without an invite.
    ///
    /// # Errors
    /// When the caller's network has started as many as it may, with the time when it may go on.
    pub fn check_start(&self, caller: &Caller, now: Timestamp) -> Result<()> {
        let Some(network) = caller.network else { return Ok(()) };
        let mut starts = self.starts.lock().unwrap_or_else(PoisonError::into_inner);
        // A clock set back must not close the door for longer.
        starts.retain(|_, old| (0..START_WINDOW_S).contains(&now.seconds_since(old.since)));
        let begun = starts.entry(network).or_insert(Starts { since: now, count: 0 });
        if begun.count >= STARTS_MAX {
            let open = begun.since.plus(START_WINDOW_S);
            let what = "Several people have begun to apply from where you are. An invite still lets you in.";
            return Err(Error::too_soon(what, now, open));
        }
        begun.count += 1;
        Ok(())
    }
}

impl RateLimits {
    /// Looks a code of an invite, or for a lost key, up; one that is no good is counted for the caller's network. 80 random
    /// bits cannot be guessed, but nobody shall be able to try.
    ///
    /// # Errors
    /// The reason why it cannot be used; when too many from there were no good, when the next one will be looked at.
    pub async fn look_up_code<T>(
        &self,
        caller: &Caller,
        now: Timestamp,
        look: impl Future<Output = Result<T>>,
    ) -> Result<T> {
        self.check_codes(caller, now)?;
        let found = look.await;
        if matches!(found, Err(Error::Invalid(_) | Error::Conflict(_))) {
            self.count_wrong_code(caller, now);
        }
        found
    }

    fn check_codes(&self, caller: &Caller, now: Timestamp) -> Result<()> {
        let Some(network) = caller.network else { return Ok(()) };
        let mut wrong = self.wrong_codes.lock().unwrap_or_else(PoisonError::into_inner);
        wrong.retain(|_, old| (0..START_WINDOW_S).contains(&now.seconds_since(old.since)));
        match wrong.get(&network) {
            Some(counted) if counted.count >= WRONG_CODES_MAX => {
                let what =
                    "Many codes that are no good came from where you are. You can apply without an invite.";
                Err(Error::too_soon(what, now, counted.since.plus(START_WINDOW_S)))
            }
            _ => Ok(()),
        }
    }

    fn count_wrong_code(&self, caller: &Caller, now: Timestamp) {
        let Some(network) = caller.network else { return };
        let mut wrong = self.wrong_codes.lock().unwrap_or_else(PoisonError::into_inner);
        wrong.entry(network).or_insert(Starts { since: now, count: 0 }).count += 1;
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
        Caller { who: Who::Member(MemberId(id)), ..Caller::GUEST }
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

    fn guest(from: &str) -> Caller {
        Caller {
            who: Who::Guest,
            key: None,
            by_key: false,
            network: Some(from.parse().unwrap()),
            ..Caller::GUEST
        }
    }

    #[test]
    fn a_flood_of_guests_stops_those_of_its_own_network_only() {
        let limits = RateLimits::default();
        let now = Timestamp(1_000);
        for _ in 0..BURST {
            limits.check(&guest("192.0.2.1"), now).unwrap();
        }
        assert!(limits.check(&guest("192.0.2.1"), now).is_err());
        assert!(limits.check(&guest("192.0.2.2"), now).is_ok());
    }

    #[test]
    fn d3_one_network_starts_few_accounts_an_hour_and_others_as_before() {
        let limits = RateLimits::default();
        let now = Timestamp(1_000);
        for _ in 0..STARTS_MAX {
            limits.check_start(&guest("192.0.2.1"), now).unwrap();
        }
        let refused = limits.check_start(&guest("192.0.2.1"), now).unwrap_err().to_string();
        assert!(refused.contains("invite"), "{refused}");
        assert!(limits.check_start(&guest("192.0.2.2"), now).is_ok());
        assert!(limits.check_start(&guest("192.0.2.1"), now.plus(START_WINDOW_S)).is_ok());
        assert!(limits.check_start(&guest("192.0.2.2"), Timestamp(10)).is_ok(), "a clock set back");
    }

    #[test]
    fn d6_wrong_codes_of_one_network_close_it_for_an_hour_and_no_other() {
        let limits = RateLimits::default();
        let now = Timestamp(1_000);
        for _ in 0..WRONG_CODES_MAX {
            limits.check_codes(&guest("192.0.2.1"), now).unwrap();
            limits.count_wrong_code(&guest("192.0.2.1"), now);
        }
        assert!(matches!(limits.check_codes(&guest("192.0.2.1"), now), Err(Error::TooSoon { .. })));
        assert!(limits.check_codes(&guest("192.0.2.2"), now).is_ok());
        assert!(limits.check_codes(&guest("192.0.2.1"), now.plus(START_WINDOW_S)).is_ok());
    }

    #[test]
    fn a_clock_set_back_neither_fills_nor_empties() {
        let limits = RateLimits::default();
        limits.check(&member(1), Timestamp(1_000)).unwrap();
        assert!(limits.check(&member(1), Timestamp(10)).is_ok());
    }
}
