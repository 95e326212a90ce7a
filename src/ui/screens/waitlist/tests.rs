//! The line for a seat as staff and those who wait meet it (D7), over a real community.

#![allow(clippy::unwrap_used)]

use std::rc::Rc;

use crate::domain::member::{Level, Role};
use crate::service::Caller;
use crate::service::accounts::SetUp;
use crate::service::applications::{DecideApplication, ListApplications};
use crate::service::login::PasswordCheck;
use crate::service::settings::DAY_S;
use crate::service::testing::{Blocking, caller};
use crate::service::upkeep::{move_line, nightly};
use crate::ui::capabilities::Capabilities;
use crate::ui::harness::Harness;

/// A place with this many seats and a sysop.
fn place(cap: i64) -> (Rc<Blocking>, Caller) {
    let live = Blocking::with(|settings| settings.members_max = cap);
    live.call(&Caller::host(), SetUp).unwrap();
    let boss = live.block(live.place.member("boss", Level::Regular, Role::Sysop));
    (live, boss)
}

/// Applies at the door, and is approved.
fn approved(live: &Rc<Blocking>, boss: &Caller, handle: &str) -> Harness {
    let mut h = Harness::live(live, &Caller::GUEST);
    h.keys(&format!("a{handle}<Enter>correct horse<Enter>correct horse<Enter>"));
    h.keys("<Enter><Enter><Enter><Enter><Enter>I like fires.<^S><Enter><^S>Hello all.<^S>");
    let id = live.call(boss, ListApplications).unwrap()[0].id;
    live.call(boss, DecideApplication { id, approve: true, answer: "We like fires too.".to_owned() })
        .unwrap();
    h.wake();
    h
}

fn back_as(live: &Blocking, handle: &str) -> Caller {
    let peer = "192.0.2.1".parse().unwrap();
    match live.block(live.place.service.check_password(handle, "correct horse", peer)).unwrap() {
        PasswordCheck::Right(member) => caller(member),
        other => panic!("{handle} cannot come back: {other:?}"),
    }
}

fn see(h: &mut Harness, words: &str) {
    let screen = h.screen();
    let flat = screen.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(flat.contains(words), "{words:?} is not on the screen:\n{screen}");
}

#[test]
fn d7_who_waits_sees_their_place_and_comes_in_without_a_key() {
    let (live, boss) = place(150);
    for handle in ["ann", "bo"] {
        see(&mut approved(&live, &boss, handle), "you are a member now");
    }
    let mut cat = approved(&live, &boss, "cat");
    let mut dan = approved(&live, &boss, "dan");
    see(&mut cat, "You are approved, cat. Welcome soon.");
    see(&mut cat, "We like fires too.");
    see(&mut cat, "You are next of 2 in the line for a seat.");
    see(&mut dan, "You are number 2 of 2 in the line for a seat.");
    see(&mut dan, "2 people within seven days");
    see(&mut dan, "The next seat opens in");
    cat.keys("c");
    see(&mut cat, "What this place is for");
    cat.keys("<Esc>");
    // A week later the line has moved by itself, under their eyes.
    live.place.clock.advance(7 * DAY_S);
    live.block(move_line(&live.place.service)).unwrap();
    cat.wake();
    see(&mut cat, "Welcome in, cat: you are a member now.");
}

#[test]
fn d7_the_queue_says_whom_the_governor_holds_and_a_sysop_lets_one_in() {
    let (live, boss) = place(150);
    let mut h = Harness::live(&live, &boss);
    h.keys("gqw");
    see(&mut h, "Nobody waits for a seat.");
    h.keys("<Esc>");
    for handle in ["ann", "bo", "cat", "dan"] {
        approved(&live, &boss, handle);
    }
    h.wake();
    see(&mut h, "The growth governor holds 2 people: 2 of 2 came in within seven days. w shows them.");
    h.keys("wj");
    see(&mut h, "1 cat now applied");
    h.keys("aShe brings the projector.<Enter>");
    see(&mut h, "They are in.");
    see(&mut h, "The growth governor holds 1 person: 3 of 2");
    assert!(!h.screen().contains("dan"), "{}", h.screen());
    h.keys("go");
    see(&mut h, "She brings the projector.");
}

#[test]
fn d7_a_moderator_sees_the_line_and_is_not_offered_the_sysops_key() {
    let (live, boss) = place(1);
    approved(&live, &boss, "ann");
    let mo = live.block(live.place.moderator("mo"));
    for (columns, rows) in [(40, 12), (80, 24), (160, 50)] {
        let mut h = Harness::live_at(&live, &mo, Capabilities::COMMON, columns, rows);
        h.keys("gqw");
        see(&mut h, "The cap holds 1 person: 2 of 1 seats are taken.");
        see(&mut h, "1 ann");
        assert!(!h.screen().contains("let in"), "{}", h.screen());
        h.keys("aBecause.<Enter>");
        see(&mut h, "This is for the sysop.");
        let mut ann = Harness::live_at(&live, &back_as(&live, "ann"), Capabilities::COMMON, columns, rows);
        see(&mut ann, "You are next, and the only one in the line for a seat.");
        ann.keys("<PgDn><PgDn><PgDn>");
        see(&mut ann, "Come back as ssh ann@HOST, with your password.");
    }
}

#[test]
fn d7_one_key_wakes_a_seat_that_slept() {
    let (live, _) = place(150);
    let old = live.block(live.place.regular("old"));
    live.block(nightly(&live.place.service)).unwrap();
    live.place.clock.advance(91 * DAY_S);
    live.block(nightly(&live.place.service)).unwrap();
    for key in ["", "w"] {
        let mut h = Harness::live(&live, &old);
        see(&mut h, "Welcome back, old. You were away for a long time, so your seat sleeps");
        see(&mut h, "w wake");
        h.keys(key);
        if key == "w" {
            see(&mut h, "Welcome back, old.");
            h.keys("gb");
            see(&mut h, "boards");
        }
    }
}
