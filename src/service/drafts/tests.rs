//! Drafts through the door (W2).

#![allow(clippy::unwrap_used)]

use super::*;
use crate::domain::draft::{DRAFT_LEN_MAX, DraftTarget};
use crate::domain::ids::{BoardId, PostNo, ThreadId};
use crate::domain::member::{Level, Role, Standing};
use crate::service::Caller;
use crate::service::testing::{NOON, Place};

fn draft(target: DraftTarget, title: &str, body: &str) -> SaveDraft {
    SaveDraft { target, title: title.to_owned(), body: body.to_owned(), reply_to: Some(PostNo(2)) }
}

fn reply() -> DraftTarget {
    DraftTarget::Reply(ThreadId(7))
}

#[tokio::test]
async fn whoever_has_an_account_keeps_drafts_in_any_standing() {
    let place = Place::new().await;
    // The two that are never stored follow from `applied` and `active`.
    let stored = Standing::ALL.iter().filter(|one| !matches!(one, Standing::Waiting | Standing::Asleep));
    for (n, standing) in stored.enumerate() {
        let who = place.account(&format!("someone{n}"), *standing, Level::Newcomer, Role::Member).await;
        place.call(&who, draft(reply(), "", "my words")).await.unwrap();
        let found = place.call(&who, LoadDraft { target: reply() }).await.unwrap().unwrap();
        let expected = Draft {
            title: String::new(),
            body: "my words".to_owned(),
            reply_to: Some(PostNo(2)),
            saved_at: NOON,
        };
        assert_eq!(found, expected, "{standing}");
        assert_eq!(place.call(&who, ListDrafts).await.unwrap().len(), 1);
        assert!(place.call(&who, DropDraft { target: reply() }).await.unwrap());
        assert!(!place.call(&who, DropDraft { target: reply() }).await.unwrap());
    }
    let guest = Caller::GUEST;
    assert!(place.call(&guest, draft(reply(), "", "x")).await.is_err());
    assert!(place.call(&guest, ListDrafts).await.is_err());
}

#[tokio::test]
async fn a_draft_is_clean_and_a_draft_without_a_word_is_none() {
    let place = Place::new().await;
    let alice = place.regular("alice").await;
    place.call(&alice, draft(reply(), " a\x07title ", "  two\u{202e}\n\n\twords \n\n")).await.unwrap();
    let found = place.call(&alice, LoadDraft { target: reply() }).await.unwrap().unwrap();
    assert_eq!((found.title.as_str(), found.body.as_str()), ("atitle", "  two\n\n    words"));
    place.call(&alice, draft(reply(), " ", " \n\u{200b}\n")).await.unwrap();
    assert_eq!(place.call(&alice, LoadDraft { target: reply() }).await.unwrap(), None);
}

#[tokio::test]
async fn a_text_beyond_all_posts_is_refused_and_the_draft_before_stays() {
    let place = Place::new().await;
    let alice = place.regular("alice").await;
    let longest = "x".repeat(DRAFT_LEN_MAX);
    place.call(&alice, draft(reply(), "", &longest)).await.unwrap();
    let error = place.call(&alice, draft(reply(), "", &format!("{longest}x"))).await.unwrap_err();
    assert!(error.to_string().contains("Split it in two"), "{error}");
    let kept = place.call(&alice, LoadDraft { target: reply() }).await.unwrap().unwrap();
    assert_eq!(kept.body.len(), DRAFT_LEN_MAX);
}

#[tokio::test]
async fn nobody_fills_the_disk_with_drafts_and_those_there_are_can_be_gone_on_with() {
    let place = Place::new().await;
    let alice = place.regular("alice").await;
    for n in 1..=DRAFTS_MAX {
        place.call(&alice, draft(DraftTarget::Board(BoardId(n)), "", "x")).await.unwrap();
        place.clock.advance(1);
    }
    let error = place.call(&alice, draft(reply(), "", "x")).await.unwrap_err();
    assert!(error.to_string().contains("Drop some"), "{error}");
    place.call(&alice, draft(DraftTarget::Board(BoardId(1)), "", "more")).await.unwrap();
    let list = place.call(&alice, ListDrafts).await.unwrap();
    assert_eq!(list.len(), 100);
    assert_eq!(list[0].target, DraftTarget::Board(BoardId(1)), "the newest first");
    assert_eq!(list[1].target, DraftTarget::Board(BoardId(DRAFTS_MAX)));
}
