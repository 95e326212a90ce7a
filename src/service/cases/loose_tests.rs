//! Reports of lines, tags and invites (M1): each is a case's thing of its own, with an act and its inverse.

#![allow(clippy::unwrap_used)]

use super::scene::{Scene, id, write};
use super::*;
use crate::domain::ids::{InviteId, LineId, RoomId, TagId};
use crate::domain::moderation::{ActKind, Deed, Thing};
use crate::domain::room::LineKind;
use crate::service::blocks::BlockMember;
use crate::service::invites::{CheckInvite, ListInvites, MakeInvite};
use crate::service::logs::{ReadAuditLog, ReadModLog};
use crate::service::moderation::{AboutMe, LookAtThing, Moderate, UndoAct};
use crate::service::notifications::CountNotifications;
use crate::service::rooms::{DeleteLine, OpenRoom, ReadLine, Say};
use crate::service::tags::{DescribeTag, JoinTag, ListTags, ReadTag, SetTags, ShowTag};
use crate::service::threads::{At, OpenThread};
use crate::service::{Caller, Error, Result};

const THE_HALL: RoomId = RoomId(1);
const HOUR_S: i64 = 60 * 60;

async fn say(scene: &Scene, by: &Caller, text: &str) -> LineId {
    let request = Say { room: THE_HALL, kind: LineKind::Says, text: text.to_owned(), from_field: false };
    let line = scene.call(by, request).await.unwrap();
    scene.place.clock.advance(5);
    line
}

fn report(thing: Thing) -> ReportThing {
    ReportThing { thing, rule_no: 1, note: "See yourself.".to_owned() }
}

fn hidden<T: std::fmt::Debug>(answer: Result<T>) {
    assert!(matches!(answer, Err(Error::NotFound(_))), "{answer:?}");
}

async fn kinds(scene: &Scene, case: crate::domain::ids::CaseId) -> Vec<ActKind> {
    let file = scene.call(&scene.mo, OpenCase { case }).await.unwrap();
    file.deeds.iter().map(|possible| possible.deed.kind()).collect()
}

#[tokio::test]
async fn m1_a_line_comes_to_the_staff_with_what_was_said_around_it() {
    let scene = Scene::new().await;
    for text in ["one", "two", "three", "four", "five"] {
        say(&scene, &scene.ann, text).await;
    }
    let line = say(&scene, &scene.bo, "You fools.").await;
    let last = say(&scene, &scene.ann, "That was not kind.").await;
    let thing = Thing::Line(line);
    let form = scene.call(&scene.ann, ReportForm { thing }).await.unwrap();
    assert_eq!((form.label.as_str(), form.author.as_str()), ("line in a room", "bo"));
    let case = scene.call(&scene.ann, report(thing)).await.unwrap().case;
    // What is said later, edited or deleted changes nothing about it.
    say(&scene, &scene.ann, "Later.").await;
    scene.call(&scene.ann, DeleteLine { line: last }).await.unwrap();
    let file = scene.call(&scene.mo, OpenCase { case }).await.unwrap();
    let around: Vec<(&str, bool)> = file.lines.iter().map(|line| (line.text.as_str(), line.is_it)).collect();
    let before = ["two", "three", "four", "five"].map(|text| (text, false));
    assert_eq!(around[..4], before);
    assert_eq!(around[4..], [("You fools.", true), ("That was not kind.", false)]);
    assert_eq!((file.snapshot.as_str(), file.room, file.now_state), ("You fools.", Some(THE_HALL), None));
    let items = scene.call(&scene.mo, ListQueue).await.unwrap().items;
    assert_eq!((items[0].label.as_str(), items[0].who.as_str()), ("line in a room", "bo"));
}

#[tokio::test]
async fn m1_m3_a_line_is_taken_down_and_brought_back_and_the_reporter_learns_it() {
    let scene = Scene::new().await;
    let line = say(&scene, &scene.bo, "You fools.").await;
    let thing = Thing::Line(line);
    let case = scene.call(&scene.ann, report(thing)).await.unwrap().case;
    let shown = async || scene.call(&scene.ann, ReadLine { line }).await.unwrap().1.unwrap();
    let before = shown().await;
    let done = scene.call(&scene.mo, scene.decide(case, &[Deed::RemoveLine, Deed::Warn])).await.unwrap();
    assert!(done.outcome.contains("the line was taken down, its author was warned"), "{}", done.outcome);
    assert_eq!((shown().await.text.as_str(), shown().await.removed), ("", true));
    assert!(scene.call(&scene.ann, CountNotifications).await.unwrap() > 0, "the reporter is told");
    let mine = scene.call(&scene.ann, MyReports).await.unwrap();
    assert_eq!((mine[0].what.as_str(), mine[0].is_news), ("a line in a room by bo", true));
    let notice = format!("{:?}", scene.call(&scene.bo, AboutMe).await.unwrap());
    assert!(notice.contains("Your line in a room was taken down."), "{notice}");
    let log = scene.call(&scene.ann, ReadModLog::default()).await.unwrap();
    assert!(log.entries.iter().any(|entry| entry.what == "a line in a room" && entry.loose.is_none()));
    assert!(!format!("{log:?}").contains("You fools"), "the mod log tells no text");
    scene.call(&scene.mo, UndoAct { act: done.act }).await.unwrap();
    assert_eq!(shown().await, before, "do and undo: the same state");
    // And by its inverse, which the staff's log leads to.
    scene.call(&scene.mo, scene.decide(case, &[Deed::RemoveLine])).await.unwrap();
    let log = scene.call(&scene.mo, ReadAuditLog::default()).await.unwrap();
    assert!(log.entries.iter().any(|entry| entry.loose == Some(thing)));
    let back = Moderate { thing, deed: Deed::RestoreLine, rule_no: 0, reason: "A mistake.".to_owned() };
    scene.call(&scene.mo, back).await.unwrap();
    assert_eq!(shown().await, before);
}

#[tokio::test]
async fn m1_a_case_about_a_line_outlives_the_line_by_a_day_and_by_its_author() {
    let scene = Scene::new().await;
    let line = say(&scene, &scene.bo, "You fools.").await;
    let thing = Thing::Line(line);
    let case = scene.call(&scene.ann, report(thing)).await.unwrap().case;
    scene.place.clock.advance(25 * HOUR_S);
    let file = scene.call(&scene.mo, OpenCase { case }).await.unwrap();
    assert_eq!((file.snapshot.as_str(), file.changed_to), ("You fools.", None));
    scene.place.clock.advance(-25 * HOUR_S);
    scene.call(&scene.bo, DeleteLine { line }).await.unwrap();
    let file = scene.call(&scene.mo, OpenCase { case }).await.unwrap();
    assert_eq!((file.now_state, file.snapshot.as_str()), (Some("no longer there"), "You fools."));
    assert!(!kinds(&scene, case).await.contains(&ActKind::RemoveLine));
    let done = scene.call(&scene.mo, scene.decide(case, &[Deed::Warn])).await.unwrap();
    scene.call(&scene.mo, UndoAct { act: done.act }).await.unwrap();
    // Who has no case of it finds nothing there.
    hidden(scene.call(&scene.ann, report(thing)).await);
    hidden(scene.call(&scene.mo, LookAtThing { thing: Thing::Line(LineId(99)) }).await);
}

#[tokio::test]
async fn m4_reporter_author_and_whoever_stands_near_do_not_judge_a_line() {
    let scene = Scene::new().await;
    let line = say(&scene, &scene.bo, "You fools.").await;
    let thing = Thing::Line(line);
    assert!(scene.call(&scene.bo, report(thing)).await.is_err(), "one's own");
    let case = scene.call(&scene.mia, report(thing)).await.unwrap().case;
    scene.call(&scene.bo, BlockMember { member: id(&scene.mo), blocked: true }).await.unwrap();
    for by in [&scene.mia, &scene.mo] {
        hidden(scene.call(by, OpenCase { case }).await);
        hidden(scene.call(by, scene.decide(case, &[Deed::RemoveLine])).await);
        assert!(scene.call(by, ListQueue).await.unwrap().items.is_empty());
    }
    let act = Moderate { thing, deed: Deed::RemoveLine, rule_no: 1, reason: "x".to_owned() };
    assert!(scene.call(&scene.mia, act).await.is_err());
    scene.call(&scene.sysop, scene.decide(case, &[Deed::RemoveLine])).await.unwrap();
    let own = say(&scene, &scene.mo, "Mine.").await;
    let act =
        Moderate { thing: Thing::Line(own), deed: Deed::RemoveLine, rule_no: 1, reason: "x".to_owned() };
    assert!(scene.call(&scene.mo, act).await.is_err(), "nobody judges themselves");
}

/// `rust` on ann's thread, and bo in it.
async fn tagged(scene: &Scene) -> TagId {
    scene.call(&scene.ann, SetTags { thread: scene.thread, tags: "silly tea".to_owned() }).await.unwrap();
    let tags = scene.call(&scene.ann, ListTags).await.unwrap();
    let tag = tags.iter().find(|tag| tag.name == "silly").unwrap().id;
    scene.call(&scene.bo, JoinTag { tag, join: true }).await.unwrap();
    scene.call(&scene.bo, ShowTag { tag: Some(tag) }).await.unwrap();
    tag
}

async fn tags_of(scene: &Scene) -> Vec<String> {
    let thread = scene.thread;
    let view = scene.call(&scene.bo, OpenThread { thread, at: At::End }).await.unwrap();
    view.head.tags
}

#[tokio::test]
async fn m1_m3_a_tag_is_taken_away_and_comes_back_as_it_was() {
    let scene = Scene::new().await;
    let tag = tagged(&scene).await;
    let words = "Who laughs at others.".to_owned();
    scene.call(&scene.mo, DescribeTag { tag, words }).await.unwrap();
    let thing = Thing::Tag(tag);
    assert!(scene.call(&scene.ann, report(thing)).await.is_err(), "she made it");
    let case = scene.call(&scene.bo, report(thing)).await.unwrap().case;
    let file = scene.call(&scene.mo, OpenCase { case }).await.unwrap();
    assert_eq!((file.label.as_str(), file.author.as_str()), ("tag #silly", "ann"));
    assert_eq!(file.snapshot, "#silly: Who laughs at others.");
    let page = async || scene.call(&scene.bo, ReadTag { tag }).await;
    let before = page().await.unwrap();
    let done = scene.call(&scene.mo, scene.decide(case, &[Deed::RemoveTag])).await.unwrap();
    assert!(done.outcome.contains("the tag was taken away"), "{}", done.outcome);
    assert_eq!(tags_of(&scene).await, ["tea"]);
    hidden(page().await);
    assert!(scene.call(&scene.bo, ListTags).await.unwrap().iter().all(|row| row.id != tag));
    let again = SetTags { thread: scene.thread, tags: "tea silly".to_owned() };
    let why = scene.call(&scene.ann, again).await.unwrap_err().to_string();
    assert!(why.contains("took the tag #silly away"), "{why}");
    hidden(scene.call(&scene.ann, JoinTag { tag, join: true }).await);
    let notice = format!("{:?}", scene.call(&scene.ann, AboutMe).await.unwrap());
    assert!(notice.contains("Your tag #silly was taken away."), "{notice}");
    scene.call(&scene.mo, UndoAct { act: done.act }).await.unwrap();
    assert_eq!(page().await.unwrap(), before, "who is in it, and by whose handle it stands");
    assert_eq!(tags_of(&scene).await, ["silly", "tea"]);
    // Taken away for longer: the inverse, from the staff's log, once the undo is over.
    scene.call(&scene.mo, scene.decide(case, &[Deed::RemoveTag])).await.unwrap();
    scene.place.clock.advance(HOUR_S);
    let file = scene.call(&scene.mo, LookAtThing { thing }).await.unwrap();
    assert!(file.deeds.iter().any(|possible| possible.deed == Deed::RestoreTag), "{:?}", file.deeds);
    let back = Moderate { thing, deed: Deed::RestoreTag, rule_no: 0, reason: "A mistake.".to_owned() };
    scene.call(&scene.mo, back).await.unwrap();
    assert_eq!(page().await.unwrap(), before);
}

async fn invite(scene: &Scene) -> (crate::domain::invite::InviteCode, InviteId) {
    let made = scene.call(&scene.bo, MakeInvite { note: "For Kim.".to_owned() }).await.unwrap();
    let list = scene.call(&scene.bo, ListInvites).await.unwrap();
    (made.code, list.invites[0].id)
}

#[tokio::test]
async fn m1_an_invite_is_reported_by_its_code_and_ended_by_the_staff() {
    let scene = Scene::new().await;
    let (code, invite) = invite(&scene).await;
    let thing = Thing::Invite(invite);
    // Only the code is the leave to name it: the number tells nobody anything, staff or not.
    for by in [&scene.ann, &scene.bo, &scene.mo, &scene.sysop] {
        hidden(scene.call(by, ReportForm { thing }).await);
        hidden(scene.call(by, LookAtThing { thing }).await);
    }
    let form = scene.call(&scene.ann, InviteReportForm { code: code.clone() }).await.unwrap();
    assert_eq!((form.label.as_str(), form.author.as_str()), ("invite", "bo"));
    let report = || ReportInvite { code: code.clone(), rule_no: 1, note: "For sale.".to_owned() };
    assert!(scene.call(&scene.bo, report()).await.is_err(), "one's own can be taken back");
    let case = scene.call(&scene.ann, report()).await.unwrap().case;
    let file = scene.call(&scene.mo, OpenCase { case }).await.unwrap();
    assert!(file.snapshot.contains("Its note: For Kim.") && file.changed_to.is_none(), "{file:?}");
    assert!(!format!("{file:?}").contains(&code.to_string()), "the code stays with who has it");
    let done =
        scene.call(&scene.mo, scene.decide(case, &[Deed::EndInvite, Deed::TakeInvites])).await.unwrap();
    assert!(done.outcome.contains("the invite was taken back"), "{}", done.outcome);
    let check = async || scene.call(&Caller::GUEST, CheckInvite { code: code.clone() }).await;
    let why = check().await.unwrap_err().to_string();
    assert!(why.contains("taken back"), "{why}");
    assert!(scene.call(&scene.ann, report()).await.is_err(), "nothing is left to report");
    let mine = scene.call(&scene.ann, MyReports).await.unwrap();
    assert_eq!((mine[0].what.as_str(), mine[0].is_news), ("an invite by bo", true));
    scene.call(&scene.mo, UndoAct { act: done.act }).await.unwrap();
    assert_eq!(check().await.unwrap().from.as_deref(), Some("bo"));
    scene.call(&scene.mo, scene.decide(case, &[Deed::EndInvite])).await.unwrap();
    let back = Moderate { thing, deed: Deed::RenewInvite, rule_no: 0, reason: "A mistake.".to_owned() };
    scene.call(&scene.mo, back).await.unwrap();
    assert!(check().await.is_ok());
}

#[tokio::test]
async fn m1_no_code_no_report_and_posts_stay_what_they_were() {
    let scene = Scene::new().await;
    let code = crate::domain::invite::InviteCode::parse("0000-0000-0000-0000").unwrap();
    let why = scene.call(&scene.ann, InviteReportForm { code }).await.unwrap_err().to_string();
    assert!(why.contains("no invite with that code"), "{why}");
    let post = write(&scene.place, &scene.bo, scene.thread, "Again.").await.post;
    let case = scene.call(&scene.ann, report(Thing::Post(post))).await.unwrap().case;
    let found = kinds(&scene, case).await;
    let loose = |kind: &ActKind| kind.object().is_some_and(crate::domain::moderation::ThingKind::is_loose);
    assert!(found.contains(&ActKind::RemovePost) && !found.iter().any(loose), "{found:?}");
    assert!(scene.call(&scene.ann, OpenRoom { room: THE_HALL }).await.unwrap().lines.is_empty());
}
