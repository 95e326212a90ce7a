//! Coming back to where a dropped line left one (issue 3, point 6).

use super::*;
use crate::service::left_off::ListLeftOff;
use crate::service::writing::StartThread;

async fn with_a_thread() -> (Place, Caller) {
    let place = Place::new().await;
    let alice = place.regular("alice").await;
    let bob = place.regular("bob").await;
    let board = place.board("general").await;
    let (title, body) = ("tea".to_owned(), "who is for tea?".to_owned());
    place.call(&bob, StartThread { board, title, body }).await.unwrap();
    (place, alice)
}

/// In the composer, in the middle of a sentence.
async fn in_the_middle(place: &Place, alice: &Caller) -> Person {
    let mut person = Person::log_in(place, alice);
    person.sees("tea").await;
    person.send(b" ");
    person.sees("who is for tea?").await;
    person.send(b"r");
    person.sees("send").await;
    person.send(b"in the middle of");
    person.sees("in the middle of").await;
    person
}

#[tokio::test]
async fn a_dropped_line_comes_back_to_the_same_thread_and_text_and_q_begins_on_home() {
    let (place, alice) = with_a_thread().await;
    let person = in_the_middle(&place, &alice).await;
    person.wire.send(LineEvent::Closed).unwrap();
    person.ends().await;

    let mut person = Person::log_in(&place, &alice);
    person.sees("in the middle of").await;
    assert!(person.screen().contains("reply: tea"), "{}", person.screen());
    person.send(b"\x1b");
    person.sees("Space read on").await;
    person.send(b"q");
    let (said, _) = person.ends().await;
    assert!(said.contains("Goodbye"), "{said}");

    let mut person = Person::log_in(&place, &alice);
    person.sees("home").await;
    assert!(!person.screen().contains("Back where you were"), "{}", person.screen());
}

#[tokio::test]
async fn a_stopped_server_says_so_and_the_place_is_kept() {
    let (place, alice) = with_a_thread().await;
    let person = in_the_middle(&place, &alice).await;
    person.stop.send(true).unwrap();
    let (said, _) = person.ends().await;
    assert!(said.contains("you come back to where you are"), "{said}");
    Person::log_in(&place, &alice).sees("in the middle of").await;
}

#[tokio::test]
async fn the_place_is_kept_a_few_seconds_after_a_key_for_a_server_that_is_killed() {
    let (place, alice) = with_a_thread().await;
    let mut person = in_the_middle(&place, &alice).await;
    person.sees("draft kept").await;
    let kept = async {
        loop {
            let places = place.call(&alice, ListLeftOff).await.unwrap();
            if places.iter().any(|(_, places)| places.contains("Compose")) {
                return places.len();
            }
        }
    };
    assert_eq!(timeout(PATIENCE, kept).await.expect("the place is kept"), 1);
    // As after a kill: what the session would do at its end is not needed.
    person.session.abort();
    person.wire.closed().await;
    Person::log_in(&place, &alice).sees("in the middle of").await;
}

#[tokio::test]
async fn a_second_login_is_welcome_beside_the_first() {
    let (place, alice) = with_a_thread().await;
    let mut first = in_the_middle(&place, &alice).await;
    let mut second = Person::log_in(&place, &alice);
    second.sees("home").await;
    assert!(!second.screen().contains("in the middle of"), "{}", second.screen());
    second.send(b"q");
    second.ends().await;
    first.send(b" it");
    first.sees("in the middle of it").await;
    first.wire.send(LineEvent::Closed).unwrap();
    first.ends().await;
    Person::log_in(&place, &alice).sees("in the middle of it").await;
}
