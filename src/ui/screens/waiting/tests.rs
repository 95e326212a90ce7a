//! One's own posts that wait, over a real community.

#![allow(clippy::unwrap_used)]

use crate::service::cases::scene::Cast;
use crate::service::held::tests::newcomer;
use crate::ui::capabilities::{Capabilities, ColorDepth};
use crate::ui::harness::Harness;
use crate::ui::route::Route;

#[test]
fn m6_what_waits_is_taken_back_and_changed() {
    let (live, cast) = Cast::live();
    let dan = live.block(newcomer(&live.place, &cast.mo, "dan"));
    let mut h = Harness::live(&live, &dan);
    assert!(h.keys("gu").screen().contains("Nothing of yours waits"));
    h.open(&Route::Thread { thread: cast.thread, at: None }).screen();
    h.keys("rShips.<^S>");
    let screen = h.keys("gu").screen();
    assert!(screen.contains("Trains: waits") && screen.contains("you alone"), "{screen}");
    let composer = h.keys("e").screen();
    assert!(composer.contains("reply: Trains") && composer.contains("Ships."), "{composer}");
    // The text is a draft until it is sent again.
    let screen = h.keys("<Esc>").screen();
    assert!(screen.contains("Nothing of yours waits"), "{screen}");
}

#[test]
fn it_fits_forty_by_twelve_in_ascii_and_shows_nobody_elses() {
    let (live, cast) = Cast::live();
    let dan = live.block(newcomer(&live.place, &cast.mo, "dan"));
    let plain = Capabilities { colors: ColorDepth::Mono, unicode: false, ..Capabilities::COMMON };
    let mut h = Harness::live_at(&live, &dan, plain, 40, 12);
    h.open(&Route::Thread { thread: cast.thread, at: None }).screen();
    h.keys("rShips.<^S>");
    let screen = h.keys("gu").screen();
    assert!(screen.is_ascii() && screen.contains("Trains: waits"), "{screen}");
    assert!(h.keys("x").screen().contains("Nothing of yours waits"));
    for (who, columns, rows) in [(&cast.ann, 80, 24), (&cast.mo, 160, 50)] {
        let mut other = Harness::live_at(&live, who, Capabilities::COMMON, columns, rows);
        assert!(other.keys("gu").screen().contains("Nothing of yours waits"));
    }
}
