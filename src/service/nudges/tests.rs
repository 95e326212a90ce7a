//! Nudges through the door (L7).

#![allow(clippy::unwrap_used)]

use super::*;
use crate::domain::member::{Level, Role};
use crate::service::blocks::BlockMember;
use crate::service::cases::scene::id;
use crate::service::conversations::{CountMessages, ReadConversation, WriteMessage};
use crate::service::members::SetChoice;
use crate::service::presence::Here;
use crate::service::testing::Place;
use crate::service::{Caller, DomainEvent};

async fn nudge(place: &Place, by: &Caller, to: NudgeTo, text: &str) -> Result<Nudged> {
    place.call(by, SendNudge { to, text: text.to_owned() }).await
}

fn member(who: &Caller) -> NudgeTo {
    NudgeTo::Member(id(who))
}

#[tokio::test]
async fn whoever_is_here_sees_it_and_whoever_is_away_finds_a_message() {
    let mut place = Place::new().await;
    let (ann, bo) = (place.regular("ann").await, place.regular("bo").await);
    let away = nudge(&place, &ann, member(&bo), "Are you there?").await.unwrap();
    assert_eq!((away.seen_by.len(), away.left_for), (0, vec!["bo".to_owned()]));
    assert_eq!(place.call(&bo, CountMessages).await.unwrap(), 1, "it is a message now");
    let here = Here::enter(&place.service, &bo, false);
    place
        .call(&bo, WriteMessage { conversation: away.conversation, body: "Now I am.".to_owned() })
        .await
        .unwrap();
    place.published();
    let sent = nudge(&place, &ann, NudgeTo::Handle("@bo".to_owned()), "Tea is ready.").await.unwrap();
    assert_eq!(sent.seen_by, ["bo"]);
    assert_eq!(sent.conversation, away.conversation);
    let nudged = place.published().into_iter().find_map(|event| match event {
        DomainEvent::Nudged { member, message } => Some((member, message)),
        _ => None,
    });
    let (whom, message) = nudged.unwrap();
    assert_eq!(whom, id(&bo));
    let view = place.call(&bo, ReadNudge { message }).await.unwrap().unwrap();
    assert_eq!((view.author.as_str(), view.text.as_str()), ("ann", "Tea is ready."));
    assert_eq!(
        place.call(&ann, ReadNudge { message }).await.unwrap(),
        None,
        "its author is not nudged by it"
    );
    let see = SeeNudge { conversation: view.conversation, no: view.no };
    place.call(&bo, see).await.unwrap();
    assert_eq!(place.call(&bo, CountMessages).await.unwrap(), 2, "what came before it is still unread");
    drop(here);
}

#[tokio::test]
async fn a_nudge_that_was_shown_is_read_when_nothing_before_it_is_unread() {
    let place = Place::new().await;
    let (ann, bo) = (place.regular("ann").await, place.regular("bo").await);
    let _here = Here::enter(&place.service, &bo, false);
    let sent = nudge(&place, &ann, member(&bo), "Hello?").await.unwrap();
    assert_eq!(place.call(&bo, CountMessages).await.unwrap(), 1);
    place.call(&ann, SeeNudge { conversation: sent.conversation, no: MessageNo(1) }).await.unwrap();
    assert_eq!(place.call(&bo, CountMessages).await.unwrap(), 1, "nobody else's mark counts");
    place.call(&bo, SeeNudge { conversation: sent.conversation, no: MessageNo(1) }).await.unwrap();
    assert_eq!(place.call(&bo, CountMessages).await.unwrap(), 0);
}

#[tokio::test]
async fn a_choice_and_a_block_close_the_same_door_and_a_nudge_opens_no_other() {
    let place = Place::new().await;
    let (ann, bo) = (place.regular("ann").await, place.regular("bo").await);
    let _here = Here::enter(&place.service, &bo, false);
    let choose = |name: &str, value: &str| SetChoice { name: name.to_owned(), value: value.to_owned() };
    place.call(&bo, choose("nudges", "nobody")).await.unwrap();
    let closed = nudge(&place, &ann, member(&bo), "hi").await.unwrap_err().to_string();
    place.call(&bo, choose("nudges", "")).await.unwrap();
    place.call(&bo, BlockMember { member: id(&ann), blocked: true }).await.unwrap();
    assert_eq!(nudge(&place, &ann, member(&bo), "hi").await.unwrap_err().to_string(), closed);
    assert_eq!(nudge(&place, &bo, member(&ann), "hi").await.unwrap_err().to_string(), closed);
    place.call(&bo, BlockMember { member: id(&ann), blocked: false }).await.unwrap();
    place.call(&bo, choose("messages", "nobody")).await.unwrap();
    let sent = nudge(&place, &ann, member(&bo), "hi").await.unwrap();
    let more = WriteMessage { conversation: sent.conversation, body: "at length".to_owned() };
    assert!(place.call(&ann, more).await.is_err(), "a nudge does not open what the choice keeps closed");
}

#[tokio::test]
async fn whoever_is_on_duty_is_the_staff_here_or_all_of_them() {
    let place = Place::new().await;
    let mo = place.moderator("mo").await;
    let mia = place.moderator("mia").await;
    let nell = place.member("nell", Level::Newcomer, Role::Member).await;
    let bo = place.regular("bo").await;
    assert!(nudge(&place, &nell, member(&bo), "hi").await.is_err(), "a newcomer begins with nobody else");
    let away = nudge(&place, &nell, NudgeTo::OnDuty, "How do I leave?").await.unwrap();
    assert_eq!(away.left_for, ["mia", "mo"]);
    for staff in [&mo, &mia] {
        assert_eq!(place.call(staff, CountMessages).await.unwrap(), 1);
    }
    let _here = Here::enter(&place.service, &mo, false);
    let here = nudge(&place, &nell, NudgeTo::OnDuty, "Anybody?").await.unwrap();
    assert_eq!((here.seen_by, here.left_for.len()), (vec!["mo".to_owned()], 0));
    assert_eq!(place.call(&mia, CountMessages).await.unwrap(), 1);
    let view = place.call(&nell, ReadConversation { conversation: here.conversation }).await.unwrap();
    assert_eq!(view.head.people.len(), 2);
    assert_eq!(place.call(&bo, CountMessages).await.unwrap(), 0);
}

#[tokio::test]
async fn nudges_are_few_and_short() {
    let place = Place::new().await;
    let (ann, bo) = (place.regular("ann").await, place.regular("bo").await);
    assert!(nudge(&place, &ann, member(&bo), " ").await.is_err());
    assert!(nudge(&place, &ann, member(&bo), &"x".repeat(201)).await.is_err());
    assert!(nudge(&place, &ann, member(&ann), "me").await.is_err());
    for _ in 0..5 {
        nudge(&place, &ann, member(&bo), "psst").await.unwrap();
    }
    let why = nudge(&place, &ann, member(&bo), "psst").await.unwrap_err();
    assert!(matches!(why, Error::TooSoon { .. }), "{why}");
    place.clock.advance(601);
    nudge(&place, &ann, member(&bo), "psst").await.unwrap();
}
