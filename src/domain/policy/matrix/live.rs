//! The rows of the rules for rooms and the wall.

use super::*;

/// The facts of a room: its board's, and whether it is the hall, which has none.
fn room_facts() -> Vec<Fact> {
    with(board_facts(), [yes_no("hall")])
}

fn room(values: &[usize]) -> Option<BoardFacts> {
    (values[4] == 0).then(|| board(values))
}

pub(super) fn rows(matrix: &mut Matrix) {
    matrix.action(&room_facts(), |v| SeeRoom { board: room(v) });
    matrix.action(&room_facts(), |v| Speak { board: room(v) });
    let facts = with(room_facts(), [whose("author"), yes_no("removed")]);
    matrix.action(&facts, |v| ChangeLine { board: room(v), author: who(v[5]), removed: v[6] == 1 });
    let facts = with(board_facts(), [yes_no("from hall")]);
    matrix.action(&facts, |v| ProposeKeep { room: (v[4] == 0).then(|| board(v)), to: board(v) });
    matrix.action(&[yes_no("asked")], |v| AnswerKeep { asked: v[0] == 1 });
    matrix.action(&[whose("proposer")], |v| SettleKeep { proposer: who(v[0]) });
    matrix.action(&[], |_| WriteOnWall);
    matrix.action(&[whose("author")], |v| TakeOffWall { author: who(v[0]) });
}
