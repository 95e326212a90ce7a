//! Staff notes, over a real community.

#![allow(clippy::unwrap_used)]

use crate::service::cases::scene::{Cast, id};
use crate::ui::capabilities::{Capabilities, ColorDepth};
use crate::ui::harness::Harness;
use crate::ui::route::Route;

/// M7: the screen says while typing that the member can read it.
#[test]
fn m7_a_note_is_written_from_the_profile_and_says_who_will_read_it() {
    let (live, cast) = Cast::live();
    let mut h = Harness::live(&live, &cast.mo);
    h.open(&Route::Profile(id(&cast.bo)));
    assert!(h.keys("N").screen().contains("No notes. n writes one"));
    let screen = h.keys("n").screen();
    assert!(screen.contains("bo reads it in their own export"), "{screen}");
    let screen = h.keys("Spoke about tone.<Enter>").screen();
    assert!(screen.contains("mo, just now: Spoke about tone."), "{screen}");
    assert!(h.keys("<Esc>").screen().contains("1 (N"), "{}", h.screen());
    let screen = h.keys("Nx").screen();
    assert!(screen.contains("taken out") && screen.contains("Taken out by mo"), "{screen}");
}

#[test]
fn m7_members_and_the_one_concerned_are_not_let_in() {
    let (live, cast) = Cast::live();
    for who in [&cast.ann, &cast.bo] {
        let mut h = Harness::live(&live, who);
        h.open(&Route::Profile(id(&cast.bo)));
        assert!(!h.keys("N").screen().contains("notes"));
        assert!(h.open(&Route::StaffNotes(id(&cast.bo))).screen().contains("moderators"));
    }
    let mut h = Harness::live(&live, &cast.mo);
    assert!(h.open(&Route::StaffNotes(id(&cast.mo))).screen().contains("your own"));
}

#[test]
fn it_fits_forty_by_twelve_in_ascii_and_a_wide_terminal() {
    let (live, cast) = Cast::live();
    let plain = Capabilities { colors: ColorDepth::Mono, unicode: false, ..Capabilities::COMMON };
    let mut h = Harness::live_at(&live, &cast.mo, plain, 40, 12);
    h.open(&Route::StaffNotes(id(&cast.bo)));
    let screen = h.keys("nSpoke about tone.<Enter>").screen();
    assert!(screen.is_ascii() && screen.contains("Spoke about tone."), "{screen}");
    let mut h = Harness::live_at(&live, &cast.mia, Capabilities::COMMON, 160, 50);
    assert!(h.open(&Route::StaffNotes(id(&cast.bo))).screen().contains("Spoke about tone."));
}
