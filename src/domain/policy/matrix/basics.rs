//! The rows of the door, of reading, of tags and of people.

use super::*;

pub(super) fn door(matrix: &mut Matrix) {
    matrix.action(&[], |_| StandAtDoor);
    matrix.action(&[], |_| StartJoining);
    matrix.action(&[], |_| GoOnJoining);
    matrix.action(&[], |_| EnterInvite);
    matrix.action(&[], |_| AnswerQuestion);
    matrix.action(&[], |_| SeeOwnApplication);
    matrix.action(&[], |_| LookAtDoor);
    matrix.action(&[], |_| Vouch);
    matrix.action(&[], |_| ShowOneself);
    matrix.action(&[whose("applicant"), whose("inviter"), yes_no("vouched")], |v| DecideApplication {
        applicant: who(v[0]),
        inviter: Some(who(v[1])),
        vouched: v[2] == 1,
    });
}

pub(super) fn reading(matrix: &mut Matrix) {
    let circle = fact("circle", &["none", "mine", "other"]);
    matrix.action(&with(board_facts(), [circle]), |v| SeeBoard {
        board: BoardFacts { circle: i64::try_from(v[4]).unwrap(), ..board(v) },
    });
    let facts = with(board_facts(), [yes_no("locked"), yes_no("removed"), whose("author")]);
    matrix.action(&facts, |v| SeeThread { board: board(v), thread: thread(v[4], v[5], v[6]) });
    matrix.action(&[], |_| KeepMarks);
    matrix.action(&[], |_| LookAround);
    matrix.action(&[], |_| SeeAuditLog);
}

pub(super) fn tagging(matrix: &mut Matrix) {
    let in_thread = || {
        let facts = [yes_no("archived"), whose("host"), yes_no("locked"), yes_no("removed"), whose("author")];
        with(vec![see()], facts)
    };
    let on = |v: &[usize]| (board(&[v[0], 0, v[1], v[2]]), thread(v[3], v[4], v[5]));
    matrix.action(&in_thread(), |v| TagThread { board: on(v).0, thread: on(v).1 });
    matrix.action(&[], |_| MakeTag);
    matrix.action(&[], |_| DefineTerm);
    matrix.action(&[], |_| RemoveTerm);
    matrix.action(&[], |_| JoinTag);
    matrix.action(&with(in_thread(), [yes_no("question")]), |v| SolveThread {
        board: on(v).0,
        kind: if v[6] == 1 { BoardKind::Question } else { BoardKind::Talk },
        thread: on(v).1,
    });
}

pub(super) fn people(matrix: &mut Matrix) {
    matrix.action(&[whose("account")], |v| EditProfile { member: who(v[0]) });
    matrix.action(&[whose("account")], |v| ManageKeys { member: who(v[0]) });
    matrix.action(&[whose("path")], |v| SeePath { member: who(v[0]) });
    matrix.action(&[], |_| SettleLevels);
    matrix.action(&[], |_| MakeInvite);
    matrix.action(&[whose("creator")], |v| RevokeInvite { creator: Some(who(v[0])) });
    matrix.action(&[], |_| MakeAccount);
    let role = || Fact { name: "their role", values: Role::ALL.iter().map(|role| role.as_str()).collect() };
    matrix.action(&[whose("member"), role()], |v| TrustMember { member: who(v[0]), role: Role::ALL[v[1]] });
    matrix.action(&[whose("member"), role()], |v| ResetWays { member: who(v[0]), role: Role::ALL[v[1]] });
    matrix.action(&[], |_| ArrangeBoards);
    matrix.action(&[], |_| EditQuestions);
    matrix.action(&[], |_| EditCharter);
    matrix.action(&[], |_| RunPlace);
    matrix.action(&[], |_| AcceptNewRule);
    matrix.action(&[], |_| ReadOldCharters);
}
