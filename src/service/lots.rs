//! Chance, as a thing that a test can hold still: who is drawn for a jury.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::{Error, Result};

/// Where chance comes from.
#[derive(Clone, Debug)]
pub enum Lots {
    /// The host's randomness.
    System,
    /// A row of numbers that is the same each time: for tests, and for places whose clock stands.
    Seeded(Arc<AtomicU64>),
}

impl Lots {
    /// The same row of numbers for the same seed.
    pub fn seeded(seed: u64) -> Self {
        Self::Seeded(Arc::new(AtomicU64::new(seed)))
    }

    /// A number below `bound`, each as likely as any other.
    ///
    /// # Errors
    /// When the host has no randomness.
    fn below(&self, bound: u64) -> Result<u64> {
        let bits = match self {
            Self::System => {
                let mut bytes = [0; 8];
                getrandom::fill(&mut bytes)
                    .map_err(|_| Error::invalid("The server has no randomness just now. Try again."))?;
                u64::from_le_bytes(bytes)
            }
            // Knuth's multiplier for 64 bits; the high bits are the good ones.
            Self::Seeded(state) => {
                let next = |state: u64| state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                let step = |state| Some(next(state));
                let before =
                    state.fetch_update(Ordering::Relaxed, Ordering::Relaxed, step).unwrap_or_default();
                next(before) >> 20
            }
        };
        // A remainder is a little uneven: by less than one in 10^14 for the few hundred people there are.
        Ok(bits % bound.max(1))
    }

    /// Puts things into a random order, each order as likely as any other (Fisher and Yates).
    ///
    /// # Errors
    /// When the host has no randomness.
    pub fn shuffle<T>(&self, things: &mut [T]) -> Result<()> {
        for last in (1..things.len()).rev() {
            let other = self.below(last as u64 + 1)?;
            things.swap(last, usize::try_from(other).unwrap_or(last));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn everybody_is_drawn_about_as_often_and_nobody_twice() {
        for lots in [Lots::seeded(7), Lots::System] {
            let mut first = [0; 5];
            for _ in 0..5_000 {
                let mut people = [0, 1, 2, 3, 4];
                lots.shuffle(&mut people).unwrap();
                first[people[0]] += 1;
                people.sort_unstable();
                assert_eq!(people, [0, 1, 2, 3, 4]);
            }
            // A thousand each, and ten times the usual spread of 28 on either side.
            assert!(first.iter().all(|times| (700..1_300).contains(times)), "{first:?}");
        }
    }

    #[test]
    fn the_same_seed_draws_the_same() {
        let draw = |seed| {
            let mut people: Vec<u8> = (0..20).collect();
            Lots::seeded(seed).shuffle(&mut people).unwrap();
            people
        };
        assert_eq!(draw(3), draw(3));
        assert_ne!(draw(3), draw(4));
    }
}
