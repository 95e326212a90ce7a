//! A post that waits, from the editor to the thread, over a real community.

#![allow(clippy::unwrap_used)]

use crate::service::cases::scene::{Cast, id};
use crate::service::held::tests::newcomer;
use crate::service::watch::WatchMember;
use crate::ui::capabilities::{Capabilities, ColorDepth};
use crate::ui::harness::Harness;
use crate::ui::route::Route;

/// M6: from the newcomer's editor to everybody's screen, live at each step.
#[test]
fn m6_a_first_post_waits_in_place_and_is_published_with_one_key() {
    let (live, cast) = Cast::live();
    let dan = live.block(newcomer(&live.place, &cast.mo, "dan"));
    let place = Route::Thread { thread: cast.thread, at: None };
    let mut author = Harness::live(&live, &dan);
    author.open(&place).screen();
    let composer = author.keys("r").screen();
    assert!(composer.contains("A moderator reads your first post"), "{composer}");
    let screen = author.keys("I like ships.<^S>").screen();
    assert!(screen.contains("Handed in"), "{screen}");
    assert!(screen.contains("waits for a moderator") && screen.contains("I like ships."), "{screen}");
    let mut other = Harness::live(&live, &cast.ann);
    assert!(!other.open(&place).screen().contains("ships"));
    let mut staff = Harness::live(&live, &cast.mo);
    let queue = staff.keys("gq").screen();
    assert!(queue.contains("1 post that waits") && queue.contains("dan's post for \"Trains\""), "{queue}");
    let screen = staff.keys("<Enter>").screen();
    assert!(screen.contains("first post") && screen.contains("I like ships."), "{screen}");
    let screen = staff.keys("a").screen();
    assert!(screen.contains("published by mo"), "{screen}");
    let screen = author.wake().screen();
    assert!(!screen.contains("waits for a moderator") && screen.contains("3 dan"), "{screen}");
    assert!(other.wake().keys(">").screen().contains("I like ships."));
    assert!(staff.keys("n").screen().contains("Nothing else waits"));
}

#[test]
fn m6_giving_back_asks_for_a_kind_word() {
    let (live, cast) = Cast::live();
    let dan = live.block(newcomer(&live.place, &cast.mo, "dan"));
    let mut author = Harness::live(&live, &dan);
    author.open(&Route::Board(cast.talk));
    let screen = author.keys("nShips<Tab>Buy mine.<^S>").screen();
    assert!(screen.contains("Yours waits for a moderator (g u): Ships"), "{screen}");
    let reason = "Wrote the same elsewhere.".to_owned();
    live.call(&cast.mia, WatchMember { member: id(&dan), reason, evidence: None }).unwrap();
    let mut staff = Harness::live(&live, &cast.mo);
    let screen = staff.keys("gq<Enter>").screen();
    assert!(screen.contains("Watched by mia: Wrote the same elsewhere."), "{screen}");
    let screen = staff.keys("d<Enter>").screen();
    assert!(screen.contains("needs a kind word"), "{screen}");
    let screen = staff.keys("dWe do not sell here.<Enter>").screen();
    assert!(screen.contains("given back by mo"), "{screen}");
    assert!(!author.wake().screen().contains("Yours waits"));
    let screen = author.keys("gu").screen();
    assert!(screen.contains("came back") && screen.contains("We do not sell here."), "{screen}");
    let screen = author.keys("e").screen();
    assert!(screen.contains("Buy mine."), "{screen}");
}

#[test]
fn it_fits_forty_by_twelve_in_ascii_and_a_wide_terminal() {
    let (live, cast) = Cast::live();
    let dan = live.block(newcomer(&live.place, &cast.mo, "dan"));
    let mut author = Harness::live(&live, &dan);
    author.open(&Route::Thread { thread: cast.thread, at: None }).screen();
    author.keys("rShips, all of them.<^S>");
    let plain = Capabilities { colors: ColorDepth::Mono, unicode: false, ..Capabilities::COMMON };
    let mut h = Harness::live_at(&live, &cast.mo, plain, 40, 12);
    let screen = h.keys("gq<Enter>").screen();
    assert!(screen.is_ascii() && screen.contains("Ships, all"), "{screen}");
    let mut h = Harness::live_at(&live, &cast.mo, Capabilities::COMMON, 160, 50);
    assert!(h.keys("gq<Enter>c").screen().contains("claimed by you"));
}
