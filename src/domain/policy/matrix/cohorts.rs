//! The rows of cohorts.

use super::*;

pub(super) fn rows(matrix: &mut Matrix) {
    matrix.action(&[], |_| MakeCohort);
    matrix.action(&[whose("host")], |v| TendCohort { host: who(v[0]) });
    matrix.action(&[], |_| JoinCohort);
    matrix.action(&[], |_| KeepCohorts);
}
