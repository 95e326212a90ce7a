//! The rows of the rules for prevention.

use super::*;
use crate::domain::prevention::BanKind;

pub(super) fn rows(matrix: &mut Matrix) {
    let held = [see(), whose("author"), whose("inviter"), yes_no("blocked")];
    matrix.action(&held, |v| HandleHeld {
        board: board_for(v[0]),
        author: who(v[1]),
        inviter: Some(who(v[2])),
        blocked: v[3] == 1,
    });
    matrix.action(&[], |_| KeepCalm);
    matrix.action(&[whose("member")], |v| KeepStaffNotes { member: who(v[0]) });
    matrix.action(&[], |_| KeepFilters);
    matrix.action(&[whose("member")], |v| KeepWatch { member: who(v[0]) });
    matrix.action(&[], |_| ChangeWatch);
    matrix.action(&[], |_| SeeBans);
    let kind = Fact { name: "kind", values: BanKind::ALL.iter().map(|kind| kind.as_str()).collect() };
    let role = Fact { name: "their role", values: Role::ALL.iter().map(|role| role.as_str()).collect() };
    matrix.action(&[kind, whose("owner"), role], |v| KeepBan {
        kind: BanKind::ALL[v[0]],
        owner: Some((who(v[1]), Role::ALL[v[2]])),
    });
    matrix.action(&[whose("author")], |v| TakeBackHeld { author: who(v[0]) });
}

/// M6: in calm a newcomer reads and does nothing that writes; a newcomer who is staff goes on.
#[test]
fn m6_in_calm_newcomers_only_read() {
    let curbs = Curbs { calm: true, ..Curbs::NONE };
    let actor = |role| Actor::Account {
        id: ME,
        standing: Standing::Active,
        level: Level::Newcomer,
        role,
        curbs,
        circles: Circles::NONE,
    };
    let (newcomer, moderator) = (actor(Role::Member), actor(Role::Moderator));
    let start = StartThread { board: board(&[1, 0, 0, 0]) };
    assert_eq!(start.decide(&newcomer), Err(Denied::Calm));
    assert_eq!(start.decide(&moderator), Ok(()));
    for allowed in [LookAround.decide(&newcomer), KeepDrafts.decide(&newcomer), KeepMarks.decide(&newcomer)] {
        assert_eq!(allowed, Ok(()));
    }
}
