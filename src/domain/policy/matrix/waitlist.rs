//! The rows about seats and the line for them.

use super::*;

pub(super) fn rows(matrix: &mut Matrix) {
    matrix.action(&[], |_| MoveLine);
    matrix.action(&[], |_| WakeSeat);
    matrix.action(&[], |_| SeeLine);
    matrix.action(&[], |_| SeatNow);
    matrix.action(&[], |_| LetSeatsSleep);
}
