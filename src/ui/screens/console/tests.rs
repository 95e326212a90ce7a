//! The console's screens at every size, and for whom they are.
#![allow(clippy::unwrap_used)]

use crate::domain::member::{Level, Role};
use crate::service::console::Section;
use crate::service::testing::Blocking;
use crate::ui::capabilities::{Capabilities, ColorDepth};
use crate::ui::harness::Harness;
use crate::ui::route::Route;

#[test]
fn m8_every_section_draws_at_every_size_and_in_ascii() {
    let live = Blocking::new();
    let sue = live.block(live.place.member("sue", Level::Regular, Role::Sysop));
    live.block(live.place.board("general"));
    let plain = Capabilities { colors: ColorDepth::Mono, unicode: false, ..Capabilities::COMMON };
    for (columns, rows) in [(40, 12), (80, 24), (160, 50)] {
        let mut h = Harness::live_at(&live, &sue, plain, columns, rows);
        let screen = h.keys("gX").screen();
        assert!(Section::ALL.iter().all(|section| screen.contains(section.title())), "{screen}");
        for section in Section::ALL {
            let screen = h.open(&Route::ConsolePart(section)).screen();
            let title = format!("console: {}", section.title().to_lowercase());
            assert!(screen.contains(&title) && screen.is_ascii(), "{screen}");
            h.keys("<Esc>");
        }
    }
}

#[test]
fn m8_a_member_finds_no_console() {
    let live = Blocking::new();
    let ann = live.block(live.place.regular("ann"));
    let mut h = Harness::live(&live, &ann);
    h.screen();
    assert!(!h.keys("?").screen().contains("Console: run the place"));
    let screen = h.keys("<Esc>").open(&Route::ConsolePart(Section::Now)).screen();
    assert!(screen.contains("for the sysop") && !screen.contains("console: now"), "{screen}");
}

#[test]
fn m8_what_is_asked_can_be_left_and_nothing_is_done() {
    let live = Blocking::new();
    let sue = live.block(live.place.member("sue", Level::Regular, Role::Sysop));
    let mut h = Harness::live(&live, &sue);
    h.open(&Route::ConsolePart(Section::Boards)).keys("n").screen();
    let screen = h.keys("attic<Enter><Esc>").screen();
    assert!(screen.contains("Nothing is here yet"), "{screen}");
    assert!(h.keys("u").screen().contains("nothing to undo"));
}
