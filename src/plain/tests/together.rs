//! What members do with each other: messages, nudges, rooms, the wall, thanks, tags, notifications.

use super::harness::{Person, session};
use crate::service::blocks::ListBlocks;
use crate::service::cases::scene::Cast;
use crate::service::conversations::CountMessages;
use crate::service::drafts::ListDrafts;
use crate::service::notifications::CountNotifications;
use crate::service::testing::Place;

async fn scene() -> (Place, Cast) {
    let place = Place::new().await;
    let cast = Cast::on(&place).await;
    (place, cast)
}

#[tokio::test]
async fn x2_l3_a_message_is_written_read_and_answered() {
    let (place, cast) = scene().await;
    let lines = ["profile bo", "message", "Dear bo,", "tea?", ".", "send", "messages", "1", "q"];
    let ann = session(&place, &cast.ann, &lines).await;
    insta::assert_snapshot!("a_message_is_written", ann);
    assert_eq!(place.call(&cast.bo, CountMessages).await.unwrap(), 1);
    let bo =
        session(&place, &cast.bo, &["messages", "ann", "r", "Yes.", ".", "send", "mute", "b", "q"]).await;
    assert!(bo.contains("ann, just now:\nDear bo,\ntea?"), "{bo}");
    assert!(bo.contains("Muted: it is no longer counted."), "{bo}");
    assert_eq!(place.call(&cast.bo, CountMessages).await.unwrap(), 0);
    assert_eq!(place.call(&cast.ann, CountMessages).await.unwrap(), 1);
    // Nobody else finds anything of it.
    let mia = session(&place, &cast.mia, &["messages", "1", "q"]).await;
    assert!(mia.contains("No conversation yet") && !mia.contains("tea?"), "{mia}");
}

#[tokio::test]
async fn x2_m7_a_message_is_reported_and_its_case_says_what_it_is() {
    let (place, cast) = scene().await;
    session(&place, &cast.bo, &["profile ann", "message", "You fool.", ".", "send", "q"]).await;
    let ann = session(&place, &cast.ann, &["messages", "1", "report 1", "2", "rude", "yes", "q"]).await;
    let words = ann.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.contains("They read nothing else of the conversation. "), "{ann}");
    assert!(ann.contains("Reported."), "{ann}");
    let mo = session(&place, &cast.mo, &["queue", "1", "open", "q"]).await;
    assert!(mo.contains("You fool.") && mo.contains("the staff do not read conversations"), "{mo}");
}

#[tokio::test]
async fn x2_w2_a_message_that_breaks_off_is_kept_and_several_are_written_to_at_once() {
    let (place, cast) = scene().await;
    let mut person = Person::sits_down(&place, &cast.ann).await;
    person.at("home", "messages").await;
    person.at("messages", "write bo mia").await;
    person.reads("Write line by line.").await;
    person.types("To both");
    person.reads("To both").await;
    person.vanishes().await;
    assert_eq!(place.call(&cast.ann, ListDrafts).await.unwrap()[0].excerpt, "To both");
    let ann = session(&place, &cast.ann, &["drafts", "1", "1", "", "of you.", ".", "send", "q"]).await;
    assert!(ann.contains("Sent; messages lists your conversations."), "{ann}");
    for reader in [&cast.bo, &cast.mia] {
        assert_eq!(place.call(reader, CountMessages).await.unwrap(), 1);
    }
}

#[tokio::test]
async fn x2_l7_a_nudge_is_told_between_two_prompts_and_a_block_ends_it() {
    let (place, cast) = scene().await;
    let mut bo = Person::sits_down(&place, &cast.bo).await;
    bo.is_asked("home").await;
    bo.types("wh");
    bo.reads("home> wh").await;
    let ann = session(&place, &cast.ann, &["nudge bo The kettle is on.", "q"]).await;
    assert!(ann.contains("bo can read it now."), "{ann}");
    bo.types("o\r");
    bo.is_asked("members").await;
    let printed = bo.transcript();
    assert!(printed.contains("home> who\n"), "{printed}");
    assert!(printed.contains("ann nudges you: The kettle is on. (messages answers)\nmembers> "), "{printed}");
    bo.types("profile ann\rblock\ryes\rq\r");
    bo.ended().await;
    assert_eq!(place.call(&cast.bo, ListBlocks).await.unwrap().len(), 1);
    let ann = session(&place, &cast.ann, &["nudge bo Again.", "q"]).await;
    assert!(!ann.contains("bo can read it now."), "{ann}");
}

#[tokio::test]
async fn x2_l2_two_talk_in_a_room_and_nothing_breaks_into_a_line() {
    let (place, cast) = scene().await;
    let mut ann = Person::sits_down(&place, &cast.ann).await;
    ann.at("home", "rooms").await;
    ann.at("rooms", "1").await;
    ann.reads("Type a line to say it.").await;
    let mut bo = Person::sits_down(&place, &cast.bo).await;
    bo.at("home", "rooms").await;
    bo.at("rooms", "1").await;
    bo.reads("Type a line to say it.").await;
    // Nothing is typed: it is told at once.
    bo.types("Good morning.\r");
    ann.reads("bo: Good morning.\n".replace('\n', "\r\n").as_str()).await;
    // Something is typed: it waits.
    ann.types("Good mor");
    ann.reads("Good mor").await;
    bo.types("/me yawns\r");
    bo.types("/who\r");
    bo.reads("Here:").await;
    ann.types("ning, bo.\r");
    ann.reads("bo yawns").await;
    let printed = ann.transcript();
    assert!(printed.contains("> Good morning, bo.\n"), "{printed}");
    bo.reads("ann: Good morning, bo.").await;
    ann.types("/edit Good evening, bo.\r/older\r/b\rq\r");
    ann.ended().await;
    bo.types("/h\r/q\r");
    let printed = bo.ended().await;
    assert!(printed.contains("What you type is said."), "{printed}");
    assert!(printed.ends_with("Goodbye. Come back soon.\n"), "{printed}");
}

#[tokio::test]
async fn x2_thanks_tags_keeping_the_wall_and_what_is_for_one() {
    let (place, cast) = scene().await;
    let ann = session(
        &place,
        &cast.ann,
        &[
            "open 1.2",
            "reply",
            "Tea, @bo?",
            ".",
            "send",
            "thanks",
            "keep",
            "tag trains steam",
            "again",
            "kept",
            "1",
            "tags",
            "steam",
            "1",
            "wall",
            "write Tea is ready.",
            "b",
            "away making tea",
            "away back",
            "q",
        ],
    )
    .await;
    insta::assert_snapshot!("thanks_tags_and_the_wall", ann);
    let before = place.call(&cast.bo, CountNotifications).await.unwrap();
    assert!(before > 0);
    let bo = session(
        &place,
        &cast.bo,
        &["notifications", "1", "b", "thanks", "clear", "wall", "remove 1", "yes", "q"],
    )
    .await;
    assert!(bo.contains("1 ann answers you in Trains"), "{bo}");
    assert!(bo.contains("ann thanked you for post 2 in Trains"), "{bo}");
    assert!(bo.contains("Post 3 of 3"), "{bo}");
    assert!(bo.contains("ann, just now: Tea is ready."), "{bo}");
    assert!(!bo.contains("It is off the wall."), "only its author and the staff take it off: {bo}");
    // W4: a third one sees nothing of the thanks.
    let mia = session(&place, &cast.mia, &["open 1.2", "notifications", "q"]).await;
    assert!(!mia.contains("thanked") && !mia.contains("you thank"), "{mia}");
}

/// P3, X2: tags are joined, shown by the handle and left in plain mode, by their names too.
#[tokio::test]
async fn x2_p3_tags_are_joined_shown_and_left() {
    let (place, cast) = scene().await;
    let lines =
        ["open 1.1", "tag trains steam", "tags", "join steam", "show #steam", "1", "show", "unjoin", "q"];
    let ann = session(&place, &cast.ann, &lines).await;
    assert_eq!(ann.matches("You are in it now.").count(), 1, "{ann}");
    assert_eq!(ann.matches("It stands by your handle now.").count(), 2, "{ann}");
    assert!(ann.contains("In it: ann.") && ann.contains("You have left it."), "{ann}");
    let bo = session(&place, &cast.bo, &["tags", "join", "join nothing", "show trains", "show", "q"]).await;
    for words in ["Which tag?", "Join the tag first", "No tag stands by your handle now."] {
        assert!(bo.contains(words), "{words}: {bo}");
    }
    assert!(!bo.contains("You are in it now."), "{bo}");
}
