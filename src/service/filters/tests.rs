//! Filters through the door (M6).

#![allow(clippy::unwrap_used)]

use super::*;
use crate::domain::draft::DraftTarget;
use crate::domain::ids::RoomId;
use crate::domain::member::{Level, Role};
use crate::domain::room::LineKind;
use crate::service::cases::scene::Scene;
use crate::service::cases::{ListQueue, QueueKind};
use crate::service::held::{HandIn, ReadHeld};
use crate::service::logs::{ReadAuditLog, ReadModLog};
use crate::service::members::{EditProfile, ProfileTexts};
use crate::service::rooms::Say;
use crate::service::wall::WriteOnWall;
use crate::service::writing::{EditPost, StartThread, WriteReply};
use crate::service::{Caller, Error};

fn gnomes(action: FilterAction, scope: FilterScope) -> MakeFilter {
    MakeFilter {
        pattern: "gnome gnomes".to_owned(),
        is_words: true,
        action,
        scope,
        board: None,
        reason: "We do not sell here.".to_owned(),
        rule_no: 4,
    }
}

async fn on(scene: &Scene, filter: MakeFilter) -> FilterId {
    let filter = scene.call(&scene.mo, filter).await.unwrap();
    scene.call(&scene.mo, SwitchFilter { filter, on: true }).await.unwrap();
    filter
}

fn reply(scene: &Scene, body: &str) -> WriteReply {
    WriteReply { thread: scene.thread, reply_to: None, body: body.to_owned() }
}

fn refused_by_filter<T: std::fmt::Debug>(result: Result<T>) {
    let words = result.unwrap_err().to_string();
    assert_eq!(words, "We do not sell here (rule 4 of the charter).");
}

#[tokio::test]
async fn m6_a_filter_that_is_off_does_nothing_and_one_that_refuses_says_why_and_which_rule() {
    let scene = Scene::new().await;
    let filter = scene.call(&scene.mo, gnomes(FilterAction::Refuse, FilterScope::All)).await.unwrap();
    let no = scene.call(&scene.bo, reply(&scene, "Gnomes!")).await.unwrap().no;
    scene.call(&scene.mo, SwitchFilter { filter, on: true }).await.unwrap();
    refused_by_filter(scene.call(&scene.bo, reply(&scene, "My GNOMES, cheap.")).await);
    let title = StartThread { board: scene.talk, title: "A gnome".to_owned(), body: "See it.".to_owned() };
    refused_by_filter(scene.call(&scene.bo, title).await);
    let edit = EditPost { thread: scene.thread, no, body: "Gnomes, cheap!".to_owned() };
    refused_by_filter(scene.call(&scene.bo, edit).await);
    let say =
        |text: &str| Say { room: RoomId(1), kind: LineKind::Says, text: text.to_owned(), from_field: false };
    refused_by_filter(scene.call(&scene.bo, say("gnomes here")).await);
    refused_by_filter(scene.call(&scene.bo, WriteOnWall { text: "Gnomes".to_owned() }).await);
    let texts = ProfileTexts {
        zone: "UTC".to_owned(),
        about: "I sell gnomes.".to_owned(),
        ..ProfileTexts::default()
    };
    refused_by_filter(scene.call(&scene.bo, EditProfile { texts }).await);
    // Other words, and staff, go on.
    scene.call(&scene.bo, reply(&scene, "Gnomeland is a park.")).await.unwrap();
    scene.call(&scene.mia, reply(&scene, "No gnomes, please.")).await.unwrap();
    scene.call(&scene.mo, SwitchFilter { filter, on: false }).await.unwrap();
    scene.call(&scene.bo, reply(&scene, "Gnomes again.")).await.unwrap();
}

#[tokio::test]
async fn m6_a_filter_that_holds_puts_the_post_into_the_queue_with_its_reason() {
    let scene = Scene::new().await;
    on(&scene, gnomes(FilterAction::Hold, FilterScope::Newcomers)).await;
    let dan = scene.place.member("dan", Level::Newcomer, Role::Member).await;
    let text = reply(&scene, "A gnome for you.");
    assert!(matches!(scene.call(&dan, text.clone()).await, Err(Error::MustWait(_))));
    scene.call(&dan, HandIn { text: text.clone(), keep_draft: false }).await.unwrap();
    let items = scene.call(&scene.mo, ListQueue).await.unwrap().items;
    let QueueKind::Held { held, .. } = items[0].kind else { panic!("{items:?}") };
    let held = scene.call(&scene.mo, ReadHeld { held }).await.unwrap();
    assert_eq!(held.note, "We do not sell here. (rule 4)");
    scene.call(&scene.bo, text).await.unwrap();
    // Where nothing can wait it is refused.
    scene.place.clock.advance(60);
    refused_by_filter(scene.call(&dan, WriteOnWall { text: "Gnomes".to_owned() }).await);
}

#[tokio::test]
async fn m6_a_note_is_beside_the_text_and_stops_nothing() {
    let scene = Scene::new().await;
    on(&scene, MakeFilter { board: Some(scene.talk), ..gnomes(FilterAction::Note, FilterScope::All) }).await;
    let notes = async |target: DraftTarget, text: &str| {
        scene.call(&scene.bo, NotesOf { target, text: text.to_owned() }).await.unwrap()
    };
    let here = notes(DraftTarget::Reply(scene.thread), "Gnomes").await;
    assert_eq!(here, ["We do not sell here. (rule 4)"]);
    assert!(notes(DraftTarget::Reply(scene.thread), "Ships").await.is_empty());
    assert!(notes(DraftTarget::Board(scene.attic), "Gnomes").await.is_empty(), "on another board");
    scene.call(&scene.bo, reply(&scene, "Gnomes")).await.unwrap();
}

#[tokio::test]
async fn m6_a_dry_run_says_what_the_last_ninety_days_would_have_met() {
    let scene = Scene::new().await;
    scene.call(&scene.bo, reply(&scene, "Old gnomes.")).await.unwrap();
    scene.place.clock.advance(DRY_RUN_DAYS * 86_400);
    let start = StartThread { board: scene.talk, title: "Gnomes".to_owned(), body: "See them.".to_owned() };
    scene.call(&scene.ann, start).await.unwrap();
    scene.call(&scene.bo, reply(&scene, "A gnome, **cheap**.")).await.unwrap();
    scene.call(&scene.mo, reply(&scene, "No gnomes.")).await.unwrap();
    let filter = scene.call(&scene.mo, gnomes(FilterAction::Refuse, FilterScope::All)).await.unwrap();
    let run = scene.call(&scene.mo, TryFilter { filter }).await.unwrap();
    // The first two posts of the scene and the old one are exactly 90 days old: still within. Staff's do not count.
    assert_eq!((run.looked_at, run.count, run.more), (5, 3, false));
    let found: Vec<&str> = run.found.iter().map(|found| found.excerpt.as_str()).collect();
    assert_eq!(found, ["A gnome, cheap.", "See them.", "Old gnomes."]);
    scene.place.clock.advance(1);
    assert_eq!(scene.call(&scene.mo, TryFilter { filter }).await.unwrap().count, 2);
    let newcomers = gnomes(FilterAction::Refuse, FilterScope::Newcomers);
    let filter = scene.call(&scene.mo, newcomers).await.unwrap();
    assert_eq!(scene.call(&scene.mo, TryFilter { filter }).await.unwrap().looked_at, 0);
}

#[tokio::test]
async fn m6_filters_are_the_staffs_and_each_change_is_on_record_for_them() {
    let scene = Scene::new().await;
    let make = gnomes(FilterAction::Refuse, FilterScope::All);
    assert!(matches!(scene.call(&scene.ann, make.clone()).await, Err(Error::Denied(_))));
    assert!(matches!(scene.call(&scene.ann, ListFilters).await, Err(Error::Denied(_))));
    let wrong = |change: fn(&mut MakeFilter)| {
        let mut filter = make.clone();
        change(&mut filter);
        filter
    };
    for filter in [
        wrong(|filter| (filter.pattern, filter.is_words) = ("(".to_owned(), false)),
        wrong(|filter| filter.pattern = "!".to_owned()),
        wrong(|filter| filter.reason = " ".to_owned()),
        wrong(|filter| filter.rule_no = 99),
    ] {
        assert!(matches!(scene.call(&scene.mo, filter).await, Err(Error::Invalid(_))));
    }
    let filter = on(&scene, make).await;
    scene.call(&scene.mia, RemoveFilter { filter }).await.unwrap();
    assert!(scene.call(&scene.mo, ListFilters).await.unwrap().is_empty());
    let log = scene.call(&scene.sysop, ReadAuditLog::default()).await.unwrap();
    let actions: Vec<&str> = log.entries.iter().map(|entry| entry.action.as_str()).take(3).collect();
    assert_eq!(actions, ["filter.remove", "filter.on", "filter.make"]);
    assert_eq!(log.entries[0].detail, "gnome gnomes");
    let public = scene.call(&scene.ann, ReadModLog::default()).await.unwrap();
    assert!(public.entries.iter().all(|entry| !entry.action.starts_with("filter")));
}

/// M6: what was found before the transaction holds inside for the same text and pattern, and for nothing else.
#[tokio::test]
async fn m6_a_filter_that_was_changed_in_between_looks_again() {
    let scene = Scene::new().await;
    on(&scene, gnomes(FilterAction::Refuse, FilterScope::All)).await;
    let board = Some(scene.talk);
    let service = &scene.place.service;
    let finds = async |looked: Looked, text: &str| {
        let mut cx = Cx::<Writes>::begin(service, &scene.bo, scene.place.clock.now()).await.unwrap();
        cx.looked = Some(looked);
        check_words(&mut cx, board, text).await.is_err()
    };
    // Known: it is not looked at once more, whatever it says.
    assert!(finds(Looked::of("Hello.", "gnome gnomes", true, true), "Hello.").await);
    assert!(!finds(Looked::of("A gnome.", "gnome gnomes", true, false), "A gnome.").await);
    // Another text, another pattern, another kind of pattern.
    assert!(finds(Looked::of("Hello.", "gnome gnomes", true, false), "A gnome.").await);
    assert!(finds(Looked::of("A gnome.", "elf", true, false), "A gnome.").await);
    assert!(finds(Looked::of("A gnome.", "gnome gnomes", false, false), "A gnome.").await);
}

/// M6: while a dear pattern is at work over a long text, others write.
#[tokio::test(flavor = "multi_thread")]
async fn m6_what_is_looked_at_is_what_is_checked_and_no_transaction_waits_for_it() {
    let scene = Scene::new().await;
    on(&scene, gnomes(FilterAction::Refuse, FilterScope::All)).await;
    // Somebody else writes, and does not stop: the filters have looked all the same when it is this one's turn.
    let busy = scene.place.service.store().begin_write().await.unwrap();
    let looked = look(&scene.place.service, &scene.bo, "A gnome.".to_owned()).await.unwrap().unwrap();
    drop(busy);
    let mut cx = Cx::<Writes>::begin(&scene.place.service, &scene.bo, scene.place.clock.now()).await.unwrap();
    cx.looked = Some(looked);
    assert!(check_words(&mut cx, None, "A gnome.").await.is_err());
    drop(cx);
    assert!(look(&scene.place.service, &scene.mo, "A gnome.".to_owned()).await.unwrap().is_none(), "staff");
    assert!(look(&scene.place.service, &Caller::GUEST, "A gnome.".to_owned()).await.unwrap().is_none());
    // The text that is looked at is the one that is checked, cleaned and all.
    let thread =
        StartThread { board: scene.talk, title: " A\tgnome ".to_owned(), body: "See\u{7} it. ".to_owned() };
    assert_eq!(thread.filtered_text().unwrap(), "A gnome\nSee it.");
    assert_eq!(
        HandIn { text: reply(&scene, "Gnomes!\n\n"), keep_draft: false }.filtered_text().unwrap(),
        "Gnomes!"
    );
    assert_eq!(WriteOnWall { text: " Gnomes ".to_owned() }.filtered_text().unwrap(), "Gnomes");
}
