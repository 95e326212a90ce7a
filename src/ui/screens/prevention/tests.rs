//! The fences, over a real community.

#![allow(clippy::unwrap_used)]

use crate::service::cases::scene::Cast;
use crate::ui::capabilities::{Capabilities, ColorDepth};
use crate::ui::harness::Harness;
use crate::ui::route::Route;

/// M6: on with a length and a reason, seen by all, ended with one key.
#[test]
fn m6_calm_is_begun_seen_by_everybody_and_ended_with_one_key() {
    let (live, cast) = Cast::live();
    let mut ann = Harness::live(&live, &cast.ann);
    assert!(!ann.screen().contains("calm"));
    let mut h = Harness::live(&live, &cast.mo);
    assert!(h.keys("gf").screen().contains("Off. c begins it"));
    let screen = h.keys("c<Enter>Many come at once.<Enter>").screen();
    assert!(
        screen.contains("On until 2026-11-22 16:00") && screen.contains("Many come at once."),
        "{screen}"
    );
    let screen = ann.wake().screen();
    assert!(screen.contains("calm until 16:00"), "{screen}");
    let screen = h.keys("c").screen();
    assert!(screen.contains("Off. c begins it"), "{screen}");
    assert!(!ann.wake().screen().contains("calm"), "gone without a key");
}

#[test]
fn m6_a_length_that_is_none_changes_nothing() {
    let (live, cast) = Cast::live();
    let mut h = Harness::live(&live, &cast.mo);
    let screen = h.keys("gfc<Bksp>0<Enter>").screen();
    assert!(screen.contains("from 1 to 72") && screen.contains("Off."), "{screen}");
    let screen = h.keys("c<Enter><Esc>").screen();
    assert!(screen.contains("Off."), "left at the second question: {screen}");
}

#[test]
fn members_are_told_and_it_fits_forty_by_twelve() {
    let (live, cast) = Cast::live();
    let mut h = Harness::live(&live, &cast.ann);
    let screen = h.open(&Route::Prevention).screen();
    assert!(screen.contains("This is for moderators"), "{screen}");
    let plain = Capabilities { colors: ColorDepth::Mono, unicode: false, ..Capabilities::COMMON };
    let mut h = Harness::live_at(&live, &cast.mo, plain, 40, 12);
    let screen = h.keys("gfc<Enter>A flood.<Enter>").screen();
    assert!(screen.is_ascii() && screen.contains("On until") && screen.contains("(calm)"), "{screen}");
    let mut h = Harness::live_at(&live, &cast.mo, Capabilities::COMMON, 160, 50);
    assert!(h.keys("gf").screen().contains("A flood."));
}
