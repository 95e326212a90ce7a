//! The door: a guest joins and writes a first post, line by line.

use super::harness::{Person, session};
use crate::domain::member::Role;
use crate::domain::text::clean_line;
use crate::service::Caller;
use crate::service::accounts::{MakeHostInvite, SetUp};
use crate::service::applications::{AskApplicant, ListApplications};
use crate::service::cases::scene::apply;
use crate::service::members::WhoAmI;
use crate::service::testing::Place;

async fn place() -> Place {
    let place = Place::new().await;
    place.call(&Caller::host(), SetUp).await.unwrap();
    place
}

#[tokio::test]
async fn x2_d4_a_guest_applies() {
    let place = place().await;
    let lines = [
        "members",
        "apply",
        "a",
        "wren",
        "short",
        "an open fire",
        "another",
        "an open fire",
        "an open fire",
        "",
        "maybe",
        "accept",
        "y",
        "a",
        "1",
        "1",
        "I like fires.",
        ".",
        "send",
        "1, 9",
        "two",
        "4 1",
        "Wren, from the market.",
        ".",
        "send",
        "Hello all.",
        ".",
        "1",
        "answer",
        "q",
    ];
    let transcript = session(&place, &Caller::GUEST, &lines).await;
    insta::assert_snapshot!("a_guest_applies", transcript);
    assert!(!transcript.contains("open fire"), "a password is never shown");
}

#[tokio::test]
async fn x2_d3_an_invited_guest_joins_and_writes_a_first_post() {
    let place = place().await;
    let invite =
        place.call(&Caller::host(), MakeHostInvite { role: Role::Member, ttl_s: None }).await.unwrap();
    let code = invite.code.to_string();
    let mut lines = vec!["invite nonsense", "", "i", &code, "wren", "an open fire", "an open fire"];
    lines.extend(["accept"; 5]);
    lines.extend(["", ".", "send", "boards", "general", "w", "Tea", "Who wants some?", ".", "send", "q"]);
    let transcript = session(&place, &Caller::GUEST, &lines).await;
    for words in ["You are invited by the host.", "You are in. Welcome.", "Posted as "] {
        assert!(transcript.contains(words), "{words}: {transcript}");
    }
    // D4: no question why for who was invited.
    assert!(!transcript.contains("What brings you here?"), "{transcript}");
}

#[tokio::test]
async fn x2_d4_a_dropped_line_costs_no_step() {
    let place = place().await;
    let mut person = Person::sits_down(&place, &Caller::GUEST).await;
    for (prompt, line) in [
        ("door", "apply"),
        ("handle", "wren"),
        ("new password", "an open fire"),
        ("once more", "an open fire"),
        ("accept?", "1"),
    ] {
        person.at(prompt, line).await;
    }
    person.reads("Rule 2 of 5").await;
    person.vanishes().await;
    let wren = crate::service::testing::caller(crate::domain::ids::MemberId(1));
    assert_eq!(place.call(&wren, WhoAmI).await.unwrap().handle, "wren");
    let mut person = Person::sits_down(&place, &wren).await;
    person.is_asked("rule 2 of 5, accept?").await;
    person.types("1\r1\r1\r1\rI like fi");
    person.reads("I like fi").await;
    person.vanishes().await;
    let transcript =
        session(&place, &wren, &["res.", "~p", ".", "1", "", ".", "1", "Hello.", ".", "1"]).await;
    assert!(transcript.contains("1 I like fi\n2 res.\n"), "{transcript}");
    assert!(transcript.contains("Your application is with the staff"), "{transcript}");
}

#[tokio::test]
async fn x2_d5_an_applicant_hears_a_question_and_answers() {
    let place = place().await;
    let eve = apply(&place, "eve").await;
    let mo = place.moderator("mo").await;
    let id = place.call(&mo, ListApplications).await.unwrap()[0].id;
    place.call(&mo, AskApplicant { id, question: "What do you build?".to_owned() }).await.unwrap();
    let transcript = session(&place, &eve, &["answer", "Small", "boats.", ".", "send", "q"]).await;
    assert!(transcript.contains("mo asked: What do you build?"), "{transcript}");
    assert!(transcript.contains("Your answer is with the staff."), "{transcript}");
    let asked = place.call(&mo, ListApplications).await.unwrap()[0].questions[0].clone();
    assert_eq!(clean_line(&asked.reply), "Small boats.");
}

/// SAFETY, Transport: memory and time of one session have a bound whatever the client does. A whole line of accents, rubbed
/// out again, is heard a few letters at a time: on this one thread nobody else would come to anything.
#[tokio::test]
async fn others_have_their_turn_while_a_guest_types_and_rubs_out_a_whole_line() {
    let place = place().await;
    let mut guest = Person::sits_down(&place, &Caller::GUEST).await;
    guest.is_asked("door").await;
    let (printed, keys) = (guest.printed_bytes(), "é".repeat(8_190) + &"\x7f".repeat(8_190) + "\t");
    guest.types(&keys);
    let mut turns = 0;
    while guest.printed_bytes() == printed {
        turns += 1;
        assert!(turns < 1_000_000, "it is never heard");
        tokio::task::yield_now().await;
    }
    assert!(turns >= keys.len() / 256, "{turns}");
    assert!(guest.transcript().ends_with(&format!("\u{8} \u{8}{}", " ".repeat(4))), "all of it is gone");
    guest.types("queue\r");
    guest.reads("\"queue\" is nothing that can be typed here.").await;
}

#[tokio::test]
async fn x2_members_places_are_closed_to_guests() {
    let place = place().await;
    let transcript =
        session(&place, &Caller::GUEST, &["n", "queue", "settings", "search tea", "open 1", "q"]).await;
    assert!(!transcript.contains("caught up"), "{transcript}");
    assert!(transcript.contains("\"queue\" is nothing that can be typed here."), "{transcript}");
    assert!(transcript.ends_with("Goodbye. Come back soon.\n"), "{transcript}");
}

#[tokio::test]
async fn x2_d5_a_member_sees_who_is_at_the_door_and_vouches() {
    let place = place().await;
    let eve = apply(&place, "eve").await;
    let (mo, ruth) = (place.moderator("mo").await, place.regular("ruth").await);
    let lines = ["door", "vouch nobody I am", "vouch Eve We mended a boat.", "door", "q"];
    let transcript = session(&place, &ruth, &lines).await;
    for words in
        ["Hello all.", "Nobody with that handle is at the door", "You told the staff: We mended a boat."]
    {
        assert!(transcript.contains(words), "{words}: {transcript}");
    }
    let transcript = session(&place, &mo, &["notifications", "1", "q"]).await;
    assert!(transcript.contains("ruth vouches, just now: We mended a boat."), "{transcript}");
    let transcript = session(&place, &eve, &["hide", "again", "q"]).await;
    assert!(transcript.contains("A member vouches for you."), "{transcript}");
    assert!(transcript.contains("Only the staff see that you are here."), "{transcript}");
    let transcript = session(&place, &ruth, &["door", "q"]).await;
    assert!(transcript.contains("Nobody waits at the door"), "{transcript}");
}
