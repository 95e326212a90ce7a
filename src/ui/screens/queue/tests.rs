//! The queue, over a real community.

#![allow(clippy::unwrap_used)]

use crate::domain::moderation::Deed;
use crate::service::cases::ClaimCase;
use crate::service::cases::scene::Cast;
use crate::ui::capabilities::{Capabilities, ColorDepth};
use crate::ui::harness::Harness;
use crate::ui::route::Route;

#[test]
fn m2_the_queue_says_what_waits_by_whom_and_for_how_long() {
    let (live, cast) = Cast::live();
    live.call(&cast.ann, cast.report_it()).unwrap();
    let mut h = Harness::live(&live, &cast.mo);
    let screen = h.keys("gq").screen();
    assert!(screen.contains("1 case, 0 applications"), "{screen}");
    assert!(screen.contains("post #2 in \"Trains\" by bo"), "{screen}");
    assert!(screen.contains("1x, rule 1"), "{screen}");
}

/// M2: another's claim shows live, and so does a new report.
#[test]
fn m2_claims_and_reports_of_others_show_without_a_key() {
    let (live, cast) = Cast::live();
    let mut h = Harness::live(&live, &cast.mo);
    let screen = h.keys("gq").screen();
    assert!(screen.contains("Nothing waits for you"), "{screen}");
    let case = live.call(&cast.ann, cast.report_it()).unwrap().case;
    h.keys("");
    h.wake();
    assert!(h.screen().contains("Trains"));
    live.call(&cast.mia, ClaimCase { case }).unwrap();
    h.wake();
    assert!(h.screen().contains(" mia"));
    let refused = h.keys("c").screen();
    assert!(refused.contains("mia has claimed this case"), "{refused}");
    live.call(&cast.mia, cast.decide(case, &[Deed::RemovePost])).unwrap();
    h.wake();
    assert!(h.screen().contains("Nothing waits for you"));
}

#[test]
fn c_claims_and_gives_back() {
    let (live, cast) = Cast::live();
    live.call(&cast.ann, cast.report_it()).unwrap();
    let mut h = Harness::live(&live, &cast.mo);
    h.keys("gqc");
    assert!(h.screen().contains(" you"));
    h.keys("c");
    assert!(!h.screen().contains(" you\n"));
}

/// M4: who is part of a case does not see that there is one.
#[test]
fn m4_the_reporter_sees_an_empty_queue() {
    let (live, cast) = Cast::live();
    live.call(&cast.mia, cast.report_it()).unwrap();
    let mut h = Harness::live(&live, &cast.mia);
    assert!(h.keys("gq").screen().contains("Nothing waits for you"));
}

#[test]
fn members_are_neither_shown_the_way_nor_let_in() {
    let (live, cast) = Cast::live();
    let mut h = Harness::live(&live, &cast.ann);
    let places = h.keys("g").screen();
    assert!(
        places.contains("glossary") && !places.contains("queue") && !places.contains("audit"),
        "{places}"
    );
    let screen = h.keys("q").screen();
    assert!(screen.contains("home") && !screen.contains("queue"), "{screen}");
    // Who comes another way is told, and goes back.
    h.keys("gh").open(&Route::Queue);
    let screen = h.screen();
    assert!(screen.contains("This is for moderators"), "{screen}");
    assert!(screen.contains("home") && !screen.contains("queue"), "{screen}");
}

#[test]
fn it_fits_a_small_terminal_in_ascii_and_a_wide_one() {
    let (live, cast) = Cast::live();
    live.call(&cast.ann, cast.report_it()).unwrap();
    let plain = Capabilities { colors: ColorDepth::Mono, unicode: false, ..Capabilities::COMMON };
    let mut h = Harness::live_at(&live, &cast.mo, plain, 40, 12);
    let screen = h.keys("gq").screen();
    assert!(screen.is_ascii(), "{screen}");
    assert!(screen.contains("post #2 in"), "{screen}");
    let mut h = Harness::live_at(&live, &cast.mo, Capabilities::COMMON, 160, 50);
    let screen = h.keys("gq").screen();
    assert!(screen.contains("talk"), "{screen}");
}
