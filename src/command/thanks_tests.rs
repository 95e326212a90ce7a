//! W4: what commands print is the same byte for byte for a third member, with thanks and without.

#![allow(clippy::unwrap_used)]

use super::tests::say;
use crate::domain::ids::PostNo;
use crate::service::testing::Place;
use crate::service::thanks::{GiveThanks, TakeBackThanks};
use crate::service::writing::StartThread;

#[tokio::test]
async fn a_third_member_learns_nothing_of_thanks_from_any_command() {
    let place = Place::new().await;
    let (alice, bob) = (place.regular("alice").await, place.regular("bob").await);
    let (cleo, mo) = (place.regular("cleo").await, place.moderator("mo").await);
    let board = place.board("general").await;
    let start = StartThread { board, title: "Kettles".to_owned(), body: "Which one sings?".to_owned() };
    let thread = place.call(&bob, start).await.unwrap().thread;
    let lines = [
        "whoami",
        "boards",
        "threads general",
        "read 1",
        "read 1.1",
        "unread",
        "members",
        "who",
        "queue",
        "search sings",
        "help",
    ];
    let mut before = Vec::new();
    for other in [&cleo, &mo] {
        for line in lines {
            for line in [line.to_owned(), format!("{line} --json")] {
                let (status, streams) = say(&place, other, &line).await;
                before.push((line, status, streams.out, streams.err));
            }
        }
    }
    assert!(before.iter().any(|(line, _, out, _)| line == "read 1" && out.contains("sings")));
    place.call(&alice, GiveThanks { thread, no: PostNo(1) }).await.unwrap();
    let mut then = Vec::new();
    for other in [&cleo, &mo] {
        for line in lines {
            for line in [line.to_owned(), format!("{line} --json")] {
                let (status, streams) = say(&place, other, &line).await;
                then.push((line, status, streams.out, streams.err));
            }
        }
    }
    assert_eq!(then, before);
    place.call(&alice, TakeBackThanks { thread, no: PostNo(1) }).await.unwrap();
}
