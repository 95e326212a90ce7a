//! Nudges as both sides meet them (L7).
#![allow(clippy::unwrap_used)]

use std::rc::Rc;

use crate::service::Caller;
use crate::service::conversations::CountMessages;
use crate::service::presence::Here;
use crate::service::testing::Blocking;
use crate::ui::capabilities::Capabilities;
use crate::ui::harness::Harness;

fn two() -> (Rc<Blocking>, Caller, Caller) {
    let live = Blocking::new();
    let ann = live.block(live.place.regular("ann"));
    let bo = live.block(live.place.regular("bo"));
    (live, ann, bo)
}

/// ann nudges bo from the list of members.
fn nudge(live: &Rc<Blocking>, ann: &Caller, text: &str) -> String {
    let mut h = Harness::live(live, ann);
    h.screen();
    h.keys("gmj").screen();
    h.keys("n").screen();
    h.keys(text).screen();
    h.keys("<Enter>").screen()
}

#[test]
fn a_nudge_shows_above_the_footer_moves_nothing_takes_no_key_and_g_y_answers() {
    let (live, ann, bo) = two();
    let _here = Here::enter(&live.place.service, &bo, false);
    let mut h = Harness::live(&live, &bo);
    let before = h.keys("gb").screen();
    assert!(nudge(&live, &ann, "Tea is ready.").contains("bo can see it now."));
    let shown = h.keys("").screen();
    assert!(shown.contains("ann: Tea is ready. (g y answers)"), "{shown}");
    let body = |screen: &str| screen.lines().take(20).map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(body(&before)[1..], body(&shown)[1..], "only the line above the footer is another");
    assert!(h.keys("gm").screen().contains("ann: Tea is ready."), "keys work, and it stays to be read");
    assert_eq!(live.call(&bo, CountMessages).unwrap(), 0, "it was shown");
    let screen = h.keys("gy").screen();
    assert!(screen.contains("ann") && screen.contains("nudge"), "{screen}");
}

#[test]
fn it_goes_when_a_key_comes_after_it_could_be_read_and_waits_for_a_dialog() {
    let (live, ann, bo) = two();
    let _here = Here::enter(&live.place.service, &bo, false);
    let mut h = Harness::live_at(&live, &bo, Capabilities::COMMON, 40, 12);
    h.screen();
    h.keys("gz").screen();
    nudge(&live, &ann, "psst");
    assert!(!h.keys("lunch").screen().contains("psst"), "somebody types into a dialog");
    assert_eq!(live.call(&bo, CountMessages).unwrap(), 1, "not shown, not read");
    let screen = h.keys("<Esc>").screen();
    assert!(screen.contains("ann: psst (g y)"), "{screen}");
    h.now = h.now.plus(9);
    assert!(!h.keys("j").screen().contains("psst"));
    assert!(h.keys("gy").screen().contains("psst"), "g y still leads to it");
}

#[test]
fn whoever_is_away_finds_a_message_and_a_refusal_keeps_the_line() {
    let (live, ann, bo) = two();
    let screen = nudge(&live, &ann, "Are you there?");
    assert!(screen.contains("Not here just now: bo will find it as a message."), "{screen}");
    assert_eq!(live.call(&bo, CountMessages).unwrap(), 1);
    let mut h = Harness::live(&live, &ann);
    h.screen();
    assert!(h.keys("gy").screen().contains("Nobody has nudged you"));
    let dialog = h.keys("gk").screen();
    assert!(dialog.contains("whoever is on duty"), "{dialog}");
    let screen = h.keys("Help<Enter>").screen();
    assert!(screen.contains("no moderator to be reached") && screen.contains("Help"), "{screen}");
}
