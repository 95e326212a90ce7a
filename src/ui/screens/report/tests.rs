//! Reporting a post, over a real community.

#![allow(clippy::unwrap_used)]

use crate::domain::ids::PostId;
use crate::domain::moderation::Thing;
use crate::service::cases::scene::Cast;
use crate::service::cases::{ListQueue, OpenCase, QueueKind};
use crate::ui::capabilities::{Capabilities, ColorDepth};
use crate::ui::harness::Harness;
use crate::ui::route::Route;

#[test]
fn m1_a_post_is_reported_with_a_rule_and_a_note() {
    let (live, cast) = Cast::live();
    let mut h = Harness::live(&live, &cast.ann);
    let screen =
        h.open(&Route::Thread { thread: cast.thread, at: Some(crate::domain::ids::PostNo(2)) }).screen();
    assert!(screen.contains("fools"), "{screen}");
    let form = h.keys("!").screen();
    assert!(
        form.contains("Report post #2 in \"Trains\" by bo") && form.contains("2 Nobody is attacked"),
        "{form}"
    );
    let screen = h.keys("2not nice<Enter>").screen();
    assert!(screen.contains("Reported."), "{screen}");
    assert!(screen.contains("fools"), "back where it was reported: {screen}");
    let queue = live.call(&cast.mo, ListQueue).unwrap();
    let QueueKind::Case { case, .. } = queue.items[0].kind else { panic!("a case") };
    let file = live.call(&cast.mo, OpenCase { case }).unwrap();
    assert_eq!((file.reports[0].rule_no, file.reports[0].note.as_str()), (2, "not nice"));
}

#[test]
fn m1_a_member_is_reported_from_the_profile() {
    let (live, cast) = Cast::live();
    let mut h = Harness::live(&live, &cast.ann);
    let bo = crate::service::cases::scene::id(&cast.bo);
    h.open(&Route::Profile(bo)).keys("!1<Enter>");
    assert!(h.screen().contains("Reported."));
    assert_eq!(live.call(&cast.mo, ListQueue).unwrap().items[0].label, "member bo");
}

#[test]
fn what_cannot_be_reported_says_so_and_closes() {
    let (live, cast) = Cast::live();
    let mut h = Harness::live(&live, &cast.bo);
    let screen = h.open(&Route::Report(cast.thing())).screen();
    assert!(screen.contains("That is your own."), "{screen}");
    assert!(!screen.contains("Which rule"), "{screen}");
    let screen = h.open(&Route::Report(Thing::Post(PostId(999)))).screen();
    assert!(screen.contains("no such post"), "{screen}");
}

#[test]
fn a_second_report_is_refused_and_the_note_is_still_there() {
    let (live, cast) = Cast::live();
    live.call(&cast.ann, cast.report_it()).unwrap();
    let mut h = Harness::live(&live, &cast.ann);
    let screen = h.open(&Route::Report(cast.thing())).keys("1once more<Enter>").screen();
    assert!(screen.contains("reported this already") && screen.contains("once more"), "{screen}");
    // Esc goes back to the rules, then closes.
    assert!(h.keys("<Esc>").screen().contains("Which rule"));
    assert!(!h.keys("<Esc>").screen().contains("Which rule"));
}

#[test]
fn it_fits_forty_by_twelve_in_ascii() {
    let (live, cast) = Cast::live();
    let plain = Capabilities { colors: ColorDepth::Mono, unicode: false, ..Capabilities::COMMON };
    let mut h = Harness::live_at(&live, &cast.ann, plain, 40, 12);
    let screen = h.open(&Route::Report(cast.thing())).screen();
    assert!(screen.is_ascii() && screen.contains("5 Keep it lawful"), "{screen}");
    let screen = h.keys("5").screen();
    assert!(screen.contains("A note"), "{screen}");
    assert!(h.cursor.is_some());
}
