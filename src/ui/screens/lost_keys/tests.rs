//! Lost keys as those concerned meet them (D9), over a real community.

#![allow(clippy::unwrap_used)]

use crate::domain::member::{Level, Role};
use crate::service::Caller;
use crate::service::login::PasswordCheck;
use crate::service::testing::Blocking;
use crate::ui::capabilities::Capabilities;
use crate::ui::harness::Harness;

fn see(h: &mut Harness, words: &str) {
    let screen = h.screen();
    let flat = screen.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(flat.contains(words), "{words:?} is not on the screen:\n{screen}");
}

#[test]
fn d9_from_a_lost_key_at_the_door_to_a_new_password() {
    let live = Blocking::new();
    let (ann, bo, wren) = (
        live.block(live.place.regular("ann")),
        live.block(live.place.regular("bo")),
        live.block(live.place.regular("wren")),
    );
    let boss = live.block(live.place.member("boss", Level::Regular, Role::Sysop));
    let mut at_home = Harness::live(&live, &wren);
    at_home.screen();
    let mut door = Harness::live(&live, &Caller::GUEST);
    door.keys("lk");
    see(&mut door, "You lost your key");
    door.keys("nobody<Enter>");
    see(&mut door, "If that is a member's handle, the members see it now.");
    door.keys("kwren<Enter>");
    see(&mut door, "If that is a member's handle, the members see it now.");
    at_home.wake();
    see(&mut at_home, "Somebody at the door says that they lost the key of your account.");
    for voucher in [&ann, &bo] {
        let mut h = Harness::live(&live, voucher);
        h.keys("gK");
        see(&mut h, "wren");
        h.keys("v");
        see(&mut h, "Have you spoken with wren, and is it them?");
        h.keys("y");
        see(&mut h, "You vouch for them.");
    }
    let mut h = Harness::live(&live, &boss);
    h.keys("gK");
    see(&mut h, "wren 2 of 2 vouch");
    h.keys("a");
    let screen = h.screen();
    let code =
        screen.split("The code for wren: ").nth(1).unwrap().split_whitespace().next().unwrap().to_owned();
    let mut door = Harness::live(&live, &Caller::GUEST);
    door.keys(&format!("lr{code}<Enter>"));
    see(&mut door, "It is you, wren.");
    door.keys("a new password<Enter>a new password<Enter>");
    see(&mut door, "Welcome back, wren.");
    let peer = "192.0.2.1".parse().unwrap();
    let check = live.block(live.place.service.check_password("wren", "a new password", peer)).unwrap();
    assert!(matches!(check, PasswordCheck::Right(_)));
}

#[test]
fn d9_who_was_meant_stops_it_at_every_size() {
    for (columns, rows) in [(40, 12), (80, 24), (160, 50)] {
        let live = Blocking::new();
        let wren = live.block(live.place.regular("wren"));
        let mut h = Harness::live_at(&live, &wren, Capabilities::COMMON, columns, rows);
        h.keys("gK");
        see(&mut h, "Nobody says that they lost their key.");
        let mut door = Harness::live_at(&live, &Caller::GUEST, Capabilities::COMMON, columns, rows);
        door.keys("lkwren<Enter>");
        h.wake();
        see(&mut h, "wren 0 of 2 vouch");
        h.keys("xy");
        see(&mut h, "Nobody says that they lost their key.");
    }
}
