//! The place's own words (P8).

#![allow(clippy::unwrap_used)]

use super::*;
use crate::domain::ids::{PostNo, ThreadId};
use crate::domain::member::{Level, Role};
use crate::service::cases::scene::Scene;
use crate::service::logs::{ReadAuditLog, ReadModLog};
use crate::service::upkeep::index_all;
use crate::service::{Caller, DomainEvent};

fn define(word: &str, meaning: &str) -> DefineTerm {
    DefineTerm { word: word.to_owned(), meaning: meaning.to_owned(), first: None }
}

async fn words(scene: &Scene, by: &Caller) -> Vec<String> {
    scene.call(by, ListTerms).await.unwrap().into_iter().map(|term| term.word).collect()
}

#[tokio::test]
async fn p8_members_add_words_everybody_reads_them_and_k_finds_them_in_a_post() {
    let mut scene = Scene::new().await;
    index_all(&scene.place.service).await.unwrap();
    scene.place.published();
    scene.call(&scene.bo, define("Train", "What ann likes.")).await.unwrap();
    let id = scene.call(&scene.bo, define("trains", "More than one.")).await.unwrap();
    assert_eq!(scene.place.published(), [DomainEvent::GlossaryChanged; 2]);
    assert_eq!(words(&scene, &scene.ann).await, ["Train", "trains"]);
    let term = scene.call(&scene.ann, ReadTerm { word: "TRAINS".to_owned() }).await.unwrap();
    assert_eq!((term.id, term.author.as_str()), (id, "bo"));
    let (thread, no, title) = term.first.unwrap();
    assert_eq!((thread, no, title.as_str()), (scene.thread, PostNo(1), "Trains"), "its first use is found");
    let found = scene.call(&scene.ann, TermsIn { thread: scene.thread, no: PostNo(1) }).await.unwrap();
    assert_eq!(found.iter().map(|term| term.word.as_str()).collect::<Vec<_>>(), ["trains"]);
    let none = scene.call(&scene.ann, TermsIn { thread: scene.thread, no: PostNo(2) }).await.unwrap();
    assert!(none.is_empty());
    let why = scene.call(&scene.ann, define("TRAINS!", "Again.")).await.unwrap_err().to_string();
    assert!(why.contains("in the glossary already: More than one."), "{why}");
    assert!(scene.call(&scene.ann, ReadTerm { word: "ship".to_owned() }).await.is_err());
}

#[tokio::test]
async fn p8_what_it_meant_before_is_kept() {
    let scene = Scene::new().await;
    let term = scene.call(&scene.bo, define("hob", "A shelf.")).await.unwrap();
    let change = |meaning: &str| ChangeTerm { term, meaning: meaning.to_owned() };
    scene.call(&scene.ann, change("The warm shelf beside a fire.")).await.unwrap();
    scene.call(&scene.ann, change("The warm shelf beside a fire.")).await.unwrap();
    let now = &scene.call(&scene.mo, ListTerms).await.unwrap()[0];
    assert_eq!((now.author.as_str(), now.changed_by.as_str()), ("bo", "ann"));
    let before = scene.call(&scene.mo, TermHistory { term }).await.unwrap();
    assert_eq!(before.len(), 1, "the same words again are no change");
    assert_eq!((before[0].meaning.as_str(), before[0].author.as_str()), ("A shelf.", "bo"));
    assert!(scene.call(&scene.ann, change(" ")).await.is_err());
}

#[tokio::test]
async fn p8_newcomers_read_staff_remove_with_a_reason_and_the_word_is_free_again() {
    let scene = Scene::new().await;
    let nell = scene.place.member("nell", Level::Newcomer, Role::Member).await;
    assert!(scene.call(&nell, define("hob", "x")).await.is_err());
    let term = scene.call(&scene.bo, define("hob", "Rubbish.")).await.unwrap();
    assert_eq!(words(&scene, &nell).await, ["hob"]);
    let remove = |reason: &str| RemoveTerm { term, reason: reason.to_owned() };
    assert!(scene.call(&scene.bo, remove("mine")).await.is_err(), "not even its author");
    assert!(scene.call(&scene.mo, remove(" ")).await.is_err());
    scene.call(&scene.mo, remove("It says nothing.")).await.unwrap();
    assert!(words(&scene, &scene.bo).await.is_empty());
    let log = scene.call(&scene.ann, ReadModLog::default()).await.unwrap();
    assert!(log.entries.iter().any(|entry| entry.reason == "It says nothing."), "{log:?}");
    assert!(!scene.call(&scene.mo, ReadAuditLog::default()).await.unwrap().entries.is_empty());
    scene.call(&scene.ann, define("hob", "The warm shelf.")).await.unwrap();
    assert!(scene.call(&scene.bo, remove("again")).await.is_err());
    assert!(scene.call(&Caller::GUEST, ListTerms).await.is_err(), "for those who belong here");
}

/// Where a word was used first is a post: who may not see it gets the word, and not the place.
#[tokio::test]
async fn p8_a_first_use_on_a_hidden_board_is_told_to_those_who_see_it() {
    let scene = Scene::new().await;
    let first = Some((scene.thread, PostNo(1)));
    let define = DefineTerm { word: "loop".to_owned(), meaning: "A siding.".to_owned(), first };
    scene.call(&scene.bo, define).await.unwrap();
    assert!(scene.call(&scene.ann, ListTerms).await.unwrap()[0].first.is_some());
    let hide = crate::service::moderation::Moderate {
        thing: crate::domain::moderation::Thing::Thread(scene.thread),
        deed: crate::domain::moderation::Deed::RemoveThread,
        rule_no: 1,
        reason: "x".to_owned(),
    };
    scene.call(&scene.mo, hide).await.unwrap();
    assert_eq!(scene.call(&scene.ann, ListTerms).await.unwrap()[0].first, None);
    let missing = Some((ThreadId(99), PostNo(1)));
    let define = DefineTerm { word: "siding".to_owned(), meaning: "A loop.".to_owned(), first: missing };
    assert!(scene.call(&scene.bo, define).await.is_err());
}
