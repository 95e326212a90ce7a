//! The rows about seats and the line for them, and about lost keys.

use super::*;

pub(super) fn rows(matrix: &mut Matrix) {
    matrix.action(&[], |_| MoveLine);
    matrix.action(&[], |_| WakeSeat);
    matrix.action(&[], |_| SeeLine);
    matrix.action(&[], |_| SeatNow);
    matrix.action(&[], |_| LetSeatsSleep);
    matrix.action(&[], |_| AskRecovery);
    matrix.action(&[], |_| SeeRecoveries);
    matrix.action(&[whose("account"), yes_no("blocked")], |v| VouchRecovery {
        member: who(v[0]),
        blocked: v[1] == 1,
    });
    matrix.action(&[whose("account")], |v| StopRecovery { member: who(v[0]) });
    matrix.action(&[whose("account"), fact("vouches", &["1", "2"])], |v| HandOutCode {
        member: who(v[0]),
        vouches: if v[1] == 1 { VOUCHES_NEEDED } else { VOUCHES_NEEDED - 1 },
    });
}
