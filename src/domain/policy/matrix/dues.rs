//! The rows of dues.

use super::*;

pub(super) fn rows(matrix: &mut Matrix) {
    matrix.action(&[], |_| KeepDues);
    matrix.action(&[whose("member")], |v| SeeDues { member: who(v[0]) });
    matrix.action(&[], |_| AskWaiver);
    matrix.action(&[], |_| TellDues);
}
