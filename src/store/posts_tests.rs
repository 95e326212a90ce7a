//! Windows of a thread, and older texts.
#![allow(clippy::unwrap_used)]

use super::*;
use crate::store::shelf::Shelf;

const ANY: usize = usize::MAX;

async fn numbers(shelf: &mut Shelf, thread: ThreadId, at: Window, count: i64, bytes_max: usize) -> Vec<i64> {
    let rows = window(&mut shelf.conn, None, thread, at, count, bytes_max).await.unwrap();
    rows.iter().map(|row| row.no.0).collect()
}

#[tokio::test]
async fn a_window_is_cut_by_number_and_by_size() {
    let mut shelf = Shelf::new().await;
    let alice = shelf.member("alice").await;
    let board = shelf.board("general").await;
    let thread = shelf.thread(board, alice, "tea").await;
    for _ in 0..9 {
        shelf.post(thread, alice, "ten bytes!").await;
    }
    assert_eq!(numbers(&mut shelf, thread, Window::From(PostNo(4)), 3, ANY).await, [4, 5, 6]);
    assert_eq!(numbers(&mut shelf, thread, Window::Before(PostNo(4)), 2, ANY).await, [2, 3]);
    assert_eq!(numbers(&mut shelf, thread, Window::From(PostNo(4)), 9, 25).await, [4, 5]);
    assert_eq!(numbers(&mut shelf, thread, Window::Before(PostNo(4)), 9, 25).await, [2, 3]);
    assert_eq!(numbers(&mut shelf, thread, Window::From(PostNo(4)), 9, 1).await, [4], "one at least");
    assert_eq!(numbers(&mut shelf, thread, Window::From(PostNo(10)), 9, ANY).await, [] as [i64; 0]);
    assert_eq!(numbers(&mut shelf, thread, Window::Before(PostNo(1)), 9, ANY).await, [] as [i64; 0]);
}

#[tokio::test]
async fn r5_a_post_knows_its_parent_its_reader_and_its_state() {
    let mut shelf = Shelf::new().await;
    let alice = shelf.member("alice").await;
    let bob = shelf.member("bob").await;
    let board = shelf.board("general").await;
    let thread = shelf.thread(board, alice, "tea").await;
    shelf.post(thread, alice, "question").await;
    let (answer, _) = shelf.post(thread, bob, "answer").await;
    shelf.post(thread, bob, "secret").await;
    shelf.address(alice, answer, "reply").await;
    shelf
        .run("UPDATE post SET reply_to_no = 1 WHERE no = 2; UPDATE post SET state = 'removed' WHERE no = 3")
        .await;

    let rows = window(&mut shelf.conn, Some(alice), thread, Window::From(PostNo(1)), 9, ANY).await.unwrap();
    assert_eq!((rows[0].reply_to_no, rows[0].to_reader, rows[0].body.as_str()), (None, false, "question"));
    assert_eq!(rows[1].reply_to_no, Some(PostNo(1)));
    assert_eq!((rows[1].reply_to_author.as_deref(), rows[1].to_reader), (Some("alice"), true));
    assert_eq!(
        (rows[2].state, rows[2].body.as_str()),
        (PostState::Removed, ""),
        "a tombstone keeps its text to itself"
    );
    let others = window(&mut shelf.conn, Some(bob), thread, Window::From(PostNo(2)), 1, ANY).await.unwrap();
    assert!(!others[0].to_reader);
}

#[tokio::test]
async fn r5_history_is_oldest_first() {
    let mut shelf = Shelf::new().await;
    let alice = shelf.member("alice").await;
    let board = shelf.board("general").await;
    let thread = shelf.thread(board, alice, "tea").await;
    let (post, no) = shelf.post(thread, alice, "third").await;
    shelf.run(&format!(
        "INSERT INTO post_revision (post_id, body, written_at) VALUES ({post}, 'first', 5), ({post}, 'second', 9)"
    ))
    .await;
    let texts: Vec<_> = history(&mut shelf.conn, thread, no).await.unwrap();
    assert_eq!(
        texts.iter().map(|row| (row.body.as_str(), row.written_at.0)).collect::<Vec<_>>(),
        [("first", 5), ("second", 9)]
    );
    assert_eq!(history(&mut shelf.conn, thread, PostNo(7)).await.unwrap(), []);
}
