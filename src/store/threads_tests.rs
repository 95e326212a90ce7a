//! A board's list, page by page, as its reader sees it.
#![allow(clippy::unwrap_used)]

use super::*;
use crate::domain::ids::PostNo;
use crate::store::reading;
use crate::store::shelf::{Shelf, keep_marks};

async fn page(
    shelf: &mut Shelf,
    reader: MemberId,
    board: BoardId,
    removed_too: bool,
    after: Option<ThreadCursor>,
) -> Vec<ListedThread> {
    list(&mut shelf.conn, Some(reader), board, removed_too, after, 2).await.unwrap()
}

#[tokio::test]
async fn pinned_first_then_newest_activity_page_by_page() {
    let mut shelf = Shelf::new().await;
    let alice = shelf.member("alice").await;
    let board = shelf.board("general").await;
    let mut threads = Vec::new();
    for title in ["a", "b", "c", "d", "e"] {
        let thread = shelf.thread(board, alice, title).await;
        shelf.posts(thread, alice, 1).await;
        threads.push(thread);
    }
    shelf.posts(threads[1], alice, 1).await;
    shelf.run(&format!("UPDATE thread SET pinned = 1 WHERE id = {}", threads[2])).await;
    shelf.run(&format!("UPDATE thread SET removed = 1 WHERE id = {}", threads[3])).await;

    for (removed_too, expected) in [(false, vec!["c", "b", "e", "a"]), (true, vec!["c", "b", "e", "d", "a"])]
    {
        let (mut titles, mut after) = (Vec::new(), None);
        loop {
            let rows = page(&mut shelf, alice, board, removed_too, after).await;
            let Some(last) = rows.last() else { break };
            after = Some(ThreadCursor { pinned: last.thread.pinned, last_post: last.thread.last_post_id });
            titles.extend(rows.into_iter().map(|row| row.thread.title));
        }
        assert_eq!(titles, expected);
    }
}

#[tokio::test]
async fn a_row_says_what_the_reader_has_read_and_chosen() {
    let mut shelf = Shelf::new().await;
    let alice = shelf.member("alice").await;
    let bob = shelf.member("bob").await;
    let board = shelf.board("general").await;
    let thread = shelf.thread(board, bob, "tea").await;
    shelf.posts(thread, bob, 3).await;
    shelf.posts(thread, alice, 1).await;
    reading::mark_read(&mut shelf.conn, &keep_marks(), alice, thread, PostNo(2)).await.unwrap();
    shelf.choose(alice, thread, Some(ThreadChoice::Followed)).await;

    let rows = page(&mut shelf, alice, board, false, None).await;
    assert_eq!((rows[0].read_to, rows[0].choice), (2, Some(ThreadChoice::Followed)));
    let row = &rows[0].thread;
    assert_eq!((row.author.as_str(), row.last_author.as_str(), row.post_count), ("bob", "alice", 4));
    let guest = list(&mut shelf.conn, None, board, false, None, 2).await.unwrap();
    assert_eq!((guest[0].read_to, guest[0].choice), (0, None));

    assert_eq!(get(&mut shelf.conn, thread).await.unwrap().unwrap(), *row);
    assert_eq!(get(&mut shelf.conn, ThreadId(99)).await.unwrap(), None);
}
