//! What each log shows to whom.

#![allow(clippy::unwrap_used)]

use super::*;
use crate::domain::board::Audience;
use crate::domain::member::{Level, Role};
use crate::domain::moderation::{ActKind, Deed, NO_RULE, Thing};
use crate::domain::policy::Denied;
use crate::service::Error;
use crate::service::cases::scene::{Scene, write};
use crate::service::moderation::{Moderate, UndoAct};
use crate::service::writing::StartThread;

/// M5: rule and reason and actor on every act.
#[tokio::test]
async fn members_read_rule_reason_and_actor_of_every_act() {
    let scene = Scene::new().await;
    let act = scene.call(&scene.mo, scene.moderate(Deed::RemovePost)).await.unwrap().act;
    scene.call(&scene.mo, UndoAct { act }).await.unwrap();
    let log = scene.call(&scene.ann, ReadModLog::default()).await.unwrap();
    let [undo, removed] = log.entries.as_slice() else { panic!("{log:?}") };
    assert_eq!((removed.kind, removed.is_undo), (Some(ActKind::RemovePost), false));
    assert_eq!(removed.actor.as_deref(), Some("mo"));
    assert_eq!(removed.target.as_deref(), Some("bo"));
    assert_eq!(removed.what, "post #2 in \"Trains\"");
    assert_eq!(removed.rule.as_ref().unwrap().no, 1);
    assert_eq!(removed.reason, "It calls people fools.");
    assert_eq!(removed.detail, "", "details are for staff");
    assert_eq!((undo.kind, undo.is_undo), (Some(ActKind::RemovePost), true));
    assert_eq!(undo.target.as_deref(), Some("bo"));
    assert!(log.next.is_none());
}

/// M5: newcomers' names left out the first time, not the second.
#[tokio::test]
async fn a_newcomers_name_is_left_out_the_first_time() {
    let scene = Scene::new().await;
    let nia = scene.place.member("nia", Level::Newcomer, Role::Member).await;
    let first = write(&scene.place, &nia, scene.thread, "first").await.post;
    let remove = |post| Moderate { thing: Thing::Post(post), ..scene.moderate(Deed::RemovePost) };
    let act = scene.call(&scene.mo, remove(first)).await.unwrap().act;
    scene.call(&scene.mo, UndoAct { act }).await.unwrap();
    scene.place.clock.advance(60);
    scene.call(&scene.mo, remove(first)).await.unwrap();
    let log = scene.call(&scene.ann, ReadModLog::default()).await.unwrap();
    assert_eq!(log.entries.len(), 3, "an undone act does not count as the first");
    for entry in &log.entries {
        assert_eq!((entry.target.as_deref(), entry.place), (None, None), "{entry:?}");
        assert_eq!(entry.what, "a post");
    }
    let own = scene.call(&nia, ReadModLog { before: None, about_me: true }).await.unwrap();
    assert_eq!(own.entries[0].target.as_deref(), Some("nia"), "one sees one's own");
    let staff = scene.call(&scene.mia, ReadAuditLog::default()).await.unwrap();
    assert_eq!(staff.entries[0].target.as_deref(), Some("nia"));

    scene.place.clock.advance(60);
    let second = write(&scene.place, &nia, scene.thread, "second").await.post;
    scene.call(&scene.mo, remove(second)).await.unwrap();
    let log = scene.call(&scene.ann, ReadModLog::default()).await.unwrap();
    assert_eq!(log.entries[0].target.as_deref(), Some("nia"));
}

#[tokio::test]
async fn the_mod_log_gives_no_hidden_title_away() {
    let scene = Scene::new().await;
    let nook = scene.place.board_for("nook", Audience::Staff, Audience::Staff).await;
    let start = StartThread { board: nook, title: "Plans".to_owned(), body: "x".to_owned() };
    let thread = scene.call(&scene.mia, start).await.unwrap().thread;
    let lock = Moderate { thing: Thing::Thread(thread), ..scene.moderate(Deed::LockThread) };
    scene.call(&scene.mo, lock).await.unwrap();
    let member = scene.call(&scene.ann, ReadModLog::default()).await.unwrap();
    let seen = &member.entries[0];
    assert_eq!((seen.what.as_str(), seen.board.as_str(), seen.place), ("a thread", "", None));
    let staff = scene.call(&scene.mo, ReadModLog::default()).await.unwrap();
    assert_eq!(staff.entries[0].what, "thread \"Plans\"");

    scene.call(&scene.mo, scene.moderate(Deed::RemoveThread)).await.unwrap();
    let member = scene.call(&scene.bo, ReadModLog::default()).await.unwrap();
    assert_eq!(member.entries[0].what, "a thread", "a hidden thread's title is hidden, too");
}

#[tokio::test]
async fn the_audit_log_is_for_staff() {
    let scene = Scene::new().await;
    let refused = scene.call(&scene.ann, ReadAuditLog::default()).await;
    assert!(matches!(refused, Err(Error::Denied(Denied::StaffOnly))));
    scene.call(&scene.mo, scene.moderate(Deed::MoveThread(scene.attic))).await.unwrap();
    let log = scene.call(&scene.mia, ReadAuditLog::default()).await.unwrap();
    let (from, to) = (scene.talk, scene.attic);
    assert_eq!(log.entries[0].detail, format!("from={from} to={to}"));
}

#[tokio::test]
async fn pages_follow_each_other_without_gap_or_double() {
    let scene = Scene::new().await;
    let tidy = |deed| Moderate { deed, rule_no: NO_RULE, ..scene.moderate(deed) };
    for _ in 0..30 {
        scene.call(&scene.mo, tidy(Deed::PinThread)).await.unwrap();
        scene.call(&scene.mo, tidy(Deed::UnpinThread)).await.unwrap();
    }
    let mut seen = Vec::new();
    let mut before = None;
    loop {
        let page = scene.call(&scene.ann, ReadModLog { before, about_me: false }).await.unwrap();
        seen.extend(page.entries.iter().map(|entry| entry.id.0));
        before = page.next;
        if before.is_none() {
            break;
        }
    }
    assert_eq!(seen.len(), 60);
    assert!(seen.windows(2).all(|pair| pair[0] > pair[1]), "{seen:?}");
}
