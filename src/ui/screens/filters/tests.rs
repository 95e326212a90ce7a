//! The filters, over a real community.

#![allow(clippy::unwrap_used)]

use crate::service::cases::scene::Cast;
use crate::ui::capabilities::{Capabilities, ColorDepth};
use crate::ui::harness::Harness;
use crate::ui::route::Route;

/// M6: made, tried, switched on, met, taken out.
#[test]
fn m6_a_filter_is_made_tried_and_switched_on_by_keys() {
    let (live, cast) = Cast::live();
    let mut h = Harness::live(&live, &cast.mo);
    assert!(h.keys("gff").screen().contains("No filters. n makes one"));
    let screen = h.keys("n1fool fools<Enter>3211").screen();
    assert!(!screen.contains("off refuse"), "a reason is asked for first: {screen}");
    let screen = h.keys("Nobody is a fool here.<Enter>").screen();
    assert!(screen.contains("off refuse: fool fools"), "{screen}");
    let screen = h.keys("s").screen();
    assert!(
        screen.contains("would have met 1 of 2 posts") && screen.contains("You are all fools."),
        "{screen}"
    );
    assert!(h.keys("s").screen().contains("on  refuse: fool fools"));
    let mut bo = Harness::live(&live, &cast.bo);
    bo.open(&Route::Thread { thread: cast.thread, at: None }).screen();
    let screen = bo.keys("rFools, all of you.<^S>").screen();
    assert!(screen.contains("Nobody is a fool here (rule 1") && screen.contains("Fools, all"), "{screen}");
    assert!(h.keys("xy").screen().contains("No filters. n makes one"));
}

/// M6: a note stands beside the text while it is written.
#[test]
fn m6_a_note_shows_beside_the_text() {
    let (live, cast) = Cast::live();
    let mut h = Harness::live(&live, &cast.mo);
    h.keys("gffn1fools<Enter>1211Be kind to fools.<Enter>ss").screen();
    let mut bo = Harness::live(&live, &cast.bo);
    bo.open(&Route::Thread { thread: cast.thread, at: None }).screen();
    assert!(!bo.keys("rFools").screen().contains("Be kind to fools"));
    let screen = bo.ring(1).screen();
    assert!(screen.contains("Be kind to fools. (rule 1)"), "{screen}");
}

#[test]
fn members_are_told_and_it_fits_forty_by_twelve() {
    let (live, cast) = Cast::live();
    let mut h = Harness::live(&live, &cast.ann);
    assert!(h.open(&Route::Filters).screen().contains("This is for moderators"));
    let plain = Capabilities { colors: ColorDepth::Mono, unicode: false, ..Capabilities::COMMON };
    let mut h = Harness::live_at(&live, &cast.mo, plain, 40, 12);
    let screen = h.keys("gffn1fools<Enter>1211Kind.<Enter><Enter>").screen();
    assert!(screen.is_ascii() && screen.contains("note: fools") && screen.contains("1 of 2"), "{screen}");
    let mut h = Harness::live_at(&live, &cast.mo, Capabilities::COMMON, 160, 50);
    assert!(h.keys("gff").screen().contains("note: fools"));
}
