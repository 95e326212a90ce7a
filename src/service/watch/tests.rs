//! The watch list through the door (M6, M7).

#![allow(clippy::unwrap_used)]

use super::*;
use crate::domain::policy::Denied;
use crate::service::cases::scene::{Scene, apply, id};
use crate::service::cases::{ListQueue, OpenCase};
use crate::service::logs::ReadAuditLog;
use crate::service::mine::ShowMyData;
use crate::service::{Caller, Who};

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
