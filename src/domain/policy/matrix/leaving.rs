//! Rows about one's own data and leaving.

use super::super::{CarryOut, LeaveHob, TakeOwnData};
use super::{Matrix, who, whose};

pub(super) fn rows(matrix: &mut Matrix) {
    matrix.action(&[whose("member")], |v| TakeOwnData { member: who(v[0]) });
    matrix.action(&[], |_| LeaveHob);
    matrix.action(&[], |_| CarryOut);
}
