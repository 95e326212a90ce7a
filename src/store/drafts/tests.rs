//! Drafts against a migrated file (W2).

#![allow(clippy::unwrap_used)]

use super::*;
use crate::domain::ids::{BoardId, ThreadId};
use crate::domain::member::{Level, Role, Standing};
use crate::domain::policy::{self, Actor};
use crate::store::Store;
use crate::store::testing::run;

const NOW: Timestamp = Timestamp(1_000_000);
const ALICE: MemberId = MemberId(1);
const BOB: MemberId = MemberId(2);

const PEOPLE: &str = "
    INSERT INTO member (id, handle, handle_fold, handle_skeleton, standing, created_at)
    VALUES (1, 'alice', 'alice', 'alice', 'active', 0), (2, 'bob', 'bob', 'bob', 'joining', 0);
    INSERT INTO board (id, slug, name, purpose, position, see, created_at)
    VALUES (1, 'general', 'General', '', 1, 'members', 0), (2, 'staff', 'Staff', '', 2, 'staff', 0);
    INSERT INTO thread (id, board_id, title, author_id, created_at, last_author_id, last_at, removed)
    VALUES (1, 1, 'Kettles', 1, 0, 1, 0, 0), (2, 2, 'Secrets', 1, 0, 1, 0, 0), (3, 1, 'Removed', 1, 0, 1, 0, 1)";

fn actor() -> Actor {
    Actor::Account {
        id: ALICE,
        standing: Standing::Active,
        level: Level::Member,
        role: Role::Member,
        curbs: crate::domain::moderation::Curbs::NONE,
        circles: crate::domain::policy::Circles::NONE,
    }
}

fn keep() -> Grant<KeepDrafts> {
    policy::allow(&actor(), &KeepDrafts).unwrap()
}

async fn put(conn: &mut SqliteConnection, member: MemberId, target: &DraftTarget, body: &str, at: i64) {
    let new = NewDraft { member, target, title: "", body, reply_to: Some(PostNo(4)) };
    save(conn, &keep(), NOW.plus(at), new).await.unwrap();
}

#[tokio::test]
async fn there_is_one_draft_for_each_member_and_target_and_the_newest_counts() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&folder.path().join("hob.db")).await.unwrap();
    run(&store, PEOPLE).await;
    let (reply, board) = (DraftTarget::Reply(ThreadId(1)), DraftTarget::Board(BoardId(1)));
    let mut conn = store.begin_write().await.unwrap();
    put(&mut conn, ALICE, &reply, "first", 0).await;
    put(&mut conn, ALICE, &reply, "second", 5).await;
    put(&mut conn, BOB, &reply, "his", 1).await;
    put(&mut conn, ALICE, &board, "elsewhere", 2).await;
    let found = get(&mut conn, ALICE, &reply).await.unwrap().unwrap();
    let expected = DraftRow {
        title: String::new(),
        body: "second".to_owned(),
        reply_to_no: Some(PostNo(4)),
        saved_at: NOW.plus(5),
    };
    assert_eq!(found, expected);
    assert_eq!(count_others(&mut conn, ALICE, &reply).await.unwrap(), 1);
    assert!(remove(&mut conn, &keep(), ALICE, &reply).await.unwrap());
    assert!(!remove(&mut conn, &keep(), ALICE, &reply).await.unwrap());
    assert_eq!(get(&mut conn, ALICE, &reply).await.unwrap(), None);
    assert!(get(&mut conn, BOB, &reply).await.unwrap().is_some(), "his is still there");
}

#[tokio::test]
async fn the_list_names_what_the_author_may_see_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&folder.path().join("hob.db")).await.unwrap();
    run(&store, PEOPLE).await;
    let mut conn = store.begin_write().await.unwrap();
    let texts =
        ["reply:1", "edit:1.4", "board:1", "board:2", "reply:2", "reply:3", "reply:9", "form:profile"];
    for (at, text) in (0..).zip(texts) {
        put(&mut conn, ALICE, &text.parse().unwrap(), &"é".repeat(1_000), at).await;
    }
    let rows = list(&mut conn, ALICE, actor().clearance(), false).await.unwrap();
    assert!(rows.iter().all(|row| row.excerpt.chars().count() == 400));
    let named: Vec<(&str, Option<&str>, Option<&str>)> = rows
        .iter()
        .rev()
        .map(|row| (row.target.as_str(), row.board.as_deref(), row.thread.as_deref()))
        .collect();
    assert_eq!(
        named,
        [
            ("reply:1", Some("General"), Some("Kettles")),
            ("edit:1.4", Some("General"), Some("Kettles")),
            ("board:1", Some("General"), None),
            ("board:2", None, None),
            ("reply:2", None, None),
            ("reply:3", None, None),
            ("reply:9", None, None),
            ("form:profile", None, None),
        ]
    );
    let staff = list(&mut conn, ALICE, Actor::Host.clearance(), true).await.unwrap();
    assert_eq!(staff.iter().filter(|row| row.thread.is_some()).count(), 4);
}
