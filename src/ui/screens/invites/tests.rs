//! The invites screen: make, see, take back; never the code a second time (D6).

#![allow(clippy::unwrap_used)]

use std::rc::Rc;

use crate::domain::invite::InviteCode;
use crate::domain::member::{Level, Role};
use crate::service::invites::{CheckInvite, MakeInvite};
use crate::service::joining::StartJoining;
use crate::service::passwords::NewPassword;
use crate::service::testing::Blocking;
use crate::service::{Caller, DomainEvent};
use crate::ui::capabilities::Capabilities;
use crate::ui::harness::Harness;

const GUEST: Caller = Caller::GUEST;

fn come_with(live: &Rc<Blocking>, handle: &str, code: InviteCode) {
    let password = Some(NewPassword::parse("correct horse").unwrap());
    let start = StartJoining { handle: handle.to_owned(), password, keep_key: false, invite: Some(code) };
    live.call(&GUEST, start).unwrap();
}

fn code_on(screen: &str) -> Option<InviteCode> {
    screen.split_whitespace().filter(|word| word.len() == 19).find_map(|word| InviteCode::parse(word).ok())
}

#[test]
fn d6_an_invite_is_made_shown_once_and_can_be_used() {
    for (columns, rows) in [(40, 12), (80, 24), (160, 50)] {
        let live = Blocking::new();
        let ruth = live.block(live.place.regular("ruth"));
        let mut h = Harness::live_at(&live, &ruth, Capabilities::COMMON, columns, rows);
        let empty = h.keys("gi").screen();
        assert!(empty.contains("0 of 3 open."), "{empty}");
        let made = h.keys("nfor max<Enter>").screen();
        let code = code_on(&made).expect("the code is on the screen");
        let offer = live.call(&GUEST, CheckInvite { code: code.clone() }).unwrap();
        assert_eq!((offer.note.as_str(), offer.from.as_deref()), ("for max", Some("ruth")));
        let list = h.keys("<Enter>").screen();
        assert!(list.contains("for max") && list.contains("1 of 3 open."), "{list}");
        assert!(!list.contains(&code.to_string()[..9]), "the code is shown once: {list}");
        come_with(&live, "max", code);
        let used = h.keys("<Esc>gi").screen();
        assert!(used.contains("used by max") && used.contains("0 of 3 open."), "{used}");
    }
}

#[test]
fn an_open_invite_is_taken_back_after_a_question() {
    let live = Blocking::new();
    let ruth = live.block(live.place.regular("ruth"));
    let made = live.call(&ruth, MakeInvite { note: String::new() }).unwrap();
    let mut h = Harness::live(&live, &ruth);
    h.keys("gixn");
    assert!(h.screen().contains("1 of 3 open."));
    h.keys("xy");
    let screen = h.screen();
    assert!(screen.contains("taken back") && screen.contains("0 of 3 open."), "{screen}");
    assert!(live.call(&GUEST, CheckInvite { code: made.code }).is_err());
    h.keys("x");
    assert!(h.screen().contains("Only an invite that is still open"), "{}", h.screen());
}

#[test]
fn whoever_cannot_make_one_is_told_why() {
    let live = Blocking::new();
    let ruth = live.block(live.place.regular("ruth"));
    for _ in 0..3 {
        live.call(&ruth, MakeInvite { note: String::new() }).unwrap();
    }
    let mut h = Harness::live(&live, &ruth);
    h.keys("gin");
    assert!(h.screen().contains("as many invites open as you may"), "{}", h.screen());
    assert!(!h.screen().contains("n new"), "the footer does not offer what cannot be done");
    let newcomer = live.block(live.place.member("newc", Level::Newcomer, Role::Member));
    let mut h = Harness::live(&live, &newcomer);
    h.keys("gin");
    assert!(h.screen().contains("Newcomers cannot do this yet"), "{}", h.screen());
}

#[test]
fn the_list_is_read_again_when_somebody_comes_in() {
    let live = Blocking::new();
    let ruth = live.block(live.place.regular("ruth"));
    let made = live.call(&ruth, MakeInvite { note: String::new() }).unwrap();
    let mut h = Harness::live(&live, &ruth);
    h.keys("gi");
    come_with(&live, "ada", made.code);
    h.event(DomainEvent::MemberChanged { member: crate::domain::ids::MemberId(99) });
    assert!(h.screen().contains("used by ada"), "{}", h.screen());
}
