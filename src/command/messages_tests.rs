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
