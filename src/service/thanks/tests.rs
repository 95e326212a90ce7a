//! Thanks through the door (W4).
#![allow(clippy::unwrap_used)]

use super::*;
use crate::domain::board::Audience;
use crate::domain::ids::{PostNo, ThreadId};
use crate::domain::policy::Denied;
use crate::service::posts::{From, ListPosts, PostView};
use crate::service::testing::Place;
use crate::service::writing::{DeletePost, StartThread};
use crate::service::{Caller, DomainEvent, Error, Who};

const FIRST: PostNo = PostNo(1);

/// A community with a thread by bob.
async fn place() -> (Place, Caller, Caller, ThreadId) {
    let place = Place::new().await;
    let (alice, bob) = (place.regular("alice").await, place.regular("bob").await);
    let board = place.board("general").await;
    let start = StartThread { board, title: "Kettles".to_owned(), body: "Which one?".to_owned() };
    let thread = place.call(&bob, start).await.unwrap().thread;
    (place, alice, bob, thread)
}

async fn seen(place: &Place, who: &Caller, thread: ThreadId) -> PostView {
    let page = place.call(who, ListPosts { thread, from: From::Only(FIRST) }).await.unwrap();
    page.posts.into_iter().next().unwrap()
}

#[tokio::test]
async fn w4_author_and_giver_see_thanks_and_nobody_else_does() {
    let (mut place, alice, bob, thread) = place().await;
    let (cleo, mod_) = (place.regular("cleo").await, place.moderator("mo").await);
    let before = (seen(&place, &cleo, thread).await, seen(&place, &mod_, thread).await);
    place.published();
    place.call(&alice, GiveThanks { thread, no: FIRST }).await.unwrap();
    let events = place.published();
    let [DomainEvent::ThanksChanged { author, giver, .. }, DomainEvent::Notified { member }] = events[..]
    else {
        panic!("{events:?}")
    };
    assert_eq!(member, author, "it is told to the author");
    assert_eq!((Who::Member(author), Who::Member(giver)), (bob.who.clone(), alice.who.clone()));

    let mine = seen(&place, &alice, thread).await;
    assert!(mine.thanked && mine.thanked_by.is_empty());
    let his = seen(&place, &bob, thread).await;
    assert_eq!((his.thanked, his.thanked_by), (false, vec!["alice".to_owned()]));
    assert_eq!((seen(&place, &cleo, thread).await, seen(&place, &mod_, thread).await), before);

    let got = place.call(&bob, ListThanks).await.unwrap();
    assert_eq!(got.iter().map(|row| (row.giver.as_str(), row.no)).collect::<Vec<_>>(), [("alice", FIRST)]);
    for other in [&alice, &cleo, &mod_] {
        assert!(place.call(other, ListThanks).await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn one_for_each_member_and_post_and_taken_back_as_if_never_given() {
    let (mut place, alice, bob, thread) = place().await;
    place.call(&alice, GiveThanks { thread, no: FIRST }).await.unwrap();
    place.published();
    place.call(&alice, GiveThanks { thread, no: FIRST }).await.unwrap();
    assert_eq!(place.published(), [], "nothing has changed");
    assert_eq!(seen(&place, &bob, thread).await.thanked_by, ["alice"]);
    place.call(&alice, TakeBackThanks { thread, no: FIRST }).await.unwrap();
    assert_eq!(place.published().len(), 2, "the thanks, and what the author was told of them");
    assert!(!seen(&place, &alice, thread).await.thanked);
    assert!(seen(&place, &bob, thread).await.thanked_by.is_empty());
    assert!(place.call(&bob, ListThanks).await.unwrap().is_empty());
    place.call(&alice, TakeBackThanks { thread, no: FIRST }).await.unwrap();
    assert_eq!(place.published(), []);
}

#[tokio::test]
async fn no_thanks_to_oneself_to_a_tombstone_or_for_what_is_not_shown() {
    let (mut place, alice, bob, thread) = place().await;
    let refused = place.call(&bob, GiveThanks { thread, no: FIRST }).await.unwrap_err();
    assert!(matches!(refused, Error::Denied(Denied::OwnThing)), "{refused}");
    let staff = place.board_for("staff", Audience::Staff, Audience::Staff).await;
    let mod_ = place.moderator("mo").await;
    let start = StartThread { board: staff, title: "x".to_owned(), body: "x".to_owned() };
    let hidden = place.call(&mod_, start).await.unwrap().thread;
    for thread in [hidden, ThreadId(99)] {
        let refused = place.call(&alice, GiveThanks { thread, no: FIRST }).await.unwrap_err();
        assert!(matches!(refused, Error::NotFound("thread")), "{refused}");
    }
    place.call(&alice, GiveThanks { thread, no: FIRST }).await.unwrap();
    place.call(&bob, DeletePost { thread, no: FIRST }).await.unwrap();
    place.published();
    assert!(place.call(&bob, ListThanks).await.unwrap().is_empty(), "it is no longer there");
    let cleo = place.regular("cleo").await;
    let refused = place.call(&cleo, GiveThanks { thread, no: FIRST }).await.unwrap_err();
    assert!(matches!(refused, Error::Denied(Denied::Gone)), "{refused}");
    let guest = Caller::GUEST;
    assert!(place.call(&guest, GiveThanks { thread, no: FIRST }).await.is_err());
    assert!(place.call(&guest, ListThanks).await.is_err());
    assert_eq!(place.published(), []);
    place.call(&alice, TakeBackThanks { thread, no: FIRST }).await.unwrap();
}
