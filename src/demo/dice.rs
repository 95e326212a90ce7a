//! Chance that can be thrown again: the same seed gives the same community. SplitMix64 (Steele, Lea and Flood, 2014),
//! because the numbers must stay the same for as long as the words do, whatever a library does. Not for secrets.

/// A sequence of numbers.
#[derive(Clone, Debug)]
pub struct Dice(u64);

impl Dice {
    /// Dice for a purpose: the same seed gives another sequence for each.
    pub fn new(seed: u64, purpose: u64) -> Self {
        let mut dice = Self(seed ^ purpose.wrapping_mul(0xA076_1D64_78BD_642F));
        dice.next();
        dice
    }

    /// The next 64 bits.
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `n`; 0 for an `n` of 0.
    pub fn below(&mut self, n: usize) -> usize {
        // The high half of the product is even enough for a story, and without a division.
        let product = u128::from(self.next()) * (n as u128);
        usize::try_from(product >> 64).unwrap_or(0)
    }

    /// A number from `low` up to, but not including, `high`.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        let span = usize::try_from(high.saturating_sub(low)).unwrap_or(0);
        low.saturating_add(i64::try_from(self.below(span)).unwrap_or(0))
    }

    /// A number from 0 up to, but not including, 1.
    #[allow(clippy::cast_precision_loss)] // 53 bits are exactly what an f64 holds.
    pub fn fraction(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// True this often in a hundred.
    pub fn percent(&mut self, chance: usize) -> bool {
        self.below(100) < chance
    }

    /// One of several things; there must be one.
    pub fn pick<'a, T>(&mut self, things: &'a [T]) -> &'a T {
        &things[self.below(things.len())]
    }

    /// Puts things into another order.
    pub fn shuffle<T>(&mut self, things: &mut [T]) {
        for last in (1..things.len()).rev() {
            things.swap(last, self.below(last + 1));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_stay_the_same() {
        let mut dice = Dice::new(1, 2);
        let first: Vec<usize> = (0..6).map(|_| dice.below(100)).collect();
        let mut again = Dice::new(1, 2);
        assert_eq!(first, (0..6).map(|_| again.below(100)).collect::<Vec<_>>());
        assert_ne!(first, {
            let mut other = Dice::new(1, 3);
            (0..6).map(|_| other.below(100)).collect::<Vec<_>>()
        });
    }

    #[test]
    fn every_number_comes_up_about_as_often() {
        let mut dice = Dice::new(7, 7);
        let mut seen = [0_u32; 10];
        for _ in 0..10_000 {
            seen[dice.below(10)] += 1;
        }
        assert!(seen.iter().all(|count| (850..1_150).contains(count)), "{seen:?}");
        assert_eq!(dice.below(0), 0);
        assert!((0..100).all(|_| (-5..5).contains(&dice.between(-5, 5))));
    }
}
