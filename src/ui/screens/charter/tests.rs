//! The charter for members, over a real community.

#![allow(clippy::unwrap_used)]

use crate::domain::member::{Level, Role};
use crate::service::Caller;
use crate::service::accounts::SetUp;
use crate::service::console::{Deed, act};
use crate::service::testing::Blocking;
use crate::ui::capabilities::Capabilities;
use crate::ui::harness::Harness;

#[test]
fn members_turn_back_to_what_held_before_at_every_size() {
    let live = Blocking::new();
    live.call(&Caller::HOST, SetUp).unwrap();
    let boss = live.block(live.place.member("boss", Level::Regular, Role::Sysop));
    let ann = live.block(live.place.regular("ann"));
    let mut h = Harness::live(&live, &ann);
    let screen = h.keys("gR").screen();
    assert!(screen.contains("Version 1 of the charter") && screen.contains("it holds now"), "{screen}");
    assert!(!screen.contains("What it changed"), "{screen}");
    live.call(&boss, act(Deed::EditRule, "2", ["Be kind", "To everybody."])).unwrap();
    live.call(&boss, act::<&str>(Deed::PublishCharter, "charter", [])).unwrap();
    h.wake();
    let screen = h.screen();
    assert!(screen.contains("Version 2 of the charter"), "the new one shows by itself: {screen}");
    assert!(screen.contains("+ Rule 2, Be kind: To everybody."), "{screen}");
    let screen = h.keys("-").screen();
    assert!(screen.contains("Version 1") && screen.contains("no longer holds"), "{screen}");
    assert!(h.keys("-").screen().contains("Version 1"), "there is nothing before it");
    assert!(h.keys("+").screen().contains("Version 2 of the charter"));
    let plain = Capabilities { unicode: false, ..Capabilities::COMMON };
    for (columns, rows) in [(40, 12), (160, 50)] {
        let mut h = Harness::live_at(&live, &ann, plain, columns, rows);
        let screen = h.keys("gR").screen();
        assert!(screen.is_ascii() && screen.contains("What it changed"), "{screen}");
        let screen = h.keys(">").screen();
        assert!(screen.contains("All versions"), "{screen}");
    }
}
