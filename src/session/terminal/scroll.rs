//! Finds rows that only moved up or down, so that the terminal can move them itself: one line further in a thread or a
//! list costs its new row, not the whole screen.

/// A block of rows that moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Scroll {
    /// First and last row of the block, as it is before and after.
    pub(super) top: u16,
    pub(super) bottom: u16,
    /// By how many rows, up if positive.
    pub(super) by: i32,
}

/// Estimated bytes that a scroll must save to be tried: several times those that it takes itself.
const SAVING_MIN: i64 = 64;

/// Estimated bytes of moving to a row that has to be drawn.
const ROW_START: i64 = 8;

/// The move that saves most, if one is worth trying. Rows are packed; equal strings look the same.
pub(super) fn find(old: &[&str], new: &[&str]) -> Option<Scroll> {
    let unmoved: Vec<i64> = (0..new.len()).map(|row| cost(new[row], old[row])).collect();
    if unmoved.iter().sum::<i64>() < SAVING_MIN {
        return None;
    }
    let shifts = (1..new.len()).flat_map(|by| [(by, true), (by, false)]);
    let best = shifts
        .filter_map(|(by, up)| best_block(old, new, &unmoved, by, up))
        .max_by_key(|&(saving, _)| saving)?;
    (best.0 >= SAVING_MIN).then_some(best.1)
}

/// Estimated bytes to draw a row over another.
fn cost(new: &str, old: &str) -> i64 {
    if new == old { 0 } else { i64::try_from(new.len()).unwrap_or(i64::MAX / 1_000) + ROW_START }
}

/// The run of rows for which moving by so many saves most (Kadane's way), less what the rows cost that become blank.
fn best_block(old: &[&str], new: &[&str], unmoved: &[i64], by: usize, up: bool) -> Option<(i64, Scroll)> {
    let (first, source): (usize, fn(usize, usize) -> usize) =
        if up { (0, |row, by| row + by) } else { (by, |row, by| row - by) };
    let mut best: Option<(i64, usize, usize)> = None;
    let (mut sum, mut start) = (0, first);
    for row in first..first + new.len() - by {
        if sum <= 0 {
            (sum, start) = (0, row);
        }
        sum += unmoved[row] - cost(new[row], old[source(row, by)]);
        if sum > best.map_or(0, |(saving, ..)| saving) {
            best = Some((sum, start, row));
        }
    }
    let (saving, start, end) = best?;
    let uncovered = if up { end + 1..end + 1 + by } else { start - by..start };
    let price: i64 = uncovered.map(|row| cost(new[row], "") - unmoved[row]).sum();
    let (top, bottom) = if up { (start, end + by) } else { (start - by, end) };
    let by = i32::try_from(by).ok()?;
    let scroll = Scroll {
        top: u16::try_from(top).ok()?,
        bottom: u16::try_from(bottom).ok()?,
        by: if up { by } else { -by },
    };
    Some((saving - price, scroll))
}

impl Scroll {
    /// What the rows are after it.
    pub(super) fn apply(self, rows: &mut [&str]) {
        let block = &mut rows[usize::from(self.top)..=usize::from(self.bottom)];
        let by = self.by.unsigned_abs() as usize;
        if self.by > 0 {
            block.rotate_left(by);
            let kept = block.len() - by;
            block[kept..].fill("");
        } else {
            block.rotate_right(by);
            block[..by].fill("");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(numbers: std::ops::Range<u32>) -> Vec<String> {
        numbers.map(|number| format!("row {number} with a text of some length")).collect()
    }

    fn found(old: &[String], new: &[String]) -> Option<Scroll> {
        let old: Vec<&str> = old.iter().map(String::as_str).collect();
        let new: Vec<&str> = new.iter().map(String::as_str).collect();
        find(&old, &new)
    }

    #[test]
    fn finds_the_block_and_how_it_moved() {
        assert_eq!(found(&rows(0..10), &rows(1..11)), Some(Scroll { top: 0, bottom: 9, by: 1 }));
        assert_eq!(found(&rows(3..13), &rows(0..10)), Some(Scroll { top: 0, bottom: 9, by: -3 }));
        let framed = |numbers| [vec!["head".to_owned()], rows(numbers), vec!["foot".to_owned()]].concat();
        assert_eq!(found(&framed(0..8), &framed(2..10)), Some(Scroll { top: 1, bottom: 8, by: 2 }));
    }

    #[test]
    fn leaves_alone_what_did_not_move() {
        assert_eq!(found(&rows(0..10), &rows(0..10)), None);
        assert_eq!(found(&rows(0..10), &rows(20..30)), None);
        assert_eq!(found(&["".to_owned(), "a".to_owned()], &["a".to_owned(), "".to_owned()]), None);
        assert_eq!(found(&rows(0..1), &rows(1..2)), None);
    }

    #[test]
    fn moves_rows_as_a_terminal_does() {
        let mut rows = ["a", "b", "c", "d", "e"];
        Scroll { top: 1, bottom: 3, by: 1 }.apply(&mut rows);
        assert_eq!(rows, ["a", "c", "d", "", "e"]);
        Scroll { top: 0, bottom: 4, by: -2 }.apply(&mut rows);
        assert_eq!(rows, ["", "", "a", "c", "d"]);
    }
}
