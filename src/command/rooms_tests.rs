//! X1: rooms by command.
#![allow(clippy::unwrap_used)]

use serde_json::Value;

use super::tests::{say, say_with};
use super::{DONE, REFUSED, USAGE};
use crate::domain::board::Audience;
use crate::domain::member::{Level, Role, Standing};
use crate::service::Who;
use crate::service::rooms::ArrangeRoom;
use crate::service::testing::Place;

#[tokio::test]
async fn x1_what_is_said_by_command_is_read_by_command() {
    let place = Place::new().await;
    let (alice, bob) = (place.regular("alice").await, place.regular("bob").await);
    let (status, streams) = say(&place, &alice, "room").await;
    assert_eq!((status, streams.out.as_str()), (DONE, "Nobody has said anything today.\n"));
    let (status, streams) = say_with(&place, &alice, "say", "Good morning.\n\n/me waves\n/delete\n").await;
    assert_eq!((status, streams.out.as_str()), (DONE, "Said in hall.\n"), "{}", streams.err);
    let (_, streams) = say(&place, &bob, "room hall").await;
    assert_eq!(streams.out, "12:00 alice: Good morning.\n12:00 * alice waves\n12:00 alice: /delete\n");
    let (_, streams) = say(&place, &bob, "room --json").await;
    let lines: Vec<Value> = streams.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!((lines[1]["kind"].as_str(), lines[1]["body"].as_str()), (Some("does"), Some("waves")));
    assert_eq!((lines[0]["read"].as_bool(), lines[0]["v"].as_i64()), (Some(false), Some(1)));
    let (_, streams) = say(&place, &bob, "rooms").await;
    assert_eq!(streams.out, "hall  3 new    hall\n", "printing marks nothing");
}

#[tokio::test]
async fn x1_a_room_that_is_not_shown_is_not_there() {
    let place = Place::new().await;
    let (alice, moderator) = (place.regular("alice").await, place.moderator("mod").await);
    let board = place.board_for("staff", Audience::Staff, Audience::Staff).await;
    place.call(&moderator, ArrangeRoom { board, open: true }).await.unwrap();
    for line in ["room staff", "room nowhere", "say staff", "say nowhere"] {
        let (status, streams) = say_with(&place, &alice, line, "Hm.").await;
        assert_eq!((status, streams.out.as_str()), (REFUSED, ""), "{line}");
        assert!(streams.err.contains("no such room here"), "{line}: {}", streams.err);
    }
    let (status, _) = say_with(&place, &moderator, "say staff", "Between us.").await;
    assert_eq!(status, DONE);
    let eve = place.account("eve", Standing::Applied, Level::Newcomer, Role::Member).await;
    for line in ["room", "rooms", "say"] {
        assert_eq!(say_with(&place, &eve, line, "Hm.").await.0, REFUSED, "{line}");
    }
}

#[tokio::test]
async fn x1_too_much_or_nothing_is_refused_whole() {
    let place = Place::new().await;
    let alice = place.regular("alice").await;
    let (status, streams) = say_with(&place, &alice, "say", &"Hm.\n".repeat(11)).await;
    assert_eq!(status, REFUSED);
    assert!(streams.err.contains("10 at once"), "{}", streams.err);
    assert_eq!(say_with(&place, &alice, "say", " \n").await.0, REFUSED);
    assert_eq!(say(&place, &alice, "room hall there").await.0, USAGE);
    assert!(say(&place, &alice, "room").await.1.out.contains("Nobody"));
}

/// L1.
#[tokio::test]
async fn x1_who_says_who_is_away() {
    let place = Place::new().await;
    let alice = place.regular("alice").await;
    let Who::Member(id) = alice.who else { panic!("a member") };
    place.service.presence().enter(id, place.service.now());
    place.service.presence().set_away(id, Some("tea".to_owned()));
    let (_, streams) = say(&place, &alice, "who").await;
    assert!(streams.out.contains("away: tea"), "{}", streams.out);
    let (_, streams) = say(&place, &alice, "who --json").await;
    assert!(streams.out.contains("\"away\":\"tea\""), "{}", streams.out);
    place.service.presence().set_invisible(id, true);
    assert!(say(&place, &alice, "who").await.1.out.contains("Nobody"));
}
