//! A moderator's session.

use super::harness::{Person, session};
use crate::domain::moderation::{Deed, Thing};
use crate::service::Caller;
use crate::service::cases::scene::{Cast, Scene, apply, id};
use crate::service::moderation::{Moderate, MyWarnings};
use crate::service::testing::Place;

#[tokio::test]
async fn x2_a_moderator_claims_decides_and_undoes() {
    let scene = Scene::new().await;
    scene.report(&scene.ann).await.unwrap();
    apply(&scene.place, "eve").await;
    let transcript = session(
        &scene.place,
        &scene.mo,
        &[
            "queue",
            "1",
            "claim",
            "decide",
            "2",
            "1",
            "It calls people fools.",
            "1",
            "undo",
            "decide",
            "nothing",
            "A joke between friends.",
            "do it",
            "next",
            "ask",
            "What do you build?",
            "approve",
            "Welcome.",
            "yes",
            "log",
            "q",
        ],
    )
    .await;
    insta::assert_snapshot!("a_moderator_works_the_queue", transcript);
}

#[tokio::test]
async fn x2_an_application_is_approved_and_declined() {
    let scene = Scene::new().await;
    let eve = apply(&scene.place, "eve").await;
    apply(&scene.place, "mallory").await;
    let transcript = session(
        &scene.place,
        &scene.mo,
        &[
            "queue",
            "eve",
            "approve",
            "Welcome.",
            "yes",
            "next",
            "decline",
            "",
            "decline",
            "1",
            "Not now, sorry.",
            "yes",
            "next",
        ],
    )
    .await;
    for words in ["eve is in.", "Nothing is done.", "mallory is declined.", "Nothing else waits."] {
        assert!(transcript.contains(words), "{words}: {transcript}");
    }
    let transcript = session(&scene.place, &eve, &["boards"]).await;
    assert!(transcript.contains("Welcome to Testhob, eve."), "{transcript}");
}

#[tokio::test]
async fn x2_staff_act_on_a_post_from_its_thread_and_a_warning_is_acknowledged() {
    let scene = Scene::new().await;
    let transcript = session(
        &scene.place,
        &scene.mo,
        &[
            "open 1.2",
            "moderate",
            "warn",
            "1",
            "",
            "Please be kind.",
            "1",
            "moderate",
            "lock",
            "1",
            "Enough.",
            "1",
            "undo",
        ],
    )
    .await;
    assert!(transcript.contains("bo will read:"), "{transcript}");
    assert!(transcript.contains("This is a warning, about your post #2 in \"Trains\"."), "{transcript}");
    assert!(transcript.contains("Undone"), "{transcript}");
    let transcript = session(&scene.place, &scene.bo, &["home", "", "read", "q"]).await;
    assert!(transcript.contains("A word from the staff, just now:"), "{transcript}");
    assert_eq!(
        transcript.matches("It stays until you say that you have read it.").count(),
        2,
        "{transcript}"
    );
    assert!(scene.call(&scene.bo, MyWarnings).await.unwrap().is_empty());
}

#[tokio::test]
async fn x2_others_find_no_queue_and_nothing_to_do() {
    let scene = Scene::new().await;
    scene.report(&scene.ann).await.unwrap();
    let transcript = session(&scene.place, &scene.bo, &["queue", "audit", "open 1.1", "moderate", "q"]).await;
    assert!(transcript.contains("\"queue\" is nothing that can be typed here."), "{transcript}");
    assert!(transcript.contains("\"audit\" is nothing that can be typed here."), "{transcript}");
    assert!(!transcript.contains("Lock the thread"), "{transcript}");
}

#[tokio::test]
async fn x2_news_for_the_staff_are_told_at_the_next_prompt() {
    let scene = Scene::new().await;
    let mut person = Person::sits_down(&scene.place, &scene.mo).await;
    person.is_asked("home").await;
    scene.report(&scene.ann).await.unwrap();
    person.types("who\r");
    person.is_asked("members").await;
    assert!(
        person.transcript().contains("1 thing in the queue; queue opens it.\nmembers> "),
        "{}",
        person.transcript()
    );
    let warn = Moderate {
        thing: Thing::Member(id(&scene.ann)),
        deed: Deed::Warn,
        rule_no: 1,
        reason: "No.".to_owned(),
    };
    let ann: &Caller = &scene.ann;
    let mut other = Person::sits_down(&scene.place, ann).await;
    other.is_asked("home").await;
    scene.call(&scene.mia, warn).await.unwrap();
    other.types("who\r");
    other.is_asked("type read once you have read it").await;
    other.types("read\r");
    other.at("members", "q").await;
    person.types("q\r");
    person.ended().await;
    other.ended().await;
}

/// W2: a decline that begins with a template is a draft from the start.
#[tokio::test]
async fn w2_a_decline_that_was_begun_is_there_again() {
    let place = Place::new().await;
    let cast = Cast::on(&place).await;
    apply(&place, "zoe").await;
    session(&place, &cast.mo, &["queue", "1", "decline", "2"]).await;
    let again = session(&place, &cast.mo, &["queue", "1", "decline", "", "yes", "q"]).await;
    assert!(again.contains("Kept from before:") && again.contains("zoe is declined."), "{again}");
}
