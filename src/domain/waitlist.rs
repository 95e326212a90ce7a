//! The waitlist (D7): how many seats there are, who is next, and when the growth governor lets somebody in. One
//! place decides this, for the line itself, for the screens that show it and for the tests.

use super::words::words;

/// The governor's week, in seconds.
pub const WEEK_S: i64 = 7 * 24 * 60 * 60;
/// How long ago a newcomer may have been absorbed to count for the governor, in seconds (PRODUCT.md, section 5).
pub const ABSORBED_WITHIN_S: i64 = 28 * 24 * 60 * 60;

words! {
    /// Whose turn comes before whose. Within a turn: first in, first out.
    "turn" Turn {
        /// A member whose seat slept and who is back. The governor does not hold them: they are known.
        Returning = "returning",
        /// Somebody whom a member invited.
        Invited = "invited",
        /// Somebody who applied.
        Applicant = "applicant",
    }
}

/// Why nobody gets a seat just now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hold {
    /// All seats are taken.
    Full,
    /// As many as the place can absorb have come in within a week.
    Governor,
}

/// The seats, as they are at one moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Seats {
    /// The member cap.
    pub cap: i64,
    /// Seats that are taken; sleeping ones are not.
    pub taken: i64,
    /// People who came in through the door in the last seven days.
    pub admitted: i64,
    /// Newcomers who became members, in the sense of the level, in the last 28 days.
    pub absorbed: i64,
    /// How many may come in a week even when nobody was absorbed.
    pub week_min: i64,
}

impl Seats {
    /// How many the governor lets in within a week.
    pub fn weekly(&self) -> i64 {
        self.absorbed.max(self.week_min)
    }

    /// Why somebody of this turn must wait; none when there is a seat.
    pub fn hold(&self, turn: Turn) -> Option<Hold> {
        if self.taken >= self.cap {
            return Some(Hold::Full);
        }
        (turn != Turn::Returning && self.admitted >= self.weekly()).then_some(Hold::Governor)
    }

    /// The seats after one of this turn has sat down.
    #[must_use]
    pub fn after(self, turn: Turn) -> Self {
        let admitted = self.admitted + i64::from(turn != Turn::Returning);
        Self { taken: self.taken + 1, admitted, ..self }
    }

    /// How many from the front of the line may sit down now. Whoever is first is never passed.
    pub fn free_for(mut self, line: &[Turn]) -> usize {
        for (seated, turn) in line.iter().enumerate() {
            if self.hold(*turn).is_some() {
                return seated;
            }
            self = self.after(*turn);
        }
        line.len()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn seats() -> Seats {
        Seats { cap: 150, taken: 100, admitted: 0, absorbed: 0, week_min: 2 }
    }

    #[test]
    fn d7_the_governor_takes_the_larger_of_two_and_those_absorbed() {
        assert_eq!(seats().weekly(), 2);
        assert_eq!(Seats { absorbed: 5, ..seats() }.weekly(), 5);
        let line = [Turn::Invited, Turn::Applicant, Turn::Applicant, Turn::Applicant];
        assert_eq!(seats().free_for(&line), 2);
        assert_eq!(Seats { absorbed: 3, ..seats() }.free_for(&line), 3);
        assert_eq!(Seats { admitted: 1, ..seats() }.free_for(&line), 1);
        assert_eq!(Seats { taken: 149, ..seats() }.free_for(&line), 1);
        // An override may have let in more than the week allows: then nobody follows.
        assert_eq!(Seats { admitted: 7, ..seats() }.free_for(&line), 0);
        assert_eq!(Seats { taken: 151, ..seats() }.hold(Turn::Returning), Some(Hold::Full));
    }

    #[test]
    fn d7_who_comes_back_is_held_by_the_cap_alone() {
        let full_week = Seats { admitted: 2, ..seats() };
        assert_eq!(full_week.hold(Turn::Returning), None);
        assert_eq!(full_week.hold(Turn::Invited), Some(Hold::Governor));
        assert_eq!(full_week.free_for(&[Turn::Returning, Turn::Returning, Turn::Invited]), 2);
    }

    proptest! {
        #[test]
        fn d7_no_line_gets_more_seats_than_there_are(
            taken in 0_i64..12, cap in 0_i64..12, admitted in 0_i64..6, absorbed in 0_i64..6,
            turns in proptest::collection::vec(0_usize..3, 0..20),
        ) {
            let mut line: Vec<Turn> = turns.into_iter().map(|turn| Turn::ALL[turn]).collect();
            line.sort_unstable();
            let seats = Seats { cap, taken, admitted, absorbed, week_min: 2 };
            let free = seats.free_for(&line);
            let new = line[..free].iter().filter(|turn| **turn != Turn::Returning).count();
            let (free, new) = (i64::try_from(free).unwrap_or(0), i64::try_from(new).unwrap_or(0));
            prop_assert!(free == 0 || taken + free <= cap);
            prop_assert!(new == 0 || admitted + new <= seats.weekly());
            // And none is left empty for whom somebody waits.
            if let Some(next) = line.get(usize::try_from(free).unwrap_or(0)) {
                let after = line[..usize::try_from(free).unwrap_or(0)].iter().fold(seats, |s, t| s.after(*t));
                prop_assert!(after.hold(*next).is_some());
            }
        }
    }
}
