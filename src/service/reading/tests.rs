//! Marks, their undo and reading on, through the door.
#![allow(clippy::unwrap_used)]

use super::*;
use crate::domain::ids::{BoardId, PostNo, ThreadId};
use crate::domain::member::{Level, Role, Standing};
use crate::service::boards::ListBoards;
use crate::service::testing::Place;
use crate::service::writing::{StartThread, WriteReply};
use crate::service::{Caller, DomainEvent};

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
