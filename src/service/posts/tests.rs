//! Older texts and tombstones.
#![allow(clippy::unwrap_used)]

use super::*;
use crate::domain::ids::PostNo;
use crate::service::Error;
use crate::service::testing::Place;
use crate::service::writing::{DeletePost, EditPost, StartThread, WriteReply};

#[tokio::test]
async fn r5_history_is_open_until_the_post_is_a_tombstone() {
    let place = Place::new().await;
    let (alice, bob) = (place.regular("alice").await, place.regular("bob").await);
    let board = place.board("general").await;
    let (title, body) = ("tea".to_owned(), "with milk".to_owned());
    let thread = place.call(&bob, StartThread { board, title, body }).await.unwrap().thread;
    let body = "@bob yes".to_owned();
    place.call(&alice, WriteReply { thread, reply_to: Some(PostNo(1)), body }).await.unwrap();
    place.clock.advance(60 * 60);
    place.call(&bob, EditPost { thread, no: PostNo(1), body: "without".to_owned() }).await.unwrap();

    let older = place.call(&alice, PostHistory { thread, no: PostNo(1) }).await.unwrap();
    assert_eq!(older.iter().map(|text| text.body.as_str()).collect::<Vec<_>>(), ["with milk"]);
    let page = place.call(&bob, ListPosts { thread, from: From::No(PostNo(1)) }).await.unwrap();
    assert!(page.posts[0].edited_at.is_some() && !page.posts[0].to_me);
    assert_eq!(page.posts[1].answers, Some(Answers { no: PostNo(1), author: "bob".to_owned() }));
    assert!(page.posts[1].to_me);

    place.call(&bob, DeletePost { thread, no: PostNo(1) }).await.unwrap();
    let refused = place.call(&alice, PostHistory { thread, no: PostNo(1) }).await;
    assert!(matches!(refused, Err(Error::NotFound("post"))));
    let page = place.call(&alice, ListPosts { thread, from: From::No(PostNo(1)) }).await.unwrap();
    assert!(page.posts[0].state.is_tombstone() && page.posts[0].body.is_empty());
    assert!(place.call(&alice, PostHistory { thread, no: PostNo(9) }).await.is_err());
}
