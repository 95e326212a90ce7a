//! The rows of the rules for prevention.

use super::*;

pub(super) fn rows(matrix: &mut Matrix) {
    let held = [see(), whose("author"), whose("inviter"), yes_no("blocked")];
    matrix.action(&held, |v| HandleHeld {
        board: board_for(v[0]),
        author: who(v[1]),
        inviter: Some(who(v[2])),
        blocked: v[3] == 1,
    });
    matrix.action(&[], |_| KeepCalm);
    matrix.action(&[whose("author")], |v| TakeBackHeld { author: who(v[0]) });
}
