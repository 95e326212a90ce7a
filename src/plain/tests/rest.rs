//! What the screens can do and plain mode long could not: a tag read on, a search by rank, rooms opened, closed and kept,
//! templates, and single lines that no broken line loses (X2, W2).

use super::harness::{Person, session};
use crate::service::cases::scene::{Cast, write};
use crate::service::drafts::ListDrafts;
use crate::service::rooms::ListRooms;
use crate::service::tags::SetTags;
use crate::service::testing::Place;
use crate::service::upkeep::index_all;
use crate::service::writing::StartThread;

async fn scene() -> (Place, Cast) {
    let place = Place::new().await;
    let cast = Cast::on(&place).await;
    (place, cast)
}

/// What was printed with its line breaks as spaces.
fn words(transcript: &str) -> String {
    transcript.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[tokio::test]
async fn x2_reading_on_from_a_tag_stays_in_it() {
    let (place, cast) = scene().await;
    for (title, body, tags) in
        [("Steam", "Hiss.", "old"), ("Diesel", "Brum.", ""), ("Horses", "Neigh.", "old")]
    {
        let start = StartThread { board: cast.talk, title: title.to_owned(), body: body.to_owned() };
        let thread = place.call(&cast.mia, start).await.unwrap().thread;
        place.call(&cast.mia, SetTags { thread, tags: tags.to_owned() }).await.unwrap();
    }
    let ann = session(&place, &cast.ann, &["tags", "old", "n", "n", "n", "home", "n", "q"]).await;
    let printed = words(&ann);
    assert!(printed.contains("Hiss.") && printed.contains("Neigh."), "{ann}");
    let (within, rest) = printed.split_once("You are caught up with this tag.").unwrap();
    assert!(!within.contains("Brum.") && !within.contains("fools"), "{ann}");
    assert!(rest.contains("fools"), "from home all the rest is read: {ann}");
}

#[tokio::test]
async fn x2_r7_what_was_found_is_put_in_another_order() {
    let (place, cast) = scene().await;
    write(&place, &cast.bo, cast.thread, "trains trains trains, nothing but trains").await;
    let filler = "and other words that have nothing to do with it at all ".repeat(8);
    write(&place, &cast.bo, cast.thread, &format!("{filler} trains {filler}")).await;
    index_all(&place.service).await.unwrap();
    let ann = session(&place, &cast.ann, &["search trains", "best", "newest", "q"]).await;
    let parts: Vec<&str> = ann.split("Found for trains, ").collect();
    assert_eq!(parts.len(), 4, "{ann}");
    assert!(
        parts[2].starts_with("what fits best first.") && parts[3].starts_with("the newest first."),
        "{ann}"
    );
    let first =
        |part: &str| words(part).split_once("first. ").unwrap().1.chars().take(120).collect::<String>();
    assert!(first(parts[2]).contains("trains trains trains"), "{ann}");
    assert!(!first(parts[3]).contains("trains trains trains"), "{ann}");
}

#[tokio::test]
async fn x2_l2_a_boards_room_is_opened_and_closed_by_those_who_look_after_it() {
    let (place, cast) = scene().await;
    let ann = session(&place, &cast.ann, &["open talk", "room", "b", "rooms", "1", "/close", "/q"]).await;
    assert!(words(&ann).contains("Its host and the staff can open one."), "{ann}");
    assert!(words(&ann).contains("the hall never is."), "{ann}");
    let before = place.call(&cast.ann, ListRooms).await.unwrap().len();
    let mo = session(&place, &cast.mo, &["open talk", "room", "yes", "Hello.", "/q"]).await;
    assert!(words(&mo).contains("This board has no room. Open one?"), "{mo}");
    assert_eq!(place.call(&cast.ann, ListRooms).await.unwrap().len(), before + 1);
    let ann = session(&place, &cast.ann, &["open talk", "room", "/q"]).await;
    assert!(ann.contains("Hello."), "{ann}");
    let mo = session(&place, &cast.mo, &["open talk", "room", "/close", "yes", "q"]).await;
    assert!(words(&mo).contains("The room is closed."), "{mo}");
    assert_eq!(place.call(&cast.ann, ListRooms).await.unwrap().len(), before);
}

#[tokio::test]
async fn x2_l2_keeping_lines_is_proposed_and_answered() {
    let (place, cast) = scene().await;
    session(&place, &cast.bo, &["rooms", "1", "Soup needs time.", "/q"]).await;
    let lines = ["rooms", "1", "And salt.", "/keep many Soup", "/keep 2 Soup for ten", "talk", "/q"];
    let ann = session(&place, &cast.ann, &lines).await;
    assert!(words(&ann).contains("Say how many lines and a title"), "{ann}");
    assert!(words(&ann).contains("Proposed: 2 lines on talk. One person is asked."), "{ann}");
    let bo = session(&place, &cast.bo, &["rooms", "1", "/agree", "/q"]).await;
    assert!(
        words(&bo).contains("ann would keep 1 line as Soup for ten on talk: /agree or /decline."),
        "{bo}"
    );
    assert!(words(&bo).contains("Your lines may be kept."), "{bo}");
}

#[tokio::test]
async fn x2_w5_a_template_is_written_by_those_who_look_after_the_board() {
    let (place, cast) = scene().await;
    let mo =
        session(&place, &cast.mo, &["open talk", "template", "What it is about:", ".", "send", "q"]).await;
    assert!(words(&mo).contains("New threads begin with it."), "{mo}");
    let ann = session(&place, &cast.ann, &["open talk", "template", "w", "Tea", "~p", "~q", "q"]).await;
    assert!(ann.contains("1 What it is about:"), "{ann}");
    assert!(!ann.contains("New threads begin with it."), "{ann}");
}

#[tokio::test]
async fn x2_w2_a_reason_that_breaks_off_is_kept_and_offered_again() {
    let (place, cast) = scene().await;
    let mut mo = Person::sits_down(&place, &cast.mo).await;
    mo.at("home", "open 1.2").await;
    mo.reads("fools").await;
    mo.types("moderate\rwarn\r1\r");
    mo.is_asked("reason, which the member reads").await;
    mo.types("Please be");
    mo.reads("Please be").await;
    mo.vanishes().await;
    assert_eq!(place.call(&cast.mo, ListDrafts).await.unwrap()[0].excerpt, "Please be");
    let lines =
        ["open 1.2", "moderate", "warn", "1", "Please be kind.", "3", "moderate", "warn", "1", "", "1", "q"];
    let mo = session(&place, &cast.mo, &lines).await;
    assert!(words(&mo).contains("Kept from before: Please be reason"), "{mo}");
    assert!(words(&mo).contains("Kept from before: Please be kind. reason"), "{mo}");
    assert!(mo.contains("Done."), "{mo}");
    assert!(place.call(&cast.mo, ListDrafts).await.unwrap().is_empty(), "it is done with");
}

#[tokio::test]
async fn x2_w2_a_line_for_a_room_that_breaks_off_is_kept_and_said_later() {
    let (place, cast) = scene().await;
    let mut ann = Person::sits_down(&place, &cast.ann).await;
    ann.at("home", "rooms").await;
    ann.at("rooms", "1").await;
    ann.is_asked("hall").await;
    ann.types("Good mor");
    ann.reads("Good mor").await;
    ann.vanishes().await;
    assert_eq!(place.call(&cast.ann, ListDrafts).await.unwrap()[0].excerpt, "Good mor");
    let ann = session(&place, &cast.ann, &["rooms", "1", "Here again.", "/say", "/say", "/q"]).await;
    assert!(ann.contains("You had begun to write: Good mor"), "{ann}");
    assert!(ann.contains("Nothing is kept that was not said."), "{ann}");
    assert!(place.call(&cast.ann, ListDrafts).await.unwrap().is_empty());
    let bo = session(&place, &cast.bo, &["rooms", "1", "/q"]).await;
    assert!(bo.contains("ann: Here again.") && bo.contains("ann: Good mor"), "{bo}");
}
