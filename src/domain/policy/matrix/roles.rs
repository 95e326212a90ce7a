//! The rows of roles, and of what a champion does on their tag.

use super::*;
use crate::domain::duty::DutyKind;

pub(super) fn rows(matrix: &mut Matrix) {
    let kind = || Fact { name: "duty", values: DutyKind::ALL.iter().map(|kind| kind.as_str()).collect() };
    matrix.action(&[kind(), whose("target")], |v| OfferRole { kind: DutyKind::ALL[v[0]], target: who(v[1]) });
    matrix.action(&[whose("target")], |v| AnswerOffer { target: who(v[0]) });
    matrix.action(&[kind(), whose("holder")], |v| EndRole { kind: DutyKind::ALL[v[0]], holder: who(v[1]) });
    matrix.action(&[], |_| KeepTerms);
    matrix.action(&[whose("champion")], |v| DescribeTag { champion: Some(who(v[0])) });
    let facts = [see(), yes_no("archived"), yes_no("removed"), whose("champion")];
    matrix.action(&facts, |v| CurateTag {
        board: board(&[v[0], 0, v[1], 0]),
        thread: thread(0, v[2], 0),
        champion: Some(who(v[3])),
    });
}
