//! The wall through the door (L6).
#![allow(clippy::unwrap_used)]

use super::*;
use crate::domain::member::{Level, Role, Standing};
use crate::domain::moderation::{Deed, Thing};
use crate::service::cases::ReportThing;
use crate::service::cases::{ListQueue, OpenCase};
use crate::service::logs::ReadModLog;
use crate::service::moderation::{Moderate, UndoAct};
use crate::service::testing::Place;
use crate::service::{Caller, DomainEvent, Who, upkeep};

async fn write(
    place: &Place,
    who: &Caller,
    text: &str,
) -> crate::service::Result<crate::domain::ids::WallId> {
    place.call(who, WriteOnWall { text: text.to_owned() }).await
}

async fn shown(place: &Place, who: &Caller) -> Vec<String> {
    let view = place.call(who, ReadWall).await.unwrap();
    view.lines.into_iter().map(|line| format!("{}: {}", line.author, line.text)).collect()
}

#[tokio::test]
async fn one_line_a_visit_and_the_newest_stands_first() {
    let mut place = Place::new().await;
    let (alice, bob) = (place.regular("alice").await, place.regular("bob").await);
    write(&place, &alice, "The kettle is\non.").await.unwrap();
    assert_eq!(place.published(), [DomainEvent::WallChanged]);
    place.clock.advance(60);
    write(&place, &bob, "Coming!").await.unwrap();
    let mine = write(&place, &alice, "The kettle is off.").await.unwrap();
    assert_eq!(shown(&place, &bob).await, ["alice: The kettle is off.", "bob: Coming!"]);
    let view = place.call(&alice, ReadWall).await.unwrap();
    assert_eq!((view.this_visit, view.lines[0].mine, view.lines[1].mine), (Some(mine), true, false));
    // Another visit, another line.
    place.clock.advance(3_601);
    assert_eq!(place.call(&alice, ReadWall).await.unwrap().this_visit, None);
    write(&place, &alice, "Evening.").await.unwrap();
    assert_eq!(shown(&place, &bob).await.len(), 3);
}

#[tokio::test]
async fn a_visit_lasts_as_long_as_one_is_here() {
    let place = Place::new().await;
    let alice = place.regular("alice").await;
    let Who::Member(id) = alice.who else { panic!("a member") };
    place.service.presence().enter(id, place.service.now());
    write(&place, &alice, "Morning.").await.unwrap();
    place.clock.advance(5 * 3_600);
    write(&place, &alice, "Still here.").await.unwrap();
    assert_eq!(shown(&place, &alice).await, ["alice: Still here."]);
}

#[tokio::test]
async fn a_line_is_short_and_says_something_and_comes_from_a_member() {
    let mut place = Place::new().await;
    let alice = place.regular("alice").await;
    let error = write(&place, &alice, &"x".repeat(121)).await.unwrap_err();
    assert_eq!(error.to_string(), "The line is 121 characters long; 120 is the most.");
    assert!(write(&place, &alice, " \u{200b}").await.is_err());
    let eve = place.account("eve", Standing::Applied, Level::Newcomer, Role::Member).await;
    assert!(write(&place, &eve, "Hello.").await.is_err());
    assert!(place.call(&eve, ReadWall).await.is_err());
    place.suspend(&alice).await;
    assert!(write(&place, &alice, "Hello.").await.is_err());
    assert!(place.published().is_empty());
}

#[tokio::test]
async fn lines_fade_after_thirty_days_and_upkeep_forgets_them() {
    let place = Place::new().await;
    let alice = place.regular("alice").await;
    write(&place, &alice, "Old.").await.unwrap();
    place.clock.advance(30 * 86_400);
    assert_eq!(shown(&place, &alice).await, ["alice: Old."]);
    upkeep::live_once(&place.service).await.unwrap();
    assert_eq!(shown(&place, &alice).await, ["alice: Old."], "not before its time");
    place.clock.advance(1);
    assert!(shown(&place, &alice).await.is_empty());
    upkeep::live_once(&place.service).await.unwrap();
    place.clock.advance(-10);
    assert!(shown(&place, &alice).await.is_empty(), "it is gone, not only hidden");
}

#[tokio::test]
async fn its_author_takes_a_line_down_and_staff_with_a_reason_on_record() {
    let mut place = Place::new().await;
    let (alice, bob) = (place.regular("alice").await, place.regular("bob").await);
    let moderator = place.moderator("mod").await;
    let line = write(&place, &alice, "Buy my clocks.").await.unwrap();
    place.published();
    assert!(place.call(&bob, TakeOffWall { line }).await.is_err());
    let (thing, deed) = (Thing::Wall(line), Deed::RemoveWall);
    let remove = |reason: &str| Moderate { thing, deed, rule_no: 0, reason: reason.to_owned() };
    assert!(place.call(&bob, remove("no")).await.is_err());
    assert!(place.call(&moderator, remove(" ")).await.is_err(), "a reason is needed");
    assert!(place.published().is_empty() && shown(&place, &bob).await.len() == 1);
    let before = shown(&place, &bob).await;
    let done = place.call(&moderator, remove("By mistake.")).await.unwrap();
    assert!(shown(&place, &bob).await.is_empty());
    place.call(&moderator, UndoAct { act: done.act }).await.unwrap();
    assert_eq!(shown(&place, &bob).await, before, "M3: do and undo");
    place.call(&moderator, remove("An advertisement.")).await.unwrap();
    assert!(shown(&place, &bob).await.is_empty());
    let log = place.call(&bob, ReadModLog::default()).await.unwrap();
    let entry = &log.entries[0];
    assert_eq!((entry.action.as_str(), entry.reason.as_str()), ("wall.remove", "An advertisement."));
    assert_eq!(entry.target.as_deref(), Some("alice"));
    let own = write(&place, &bob, "Mine.").await.unwrap();
    assert!(place.call(&moderator, TakeOffWall { line: own }).await.is_err());
    place.call(&bob, TakeOffWall { line: own }).await.unwrap();
    assert!(shown(&place, &alice).await.is_empty());
}

/// M1: the case keeps what the line said, which may be gone when somebody looks.
#[tokio::test]
async fn m1_a_reported_line_of_the_wall_can_be_judged_when_its_author_took_it_off() {
    let place = Place::new().await;
    let (alice, bob) = (place.regular("alice").await, place.regular("bob").await);
    let moderator = place.moderator("mod").await;
    let line = write(&place, &alice, "Buy my clocks.").await.unwrap();
    let report = |note: &str| ReportThing { thing: Thing::Wall(line), rule_no: 0, note: note.to_owned() };
    assert!(place.call(&alice, report("mine")).await.is_err(), "nobody reports themselves");
    let reported = place.call(&bob, report("Again.")).await.unwrap();
    place.call(&alice, TakeOffWall { line }).await.unwrap();
    let queue = place.call(&moderator, ListQueue).await.unwrap();
    assert_eq!(queue.items.len(), 1);
    let file = place.call(&moderator, OpenCase { case: reported.case }).await.unwrap();
    assert_eq!((file.snapshot.as_str(), file.author.as_str()), ("Buy my clocks.", "alice"));
    assert_eq!((file.now_state, file.label.as_str()), (Some("no longer there"), "line on the wall"));
    assert!(file.deeds.iter().all(|possible| possible.deed != Deed::RemoveWall));
    assert!(file.deeds.iter().any(|possible| possible.deed == Deed::Warn));
}
