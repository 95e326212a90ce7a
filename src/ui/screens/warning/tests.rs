//! A warning until it is acknowledged, over a real community.

#![allow(clippy::unwrap_used)]

use crate::domain::moderation::Deed;
use crate::service::cases::scene::Cast;
use crate::service::moderation::MyWarnings;
use crate::ui::capabilities::{Capabilities, ColorDepth};
use crate::ui::harness::Harness;
use crate::ui::route::{ComposeTarget, Route};

const WORDS: &str = "This is a warning, about your post #2";

/// M3: acknowledged at login.
#[test]
fn m3_a_warned_member_acknowledges_it_at_the_next_login() {
    let (live, cast) = Cast::live();
    live.call(&cast.mo, cast.moderate(Deed::Warn)).unwrap();
    let mut h = Harness::live(&live, &cast.bo);
    let screen = h.screen();
    assert!(screen.contains(WORDS) && screen.contains("It calls people fools."), "{screen}");
    let held = h.keys("<Esc>").screen();
    assert!(held.contains(WORDS) && held.contains("Press Enter once you have read it"), "{held}");
    assert!(h.keys("gb").screen().contains(WORDS), "going elsewhere does not end it");
    let screen = h.keys("<Enter>").screen();
    assert!(!screen.contains(WORDS) && screen.contains("boards"), "{screen}");
    assert!(live.call(&cast.bo, MyWarnings).unwrap().is_empty());
    assert!(!h.keys("gh").screen().contains(WORDS));
}

/// M5: it reaches a session that runs; nobody is interrupted in the middle of a word.
#[test]
fn m5_it_comes_to_a_running_session_but_not_between_two_letters() {
    let (live, cast) = Cast::live();
    let mut h = Harness::live(&live, &cast.bo);
    h.keys("gb");
    live.call(&cast.mo, cast.moderate(Deed::Warn)).unwrap();
    assert!(h.wake().screen().contains(WORDS));
    h.keys("<Enter>");

    let reply = ComposeTarget::Reply { thread: cast.thread, to: None, quote: false };
    h.open(&Route::Compose(reply)).keys("half a sen");
    live.call(&cast.mo, cast.moderate(Deed::Warn)).unwrap();
    let screen = h.wake().screen();
    assert!(!screen.contains("word from the staff") && screen.contains("half a sen"), "{screen}");
    let screen = h.keys("tence<Esc>gh").screen();
    assert!(screen.contains(WORDS), "at the next place: {screen}");
}

#[test]
fn two_warnings_are_acknowledged_one_by_one() {
    let (live, cast) = Cast::live();
    live.call(&cast.mo, cast.moderate(Deed::Warn)).unwrap();
    live.call(&cast.mia, cast.moderate(Deed::Warn)).unwrap();
    let mut h = Harness::live(&live, &cast.bo);
    assert!(h.screen().contains(WORDS));
    assert!(h.keys("<Enter>").screen().contains(WORDS), "the second one");
    assert!(!h.keys("<Enter>").screen().contains(WORDS));
}

#[test]
fn it_fits_forty_by_twelve_in_ascii() {
    let (live, cast) = Cast::live();
    live.call(&cast.mo, cast.moderate(Deed::Warn)).unwrap();
    let plain = Capabilities { colors: ColorDepth::Mono, unicode: false, ..Capabilities::COMMON };
    let mut h = Harness::live_at(&live, &cast.bo, plain, 40, 12);
    let screen = h.screen();
    assert!(screen.is_ascii() && screen.contains("I have read it"), "{screen}");
    assert!(h.keys("<PgDn>").screen().contains("fades after"));
}
