//! What is done once a night, at a clock that stands still.
#![allow(clippy::unwrap_used)]

use super::*;
use crate::domain::ids::PostNo;
use crate::service::boards::ListBoards;
use crate::service::notifications::CountNotifications;
use crate::service::reading::MarkRead;
use crate::service::testing::Place;
use crate::service::writing::{StartThread, WriteReply};
use crate::store::testing::picture;

#[tokio::test]
async fn the_nightly_upkeep_runs_once_a_night_by_the_service_clock() {
    let place = Place::new().await;
    let mut ran = Vec::new();
    // From noon on, a look every six hours over two days.
    for _ in 0..9 {
        ran.push(nightly(&place.service).await.unwrap());
        place.clock.advance(6 * 3_600);
    }
    // noon (first: only noted), 18, 0, 6 (the first one of the night), 12, 18, 0, 6, 12.
    assert_eq!(ran, [false, false, false, true, false, false, false, true, false]);
    // A clock that was ahead and is set back does not keep the nights away.
    place.clock.advance(-40 * DAY_S);
    assert!(nightly(&place.service).await.unwrap());
}

#[tokio::test]
async fn r3_the_night_drops_needless_marks_and_changes_nothing_that_is_unread() {
    let place = Place::new().await;
    let (alice, bob) = (place.regular("alice").await, place.regular("bob").await);
    let board = place.board("general").await;
    nightly(&place.service).await.unwrap();
    let mut threads = Vec::new();
    for title in ["one", "two", "three"] {
        let (title, body) = (title.to_owned(), "first".to_owned());
        let thread = place.call(&bob, StartThread { board, title, body }).await.unwrap().thread;
        place.call(&bob, WriteReply { thread, reply_to: None, body: "more".to_owned() }).await.unwrap();
        threads.push(thread);
    }
    for thread in &threads[..2] {
        place.call(&alice, MarkRead { thread: *thread, upto: PostNo(2) }).await.unwrap();
    }
    place.service.note_visit(&alice).await;
    let marks = async || picture(place.service.store(), &["read_thread"]).await.len();
    let unread = async || place.call(&alice, ListBoards).await.unwrap().unread_posts();
    // bob's own posts leave marks of his too.
    let before = (marks().await, unread().await);
    place.clock.advance(DAY_S);
    assert!(nightly(&place.service).await.unwrap());
    assert_eq!(unread().await, before.1);
    assert!(marks().await <= before.0 - 2, "{} marks were {}", marks().await, before.0);
}

/// M3: once a suspension is over, its member is an active one in every way: before, nobody could name them.
#[tokio::test]
async fn m3_a_suspension_that_is_over_is_over_in_everything() {
    let mut place = Place::new().await;
    let (alice, bob) = (place.regular("alice").await, place.regular("bob").await);
    let board = place.board("general").await;
    place.suspend(&bob).await;
    place.clock.advance(3_599);
    live_once(&place.service).await.unwrap();
    let named = async |title: &str| {
        let (title, body) = (title.to_owned(), "Tea, @bob?".to_owned());
        place.call(&alice, StartThread { board, title, body }).await.unwrap();
        place.call(&bob, CountNotifications).await
    };
    assert!(named("A second too early").await.is_err());
    place.clock.advance(1);
    place.published();
    live_once(&place.service).await.unwrap();
    let Who::Member(member) = bob.who else { panic!("a member") };
    assert_eq!(place.published(), [DomainEvent::MemberChanged { member }]);
    live_once(&place.service).await.unwrap();
    assert_eq!(place.published(), [], "once");
    let (title, body) = ("In time".to_owned(), "Tea, @bob?".to_owned());
    place.call(&alice, StartThread { board, title, body }).await.unwrap();
    assert_eq!(place.call(&bob, CountNotifications).await.unwrap(), 1);
}
