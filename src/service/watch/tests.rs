//! The watch list through the door (M6, M7).

#![allow(clippy::unwrap_used)]

use super::*;
use crate::domain::policy::Denied;
use crate::service::accounts::KeyLine;
use crate::service::cases::scene::{Scene, apply, id};
use crate::service::cases::{ListQueue, OpenCase};
use crate::service::keys::AddCallersKey;
use crate::service::logs::ReadAuditLog;
use crate::service::mine::ShowMyData;
use crate::service::{Caller, ProvedKey, Who};

fn watch_of(who: &Caller, evidence: Option<EvidenceAt>) -> WatchMember {
    WatchMember { member: id(who), reason: "Rude again.".to_owned(), evidence }
}

#[tokio::test]
async fn m6_a_watch_marks_the_queue_with_its_evidence_and_ends_by_itself() {
    let scene = Scene::new().await;
    let case = scene.report(&scene.ann).await.unwrap().case;
    scene.call(&scene.mo, watch_of(&scene.bo, Some(EvidenceAt::Case(case)))).await.unwrap();
    let marked = |queue: cases::Queue| queue.items.iter().map(|item| item.watched).collect::<Vec<_>>();
    assert_eq!(marked(scene.call(&scene.mia, ListQueue).await.unwrap()), [true]);
    let file = scene.call(&scene.mia, OpenCase { case }).await.unwrap();
    assert_eq!(file.marks, ["Watched by mo: Rude again.", "case 1: You are all fools."]);
    let again = scene.call(&scene.mia, watch_of(&scene.bo, None)).await.unwrap_err().to_string();
    assert!(again.contains("watched already, by mo"), "{again}");
    scene.place.clock.advance(WATCH_DAYS * DAY_S - 1);
    assert_eq!(scene.call(&scene.mia, ListWatched).await.unwrap().len(), 1);
    scene.place.clock.advance(1);
    assert!(scene.call(&scene.mia, ListWatched).await.unwrap().is_empty());
    assert_eq!(marked(scene.call(&scene.mia, ListQueue).await.unwrap()), [false]);
    // Begun anew it says nothing of the first one.
    scene.call(&scene.mo, watch_of(&scene.bo, None)).await.unwrap();
    assert!(scene.call(&scene.mia, ListWatched).await.unwrap()[0].evidence.is_empty());
}

#[tokio::test]
async fn m7_nobody_sees_their_own_watch_but_in_their_export() {
    let scene = Scene::new().await;
    scene.call(&scene.mo, watch_of(&scene.mia, None)).await.unwrap();
    let made = scene.call(&scene.mo, ListWatched).await.unwrap()[0].watch.id;
    assert!(scene.call(&scene.mia, ListWatched).await.unwrap().is_empty());
    assert!(scene.call(&scene.mia, EndWatch { watch: made }).await.is_err());
    let denied = scene.call(&scene.mia, watch_of(&scene.mia, None)).await.unwrap_err();
    assert!(matches!(denied, Error::Denied(Denied::OwnThing)), "{denied}");
    assert!(scene.call(&scene.ann, ListWatched).await.is_err());
    let data = scene.call(&scene.mia, ShowMyData).await.unwrap();
    let kept = data.kept.iter().find(|(what, ..)| what.contains("watch")).unwrap();
    assert_eq!(kept.1, 1);
    let log = scene.call(&scene.mo, ReadAuditLog::default()).await.unwrap();
    assert_eq!((log.entries[0].action.as_str(), log.entries[0].target.as_deref()), ("watch.begin", None));
}

#[tokio::test]
async fn m6_an_applicant_from_the_address_of_somebody_who_had_to_go_is_marked() {
    let scene = Scene::new().await;
    let service = &scene.place.service;
    let from = |who: &Caller, at: &str| Caller { network: Some(at.parse().unwrap()), ..who.clone() };
    service.note_visit(&from(&scene.bo, "192.0.2.7")).await;
    let eve = apply(&scene.place, "eve").await;
    let fay = apply(&scene.place, "fay").await;
    service.note_visit(&from(&eve, "192.0.2.7")).await;
    service.note_visit(&from(&fay, "127.0.0.1")).await;
    let marked = |queue: &cases::Queue| {
        queue.items.iter().filter(|item| item.watched).map(|item| item.who.clone()).collect::<Vec<_>>()
    };
    assert!(
        marked(&scene.call(&scene.mo, ListQueue).await.unwrap()).is_empty(),
        "bo is a member like any other"
    );
    scene.place.suspend(&scene.bo).await;
    service.note_visit(&from(&scene.bo, "127.0.0.1")).await;
    let queue = scene.call(&scene.mo, ListQueue).await.unwrap();
    assert_eq!(marked(&queue), ["eve"], "loopback says nothing");
    let Who::Member(member) = eve.who else { panic!("an applicant has an account") };
    let application = queue.items.iter().find_map(|item| match item.kind {
        cases::QueueKind::Application { application, member: who } if who == member => Some(application),
        _ => None,
    });
    let read = ReadApplication { id: application.unwrap() };
    let marks = scene.call(&scene.mo, read).await.unwrap().marks;
    assert_eq!(marks, ["Came from an address of bo, who is suspended."]);
}

fn subject(what: &str) -> WatchSubject {
    WatchSubject { what: what.to_owned(), reason: "Wrote the same to everybody.".to_owned() }
}

const KEY: &str = include_str!("../../../tests/keys/ed25519.pub");

fn proved() -> ProvedKey {
    let key = KeyLine::parse(KEY).unwrap();
    ProvedKey { fingerprint: key.fingerprint, algorithm: key.algorithm, public_key: key.public_key }
}

/// Who bears a mark in the queue, and what is said of those who apply.
async fn marks_of(scene: &Scene) -> (Vec<String>, Vec<String>) {
    let queue = scene.call(&scene.mia, ListQueue).await.unwrap();
    let (mut marked, mut marks) = (Vec::new(), Vec::new());
    for item in queue.items {
        marked.extend(item.watched.then_some(item.who));
        if let cases::QueueKind::Application { application, .. } = item.kind {
            marks.extend(scene.call(&scene.mia, ReadApplication { id: application }).await.unwrap().marks);
        }
    }
    marked.sort();
    marks.sort();
    (marked, marks)
}

/// M6: a key and a network are watched, whoever comes with them; moderators do not learn from where members come.
#[tokio::test]
async fn m6_who_comes_with_a_watched_key_or_from_a_watched_network_is_marked() {
    let mut scene = Scene::new().await;
    let sysop = scene.sysop.clone();
    let proved = proved();
    let fingerprint = proved.fingerprint.clone();
    assert!(
        scene.call(&scene.mo, subject("192.0.2.0/24")).await.is_err(),
        "addresses are the sysop's business"
    );
    for everybodys in ["127.0.0.1", "::1"] {
        let why = scene.call(&sysop, subject(everybodys)).await.unwrap_err().to_string();
        assert!(why.contains("a tunnel or a proxy"), "{why}");
    }
    assert!(scene.call(&scene.ann, subject(&fingerprint)).await.is_err(), "staff only");
    scene.call(&scene.mo, subject(KEY)).await.unwrap();
    let again = scene.call(&scene.mia, subject(&fingerprint)).await.unwrap_err().to_string();
    assert!(again.contains("watched already, by mo"), "{again}");
    scene.call(&sysop, subject("192.0.2.7/24")).await.unwrap();

    // An applicant brings the key, another one comes from the network.
    let eve = apply(&scene.place, "eve").await;
    let fay = apply(&scene.place, "fay").await;
    let eve_with = Caller { key: Some(proved), ..eve.clone() };
    scene.call(&eve_with, AddCallersKey { name: "mine".to_owned() }).await.unwrap();
    let service = std::sync::Arc::clone(&scene.place.service);
    let fay_from = Caller { network: Some("192.0.2.99".parse().unwrap()), ..fay.clone() };
    scene.place.published();
    service.note_visit(&fay_from).await;
    assert!(scene.place.published().contains(&DomainEvent::WatchChanged), "the list is read anew");
    service.note_visit(&Caller { network: Some("198.51.100.1".parse().unwrap()), ..scene.bo.clone() }).await;
    assert!(!scene.place.published().contains(&DomainEvent::WatchChanged));

    let (marked, marks) = marks_of(&scene).await;
    assert_eq!(marked, ["eve", "fay"]);
    assert_eq!(
        marks,
        [
            "Came from an address that sue watches: Wrote the same to everybody.",
            "Has a key that mo watches: Wrote the same to everybody."
        ]
    );
    let came = |watched: &[Watched]| -> Vec<(String, Vec<String>)> {
        let who = |row: &Watched| row.came.iter().map(|came| came.handle.clone()).collect();
        watched.iter().map(|row| (row.name().to_owned(), who(row))).collect()
    };
    let all = scene.call(&sysop, ListWatched).await.unwrap();
    let eves = (fingerprint.clone(), vec!["eve".to_owned()]);
    assert_eq!(came(&all), [eves.clone(), ("192.0.2.0/24".to_owned(), vec!["fay".to_owned()])]);
    let seen = scene.call(&scene.mo, ListWatched).await.unwrap();
    assert_eq!(came(&seen), [eves], "without the network");
    // What a moderator does not see they cannot change; what they see, any of them can.
    assert!(scene.call(&scene.mo, EndWatch { watch: all[1].watch.id }).await.is_err());
    scene.call(&scene.mia, RenewWatch { watch: all[0].watch.id }).await.unwrap();
    scene.call(&scene.mia, EndWatch { watch: all[0].watch.id }).await.unwrap();
    scene.call(&sysop, EndWatch { watch: all[1].watch.id }).await.unwrap();
    assert!(marks_of(&scene).await.0.is_empty());
    // M7: it is in the export of whose key it is.
    let data = scene.call(&eve, ShowMyData).await.unwrap();
    assert_eq!(data.kept.iter().find(|(what, ..)| what.contains("watch")).unwrap().1, 1);
}

/// M6, M7: nobody on the staff reads of a watch on their own key.
#[tokio::test]
async fn m7_a_moderator_does_not_see_a_watch_on_their_own_key() {
    let scene = Scene::new().await;
    let sysop = scene.sysop.clone();
    let fingerprint = proved().fingerprint;
    let mia = Caller { key: Some(proved()), ..scene.mia.clone() };
    scene.call(&mia, AddCallersKey { name: "mine".to_owned() }).await.unwrap();
    assert!(scene.call(&mia, subject(&fingerprint)).await.is_err(), "one's own");
    scene.call(&sysop, subject(&fingerprint)).await.unwrap();
    assert!(scene.call(&mia, ListWatched).await.unwrap().is_empty());
    assert_eq!(scene.call(&scene.mo, ListWatched).await.unwrap().len(), 1);
}
