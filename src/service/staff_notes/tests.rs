//! Staff notes through the door (M7).

#![allow(clippy::unwrap_used)]

use super::*;
use crate::service::Caller;
use crate::service::cases::scene::{Scene, id};
use crate::service::logs::ReadAuditLog;
use crate::service::mine::ExportMine;

async fn write(scene: &Scene, by: &Caller, about: &Caller, body: &str) -> Result<NoteId> {
    scene.call(by, WriteStaffNote { member: id(about), body: body.to_owned() }).await
}

async fn exported(scene: &Scene, who: &Caller) -> String {
    let tar = scene.call(who, ExportMine::default()).await.unwrap().tar;
    String::from_utf8_lossy(&tar).into_owned()
}

#[tokio::test]
async fn m7_a_note_is_the_staffs_and_the_members_own_export() {
    let scene = Scene::new().await;
    let note = write(&scene, &scene.mo, &scene.bo, "Spoke with bo about tone.\u{202e}").await.unwrap();
    let list = async |by: &Caller| scene.call(by, ListStaffNotes { member: id(&scene.bo) }).await;
    let notes = list(&scene.mia).await.unwrap();
    assert_eq!((notes.handle.as_str(), notes.notes[0].body.as_str()), ("bo", "Spoke with bo about tone."));
    for outsider in [&scene.bo, &scene.ann] {
        assert!(list(outsider).await.is_err());
        assert!(scene.call(outsider, TakeOutStaffNote { note }).await.is_err());
    }
    assert!(exported(&scene, &scene.bo).await.contains("Spoke with bo about tone."));
    for other in [&scene.ann, &scene.mo] {
        assert!(!exported(&scene, other).await.contains("Spoke with bo"));
    }
    // Taken out, it stays as history, in the export too.
    scene.call(&scene.mia, TakeOutStaffNote { note }).await.unwrap();
    let notes = list(&scene.mo).await.unwrap().notes;
    assert_eq!(notes[0].remover.as_deref(), Some("mia"));
    assert!(exported(&scene, &scene.bo).await.contains("Spoke with bo about tone."));
    assert!(scene.call(&scene.mo, TakeOutStaffNote { note }).await.is_err(), "once");
}

#[tokio::test]
async fn m7_nobody_on_the_staff_sees_or_writes_notes_about_themselves() {
    let scene = Scene::new().await;
    let note = write(&scene, &scene.mia, &scene.mo, "mo is tired.").await.unwrap();
    assert!(scene.call(&scene.mo, ListStaffNotes { member: id(&scene.mo) }).await.is_err());
    assert!(write(&scene, &scene.mo, &scene.mo, "I am fine.").await.is_err());
    let refused = scene.call(&scene.mo, TakeOutStaffNote { note }).await.unwrap_err();
    assert!(matches!(refused, Error::NotFound("note")), "{refused}");
    assert!(exported(&scene, &scene.mo).await.contains("mo is tired."));
    let log = scene.call(&scene.mo, ReadAuditLog::default()).await.unwrap();
    let row = log.entries.iter().find(|entry| entry.action == "note.write").unwrap();
    assert!(row.target.is_none() && row.reason.is_empty() && row.detail.is_empty(), "{row:?}");
}

#[tokio::test]
async fn m7_a_note_says_something_and_has_an_end() {
    let scene = Scene::new().await;
    for body in [" \u{200b}".to_owned(), "x".repeat(NOTE_CHARS_MAX + 1)] {
        assert!(matches!(write(&scene, &scene.mo, &scene.bo, &body).await, Err(Error::Invalid(_))));
    }
    write(&scene, &scene.mo, &scene.bo, &"x".repeat(NOTE_CHARS_MAX)).await.unwrap();
}
