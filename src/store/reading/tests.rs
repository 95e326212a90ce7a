//! Marks, floors, counts and the order of reading on, one by one; `property.rs` has them all at once.
#![allow(clippy::unwrap_used)]

use super::*;
use crate::domain::board::{BoardChoice, ThreadChoice};
use crate::domain::ids::{BoardId, MemberId, PostId, PostNo, ThreadId};
use crate::domain::time::Timestamp;
use crate::store::boards;
use crate::store::shelf::{FIRST_AT, Shelf, clearance, keep_marks};

/// A reader, a writer, a board and a thread of five posts on it.
async fn one_thread() -> (Shelf, MemberId, MemberId, BoardId, ThreadId) {
    let mut shelf = Shelf::new().await;
    let reader = shelf.member("alice").await;
    let writer = shelf.member("bob").await;
    let board = shelf.board("general").await;
    let thread = shelf.thread(board, writer, "tea").await;
    shelf.posts(thread, writer, 5).await;
    (shelf, reader, writer, board, thread)
}

async fn counts(shelf: &mut Shelf, reader: MemberId) -> Vec<(i64, i64, i64)> {
    let rows = unread(&mut shelf.conn, reader, clearance()).await.unwrap();
    rows.iter().map(|row| (row.board_id.0, row.threads, row.posts)).collect()
}

async fn upto(shelf: &mut Shelf, reader: MemberId, thread: ThreadId) -> i64 {
    read_to(&mut shelf.conn, reader, thread).await.unwrap().0
}

async fn read(shelf: &mut Shelf, reader: MemberId, thread: ThreadId, no: i64) {
    mark_read(&mut shelf.conn, &keep_marks(), reader, thread, PostNo(no)).await.unwrap();
}

async fn next_up(shelf: &mut Shelf, reader: MemberId) -> Option<(i64, i64, Why)> {
    let next = next(&mut shelf.conn, reader, clearance(), &[], &[]).await.unwrap()?;
    Some((next.thread.0, next.no.0, next.why))
}

#[tokio::test]
async fn r3_a_mark_goes_up_only_and_never_past_the_end() {
    let (mut shelf, alice, _, board, thread) = one_thread().await;
    assert_eq!(counts(&mut shelf, alice).await, [(board.0, 1, 5)]);
    read(&mut shelf, alice, thread, 3).await;
    assert_eq!(counts(&mut shelf, alice).await, [(board.0, 1, 2)]);
    read(&mut shelf, alice, thread, 2).await;
    assert_eq!(upto(&mut shelf, alice, thread).await, 3);
    read(&mut shelf, alice, thread, 99).await;
    assert_eq!(upto(&mut shelf, alice, thread).await, 5);
    assert_eq!(counts(&mut shelf, alice).await, []);
}

/// What is left of a thread that was merged into another has a number of posts and no posts: floors go over it.
#[tokio::test]
async fn a_floor_rises_over_a_thread_that_was_merged_away() {
    let (mut shelf, alice, bob, board, tea) = one_thread().await;
    let pots = shelf.thread(board, bob, "pots").await;
    shelf.posts(pots, bob, 2).await;
    shelf.merge(tea, pots, bob).await;
    // The floor lies between the first and the last post of what was merged.
    set_floors(&mut shelf.conn, alice, Timestamp(FIRST_AT + 2 * 60)).await.unwrap();
    assert_eq!(counts(&mut shelf, alice).await, [(board.0, 1, 7)]);
    raise_floors(&mut shelf.conn, alice).await.unwrap();
    assert_eq!(counts(&mut shelf, alice).await, [(board.0, 1, 7)]);
}

#[tokio::test]
async fn a_new_members_floor_leaves_only_what_is_younger() {
    let (mut shelf, alice, bob, board, thread) = one_thread().await;
    // The third post is the first that is not older.
    set_floors(&mut shelf.conn, alice, Timestamp(FIRST_AT + 2 * 60)).await.unwrap();
    assert_eq!(upto(&mut shelf, alice, thread).await, 2);
    assert_eq!(counts(&mut shelf, alice).await, [(board.0, 1, 3)]);
    set_floors(&mut shelf.conn, alice, Timestamp(0)).await.unwrap();
    assert_eq!(upto(&mut shelf, alice, thread).await, 2, "floors only go up");

    // A mark below the floor does not bring old posts back.
    read(&mut shelf, alice, thread, 1).await;
    assert_eq!(upto(&mut shelf, alice, thread).await, 2);
    // A board that is younger than the member has no floor.
    let later = shelf.board("later").await;
    let tea = shelf.thread(later, bob, "more tea").await;
    shelf.posts(tea, bob, 2).await;
    assert_eq!(counts(&mut shelf, alice).await, [(board.0, 1, 3), (later.0, 1, 2)]);
}

#[tokio::test]
async fn r3_marking_a_board_read_is_undone_whole() {
    let (mut shelf, alice, bob, board, thread) = one_thread().await;
    let other = shelf.thread(board, bob, "coffee").await;
    shelf.posts(other, bob, 4).await;
    read(&mut shelf, alice, thread, 2).await;
    let seen = newest_post(&mut shelf.conn).await.unwrap();
    shelf.posts(other, bob, 1).await;

    let before = mark_board_read(&mut shelf.conn, &keep_marks(), alice, board, seen).await.unwrap();
    assert_eq!(
        counts(&mut shelf, alice).await,
        [(board.0, 1, 1)],
        "what came after the list was drawn is unread"
    );
    assert_eq!(upto(&mut shelf, alice, other).await, 4);

    restore_board(&mut shelf.conn, &keep_marks(), alice, board, &before).await.unwrap();
    assert_eq!(counts(&mut shelf, alice).await, [(board.0, 2, 3 + 5)]);

    // What was read in between stays read.
    let before = mark_board_read(&mut shelf.conn, &keep_marks(), alice, board, seen).await.unwrap();
    read(&mut shelf, alice, other, 5).await;
    restore_board(&mut shelf.conn, &keep_marks(), alice, board, &before).await.unwrap();
    assert_eq!(counts(&mut shelf, alice).await, [(board.0, 1, 3)]);
}

#[tokio::test]
async fn r3_unread_from_here_works_above_and_below_the_floor() {
    let (mut shelf, alice, bob, board, thread) = one_thread().await;
    let seen = newest_post(&mut shelf.conn).await.unwrap();
    mark_board_read(&mut shelf.conn, &keep_marks(), alice, board, seen).await.unwrap();
    assert_eq!(next_up(&mut shelf, alice).await, None);

    let before = hold(&mut shelf.conn, &keep_marks(), alice, thread, PostNo(2)).await.unwrap();
    assert_eq!(before, None);
    assert_eq!(counts(&mut shelf, alice).await, [(board.0, 1, 4)]);
    assert_eq!(next_up(&mut shelf, alice).await, Some((thread.0, 2, Why::InOrder)));

    read(&mut shelf, alice, thread, 4).await;
    assert_eq!(counts(&mut shelf, alice).await, [(board.0, 1, 1)]);
    read(&mut shelf, alice, thread, 5).await;
    assert_eq!(counts(&mut shelf, alice).await, []);
    shelf.posts(thread, bob, 1).await;
    assert_eq!(
        counts(&mut shelf, alice).await,
        [(board.0, 1, 1)],
        "read to the end it is an ordinary thread again"
    );

    restore_mark(&mut shelf.conn, &keep_marks(), alice, thread, before).await.unwrap();
    assert_eq!(counts(&mut shelf, alice).await, [(board.0, 1, 1)]);
}

#[tokio::test]
async fn marking_a_board_read_also_takes_held_threads() {
    let (mut shelf, alice, bob, board, thread) = one_thread().await;
    let seen = newest_post(&mut shelf.conn).await.unwrap();
    hold(&mut shelf.conn, &keep_marks(), alice, thread, PostNo(2)).await.unwrap();
    shelf.posts(thread, bob, 1).await;
    let before = mark_board_read(&mut shelf.conn, &keep_marks(), alice, board, seen).await.unwrap();
    assert_eq!(upto(&mut shelf, alice, thread).await, 5);
    restore_board(&mut shelf.conn, &keep_marks(), alice, board, &before).await.unwrap();
    assert_eq!(upto(&mut shelf, alice, thread).await, 1);
}

#[tokio::test]
async fn muted_and_removed_things_are_never_counted_or_offered() {
    let (mut shelf, alice, bob, board, thread) = one_thread().await;
    let quiet = shelf.board("quiet").await;
    let other = shelf.thread(quiet, bob, "coffee").await;
    let (post, _) = shelf.post(other, bob, "words").await;
    shelf.address(alice, post, "reply").await;

    boards::choose(&mut shelf.conn, &keep_marks(), alice, quiet, BoardChoice::Muted).await.unwrap();
    assert_eq!(counts(&mut shelf, alice).await, [(board.0, 1, 5)]);
    assert_eq!(addressed(&mut shelf.conn, alice, clearance(), 9).await.unwrap(), []);

    shelf.choose(alice, thread, Some(ThreadChoice::Muted)).await;
    assert_eq!(counts(&mut shelf, alice).await, []);
    assert_eq!(next_up(&mut shelf, alice).await, None);
    assert_eq!(thread_choice(&mut shelf.conn, alice, thread).await.unwrap(), Some(ThreadChoice::Muted));
    shelf.choose(alice, thread, None).await;
    assert_eq!(counts(&mut shelf, alice).await, [(board.0, 1, 5)]);

    shelf.run(&format!("UPDATE thread SET removed = 1 WHERE id = {thread}")).await;
    assert_eq!(counts(&mut shelf, alice).await, []);
}

#[tokio::test]
async fn boards_that_are_not_shown_are_not_counted() {
    let (mut shelf, alice, _, board, thread) = one_thread().await;
    shelf.run(&format!("UPDATE board SET see = 'staff' WHERE id = {board}")).await;
    hold(&mut shelf.conn, &keep_marks(), alice, thread, PostNo(1)).await.unwrap();
    assert_eq!(counts(&mut shelf, alice).await, []);
    assert_eq!(next_up(&mut shelf, alice).await, None);
}

#[tokio::test]
async fn r4_replies_come_first_then_followed_threads_then_boards_in_order() {
    let mut shelf = Shelf::new().await;
    let alice = shelf.member("alice").await;
    let bob = shelf.member("bob").await;
    let (first, second) = (shelf.board("first").await, shelf.board("second").await);
    let young = shelf.thread(first, bob, "started first, written in last").await;
    let old = shelf.thread(first, bob, "oldest unread").await;
    let far = shelf.thread(second, bob, "on the second board").await;
    let followed_far = shelf.thread(second, bob, "followed").await;
    let mine = shelf.thread(second, alice, "mine").await;
    shelf.posts(old, bob, 2).await;
    shelf.posts(young, bob, 1).await;
    shelf.posts(old, bob, 1).await;
    shelf.posts(far, bob, 1).await;
    shelf.posts(followed_far, bob, 1).await;
    shelf.posts(mine, alice, 1).await;
    read(&mut shelf, alice, mine, 1).await;
    let (reply, _) = shelf.post(mine, bob, "an answer").await;
    shelf.address(alice, reply, "reply").await;
    shelf.choose(alice, followed_far, Some(ThreadChoice::Followed)).await;

    let listed = followed(&mut shelf.conn, alice, clearance(), 9).await.unwrap();
    assert_eq!((listed.len(), listed[0].id, listed[0].unread), (1, followed_far, 1));
    let newest = newest(&mut shelf.conn, alice, clearance(), 2).await.unwrap();
    assert_eq!(
        newest.iter().map(|row| row.id).collect::<Vec<_>>(),
        [mine, far],
        "newest first, not the followed one"
    );

    let mut walked = Vec::new();
    while let Some((thread, no, why)) = next_up(&mut shelf, alice).await {
        walked.push((ThreadId(thread), no, why));
        read(&mut shelf, alice, ThreadId(thread), i64::MAX).await;
    }
    assert_eq!(
        walked,
        [
            (mine, 2, Why::Addressed),
            (followed_far, 1, Why::Followed),
            (old, 1, Why::InOrder),
            (young, 1, Why::InOrder),
            (far, 1, Why::InOrder),
        ]
    );
}

#[tokio::test]
async fn what_is_skipped_is_passed_over() {
    let (mut shelf, alice, bob, board, thread) = one_thread().await;
    let other = shelf.thread(board, bob, "coffee").await;
    shelf.posts(other, bob, 1).await;
    let far = shelf.board("far").await;
    let last = shelf.thread(far, bob, "cake").await;
    shelf.posts(last, bob, 1).await;
    let mut after = async |threads: &[ThreadId], boards: &[BoardId]| {
        let found = next(&mut shelf.conn, alice, clearance(), threads, boards).await.unwrap();
        found.map(|next| next.thread)
    };
    assert_eq!(after(&[thread], &[]).await, Some(other));
    assert_eq!(after(&[thread, other], &[]).await, Some(last));
    assert_eq!(after(&[], &[board]).await, Some(last));
    assert_eq!(after(&[last], &[board]).await, None);
}

#[tokio::test]
async fn unread_replies_are_listed_oldest_first_without_tombstones() {
    let (mut shelf, alice, bob, _, thread) = one_thread().await;
    for (kind, state) in
        [("reply", "shown"), ("mention", "shown"), ("reply", "removed"), ("reply", "deleted")]
    {
        let (post, no) = shelf.post(thread, bob, "you").await;
        shelf.address(alice, post, kind).await;
        shelf
            .run(&format!("UPDATE post SET state = '{state}' WHERE thread_id = {thread} AND no = {no}"))
            .await;
    }
    let list = addressed(&mut shelf.conn, alice, clearance(), 9).await.unwrap();
    let found: Vec<_> = list.iter().map(|row| (row.no.0, row.mention, row.author.as_str())).collect();
    assert_eq!(found, [(6, false, "bob"), (7, true, "bob")]);
    assert_eq!(count_addressed(&mut shelf.conn, alice, clearance(), 9).await.unwrap(), 2);
    assert_eq!(count_addressed(&mut shelf.conn, alice, clearance(), 1).await.unwrap(), 1, "bounded");

    let before = counts(&mut shelf, alice).await;
    assert!(see_addressed(&mut shelf.conn, &keep_marks(), alice, thread, PostNo(6)).await.unwrap());
    assert!(!see_addressed(&mut shelf.conn, &keep_marks(), alice, thread, PostNo(6)).await.unwrap());
    assert_eq!(
        count_addressed(&mut shelf.conn, alice, clearance(), 9).await.unwrap(),
        1,
        "shown: not announced"
    );
    assert_eq!(counts(&mut shelf, alice).await, before, "and still unread");
    read(&mut shelf, alice, thread, 6).await;
    assert_eq!(count_addressed(&mut shelf.conn, alice, clearance(), 9).await.unwrap(), 1);
    set_floors(&mut shelf.conn, alice, Timestamp(i64::MAX)).await.unwrap();
    assert_eq!(count_addressed(&mut shelf.conn, alice, clearance(), 9).await.unwrap(), 0);
    hold(&mut shelf.conn, &keep_marks(), alice, thread, PostNo(7)).await.unwrap();
    assert_eq!(
        count_addressed(&mut shelf.conn, alice, clearance(), 9).await.unwrap(),
        1,
        "also below the floor"
    );
}

#[tokio::test]
async fn a_thread_that_moves_keeps_what_is_unread_in_it() {
    let (mut shelf, alice, bob, board, thread) = one_thread().await;
    let carol = shelf.member("carol").await;
    let dave = shelf.member("dave").await;
    let there = shelf.board("there").await;
    read(&mut shelf, alice, thread, 2).await;
    let newest = newest_post(&mut shelf.conn).await.unwrap();
    // Alice has a high floor where it goes; Carol has one where it comes from; Dave has none.
    mark_board_read(&mut shelf.conn, &keep_marks(), alice, there, newest).await.unwrap();
    mark_board_read(&mut shelf.conn, &keep_marks(), carol, board, PostId(newest.0 - 1)).await.unwrap();
    keep_over_move(&mut shelf.conn, thread, there).await.unwrap();
    shelf.run(&format!("UPDATE thread SET board_id = {there} WHERE id = {thread}")).await;
    for (member, unread) in [(alice, 3), (carol, 1), (dave, 5), (bob, 5)] {
        assert_eq!(counts(&mut shelf, member).await, [(there.0, 1, unread)]);
    }
}

#[tokio::test]
async fn raising_floors_changes_no_count_and_drops_needless_marks() {
    let (mut shelf, alice, bob, board, thread) = one_thread().await;
    let other = shelf.thread(board, bob, "coffee").await;
    shelf.posts(other, bob, 3).await;
    let held = shelf.thread(board, bob, "held").await;
    shelf.posts(held, bob, 3).await;
    read(&mut shelf, alice, thread, 5).await;
    read(&mut shelf, alice, other, 2).await;
    hold(&mut shelf.conn, &keep_marks(), alice, held, PostNo(1)).await.unwrap();
    let before = counts(&mut shelf, alice).await;
    raise_floors(&mut shelf.conn, alice).await.unwrap();
    assert_eq!(counts(&mut shelf, alice).await, before);
    let marks: Vec<(i64, i64)> =
        sqlx::query_as("SELECT thread_id, last_no FROM read_thread ORDER BY thread_id")
            .fetch_all(&mut *shelf.conn)
            .await
            .unwrap();
    assert_eq!(
        marks,
        [(other.0, 2), (held.0, 0)],
        "the mark of the thread that was read is below the floor now"
    );
    read(&mut shelf, alice, other, 3).await;
    raise_floors(&mut shelf.conn, alice).await.unwrap();
    assert_eq!(counts(&mut shelf, alice).await, [(board.0, 1, 3)]);
}

#[tokio::test]
async fn r3_floors_pass_no_unread_post_that_stands_before_older_ones() {
    let (mut shelf, alice, bob, board, _) = one_thread().await;
    let older = shelf.thread(board, bob, "older").await;
    let thread = shelf.thread(board, bob, "newer").await;
    shelf.post(thread, bob, "first").await;
    shelf.posts(older, bob, 2).await;
    shelf.post(thread, bob, "unread").await;
    // As a merge leaves it: the older posts stand at the end under the next numbers.
    shelf
        .run(&format!(
            "UPDATE post SET thread_id = {thread}, no = no + 2 WHERE thread_id = {older};
             UPDATE thread SET post_count = 4 WHERE id = {thread};
             UPDATE thread SET removed = 1, post_count = 0 WHERE id = {older}"
        ))
        .await;
    read(&mut shelf, alice, thread, 1).await;
    raise_floors(&mut shelf.conn, alice).await.unwrap();
    assert_eq!(read_to(&mut shelf.conn, alice, thread).await.unwrap(), PostNo(1));
    let newest = newest_post(&mut shelf.conn).await.unwrap();
    mark_board_read(&mut shelf.conn, &keep_marks(), alice, board, newest).await.unwrap();
    assert_eq!(counts(&mut shelf, alice).await, []);
}
