//! Marks, their undo and reading on, through the door.
#![allow(clippy::unwrap_used)]

use super::*;
use crate::domain::board::Audience;
use crate::domain::ids::{BoardId, PostNo, ThreadId};
use crate::domain::member::{Level, Role, Standing};
use crate::service::boards::ListBoards;
use crate::service::posts::{From, ListPosts};
use crate::service::testing::Place;
use crate::service::writing::{DeletePost, StartThread, WriteReply};
use crate::service::{Caller, DomainEvent};
use crate::store::testing::remove_thread;

async fn unread(place: &Place, who: &Caller) -> i64 {
    place.call(who, ListBoards).await.unwrap().unread_posts()
}

async fn thread(place: &Place, author: &Caller, board: BoardId, posts: i64) -> ThreadId {
    let (title, body) = ("tea".to_owned(), "one".to_owned());
    let thread = place.call(author, StartThread { board, title, body }).await.unwrap().thread;
    for _ in 1..posts {
        let body = "more".to_owned();
        place.call(author, WriteReply { thread, reply_to: None, body }).await.unwrap();
    }
    thread
}

#[tokio::test]
async fn r3_marks_are_told_only_when_they_change() {
    let mut place = Place::new().await;
    let (alice, bob) = (place.regular("alice").await, place.regular("bob").await);
    let board = place.board("general").await;
    let thread = thread(&place, &bob, board, 3).await;
    place.published();
    for (upto, told) in [(2, true), (2, false), (1, false), (3, true), (99, false)] {
        place.call(&alice, MarkRead { thread, upto: PostNo(upto) }).await.unwrap();
        let events = place.published();
        assert_eq!(
            events.iter().any(|e| matches!(e, DomainEvent::MarksChanged { .. })),
            told,
            "up to {upto}"
        );
    }
    assert_eq!(unread(&place, &alice).await, 0);
}

#[tokio::test]
async fn r3_every_mark_can_be_undone() {
    let place = Place::new().await;
    let (alice, bob) = (place.regular("alice").await, place.regular("bob").await);
    let board = place.board("general").await;
    let first = thread(&place, &bob, board, 3).await;
    thread(&place, &bob, board, 4).await;

    let undo = place.call(&alice, MarkThreadRead { thread: first, upto: PostNo(2) }).await.unwrap();
    assert_eq!(unread(&place, &alice).await, 5);
    place.call(&alice, UndoThreadMark(undo)).await.unwrap();
    assert_eq!(unread(&place, &alice).await, 7);

    let newest = place.call(&alice, ListBoards).await.unwrap().newest;
    thread(&place, &bob, board, 1).await;
    let undo = place.call(&alice, MarkBoardRead { board, upto: newest }).await.unwrap();
    assert_eq!(unread(&place, &alice).await, 1, "what came after the list was read stays unread");
    let back = place.call(&alice, MarkUnreadFrom { thread: first, from: PostNo(2) }).await.unwrap();
    assert_eq!(unread(&place, &alice).await, 3);
    place.call(&alice, UndoThreadMark(back)).await.unwrap();
    place.call(&alice, UndoBoardRead(undo)).await.unwrap();
    assert_eq!(unread(&place, &alice).await, 8);
}

#[tokio::test]
async fn r4_space_walks_everything_and_then_there_is_nothing() {
    let place = Place::new().await;
    let (alice, bob) = (place.regular("alice").await, place.regular("bob").await);
    let (a, b) = (place.board("a").await, place.board("b").await);
    let in_b = thread(&place, &bob, b, 2).await;
    let in_a = thread(&place, &bob, a, 1).await;
    let mut walked = Vec::new();
    while let Some(next) = place.call(&alice, NextUnread::default()).await.unwrap() {
        let NextUp::Thread(next) = next else { panic!("{next:?}") };
        walked.push((next.thread, next.no.0));
        place.call(&alice, MarkRead { thread: next.thread, upto: PostNo(99) }).await.unwrap();
    }
    assert_eq!(walked, [(in_a, 1), (in_b, 1)]);
    assert_eq!(unread(&place, &alice).await, 0);
}

#[tokio::test]
async fn only_active_members_keep_marks() {
    let place = Place::new().await;
    let bob = place.regular("bob").await;
    let board = place.board("general").await;
    let thread = thread(&place, &bob, board, 1).await;
    let applied = place.account("ann", Standing::Applied, Level::Newcomer, Role::Member).await;
    assert!(place.call(&applied, MarkRead { thread, upto: PostNo(1) }).await.is_err());
    assert!(place.call(&applied, MarkThreadRead { thread, upto: PostNo(1) }).await.is_err());
    assert!(place.call(&applied, MarkUnreadFrom { thread, from: PostNo(1) }).await.is_err());
    assert!(place.call(&applied, NextUnread::default()).await.is_err());
    assert!(place.call(&applied, MuteBoard { board, muted: true }).await.is_err());
    assert!(place.call(&applied, ChooseThread { thread, choice: None }).await.is_err());
}

#[tokio::test]
async fn r8_the_reading_list_is_its_owners_alone() {
    let mut place = Place::new().await;
    let (alice, bob) = (place.regular("alice").await, place.regular("bob").await);
    let mo = place.moderator("mo").await;
    let board = place.board("general").await;
    let staff = place.board_for("staff", Audience::Staff, Audience::Staff).await;
    let open = thread(&place, &bob, board, 3).await;
    let hidden = thread(&place, &mo, staff, 1).await;
    place.published();
    let keep = |thread, no, keep| KeepPost { thread, no: PostNo(no), keep };
    for no in [2, 3, 2] {
        place.clock.advance(60);
        place.call(&alice, keep(open, no, true)).await.unwrap();
    }
    assert_eq!(place.published().len(), 2, "the third changed nothing");
    assert!(place.call(&alice, keep(open, 9, true)).await.is_err());
    assert!(place.call(&alice, keep(hidden, 1, true)).await.is_err());
    assert!(place.published().is_empty());

    let list = place.call(&alice, ListBookmarks).await.unwrap();
    let rows: Vec<(i64, &str, &str)> =
        list.iter().map(|kept| (kept.no.0, kept.author.as_str(), kept.excerpt.as_str())).collect();
    assert_eq!(rows, [(3, "bob", "more"), (2, "bob", "more")], "the last one kept first");
    for other in [&bob, &mo] {
        assert!(place.call(other, ListBookmarks).await.unwrap().is_empty());
        let page = place.call(other, ListPosts { thread: open, from: From::No(PostNo(1)) }).await.unwrap();
        assert!(page.posts.iter().all(|post| !post.kept), "nobody else sees that it is kept");
    }
    let page = place.call(&alice, ListPosts { thread: open, from: From::No(PostNo(1)) }).await.unwrap();
    assert_eq!(page.posts.iter().map(|post| post.kept).collect::<Vec<_>>(), [false, true, true]);

    place.call(&bob, DeletePost { thread: open, no: PostNo(3) }).await.unwrap();
    let list = place.call(&alice, ListBookmarks).await.unwrap();
    assert_eq!((list[0].no, list[0].excerpt.as_str()), (PostNo(3), ""), "its words are gone here too");
    place.call(&alice, keep(open, 3, false)).await.unwrap();
    assert_eq!(place.call(&alice, ListBookmarks).await.unwrap().len(), 1);
    remove_thread(place.service.store(), open).await;
    assert!(place.call(&alice, ListBookmarks).await.unwrap().is_empty());
}

#[tokio::test]
async fn r5_the_next_post_to_me_is_found_over_the_whole_thread() {
    let place = Place::new().await;
    let (alice, bob) = (place.regular("alice").await, place.regular("bob").await);
    let board = place.board("general").await;
    let open = thread(&place, &bob, board, 45).await;
    let body = "what do you say, @alice?".to_owned();
    place.call(&bob, WriteReply { thread: open, reply_to: None, body }).await.unwrap();
    let next = |after| NextToMe { thread: open, after: PostNo(after) };
    assert_eq!(place.call(&alice, next(0)).await.unwrap(), Some(PostNo(46)));
    assert_eq!(place.call(&alice, next(46)).await.unwrap(), None);
    assert_eq!(place.call(&bob, next(0)).await.unwrap(), None);
    place.call(&bob, DeletePost { thread: open, no: PostNo(46) }).await.unwrap();
    assert_eq!(place.call(&alice, next(0)).await.unwrap(), None, "a tombstone speaks to nobody");
}
