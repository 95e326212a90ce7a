//! The rows of moderation.

use super::*;

pub(super) fn rows(matrix: &mut Matrix) {
    matrix.action(&[whose("author")], |v| Report { author: who(v[0]) });
    matrix.action(&[], |_| SeeQueue);
    let on = fact("on", &["guests", "members", "regulars", "staff", "sysops", "none"]);
    let aside = || [whose("author"), yes_no("reported"), whose("inviter"), yes_no("in the conversation")];
    matrix.action(&with(vec![on], aside()), |v| HandleCase {
        board: (v[0] < Audience::ALL.len()).then(|| board_for(v[0])),
        author: who(v[1]),
        reported_it: v[2] == 1,
        inviter: Some(who(v[3])),
        takes_part: v[4] == 1,
    });
    matrix.action(&aside(), |v| ModerateContent {
        author: who(v[0]),
        reported_it: v[1] == 1,
        inviter: Some(who(v[2])),
        takes_part: v[3] == 1,
    });
    matrix.action(&board_facts(), |v| TidyBoard { board: board(v) });
    let two_boards = [see(), whose("host"), fact("to see", &see().values), fact("to write", &write().values)];
    let two_boards = with(two_boards.into(), [yes_no("to archived"), whose("to host")]);
    matrix.action(&two_boards, |v| MoveThread { from: board(&[v[0], 0, 0, v[1]]), to: board(&v[2..]) });
    let role = Fact { name: "their role", values: Role::ALL.iter().map(|role| role.as_str()).collect() };
    matrix.action(
        &[whose("target"), role, yes_no("reported"), whose("inviter"), yes_no("needs second")],
        |v| Sanction {
            target: who(v[0]),
            target_role: Role::ALL[v[1]],
            reported_it: v[2] == 1,
            inviter: Some(who(v[3])),
            needs_second: v[4] == 1,
        },
    );
    matrix.action(&[], |_| AskForEyes);
    let facts = [yes_no("part of it"), whose("concerned"), yes_no("jury"), yes_no("last resort")];
    matrix.action(&facts, |v| HandleMatter {
        part_of_it: v[0] == 1,
        concerned: who(v[1]),
        with_jury: v[2] == 1,
        last_resort: v[3] == 1,
    });
    matrix.action(&[], |_| CallJury);
    let facts = [yes_no("drawn"), yes_no("part of it")];
    matrix.action(&facts, |v| SitOnJury { drawn: v[0] == 1, part_of_it: v[1] == 1 });
    matrix.action(&[], |_| SeeOwnSanction);
    let facts = [whose("by"), whose("target"), whose("inviter"), yes_no("reported"), time()];
    matrix.action(&facts, |v| UndoAct {
        by: who(v[0]),
        target: Some(who(v[1])),
        inviter: Some(who(v[2])),
        reported_it: v[3] == 1,
        age_s: age(v[4]),
        undo_s: UNDO_S,
    });
}
