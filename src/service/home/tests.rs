//! Home's one answer.
#![allow(clippy::unwrap_used)]

use super::*;
use crate::domain::board::{Audience, ThreadChoice};
use crate::domain::ids::{BoardId, PostNo, ThreadId};
use crate::domain::member::{Level, Role, Standing};
use crate::service::members::ReadProfile;
use crate::service::presence::{Here, Place as Where};
use crate::service::reading::ChooseThread;
use crate::service::testing::Place;
use crate::service::writing::{StartThread, WriteReply};
use crate::service::{Caller, DomainEvent, Who};

async fn start(place: &Place, author: &Caller, board: BoardId, title: &str) -> ThreadId {
    let (title, body) = (title.to_owned(), "first".to_owned());
    place.call(author, StartThread { board, title, body }).await.unwrap().thread
}

#[tokio::test]
async fn home_says_what_happened_and_counts_what_the_boards_count() {
    let place = Place::new().await;
    let (alice, bob) = (place.regular("alice").await, place.regular("bob").await);
    let board = place.board("general").await;
    let mine = start(&place, &alice, board, "mine").await;
    let followed = start(&place, &bob, board, "followed").await;
    let other = start(&place, &bob, board, "other").await;
    place
        .call(&alice, ChooseThread { thread: followed, choice: Some(ThreadChoice::Followed) })
        .await
        .unwrap();
    let body = "an answer".to_owned();
    place.call(&bob, WriteReply { thread: mine, reply_to: Some(PostNo(1)), body }).await.unwrap();

    let home = place.call(&alice, ShowHome).await.unwrap();
    let reply = &home.addressed.rows[0];
    assert_eq!(
        (reply.thread_id, reply.no, reply.mention, reply.author.as_str()),
        (mine, PostNo(2), false, "bob")
    );
    assert_eq!(home.addressed.count, 1);
    assert_eq!(home.followed.rows.iter().map(|row| row.id).collect::<Vec<_>>(), [followed]);
    assert_eq!(home.others.iter().map(|row| row.id).collect::<Vec<_>>(), [other], "each thread stands once");
    assert_eq!((home.unread_threads, home.unread_posts), (3, 3));
    assert_eq!(home.joined.len(), 2, "everybody is new here today");
}

#[tokio::test]
async fn l1_who_is_here_and_where_as_far_as_one_sees_it() {
    let place = Place::new().await;
    let (alice, bob) = (place.regular("alice").await, place.regular("bob").await);
    let board = place.board("general").await;
    let staff = place.board_for("staff", Audience::Staff, Audience::Staff).await;
    let Who::Member(bob_id) = bob.who else { panic!("bob is a member") };
    let Who::Member(alice_id) = alice.who else { panic!("alice is a member") };
    place.service.presence().enter(alice_id, place.service.now());
    let (session, _) = place.service.presence().enter(bob_id, place.service.now());

    for (open, shown) in [(None, None), (Some(board), Some("general")), (Some(staff), None)] {
        place.service.presence().move_to(session, open);
        let home = place.call(&alice, ShowHome).await.unwrap();
        let here: Vec<_> = home
            .company
            .here
            .iter()
            .map(|h| (h.handle.as_str(), h.board.as_ref().map(|b| b.1.as_str())))
            .collect();
        assert_eq!(here, [("bob", shown)], "not oneself, and no board that one does not see");
        assert_eq!(place.call(&alice, ShowCompany).await.unwrap(), home.company, "read alone, too");
    }
    let applied = place.account("ann", Standing::Applied, Level::Newcomer, Role::Member).await;
    let Who::Member(applied) = applied.who else { panic!("ann has an account") };
    place.service.presence().enter(applied, place.service.now());
    place.suspend(&bob).await;
    let home = place.call(&alice, ShowHome).await.unwrap();
    assert_eq!(home.company.here, [], "who stands at the door is not here");
    let profile = place.call(&alice, ReadProfile { member: bob_id }).await.unwrap();
    assert!(!profile.here, "nor is who is suspended");
}

/// L1: all of that is one piece of news, for everybody whose home is open reads it anew.
#[tokio::test]
async fn l1_who_comes_moves_and_goes_within_a_second_is_told_once() {
    let place = Place::new().await;
    let alice = place.regular("alice").await;
    let board = place.board("general").await;
    let mut events = place.service.listen();
    tokio::time::pause();
    let here = Here::enter(&place.service, &alice, false);
    here.move_to(Where { board: Some(board), room: None });
    drop(here);
    assert!(events.is_empty(), "not yet");
    assert_eq!(events.recv().await, Ok(DomainEvent::PresenceChanged));
    tokio::time::sleep(std::time::Duration::from_secs(5)).await;
    assert!(events.is_empty(), "and once");
}
