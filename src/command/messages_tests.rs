//! `messages`, `message` and `nudge` (L3, L7).
#![allow(clippy::unwrap_used)]

use super::tests::{objects, say, say_with};
use super::*;
use crate::service::testing::Place;

#[tokio::test]
async fn l3_messages_are_written_listed_and_read_by_those_who_take_part() {
    let place = Place::new().await;
    let (ann, bo) = (place.regular("ann").await, place.regular("bo").await);
    let eve = place.regular("eve").await;
    let (status, said) = say_with(&place, &ann, "message bo", "Tea?").await;
    assert_eq!((status, said.out.as_str()), (DONE, "Sent: message 1 of conversation 1.\n"));
    let list = say(&place, &bo, "messages").await.1.out;
    assert!(list.contains("ann") && list.contains("1 new") && list.contains("ann: Tea?"), "{list}");
    let row = &objects(&say(&place, &bo, "messages --json").await.1)[0];
    assert_eq!((row["conversation"].as_i64(), row["unread"].as_i64()), (Some(1), Some(1)));
    assert!(say(&place, &bo, "messages 1").await.1.out.contains("Tea?"));
    let lines = objects(&say(&place, &bo, "messages 1 --json --mark").await.1);
    assert_eq!((lines[0]["author"].as_str(), lines[0]["body"].as_str()), (Some("ann"), Some("Tea?")));
    let row = &objects(&say(&place, &bo, "messages --json").await.1)[0];
    assert_eq!(row["unread"].as_i64(), Some(0));
    assert!(!say(&place, &eve, "messages").await.1.out.contains("Tea"));
    let (status, said) = say(&place, &eve, "messages 1").await;
    assert!(status != DONE && said.out.is_empty() && !said.err.contains("Tea"), "{}", said.err);
    let (status, said) = say_with(&place, &ann, "message nobody", "x").await;
    assert!(status != DONE && said.err.contains("There is no member nobody"), "{}", said.err);
}

#[tokio::test]
async fn l7_a_nudge_by_command_waits_as_a_message() {
    let place = Place::new().await;
    let (ann, bo) = (place.regular("ann").await, place.regular("bo").await);
    let (status, said) = say(&place, &ann, "nudge bo are you there?").await;
    assert_eq!((status, said.out.as_str()), (DONE, "Not here just now: bo will find it as a message.\n"));
    assert!(say(&place, &bo, "messages 1").await.1.out.contains("are you there?"));
    let (status, said) = say(&place, &ann, "nudge bo").await;
    assert!(status != DONE && said.err.contains("nudge HANDLE TEXT"), "{}", said.err);
}

#[tokio::test]
async fn m1_m7_a_message_is_reported_by_command() {
    let scene = crate::service::cases::scene::Scene::new().await;
    say_with(&scene.place, &scene.bo, "message ann", "You fool.").await;
    let form = say(&scene.place, &scene.ann, "report m1.1").await.1.out;
    assert!(
        form.contains("You fool.") && form.contains("2 Nobody") && form.contains("nothing else"),
        "{form}"
    );
    let (status, said) = say(&scene.place, &scene.mo, "report m1.1 2").await;
    assert!(status != DONE && said.out.is_empty(), "no role opens it: {}", said.out);
    let (status, said) = say(&scene.place, &scene.ann, "report m1.1 2 please look").await;
    assert!(status == DONE && said.out.starts_with("Reported."), "{}", said.err);
    let (status, said) = say(&scene.place, &scene.ann, "report m1.1 2").await;
    assert!(status != DONE && said.err.contains("already"), "{}", said.err);
    for what in ["bo", "1.2", "1"] {
        let (status, said) = say(&scene.place, &scene.mo, &format!("report {what} 1")).await;
        // The thread is ann's, the post bo's.
        assert!(status == DONE && said.out.starts_with("Reported."), "{what}: {}", said.err);
    }
    let row = &objects(&say(&scene.place, &scene.mia, "queue --json").await.1)[0];
    assert_eq!((row["thing"].as_str(), row["thing_id"].as_i64()), (Some("message"), Some(1)));
}
