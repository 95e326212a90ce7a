//! The rows about posts and drafts.

use super::*;

pub(super) fn rows(matrix: &mut Matrix) {
    let circle = fact("circle", &["none", "mine", "other", "other, open"]);
    matrix.action(&with(board_facts(), [circle]), |v| StartThread {
        board: BoardFacts { circle: [0, 1, 2, OPEN_CIRCLES_FROM][v[4]], ..board(v) },
    });
    let in_thread = || with(board_facts(), [yes_no("locked"), yes_no("removed")]);
    matrix.action(&in_thread(), |v| Reply { board: board(v), thread: thread(v[4], v[5], 0) });
    let facts = with(in_thread(), [whose("author"), state()]);
    matrix.action(&facts, |v| EditPost {
        board: board(v),
        thread: thread(v[4], v[5], 0),
        post: post(v[6], v[7]),
    });
    matrix.action(&facts, |v| DeletePost {
        board: board(v),
        thread: thread(v[4], v[5], 0),
        post: post(v[6], v[7]),
    });
    matrix.action(&[whose("author"), state(), time()], |v| UndeletePost {
        post: post(v[0], v[1]),
        age_s: age(v[2]),
        undo_s: UNDO_S,
    });
    matrix.action(&facts, |v| GiveThanks {
        board: board(v),
        thread: thread(v[4], v[5], 0),
        post: post(v[6], v[7]),
    });
    matrix.action(&[], |_| TakeBackThanks);
    matrix.action(&[], |_| KeepDrafts);
}
