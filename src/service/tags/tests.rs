//! R2: who may tag and solve, and that tags and what they count never tell more than the boards do.
#![allow(clippy::unwrap_used)]

use super::*;
use crate::domain::board::{Audience, BoardKind};
use crate::domain::ids::{BoardId, PostNo, ThreadId};
use crate::domain::member::{Level, Role};
use crate::domain::policy::Denied;
use crate::service::boards::ListBoards;
use crate::service::reading::{ChooseThread, MarkRead, MuteBoard, NextUnread, NextUnreadOfTag};
use crate::service::testing::Place;
use crate::service::threads::{At, ListThreads, OpenThread};
use crate::service::writing::{DeletePost, StartThread, WriteReply};
use crate::service::{Caller, Error, Who};
use crate::store::testing::{kind, make_host, remove_thread};

async fn start(place: &Place, author: &Caller, board: BoardId, title: &str) -> ThreadId {
    let (title, body) = (title.to_owned(), "words".to_owned());
    place.call(author, StartThread { board, title, body }).await.unwrap().thread
}

async fn tag(place: &Place, who: &Caller, thread: ThreadId, tags: &str) -> Result<TagsSet, Error> {
    place.call(who, SetTags { thread, tags: tags.to_owned() }).await
}

async fn names(place: &Place, who: &Caller) -> Vec<(String, i64, i64)> {
    let tags = place.call(who, ListTags).await.unwrap();
    tags.into_iter().map(|tag| (tag.name, tag.threads, tag.unread_posts)).collect()
}

#[tokio::test]
async fn r2_authors_hosts_and_staff_tag_and_regulars_make_tags() {
    let mut place = Place::new().await;
    let (alice, bob, mo) =
        (place.regular("alice").await, place.regular("bob").await, place.moderator("mo").await);
    let carol = place.member("carol", Level::Member, Role::Member).await;
    let board = place.board("general").await;
    let (hers, his) = (start(&place, &carol, board, "hers").await, start(&place, &bob, board, "his").await);

    let refused = tag(&place, &carol, hers, "tea").await;
    assert!(matches!(refused, Err(Error::Denied(Denied::RegularsOnly))), "{refused:?}");
    assert!(names(&place, &carol).await.is_empty());
    assert_eq!(tag(&place, &bob, his, "#Tea, cake").await.unwrap().now, ["cake", "tea"]);
    let set = tag(&place, &carol, hers, "tea").await.unwrap();
    assert_eq!((set.before.as_str(), set.now), ("", vec!["tea".to_owned()]));
    assert_eq!(names(&place, &alice).await, [("cake".to_owned(), 1, 1), ("tea".to_owned(), 2, 2)]);

    place.published();
    assert!(matches!(tag(&place, &alice, his, "tea").await, Err(Error::Denied(Denied::NotYours))));
    assert!(matches!(tag(&place, &bob, his, "a b").await, Err(Error::Invalid(_))));
    assert!(matches!(tag(&place, &bob, his, "aa bb cc dd ee ff").await, Err(Error::Invalid(_))));
    assert!(place.published().is_empty(), "a refusal publishes nothing");
    let Who::Member(her) = alice.who else { panic!("alice is a member") };
    make_host(place.service.store(), board, her).await;
    assert_eq!(tag(&place, &alice, his, "").await.unwrap().before, "cake tea");
    assert_eq!(tag(&place, &mo, his, "cake").await.unwrap().now, ["cake"]);
    assert_eq!(place.published().len(), 2);
}

#[tokio::test]
async fn r2_a_tag_shows_and_counts_what_the_boards_do_and_no_more() {
    let place = Place::new().await;
    let (alice, mo) = (place.regular("alice").await, place.moderator("mo").await);
    let open = place.board("general").await;
    let staff = place.board_for("staff", Audience::Staff, Audience::Staff).await;
    let seen = start(&place, &mo, open, "seen").await;
    for thread in [start(&place, &mo, staff, "hidden").await, seen] {
        tag(&place, &mo, thread, "tea").await.unwrap();
        place.call(&mo, WriteReply { thread, reply_to: None, body: "more".to_owned() }).await.unwrap();
    }
    let secret = start(&place, &mo, staff, "secret").await;
    tag(&place, &mo, secret, "plans").await.unwrap();

    assert_eq!(names(&place, &alice).await, [("tea".to_owned(), 1, 2)]);
    assert_eq!(place.call(&alice, ListBoards).await.unwrap().unread_posts(), 2);
    assert_eq!(names(&place, &mo).await.len(), 2);
    let tea = place.call(&alice, ListTags).await.unwrap()[0].id;
    let plans = place.call(&mo, ListTags).await.unwrap()[0].id;
    let list = place.call(&alice, ListTagged { tag: tea, after: None }).await.unwrap();
    let shown: Vec<(&str, &str, i64)> =
        list.threads.iter().map(|t| (t.thread.title.as_str(), t.board.as_str(), t.thread.unread)).collect();
    assert_eq!((shown, list.count), (vec![("seen", "general", 2)], 1));
    let refused = place.call(&alice, ListTagged { tag: plans, after: None }).await;
    assert!(matches!(refused, Err(Error::NotFound("tag"))));
    assert_eq!(place.call(&alice, CompleteTag { begins: "#P".to_owned() }).await.unwrap(), [""; 0]);
    assert_eq!(place.call(&alice, CompleteTag { begins: "te".to_owned() }).await.unwrap(), ["tea"]);
    let labels = place.call(&alice, LabelsOf { threads: vec![seen, secret] }).await.unwrap();
    assert_eq!(labels.len(), 1);
    assert_eq!(labels[&seen].tags, ["tea"]);

    place.call(&alice, MuteBoard { board: open, muted: true }).await.unwrap();
    assert_eq!(names(&place, &alice).await, [("tea".to_owned(), 1, 0)]);
    place.call(&alice, MuteBoard { board: open, muted: false }).await.unwrap();
    let choice = Some(crate::domain::board::ThreadChoice::Muted);
    place.call(&alice, ChooseThread { thread: seen, choice }).await.unwrap();
    assert_eq!(names(&place, &alice).await, [("tea".to_owned(), 1, 0)]);
    remove_thread(place.service.store(), seen).await;
    assert!(names(&place, &alice).await.is_empty());
}

#[tokio::test]
async fn a_name_that_only_hidden_threads_have_is_as_good_as_none() {
    let place = Place::new().await;
    let mo = place.moderator("mo").await;
    let carol = place.member("carol", Level::Member, Role::Member).await;
    let board = place.board("general").await;
    let staff = place.board_for("staff", Audience::Staff, Audience::Staff).await;
    let secret = start(&place, &mo, staff, "secret").await;
    tag(&place, &mo, secret, "plans").await.unwrap();
    let hers = start(&place, &carol, board, "hers").await;
    for name in ["plans", "nothing"] {
        let refused = tag(&place, &carol, hers, name).await;
        assert!(matches!(refused, Err(Error::Denied(Denied::RegularsOnly))), "{name}");
    }
    // What staff put on her own thread may stay when she adds to it.
    tag(&place, &mo, hers, "plans").await.unwrap();
    assert_eq!(tag(&place, &carol, hers, "plans").await.unwrap().now, ["plans"]);
}

#[tokio::test]
async fn r4_reading_on_within_a_tag_stays_in_it() {
    let place = Place::new().await;
    let (alice, bob) = (place.regular("alice").await, place.regular("bob").await);
    let board = place.board("general").await;
    let mut tagged = Vec::new();
    for title in ["one", "two", "three"] {
        let thread = start(&place, &bob, board, title).await;
        if title != "two" {
            tag(&place, &bob, thread, "tea").await.unwrap();
            tagged.push(thread);
        }
    }
    let tea = place.call(&alice, ListTags).await.unwrap()[0].id;
    let next = || NextUnreadOfTag { tag: tea, skipped_threads: Vec::new(), skipped_boards: Vec::new() };
    for thread in tagged {
        assert_eq!(place.call(&alice, next()).await.unwrap().unwrap().thread, thread, "the oldest first");
        place.call(&alice, MarkRead { thread, upto: PostNo(1) }).await.unwrap();
    }
    assert_eq!(place.call(&alice, next()).await.unwrap(), None);
    assert!(place.call(&alice, NextUnread::default()).await.unwrap().is_some(), "the rest is still unread");
}

#[tokio::test]
async fn r2_questions_are_solved_by_a_post_and_opened_again() {
    let mut place = Place::new().await;
    let (alice, bob) = (place.regular("alice").await, place.regular("bob").await);
    let (questions, talk) = (place.board("help").await, place.board("general").await);
    kind(place.service.store(), questions, BoardKind::Question).await;
    let thread = start(&place, &alice, questions, "Why?").await;
    for body in ["because", "no"] {
        place.call(&bob, WriteReply { thread, reply_to: None, body: body.to_owned() }).await.unwrap();
    }
    let solve = |by| SolveThread { thread, solution: Some(Solution { by }) };
    place.published();
    assert!(matches!(place.call(&bob, solve(None)).await, Err(Error::Denied(Denied::NotYours))));
    assert!(matches!(place.call(&alice, solve(Some(PostNo(9)))).await, Err(Error::NotFound("post"))));
    place.call(&bob, DeletePost { thread, no: PostNo(3) }).await.unwrap();
    assert!(matches!(place.call(&alice, solve(Some(PostNo(3)))).await, Err(Error::NotFound("post"))));
    assert_eq!(place.published().len(), 1, "only the deletion");

    assert_eq!(place.call(&alice, solve(Some(PostNo(2)))).await.unwrap(), None);
    let head = place.call(&bob, OpenThread { thread, at: At::FirstUnread }).await.unwrap().head;
    assert_eq!(head.solution, Some(Solution { by: Some(PostNo(2)) }));
    let list = place.call(&bob, ListThreads { board: questions, after: None }).await.unwrap();
    assert!(list.threads[0].solved);
    let before = place.call(&alice, SolveThread { thread, solution: None }).await.unwrap();
    assert_eq!(before, Some(Solution { by: Some(PostNo(2)) }));
    let head = place.call(&bob, OpenThread { thread, at: At::FirstUnread }).await.unwrap().head;
    assert_eq!(head.solution, None);

    let chat = start(&place, &alice, talk, "Hm").await;
    let refused =
        place.call(&alice, SolveThread { thread: chat, solution: Some(Solution { by: None }) }).await;
    assert!(matches!(refused, Err(Error::Denied(Denied::NoQuestion))));
}
