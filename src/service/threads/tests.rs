//! Lists and threads through the door: who sees what, where a thread opens.
#![allow(clippy::unwrap_used)]

use super::*;
use crate::domain::board::{Audience, ThreadChoice};
use crate::domain::ids::{BoardId, PostId, PostNo, ThreadId};
use crate::service::posts::{From, ListPosts};
use crate::service::reading::{ChooseThread, MarkRead, MuteBoard};
use crate::service::testing::Place;
use crate::service::writing::{StartThread, WriteReply};
use crate::service::{Caller, Error};
use crate::store::testing::remove_thread;

const GUEST: Caller = Caller::GUEST;

async fn start(place: &Place, author: &Caller, board: BoardId, title: &str) -> ThreadId {
    let (title, body) = (title.to_owned(), "first".to_owned());
    place.call(author, StartThread { board, title, body }).await.unwrap().thread
}

async fn reply(place: &Place, author: &Caller, thread: ThreadId, body: &str) {
    let body = body.to_owned();
    place.call(author, WriteReply { thread, reply_to: None, body }).await.unwrap();
}

#[tokio::test]
async fn a_thread_opens_at_the_first_unread_post_or_at_its_end() {
    let place = Place::new().await;
    let (alice, bob) = (place.regular("alice").await, place.regular("bob").await);
    let board = place.board("general").await;
    let thread = start(&place, &bob, board, "tea").await;
    for n in 2..=80 {
        reply(&place, &bob, thread, &format!("post {n}")).await;
    }
    place.call(&alice, MarkRead { thread, upto: PostNo(30) }).await.unwrap();

    let view = place.call(&alice, OpenThread { thread, at: At::FirstUnread }).await.unwrap();
    assert_eq!(
        (view.begin, view.head.read_to, view.head.last),
        (Begin::Top(PostNo(31)), PostNo(30), PostNo(80))
    );
    let numbers: Vec<i64> = view.posts.iter().map(|post| post.no.0).collect();
    assert_eq!(numbers, (16..=70).collect::<Vec<_>>(), "some before, a window after, nothing else");
    let page = place.call(&alice, ListPosts { thread, from: From::No(PostNo(71)) }).await.unwrap();
    assert_eq!((page.posts.first().unwrap().no, page.posts.len()), (PostNo(71), 10));

    let read = place.call(&bob, OpenThread { thread, at: At::FirstUnread }).await.unwrap();
    assert_eq!(
        (read.begin, read.posts.last().unwrap().no),
        (Begin::End, PostNo(80)),
        "one's own posts are read"
    );
    let jumped = place.call(&alice, OpenThread { thread, at: At::Post(PostNo(999)) }).await.unwrap();
    assert_eq!(jumped.begin, Begin::Top(PostNo(80)));
}

#[tokio::test]
async fn r1_what_is_not_shown_is_not_there() {
    let place = Place::new().await;
    let (alice, bob) = (place.regular("alice").await, place.regular("bob").await);
    let mod_mo = place.moderator("mo").await;
    let board = place.board("general").await;
    let staff = place.board_for("staff", Audience::Staff, Audience::Staff).await;
    let open = place.board_for("open", Audience::Guests, Audience::Members).await;
    let removed = start(&place, &bob, board, "rude").await;
    let secret = start(&place, &mod_mo, staff, "about alice").await;
    let public = start(&place, &bob, open, "welcome").await;
    remove_thread(place.service.store(), removed).await;

    for thread in [removed, secret] {
        let denied = place.call(&alice, OpenThread { thread, at: At::FirstUnread }).await;
        assert!(matches!(denied, Err(Error::NotFound("thread"))));
        let denied = place.call(&alice, ListPosts { thread, from: From::No(PostNo(1)) }).await;
        assert!(matches!(denied, Err(Error::NotFound("thread"))));
        assert!(place.call(&alice, MarkRead { thread, upto: PostNo(1) }).await.is_err());
        place.call(&mod_mo, OpenThread { thread, at: At::FirstUnread }).await.unwrap();
    }
    assert!(place.call(&alice, ListThreads { board: staff, after: None }).await.is_err());
    let list = |who: Caller, board| {
        let place = &place;
        async move { place.call(&who, ListThreads { board, after: None }).await.unwrap().threads }
    };
    assert_eq!(list(alice.clone(), board).await, []);
    let shown = list(mod_mo.clone(), board).await;
    assert!(shown[0].removed && shown[0].unread == 0, "staff see it, and it is never counted");

    let view = place.call(&GUEST, OpenThread { thread: public, at: At::FirstUnread }).await.unwrap();
    assert_eq!(view.posts.len(), 1);
    assert_eq!(list(GUEST, open).await[0].unread, 0);
    assert!(place.call(&GUEST, ListThreads { board, after: None }).await.is_err());
}

#[tokio::test]
async fn a_list_says_what_is_unread_and_where_the_next_page_begins() {
    let place = Place::new().await;
    let (alice, bob) = (place.regular("alice").await, place.regular("bob").await);
    let board = place.board("general").await;
    for n in 0..65 {
        start(&place, &bob, board, &format!("thread {n}")).await;
    }
    let list = place.call(&alice, ListThreads { board, after: None }).await.unwrap();
    assert_eq!((list.threads.len(), list.threads[0].title.as_str()), (60, "thread 64"));
    assert_eq!((list.threads[0].unread, list.newest), (1, PostId(65)));
    let rest = place.call(&alice, ListThreads { board, after: list.next }).await.unwrap();
    assert_eq!((rest.threads.len(), rest.next), (5, None));

    let muted = list.threads[0].id;
    place.call(&alice, ChooseThread { thread: muted, choice: Some(ThreadChoice::Muted) }).await.unwrap();
    let list = place.call(&alice, ListThreads { board, after: None }).await.unwrap();
    assert_eq!((list.threads[0].unread, list.threads[1].unread), (0, 1));
    place.call(&alice, MuteBoard { board, muted: true }).await.unwrap();
    let list = place.call(&alice, ListThreads { board, after: None }).await.unwrap();
    assert!(
        list.threads.iter().all(|thread| thread.unread == 0),
        "what is not counted is not shown as counted"
    );
}
