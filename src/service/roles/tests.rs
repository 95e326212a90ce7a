//! Roles through the door, at a clock that stands still.

#![allow(clippy::unwrap_used)]

use super::*;
use crate::domain::member::{Level, Role};
use crate::domain::policy::{Actor, Denied};
use crate::domain::time::DAY_S;
use crate::service::logs::ReadModLog;
use crate::service::members::WhoAmI;
use crate::service::notifications::ListNotifications;
use crate::service::testing::Place;
use crate::service::{Caller, Error, Who};
use crate::store::testing::picture;

fn id(caller: &Caller) -> MemberId {
    let Who::Member(member) = caller.who else { panic!("a member") };
    member
}

struct Scene {
    place: Place,
    sue: Caller,
    mo: Caller,
    ann: Caller,
    bo: Caller,
    host: Duty,
}

async fn scene() -> Scene {
    let place = Place::new().await;
    let sue = place.member("sue", Level::Regular, Role::Sysop).await;
    let mo = place.moderator("mo").await;
    let (ann, bo) = (place.regular("ann").await, place.member("bo", Level::Member, Role::Member).await);
    let host = Duty::Host(place.board("general").await);
    Scene { place, sue, mo, ann, bo, host }
}

async fn take_on(scene: &Scene, by: &Caller, who: &Caller, duty: Duty) {
    let term = scene.place.call(by, OfferRole { member: id(who), duty, days: None }).await.unwrap();
    scene.place.call(who, AnswerOffer { term, accept: true }).await.unwrap();
}

async fn held(scene: &Scene, who: &Caller, duty: Duty) -> Option<RoleState> {
    let lines = scene.place.call(who, ListRoles).await.unwrap();
    lines.into_iter().find(|line| line.mine && line.duty == duty).map(|line| line.state)
}

async fn told(scene: &Scene, who: &Caller, kind: NotificationKind) -> usize {
    let rows = scene.place.call(who, ListNotifications).await.unwrap().rows;
    rows.iter().filter(|row| row.kind == kind).count()
}

#[tokio::test]
async fn p4_a_moderator_is_asked_by_the_sysop_alone_and_works_once_they_accept() {
    let s = scene().await;
    let offer = OfferRole { member: id(&s.ann), duty: Duty::Moderator, days: None };
    let refused = s.place.call(&s.mo, offer).await.unwrap_err();
    assert!(matches!(refused, Error::Denied(Denied::SysopOnly)), "{refused}");
    let term = s.place.call(&s.sue, offer).await.unwrap();
    let role = async || match s.place.call(&s.ann, WhoAmI).await.unwrap().actor {
        Actor::Account { role, .. } => role,
        _ => panic!("a member"),
    };
    assert_eq!(role().await, Role::Member, "an offer gives nothing");
    let unseen =
        async || s.place.call(&s.ann, ListNotifications).await.unwrap().rows.iter().any(|row| row.unseen);
    assert!(unseen().await);
    s.place.call(&s.ann, AnswerOffer { term, accept: true }).await.unwrap();
    assert_eq!(role().await, Role::Moderator);
    assert!(!unseen().await, "what was answered is no news");
    s.place
        .call(&s.ann, EndRole { member: id(&s.ann), duty: Duty::Moderator, reason: String::new() })
        .await
        .unwrap();
    assert_eq!(role().await, Role::Member);
    let log = s.place.call(&s.bo, ReadModLog::default()).await.unwrap().entries;
    let said: Vec<&str> = log.iter().map(|entry| entry.reason.as_str()).collect();
    assert_eq!(said, ["moderator, stepped down", "moderator, until 2027-05-21"]);
}

#[tokio::test]
async fn p4_only_whoever_is_asked_answers_and_only_once() {
    let mut s = scene().await;
    let term = s.place.call(&s.mo, OfferRole { member: id(&s.ann), duty: s.host, days: None }).await.unwrap();
    s.place.published();
    let before = picture(s.place.service.store(), &["role_term", "board", "audit"]).await;
    let accept = AnswerOffer { term, accept: true };
    assert!(s.place.call(&s.bo, accept).await.is_err());
    assert!(s.place.call(&s.mo, accept).await.is_err());
    let again = s.place.call(&s.mo, OfferRole { member: id(&s.ann), duty: s.host, days: None }).await;
    assert!(matches!(again, Err(Error::Conflict(_))));
    assert_eq!(picture(s.place.service.store(), &["role_term", "board", "audit"]).await, before);
    assert!(s.place.published().is_empty());
    s.place.call(&s.ann, AnswerOffer { term, accept: false }).await.unwrap();
    assert!(s.place.call(&s.ann, accept).await.is_err(), "what was declined is not accepted later");
    assert_eq!(told(&s, &s.mo, NotificationKind::RoleAnswered).await, 1);
    let log = s.place.call(&s.bo, ReadModLog::default()).await.unwrap().entries;
    assert!(log.is_empty(), "nobody else reads who said no");
}

#[tokio::test]
async fn p4_newcomers_and_archived_boards_are_not_asked_for() {
    let s = scene().await;
    let nils = s.place.member("nils", Level::Newcomer, Role::Member).await;
    let offer = |member: &Caller, duty, days| OfferRole { member: id(member), duty, days };
    assert!(s.place.call(&s.mo, offer(&nils, s.host, None)).await.is_err());
    assert!(s.place.call(&s.mo, offer(&s.mo, s.host, None)).await.is_err(), "nobody asks themselves");
    assert!(s.place.call(&s.ann, offer(&s.bo, s.host, None)).await.is_err());
    assert!(s.place.call(&s.mo, offer(&s.ann, s.host, Some(0))).await.is_err());
    assert!(s.place.call(&s.mo, offer(&s.ann, s.host, Some(731))).await.is_err());
    let Duty::Host(board) = s.host else { panic!("a host") };
    s.place.archive(board).await;
    assert!(s.place.call(&s.mo, offer(&s.ann, s.host, None)).await.is_err());
}

/// P4: a role that ends is told 14 days before, and ends by the nightly upkeep.
#[tokio::test]
async fn p4_a_term_is_told_before_its_end_and_ends() {
    let s = scene().await;
    take_on(&s, &s.mo, &s.ann, s.host).await;
    let service = &s.place.service;
    s.place.clock.advance(166 * DAY_S - 1);
    assert_eq!(keep_terms(service).await.unwrap(), (0, 0));
    s.place.clock.advance(1);
    assert_eq!(keep_terms(service).await.unwrap(), (0, 1));
    assert_eq!(keep_terms(service).await.unwrap(), (0, 0), "told once");
    assert_eq!(told(&s, &s.ann, NotificationKind::RoleEnding).await, 1);
    s.place.clock.advance(14 * DAY_S - 1);
    assert!(held(&s, &s.ann, s.host).await.is_some());
    assert_eq!(keep_terms(service).await.unwrap(), (0, 0));
    s.place.clock.advance(1);
    assert_eq!(keep_terms(service).await.unwrap(), (1, 0));
    assert_eq!(held(&s, &s.ann, s.host).await, None);
    assert_eq!(told(&s, &s.ann, NotificationKind::RoleEnded).await, 1);
    let log = s.place.call(&s.bo, ReadModLog::default()).await.unwrap().entries;
    assert_eq!(
        (log[0].actor.as_deref(), log[0].reason.as_str()),
        (None, "host of general, the term is over")
    );
}

#[tokio::test]
async fn p4_another_term_begins_where_the_first_ends() {
    let s = scene().await;
    take_on(&s, &s.mo, &s.ann, s.host).await;
    let first = s.place.service.now().plus(180 * DAY_S);
    assert_eq!(held(&s, &s.ann, s.host).await, Some(RoleState::Held { until: Some(first) }));
    s.place.clock.advance(170 * DAY_S);
    take_on(&s, &s.mo, &s.ann, s.host).await;
    let second = first.plus(180 * DAY_S);
    assert_eq!(held(&s, &s.ann, s.host).await, Some(RoleState::Held { until: Some(second) }));
    assert_eq!(told(&s, &s.ann, NotificationKind::RoleEnded).await, 0);
}

/// P4: a board has one host: another one's yes ends the term of the one before, who is told.
#[tokio::test]
async fn p4_a_board_goes_from_one_host_to_the_next() {
    let s = scene().await;
    take_on(&s, &s.mo, &s.ann, s.host).await;
    take_on(&s, &s.mo, &s.bo, s.host).await;
    assert_eq!(held(&s, &s.ann, s.host).await, None);
    assert!(held(&s, &s.bo, s.host).await.is_some());
    assert_eq!(told(&s, &s.ann, NotificationKind::RoleEnded).await, 1);
}

/// P4: what a host may do on their board they may do once they accept, and no longer once it ended.
#[tokio::test]
async fn p4_ending_a_role_needs_a_reason_and_takes_what_it_gave() {
    let s = scene().await;
    take_on(&s, &s.mo, &s.ann, s.host).await;
    let end = |reason: &str| EndRole { member: id(&s.ann), duty: s.host, reason: reason.to_owned() };
    assert!(s.place.call(&s.bo, end("no")).await.is_err());
    assert!(s.place.call(&s.mo, end(" ")).await.is_err(), "a reason that all can read");
    s.place.call(&s.mo, end("moved away")).await.unwrap();
    assert!(matches!(s.place.call(&s.mo, end("again")).await, Err(Error::Conflict(_))));
    let log = s.place.call(&s.bo, ReadModLog::default()).await.unwrap().entries;
    assert_eq!(log[0].reason, "host of general, ended: moved away");
}

/// A board that not everybody sees is named neither in the log nor on the page.
#[tokio::test]
async fn p4_a_hidden_board_stays_hidden() {
    use crate::domain::board::Audience;
    let s = scene().await;
    let den = Duty::Host(s.place.board_for("den", Audience::Regulars, Audience::Regulars).await);
    let offer = OfferRole { member: id(&s.bo), duty: den, days: None };
    assert!(s.place.call(&s.mo, offer).await.is_err(), "bo does not see it");
    take_on(&s, &s.mo, &s.ann, den).await;
    assert!(held(&s, &s.ann, den).await.is_some());
    let lines = s.place.call(&s.bo, ListRoles).await.unwrap();
    assert!(lines.iter().all(|line| line.duty != den));
    let log = s.place.call(&s.bo, ReadModLog::default()).await.unwrap().entries;
    assert_eq!(log[0].reason, "host of a board, until 2027-05-21");
}

/// P4: a champion puts their tag on threads and takes it off, and touches no other tag.
#[tokio::test]
async fn p4_a_champion_curates_their_tag_alone() {
    use crate::service::tags::{ListTags, SetTags};
    use crate::service::writing::StartThread;
    let s = scene().await;
    let Duty::Host(board) = s.host else { panic!("a host") };
    let mut threads = Vec::new();
    for title in ["Oolong", "Kettles"] {
        let (title, body) = (title.to_owned(), "words".to_owned());
        threads.push(s.place.call(&s.ann, StartThread { board, title, body }).await.unwrap().thread);
    }
    let set = |thread, tags: &str| SetTags { thread, tags: tags.to_owned() };
    s.place.call(&s.ann, set(threads[0], "tea water")).await.unwrap();
    let tags = s.place.call(&s.bo, ListTags).await.unwrap();
    let tea = tags.iter().find(|tag| tag.name == "tea").unwrap().id;
    assert!(s.place.call(&s.bo, set(threads[1], "tea")).await.is_err());
    take_on(&s, &s.mo, &s.bo, Duty::Champion(tea)).await;
    assert_eq!(s.place.call(&s.bo, set(threads[1], "tea")).await.unwrap().now, ["tea"]);
    assert_eq!(s.place.call(&s.bo, set(threads[0], "water")).await.unwrap().now, ["water"]);
    assert!(s.place.call(&s.bo, set(threads[0], "tea")).await.is_err(), "water is somebody else's");
    assert!(s.place.call(&s.bo, set(threads[0], "water")).await.is_err(), "nothing of theirs is changed");
}
