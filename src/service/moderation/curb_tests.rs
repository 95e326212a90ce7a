//! What is taken from a member and given back (M3): it bites at the next request, says until when and why, and loses
//! no word.

#![allow(clippy::unwrap_used)]

use super::*;
use crate::domain::draft::DraftTarget;
use crate::domain::ids::RoomId;
use crate::domain::moderation::{Deed, SuspendFor};
use crate::domain::policy::Denied;
use crate::domain::room::LineKind;
use crate::service::cases::scene::{Scene, id};
use crate::service::conversations::StartConversation;
use crate::service::drafts::{LoadDraft, SaveDraft};
use crate::service::invites::MakeInvite;
use crate::service::logs::{ReadAuditLog, ReadModLog};
use crate::service::rooms::Say;
use crate::service::writing::WriteReply;
use crate::service::{DomainEvent, Error, Result};
use crate::store::testing;

fn reply(scene: &Scene) -> WriteReply {
    WriteReply { thread: scene.thread, reply_to: None, body: "But!".to_owned() }
}

async fn curbed<T: std::fmt::Debug>(result: Result<T>, why: Denied) -> String {
    match result {
        Err(Error::Curbed { denied, words }) if denied == why => words,
        other => panic!("{other:?} instead of {why:?}"),
    }
}

/// M5: at the next key, in a session that goes on.
#[tokio::test]
async fn m3_read_only_bites_at_the_next_request_and_says_until_when_and_why() {
    let mut scene = Scene::new().await;
    scene.up_the_ladder(&scene.place).await;
    let target = DraftTarget::Reply(scene.thread);
    let draft =
        SaveDraft { target: target.clone(), title: String::new(), body: "But!".to_owned(), reply_to: None };
    scene.call(&scene.bo, draft).await.unwrap();
    scene.place.published();
    let hours = Deed::ReadOnly(SuspendFor::Hours24);
    scene.call(&scene.mo, scene.moderate(hours)).await.unwrap();
    assert!(scene.place.published().contains(&DomainEvent::MemberChanged { member: id(&scene.bo) }));
    let words = curbed(scene.call(&scene.bo, reply(&scene)).await, Denied::OnlyReads).await;
    assert!(words.contains("until 20") && words.contains("rule 1") && words.contains("kept"), "{words}");
    assert!(words.ends_with("g o, then m shows why, and a there appeals."), "{words}");
    let kept = scene.call(&scene.bo, LoadDraft { target }).await.unwrap().unwrap();
    assert_eq!(kept.body, "But!");
    let line = Say { room: RoomId(1), kind: LineKind::Says, text: "x".to_owned(), from_field: false };
    curbed(scene.call(&scene.bo, line).await, Denied::OnlyReads).await;
    // They acknowledge it like a warning, and go on reading.
    assert_eq!(scene.call(&scene.bo, MyWarnings).await.unwrap().len(), 1);
    let open =
        crate::service::threads::OpenThread { thread: scene.thread, at: crate::service::threads::At::End };
    scene.call(&scene.bo, open).await.unwrap();
    scene.place.clock.advance(24 * 60 * 60);
    scene.call(&scene.bo, reply(&scene)).await.unwrap();
}

#[tokio::test]
async fn m3_the_rights_to_invite_and_to_send_messages_are_taken_and_given_back() {
    let scene = Scene::new().await;
    let invite = || MakeInvite { note: String::new() };
    scene.call(&scene.mo, scene.moderate(Deed::TakeInvites)).await.unwrap();
    let words = curbed(scene.call(&scene.bo, invite()).await, Denied::NoInvites).await;
    assert!(words.contains("until the staff give it back") && words.contains("rule 1"), "{words}");
    scene.call(&scene.bo, reply(&scene)).await.unwrap();
    scene.call(&scene.mo, scene.moderate(Deed::GiveInvites)).await.unwrap();
    scene.call(&scene.bo, invite()).await.unwrap();

    let message = |to: &str| StartConversation {
        to: vec![to.to_owned()],
        title: String::new(),
        body: "Psst.".to_owned(),
        draft: None,
    };
    scene.call(&scene.mo, scene.moderate(Deed::TakeMessages)).await.unwrap();
    curbed(scene.call(&scene.bo, message("ann")).await, Denied::NoMessages).await;
    scene.call(&scene.mo, scene.moderate(Deed::GiveMessages)).await.unwrap();
    scene.call(&scene.bo, message("ann")).await.unwrap();
}

/// A nudge is between the staff and the member: nobody else reads of it.
#[tokio::test]
async fn m3_a_kind_word_is_private_and_no_sanction() {
    let scene = Scene::new().await;
    let mut word = scene.moderate(Deed::Nudge);
    word.rule_no = 0;
    word.reason = "Ann meant well.".to_owned();
    scene.call(&scene.mo, word).await.unwrap();
    let words = scene.call(&scene.bo, MyWarnings).await.unwrap();
    assert_eq!(words[0].notice[0], "A word from the staff, about your post #2 in \"Trains\".");
    assert_eq!(words[0].notice[1], "Ann meant well.");
    assert!(scene.call(&scene.ann, ReadModLog::default()).await.unwrap().entries.is_empty());
    assert!(!scene.call(&scene.mia, ReadAuditLog::default()).await.unwrap().entries.is_empty());
    scene.call(&scene.bo, reply(&scene)).await.unwrap();
}

#[tokio::test]
async fn m3_a_longer_time_replaces_a_shorter_one_and_never_the_other_way() {
    let scene = Scene::new().await;
    scene.up_the_ladder(&scene.place).await;
    let only_reads = |term| scene.moderate(Deed::ReadOnly(term));
    scene.call(&scene.mo, only_reads(SuspendFor::Hours72)).await.unwrap();
    for term in [SuspendFor::Hours24, SuspendFor::Hours72] {
        let refused = scene.call(&scene.mo, only_reads(term)).await;
        assert!(matches!(refused, Err(Error::Conflict(_))), "{refused:?}");
    }
    scene.call(&scene.mo, only_reads(SuspendFor::Hours168)).await.unwrap();
    scene.place.clock.advance(7 * 24 * 60 * 60);
    // What is over counts for nothing: a day can be given again.
    scene.call(&scene.mo, only_reads(SuspendFor::Hours24)).await.unwrap();
}

#[tokio::test]
async fn m3_a_removed_member_is_told_why_at_the_door_and_can_be_let_back_in() {
    let scene = Scene::new().await;
    let refused = scene.call(&scene.sysop, scene.moderate(Deed::RemoveMember)).await;
    assert!(matches!(refused, Err(Error::Denied(Denied::NeedsSecond))), "{refused:?}");
    testing::dismiss_staff_but(scene.place.service.store(), id(&scene.sysop)).await;
    scene.call(&scene.sysop, scene.moderate(Deed::RemoveMember)).await.unwrap();
    let refused = scene.call(&scene.bo, reply(&scene)).await;
    assert!(matches!(refused, Err(Error::Denied(Denied::NoLongerMember))), "{refused:?}");
    let told = scene.call(&scene.bo, MySanction).await.unwrap().unwrap();
    assert_eq!(told.notice[0], "You are no longer a member here.");
    assert_eq!(told.reason, "It calls people fools.");
    scene.call(&scene.sysop, scene.moderate(Deed::Readmit)).await.unwrap();
    scene.call(&scene.bo, reply(&scene)).await.unwrap();
}
