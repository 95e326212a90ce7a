//! The watch list, over a real community.

#![allow(clippy::unwrap_used)]

use crate::service::cases::scene::{Cast, id};
use crate::ui::capabilities::{Capabilities, ColorDepth};
use crate::ui::harness::Harness;
use crate::ui::route::Route;

/// M6, M7: from a case with what was reported, marked in the queue, renewed and ended; all by keys.
#[test]
fn m6_somebody_is_watched_from_a_case_and_the_queue_bears_a_mark() {
    let (live, cast) = Cast::live();
    let case = live.call(&cast.ann, cast.report_it()).unwrap().case;
    let mut h = Harness::live(&live, &cast.mo);
    assert!(h.keys("gW").screen().contains("Nobody is watched."));
    let screen = h.open(&Route::Case(case)).keys("W").screen();
    assert!(screen.contains("in their own export"), "{screen}");
    let screen = h.keys("Rude for the third time.<Enter>").screen();
    assert!(screen.contains("bo, ends") && screen.contains("Rude for the third time."), "{screen}");
    assert!(screen.contains("case 1, added by mo") && screen.contains("You are all fools."), "{screen}");
    assert!(h.open(&Route::Queue).screen().contains("by bo, watched"));
    let screen = h.open(&Route::Case(case)).keys("<End>").screen();
    assert!(screen.contains("Watched by mo: Rude for the third time."), "{screen}");
    live.place.clock.advance(30 * 86_400);
    let screen = h.open(&Route::Watch(None)).keys("r").screen();
    assert!(screen.contains("It goes on for 90 days") && screen.contains("2027-03-22"), "{screen}");
    let screen = h.keys("xy").screen();
    assert!(screen.contains("Nobody is watched."), "{screen}");
}

#[test]
fn members_are_told_and_it_fits_forty_by_twelve() {
    let (live, cast) = Cast::live();
    let mut h = Harness::live(&live, &cast.ann);
    assert!(h.open(&Route::Watch(None)).screen().contains("This is for moderators"));
    let plain = Capabilities { colors: ColorDepth::Mono, unicode: false, ..Capabilities::COMMON };
    let mut h = Harness::live_at(&live, &cast.mo, plain, 40, 12);
    let screen = h.open(&Route::Profile(id(&cast.bo))).keys("WToo many links.<Enter>").screen();
    assert!(screen.is_ascii() && screen.contains("Too many links."), "{screen}");
    let mut h = Harness::live_at(&live, &cast.mo, Capabilities::COMMON, 160, 50);
    assert!(h.keys("gW").screen().contains("mo began it"));
}

/// M6: a key is watched by its fingerprint; the list says who came with it.
#[test]
fn m6_a_key_is_watched_by_all_keys_at_forty_by_twelve() {
    let (live, cast) = Cast::live();
    let fingerprint = format!("SHA256:{}", "a".repeat(43));
    let plain = Capabilities { colors: ColorDepth::Mono, unicode: false, ..Capabilities::COMMON };
    let mut h = Harness::live_at(&live, &cast.mo, plain, 40, 12);
    let screen = h.keys("gWn").screen();
    assert!(screen.contains("Fingerprint, address or network?"), "{screen}");
    let screen = h.keys(&format!("{fingerprint}<Enter>Lent around.<Enter>")).screen();
    assert!(
        screen.contains("key SHA256:aaaaaaaa, ends") && screen.contains("Nobody came with it"),
        "{screen}"
    );
    assert!(
        h.keys("n192.0.2.7<Enter>Many.<Enter>").screen().contains("sysop"),
        "addresses are not a moderator's"
    );
    let screen = h.open(&Route::Watch(None)).keys("xy").screen();
    assert!(screen.contains("Nobody is watched."), "{screen}");
}
