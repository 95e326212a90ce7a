//! Reports of messages (M1, M7): what a participant attaches is all that the staff get to see of a conversation.

#![allow(clippy::unwrap_used)]

use super::scene::{Scene, id};
use super::*;
use crate::domain::ids::MessageId;
use crate::domain::moderation::{ActKind, Deed, Thing, ThingKind};
use crate::service::conversations::{ReadConversation, Sent, tests::start};
use crate::service::logs::{ReadAuditLog, ReadModLog};
use crate::service::moderation::{AboutMe, LookAtThing, Moderate, UndoAct};
use crate::service::notifications::CountNotifications;
use crate::service::{Caller, Error, Result};

/// Of the conversation ann, bo (and perhaps somebody of the staff): its second message, by bo, is the bad one.
async fn talk(scene: &Scene, more: &[&str]) -> (Sent, Thing) {
    let sent = start(&scene.place, &scene.ann, &[&["bo"], more].concat(), "A secret: 1234.").await.unwrap();
    let conversation = sent.conversation;
    for body in ["You are a fool.", "And so is your cat."] {
        let request = crate::service::conversations::WriteMessage { conversation, body: body.to_owned() };
        scene.call(&scene.bo, request).await.unwrap();
    }
    let view = scene.call(&scene.ann, ReadConversation { conversation }).await.unwrap();
    (sent, Thing::Message(view.messages[1].id))
}

fn report(thing: Thing) -> ReportThing {
    ReportThing { thing, rule_no: 2, note: "rude".to_owned() }
}

async fn bodies(scene: &Scene, by: &Caller, sent: &Sent) -> Vec<Option<String>> {
    let view = scene.call(by, ReadConversation { conversation: sent.conversation }).await.unwrap();
    view.messages.into_iter().map(|message| message.body).collect()
}

fn hidden<T: std::fmt::Debug>(answer: Result<T>) {
    assert!(matches!(answer, Err(Error::NotFound(_))), "{answer:?}");
}

#[tokio::test]
async fn m7_staff_see_the_attached_message_and_nothing_else_of_the_conversation() {
    let scene = Scene::new().await;
    let (sent, thing) = talk(&scene, &[]).await;
    for by in [&scene.mo, &scene.sysop] {
        hidden(scene.call(by, ReportForm { thing }).await);
        hidden(scene.call(by, LookAtThing { thing }).await);
        hidden(scene.call(by, report(thing)).await);
    }
    let form = scene.call(&scene.ann, ReportForm { thing }).await.unwrap();
    assert_eq!((form.label.as_str(), form.text.as_str()), ("message", "You are a fool."));
    let case = scene.call(&scene.ann, report(thing)).await.unwrap().case;
    let file = scene.call(&scene.mo, OpenCase { case }).await.unwrap();
    assert_eq!(file.snapshot, "You are a fool.");
    assert!(file.context.is_empty() && file.place.is_none() && file.changed_to.is_none());
    let printed = format!("{file:?}");
    assert!(!printed.contains("1234") && !printed.contains("your cat"), "{printed}");
    hidden(scene.call(&scene.mo, ReadConversation { conversation: sent.conversation }).await);
    let other = Thing::Message(MessageId(thing.id() + 1));
    hidden(scene.call(&scene.mo, LookAtThing { thing: other }).await);
    let kinds: Vec<ActKind> = file.deeds.iter().map(|possible| possible.deed.kind()).collect();
    assert!(
        [ActKind::RemoveMessage, ActKind::Warn, ActKind::Suspend].iter().all(|kind| kinds.contains(kind))
    );
    assert!(kinds[1..].iter().all(|kind| kind.object() == Some(ThingKind::Member)), "{kinds:?}");
}

#[tokio::test]
async fn m1_m3_a_message_is_removed_brought_back_and_the_reporter_learns_the_outcome() {
    let scene = Scene::new().await;
    let (sent, thing) = talk(&scene, &[]).await;
    let case = scene.call(&scene.ann, report(thing)).await.unwrap().case;
    let before = bodies(&scene, &scene.ann, &sent).await;
    let decided =
        scene.call(&scene.mo, scene.decide(case, &[Deed::RemoveMessage, Deed::Warn])).await.unwrap();
    assert!(
        decided.outcome.contains("the message was removed, its author was warned"),
        "{}",
        decided.outcome
    );
    for by in [&scene.ann, &scene.bo] {
        let after = bodies(&scene, by, &sent).await;
        assert_eq!((after[0].is_some(), after[1].is_none(), after[2].is_some()), (true, true, true));
    }
    assert!(scene.call(&scene.ann, CountNotifications).await.unwrap() > 0, "the reporter is told");
    let mine = scene.call(&scene.ann, MyReports).await.unwrap();
    assert_eq!((mine[0].what.as_str(), mine[0].is_news), ("a message by bo", true));
    let told = scene.call(&scene.bo, AboutMe).await.unwrap();
    let notice = format!("{told:?}");
    assert!(notice.contains("Your message in a conversation was removed."), "{notice}");
    let log = scene.call(&scene.bo, ReadModLog::default()).await.unwrap();
    assert_eq!(log.entries.iter().filter(|entry| entry.what == "a message").count(), 1);
    assert!(!format!("{log:?}").contains("You are a fool"), "the mod log tells no text");
    // Undone, it says again what it said, and its words never left the file.
    scene.call(&scene.mo, UndoAct { act: decided.act }).await.unwrap();
    assert_eq!(bodies(&scene, &scene.ann, &sent).await, before);
    scene.call(&scene.mo, scene.decide(case, &[Deed::RemoveMessage])).await.unwrap();
    let again = Moderate { thing, deed: Deed::RestoreMessage, rule_no: 0, reason: "A mistake.".to_owned() };
    scene.call(&scene.mo, again).await.unwrap();
    assert_eq!(bodies(&scene, &scene.bo, &sent).await, before);
}

#[tokio::test]
async fn m4_nobody_judges_a_message_of_their_own_conversation_even_after_leaving_it() {
    let scene = Scene::new().await;
    let (sent, thing) = talk(&scene, &["mo"]).await;
    let case = scene.call(&scene.ann, report(thing)).await.unwrap().case;
    for left in [false, true] {
        if left {
            let leave = crate::service::conversations::LeaveConversation { conversation: sent.conversation };
            scene.call(&scene.mo, leave).await.unwrap();
        }
        assert!(scene.call(&scene.mo, ListQueue).await.unwrap().items.is_empty());
        hidden(scene.call(&scene.mo, OpenCase { case }).await);
        hidden(scene.call(&scene.mo, scene.decide(case, &[Deed::RemoveMessage])).await);
        let act = Moderate { thing, deed: Deed::RemoveMessage, rule_no: 2, reason: "x".to_owned() };
        assert!(scene.call(&scene.mo, act).await.is_err());
    }
    scene.call(&scene.mia, scene.decide(case, &[])).await.unwrap();
    let log = scene.call(&scene.mo, ReadAuditLog::default()).await.unwrap();
    assert!(log.entries.iter().all(|entry| entry.action != "case.dismiss"), "nor reads of it in the log");
    let log = scene.call(&scene.mia, ReadAuditLog::default()).await.unwrap();
    assert!(log.entries.iter().any(|entry| entry.action == "case.dismiss"));
}

#[tokio::test]
async fn a_message_that_is_gone_or_not_shown_to_one_cannot_be_reported() {
    let scene = Scene::new().await;
    let (sent, thing) = talk(&scene, &[]).await;
    let eve = scene.place.regular("eve").await;
    hidden(scene.call(&eve, report(thing)).await);
    assert!(scene.call(&scene.bo, report(thing)).await.is_err(), "one's own");
    let no = crate::domain::ids::MessageNo(2);
    let delete = crate::service::conversations::DeleteMessage { conversation: sent.conversation, no };
    let case = scene.call(&scene.ann, report(thing)).await.unwrap().case;
    scene.call(&scene.bo, delete).await.unwrap();
    let file = scene.call(&scene.mo, OpenCase { case }).await.unwrap();
    assert_eq!((file.snapshot.as_str(), file.now_state), ("You are a fool.", Some("deleted by its author")));
    assert!(file.deeds.iter().all(|possible| possible.deed != Deed::RemoveMessage));
    scene.call(&scene.mo, scene.decide(case, &[Deed::Warn])).await.unwrap();
    let why = scene.call(&scene.ann, report(thing)).await.unwrap_err().to_string();
    assert!(why.contains("no longer there"), "{why}");
    assert_ne!(id(&scene.ann), id(&scene.bo));
}
