//! Members, profiles and choices through the door.

#![allow(clippy::unwrap_used)]

use super::*;
use crate::domain::member::{Level, Role, Standing};
use crate::service::testing::Place;
use crate::service::{DomainEvent, Who};
use crate::store::profiles::ProfileTexts;

fn texts() -> ProfileTexts {
    ProfileTexts {
        zone: "Europe/Berlin".to_owned(),
        plan: "tea\x1b[2J at\nfour".to_owned(),
        ..Default::default()
    }
}

#[tokio::test]
async fn p1_the_list_shows_active_people_and_who_is_here() {
    let place = Place::new().await;
    let alice = place.regular("alice").await;
    let Who::Member(alice_id) = alice.who else { panic!("a member") };
    place.account("eve", Standing::Applied, Level::Newcomer, Role::Member).await;
    place.regular("Bob").await;
    place.service.presence().enter(alice_id, place.service.now());
    let list = place.call(&alice, ListMembers).await.unwrap();
    let shown: Vec<(&str, bool)> = list.iter().map(|m| (m.handle.as_str(), m.here)).collect();
    assert_eq!(shown, [("alice", true), ("Bob", false)]);
}

#[tokio::test]
async fn p1_people_at_the_door_see_no_members() {
    let place = Place::new().await;
    let eve = place.account("eve", Standing::Applied, Level::Newcomer, Role::Member).await;
    assert!(place.call(&eve, ListMembers).await.is_err());
}

#[tokio::test]
async fn p2_a_profile_is_cleaned_when_it_is_stored_and_told_to_others() {
    let mut place = Place::new().await;
    let alice = place.regular("alice").await;
    let Who::Member(id) = alice.who else { panic!("a member") };
    place.call(&alice, EditProfile { texts: texts() }).await.unwrap();
    assert_eq!(place.published(), [DomainEvent::MemberChanged { member: id }]);
    let profile = place.call(&alice, ReadProfile { member: id }).await.unwrap();
    assert_eq!(profile.row.plan, "tea at four");
    assert_eq!(profile.row.zone, "Europe/Berlin");
}

#[tokio::test]
async fn p2_a_zone_that_is_none_is_refused_and_nothing_changes() {
    let mut place = Place::new().await;
    let alice = place.regular("alice").await;
    let wrong = ProfileTexts { zone: "Middle/Earth".to_owned(), ..texts() };
    assert!(place.call(&alice, EditProfile { texts: wrong }).await.is_err());
    assert!(place.published().is_empty());
}

#[tokio::test]
async fn a_hidden_last_visit_is_hidden_from_everybody() {
    let place = Place::new().await;
    let (alice, bob) = (place.regular("alice").await, place.regular("bob").await);
    place.service.note_visit(&alice).await;
    let seen = |list: &[MemberSummary]| list[0].last_seen_at;
    assert!(seen(&place.call(&bob, ListMembers).await.unwrap()).is_some());
    let hide = SetChoice { name: "hide_last_seen".to_owned(), value: "yes".to_owned() };
    place.call(&alice, hide).await.unwrap();
    assert!(seen(&place.call(&bob, ListMembers).await.unwrap()).is_none());
}

#[tokio::test]
async fn a_choice_that_is_none_is_refused() {
    let place = Place::new().await;
    let alice = place.regular("alice").await;
    let odd = SetChoice { name: "colors".to_owned(), value: "plaid".to_owned() };
    assert!(place.call(&alice, odd).await.is_err());
    let unknown = SetChoice { name: "sparkles".to_owned(), value: "yes".to_owned() };
    assert!(place.call(&alice, unknown).await.is_err());
}
