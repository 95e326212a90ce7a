//! Each write against a migrated file.

#![allow(clippy::unwrap_used)]

use tempfile::TempDir;

use super::*;
use crate::domain::member::{Level, Role, Standing};
use crate::domain::policy::{self, Actor, ArrangeBoards, MakeAccount};
use crate::store::Store;
use crate::store::boards::{self, NewBoard};
use crate::store::members::{self, NewMember};
use crate::store::prevention::{last_in_thread, recent};
use crate::store::testing::{row, run};

const NOW: Timestamp = Timestamp(1_000_000);
const ALICE: MemberId = MemberId(1);
const BOB: MemberId = MemberId(2);

/// A file with alice and bob and one board.
async fn store() -> (TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&folder.path().join("hob.db")).await.unwrap();
    let mut conn = store.begin_write().await.unwrap();
    let people = policy::allow(&Actor::Host, &MakeAccount).unwrap();
    for handle in ["alice", "bob", "carol"] {
        let new = NewMember {
            handle,
            fold: handle,
            skeleton: handle,
            standing: if handle == "carol" { Standing::Suspended } else { Standing::Active },
            level: Level::Regular,
            role: Role::Member,
            password_hash: None,
            invited_by: None,
        };
        members::insert(&mut conn, &people, NOW, &new).await.unwrap();
    }
    let boards = policy::allow(&Actor::Host, &ArrangeBoards).unwrap();
    let new = NewBoard {
        slug: "general",
        name: "General",
        purpose: "",
        category: "",
        position: 1,
        kind: crate::domain::board::BoardKind::Talk,
        see: Audience::Members,
        write: Audience::Members,
        host: None,
    };
    boards::insert(&mut conn, &boards, NOW, &new).await.unwrap();
    conn.commit().await.unwrap();
    (folder, store)
}

fn facts() -> (BoardFacts, ThreadFacts) {
    let board = BoardFacts {
        see: Audience::Members,
        write: Audience::Members,
        archived: false,
        host: None,
        circle: 0,
    };
    (board, ThreadFacts { locked: false, removed: false, author: ALICE })
}

fn member(id: MemberId) -> Actor {
    Actor::Account {
        id,
        standing: Standing::Active,
        level: Level::Regular,
        role: Role::Member,
        curbs: crate::domain::moderation::Curbs::NONE,
        circles: crate::domain::policy::Circles::NONE,
    }
}

async fn thread_by(store: &Store, author: MemberId) -> Written {
    let grant = policy::allow(&member(author), &StartThread { board: facts().0 }).unwrap();
    let mut conn = store.begin_write().await.unwrap();
    let new =
        NewThread { board: BoardId(1), author, title: "Kettles", body: "Which one?", origin: Origin::Human };
    let written = insert_thread(&mut conn, &grant, NOW, new).await.unwrap();
    conn.commit().await.unwrap();
    written
}

async fn post_by(store: &Store, author: MemberId, thread: ThreadId, body: &str) -> Written {
    let (board, facts) = facts();
    let grant = policy::allow(&member(author), &Reply { board, thread: facts }).unwrap();
    let mut conn = store.begin_write().await.unwrap();
    let new = NewPost { thread, author, reply_to: Some(PostNo(1)), body, origin: Origin::Human };
    let written = insert_post(&mut conn, &grant, NOW.plus(9), new).await.unwrap();
    conn.commit().await.unwrap();
    written
}

#[tokio::test]
async fn a_thread_comes_with_its_first_post_its_counters_and_its_place_in_the_queue() {
    let (_folder, store) = store().await;
    let written = thread_by(&store, ALICE).await;
    assert_eq!(written.no, PostNo(1));
    let thread: (i64, i64, i64, i64, i64) =
        row(&store, "SELECT post_count, last_post_id, last_author_id, last_at, author_id FROM thread").await;
    assert_eq!(thread, (1, written.post_id.0, ALICE.0, NOW.0, ALICE.0));
    let post: (i64, i64, String, Option<i64>, String) =
        row(&store, "SELECT thread_id, no, body, reply_to_no, origin FROM post").await;
    assert_eq!(post, (written.thread_id.0, 1, "Which one?".to_owned(), None, "human".to_owned()));
    let queued: (i64, Option<String>) = row(&store, "SELECT post_id, indexed_body FROM search_queue").await;
    assert_eq!(queued, (written.post_id.0, None));
    let mark: (i64, i64, i64) = row(&store, "SELECT member_id, thread_id, last_no FROM read_thread").await;
    assert_eq!(mark, (ALICE.0, written.thread_id.0, 1));
}

#[tokio::test]
async fn a_post_takes_the_next_number_and_moves_the_counters() {
    let (_folder, store) = store().await;
    let thread = thread_by(&store, ALICE).await.thread_id;
    let second = post_by(&store, BOB, thread, "The green one.").await;
    let third = post_by(&store, ALICE, thread, "Thanks.").await;
    assert_eq!((second.no, third.no, third.thread_id), (PostNo(2), PostNo(3), thread));
    let counters: (i64, i64, i64, i64) =
        row(&store, "SELECT post_count, last_post_id, last_author_id, last_at FROM thread").await;
    assert_eq!(counters, (3, third.post_id.0, ALICE.0, NOW.0 + 9));
    let post: (i64, i64, String) =
        row(&store, "SELECT author_id, reply_to_no, body FROM post WHERE no = 2").await;
    assert_eq!(post, (BOB.0, 1, "The green one.".to_owned()));
    let (queued,): (i64,) = row(&store, "SELECT count(*) FROM search_queue").await;
    assert_eq!(queued, 3);
}

#[tokio::test]
async fn a_post_in_no_thread_is_not_written() {
    let (_folder, store) = store().await;
    let (board, facts) = facts();
    let grant = policy::allow(&member(ALICE), &Reply { board, thread: facts }).unwrap();
    let mut conn = store.begin_write().await.unwrap();
    let new =
        NewPost { thread: ThreadId(9), author: ALICE, reply_to: None, body: "x", origin: Origin::Human };
    assert!(insert_post(&mut conn, &grant, NOW, new).await.is_err());
}

/// R4: what was not shown is not read, also when one writes below it.
#[tokio::test]
async fn the_authors_mark_moves_only_when_nothing_unread_lies_before() {
    let (_folder, store) = store().await;
    let thread = thread_by(&store, ALICE).await.thread_id;
    let mark = || async {
        let sql = "SELECT coalesce((SELECT last_no FROM read_thread WHERE member_id = 1), 0),
                          coalesce((SELECT last_no FROM read_thread WHERE member_id = 2), 0)";
        row::<(i64, i64)>(&store, sql).await
    };
    post_by(&store, ALICE, thread, "and").await;
    assert_eq!(mark().await, (2, 0), "her own post follows what she has read");
    post_by(&store, BOB, thread, "he never looked at 1 and 2").await;
    assert_eq!(mark().await, (2, 0));
    post_by(&store, ALICE, thread, "3 was not shown to her").await;
    assert_eq!(mark().await, (2, 0));
    run(&store, "INSERT INTO read_board SELECT 2, 1, max(id) FROM post").await;
    post_by(&store, BOB, thread, "the floor says that he has read 1 to 4").await;
    assert_eq!(mark().await, (2, 5));
    run(&store, "UPDATE read_thread SET last_no = 3, held = 1 WHERE member_id = 2").await;
    post_by(&store, BOB, thread, "he marked it unread from 4 on").await;
    assert_eq!(mark().await, (2, 3));
    run(&store, "UPDATE read_thread SET last_no = 6 WHERE member_id = 2").await;
    post_by(&store, BOB, thread, "and has read it to its end again").await;
    assert_eq!(mark().await, (2, 7));
    let (held,): (i64,) = row(&store, "SELECT max(held) FROM read_thread").await;
    assert_eq!(held, 0);
}

#[tokio::test]
async fn a_post_speaks_to_whom_it_answers_and_mentions_once_each_and_never_to_its_author() {
    let (_folder, store) = store().await;
    let thread = thread_by(&store, ALICE).await.thread_id;
    let post = post_by(&store, BOB, thread, "@alice @bob @carol @nobody").await;
    let (board, facts) = facts();
    let grant = policy::allow(&member(BOB), &Reply { board, thread: facts }).unwrap();
    let handles = ["alice", "bob", "carol", "nobody"].map(str::to_owned);
    let addressed = || async {
        let sql = "SELECT count(*), coalesce(max(member_id || kind), '') FROM post_address";
        row::<(i64, String)>(&store, sql).await
    };
    for (answered, expected) in [(Some(ALICE), "1reply"), (None, "1mention"), (Some(BOB), "1mention")] {
        let mut conn = store.begin_write().await.unwrap();
        address_anew(&mut conn, &grant, post.post_id, answered, &handles).await.unwrap();
        conn.commit().await.unwrap();
        assert_eq!(addressed().await, (1, expected.to_owned()), "{answered:?}");
    }
    let mut conn = store.begin_write().await.unwrap();
    address_anew(&mut conn, &grant, post.post_id, None, &[]).await.unwrap();
    conn.commit().await.unwrap();
    assert_eq!(addressed().await.0, 0, "an edit takes a mention back");
}

async fn index(store: &Store) {
    let mut conn = store.begin_write().await.unwrap();
    crate::store::search::index_waiting(&mut conn, 10).await.unwrap();
    conn.commit().await.unwrap();
}

fn edit_grant() -> Grant<EditPost> {
    let (board, thread) = facts();
    let post = PostFacts { author: ALICE, state: PostState::Shown };
    policy::allow(&member(ALICE), &EditPost { board, thread, post }).unwrap()
}

#[tokio::test]
async fn an_edit_leaves_a_revision_only_when_it_is_marked() {
    let (_folder, store) = store().await;
    let thread = thread_by(&store, ALICE).await.thread_id;
    let seen = || async {
        let sql = "SELECT post.body, post.edited_at, count(post_revision.id), max(post_revision.body),
                          max(post_revision.written_at)
                     FROM post LEFT JOIN post_revision ON post_revision.post_id = post.id GROUP BY post.id";
        row::<(String, Option<i64>, i64, Option<String>, Option<i64>)>(&store, sql).await
    };
    for (body, edited) in
        [("silent", None), ("marked", Some(NOW.plus(1_000))), ("again", Some(NOW.plus(2_000)))]
    {
        let mut conn = store.begin_write().await.unwrap();
        let id = post(&mut conn, thread, PostNo(1)).await.unwrap().unwrap().id;
        update_body(&mut conn, &edit_grant(), id, body, edited).await.unwrap();
        conn.commit().await.unwrap();
        let now = seen().await;
        assert_eq!((now.0.as_str(), now.1), (body, edited.map(|at| at.0)));
        let revisions = match body {
            "silent" => (0, None, None),
            "marked" => (1, Some("silent".to_owned()), Some(NOW.0)),
            _ => (2, Some("silent".to_owned()), Some(NOW.0 + 1_000)),
        };
        assert_eq!((now.2, now.3, now.4), revisions, "{body}");
    }
}

#[tokio::test]
async fn the_search_index_is_told_what_to_forget() {
    let (_folder, store) = store().await;
    let thread = thread_by(&store, ALICE).await;
    let queued = || async {
        let sql = "SELECT indexed_title, indexed_body FROM search_queue";
        row::<(Option<String>, Option<String>)>(&store, sql).await
    };
    let edit = |body: &'static str| {
        let store = store.clone();
        async move {
            let mut conn = store.begin_write().await.unwrap();
            update_body(&mut conn, &edit_grant(), thread.post_id, body, None).await.unwrap();
            conn.commit().await.unwrap();
        }
    };
    edit("waits in the queue as a new post").await;
    assert_eq!(queued().await, (None, None), "nothing was indexed yet");
    index(&store).await;
    edit("one").await;
    let indexed = (Some("Kettles".to_owned()), Some("waits in the queue as a new post".to_owned()));
    assert_eq!(queued().await, indexed);
    edit("two").await;
    assert_eq!(queued().await, indexed, "what the index holds has not changed in between");
}

#[tokio::test]
async fn a_deleted_post_comes_back_as_it_was() {
    let (_folder, store) = store().await;
    let written = thread_by(&store, ALICE).await;
    run(&store, "UPDATE post SET state = 'collapsed'").await;
    index(&store).await;
    let (board, thread) = facts();
    let shown = PostFacts { author: ALICE, state: PostState::Shown };
    let grant = policy::allow(&member(ALICE), &DeletePost { board, thread, post: shown }).unwrap();
    let mut conn = store.begin_write().await.unwrap();
    delete_post(&mut conn, &grant, NOW.plus(5), written.post_id).await.unwrap();
    conn.commit().await.unwrap();
    let mut conn = store.begin_read().await.unwrap();
    let tombstone = post(&mut conn, written.thread_id, PostNo(1)).await.unwrap().unwrap();
    drop(conn);
    assert_eq!((tombstone.facts().state, tombstone.deleted_at), (PostState::Deleted, Some(NOW.plus(5))));
    let (waiting,): (i64,) = row(&store, "SELECT count(*) FROM search_queue WHERE indexed_body <> ''").await;
    assert_eq!(waiting, 1);

    let deleted = PostFacts { author: ALICE, state: PostState::Deleted };
    let undo = UndeletePost { post: deleted, age_s: 1, undo_s: 2 };
    let grant = policy::allow(&member(ALICE), &undo).unwrap();
    let mut conn = store.begin_write().await.unwrap();
    undelete_post(&mut conn, &grant, written.post_id).await.unwrap();
    let back = post(&mut conn, written.thread_id, PostNo(1)).await.unwrap().unwrap();
    let state = (back.facts().state, back.deleted_at);
    assert_eq!(state, (PostState::Collapsed, None), "what staff folded stays folded");
}

#[tokio::test]
async fn what_a_writer_needs_to_know_is_read_in_one_row() {
    let (_folder, store) = store().await;
    let thread_id = thread_by(&store, ALICE).await.thread_id;
    post_by(&store, BOB, thread_id, "The green one.").await;
    let mut conn = store.begin_read().await.unwrap();
    let found = thread(&mut conn, thread_id, Some(PostNo(2))).await.unwrap().unwrap();
    assert_eq!((found.title.as_str(), found.board.as_str(), found.slow_s), ("Kettles", "General", 0));
    assert_eq!((found.board_facts(), found.facts()), facts());
    assert_eq!(found.answered_author, Some(BOB));
    let nothing = thread(&mut conn, thread_id, Some(PostNo(9))).await.unwrap().unwrap();
    assert_eq!(nothing.answered_author, None);
    assert_eq!(thread(&mut conn, ThreadId(9), None).await.unwrap(), None);

    let row = answered(&mut conn, thread_id, PostNo(2)).await.unwrap().unwrap();
    assert_eq!((row.author.as_str(), row.body.as_str()), ("bob", "The green one."));
    assert_eq!(answered(&mut conn, thread_id, PostNo(9)).await.unwrap(), None);
    let reply = post(&mut conn, thread_id, PostNo(2)).await.unwrap().unwrap();
    assert_eq!(reply.answered_author, Some(ALICE));

    assert_eq!(recent(&mut conn, ALICE, 9).await.unwrap(), [(NOW, true)]);
    assert_eq!(recent(&mut conn, BOB, 9).await.unwrap(), [(NOW.plus(9), false)]);
    assert_eq!(last_in_thread(&mut conn, BOB, thread_id, NOW).await.unwrap(), Some(NOW.plus(9)));
    assert_eq!(last_in_thread(&mut conn, BOB, thread_id, NOW.plus(10)).await.unwrap(), None);
    assert_eq!(last_in_thread(&mut conn, BOB, ThreadId(9), NOW).await.unwrap(), None);
}

#[tokio::test]
async fn handles_are_found_by_their_beginning() {
    let (_folder, store) = store().await;
    let mut conn = store.begin_read().await.unwrap();
    assert_eq!(handles_from(&mut conn, "al", 9).await.unwrap(), ["alice"]);
    assert_eq!(handles_from(&mut conn, "", 9).await.unwrap(), ["alice", "bob"], "carol is suspended");
    assert_eq!(handles_from(&mut conn, "", 1).await.unwrap(), ["alice"]);
    assert!(handles_from(&mut conn, "%", 9).await.unwrap().is_empty());
}
