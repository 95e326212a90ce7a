//! L6: who was here lately, said coarsely, and not of those who hide it.
#![allow(clippy::unwrap_used)]

use super::*;
use crate::domain::member::{Level, Role, Standing};
use crate::service::members::SetChoice;
use crate::service::testing::Place;
use crate::service::{Caller, Who};

async fn names(place: &Place, who: &Caller) -> Vec<(String, &'static str)> {
    let seen = place.call(who, HereLately).await.unwrap();
    seen.into_iter().map(|seen| (seen.handle, seen.when)).collect()
}

#[tokio::test]
async fn l6_the_last_visitor_stands_first_and_times_are_days() {
    let place = Place::new().await;
    let alice = place.regular("alice").await;
    for (handle, days_ago) in [("long", 40), ("month", 20), ("week", 3), ("yesterday", 1), ("today", 0)] {
        let visitor = place.regular(handle).await;
        place.clock.advance(-days_ago * 86_400 - 3_600);
        place.service.note_visit(&visitor).await;
        place.clock.advance(days_ago * 86_400 + 3_600);
    }
    place.service.note_visit(&alice).await;
    let shown = names(&place, &alice).await;
    let expected =
        [("today", "today"), ("yesterday", "yesterday"), ("week", "this week"), ("month", "this month")];
    assert_eq!(shown, expected.map(|(handle, when)| (handle.to_owned(), when)));
}

#[tokio::test]
async fn l6_who_hides_it_is_invisible_or_here_is_not_named() {
    let place = Place::new().await;
    let alice = place.regular("alice").await;
    for (handle, choice) in [
        ("bob", None),
        ("hidden", Some(("hide_last_seen", "yes"))),
        ("ghost", Some(("presence", "invisible"))),
    ] {
        let visitor = place.regular(handle).await;
        place.service.note_visit(&visitor).await;
        if let Some((name, value)) = choice {
            let choice = SetChoice { name: name.to_owned(), value: value.to_owned() };
            place.call(&visitor, choice).await.unwrap();
        }
    }
    let carol = place.regular("carol").await;
    place.service.note_visit(&carol).await;
    let Who::Member(carol) = carol.who else { panic!("a member") };
    place.service.presence().enter(carol, place.service.now());
    assert_eq!(names(&place, &alice).await, [("bob".to_owned(), "today")]);
    let eve = place.account("eve", Standing::Applied, Level::Newcomer, Role::Member).await;
    assert!(place.call(&eve, HereLately).await.is_err());
}

#[tokio::test]
async fn l6_eight_names_are_enough() {
    let place = Place::new().await;
    let alice = place.regular("alice").await;
    for n in 0..12 {
        let visitor = place.regular(&format!("visitor{n}")).await;
        place.service.note_visit(&visitor).await;
        place.clock.advance(60);
    }
    let shown = names(&place, &alice).await;
    assert_eq!(shown.len(), 8);
    assert_eq!(shown[0].0, "visitor11");
}
