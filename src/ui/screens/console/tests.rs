//! The console's screens at every size, and for whom they are.
#![allow(clippy::unwrap_used)]

use crate::domain::member::{Level, Role};
use crate::service::accounts::{ChangePassword, ChangeRole};
use crate::service::console::{Deed, Section, act};
use crate::service::members::WhoAmI;
use crate::service::passwords::NewPassword;
use crate::service::testing::Blocking;
use crate::service::{Caller, Who};
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

/// Everything that a sysop looks for is opened from here, each by Enter, and Esc comes back.
#[test]
fn m8_every_place_of_the_console_opens() {
    let live = Blocking::new();
    let sue = live.block(live.place.member("sue", Level::Regular, Role::Sysop));
    let mut h = Harness::live(&live, &sue);
    for (index, (name, _, route)) in super::PLACES.iter().enumerate() {
        let screen = h.open(&Route::Console).screen();
        assert!(screen.contains(name), "{name}: {screen}");
        let down = "j".repeat(Section::ALL.len() + index);
        let opened = h.keys(&format!("{down}<Enter>")).screen();
        let direct = Harness::live(&live, &sue).open(route).screen();
        let body = |screen: &str| {
            screen.lines().skip(1).take(8).map(|line| line.replace('▸', " ")).collect::<Vec<_>>()
        };
        assert_eq!(body(&opened), body(&direct), "{name}");
        assert_ne!(body(&opened), body(&screen), "{name}");
        assert_eq!(body(&h.keys("<Esc>").screen()), body(&screen), "Esc is back from {name}");
        h.keys("gh");
    }
}

/// Two sysops: neither can make the other powerless, or take what is theirs; each can step down.
#[test]
fn m8_a_sysop_does_not_decide_over_another() {
    let live = Blocking::new();
    let sue = live.block(live.place.member("sue", Level::Regular, Role::Sysop));
    let sam = live.block(live.place.member("sam", Level::Regular, Role::Sysop));
    let (Who::Member(sue_id), Who::Member(sam_id)) = (sue.who.clone(), sam.who.clone()) else {
        panic!("members")
    };
    for (deed, answers) in
        [(Deed::SetRole, vec!["member"]), (Deed::ResetPassword, vec![]), (Deed::RevokeKey, vec!["1"])]
    {
        let refused = live.call(&sue, act(deed, &sam_id.to_string(), answers)).unwrap_err().to_string();
        assert!(refused.contains("hob member role"), "{deed:?}: {refused}");
    }
    live.call(&sue, act(Deed::SetRole, &sue_id.to_string(), ["member"])).unwrap();
    let last = live.call(&sam, act(Deed::SetRole, &sam_id.to_string(), ["member"])).unwrap_err().to_string();
    assert!(last.contains("only sysop"), "{last}");
    // On the host it can be done, and a new password shuts the old sessions out.
    live.call(&Caller::HOST, ChangeRole { handle: "sue".to_owned(), role: Role::Sysop }).unwrap();
    live.call(&Caller::HOST, ChangeRole { handle: "Sam".to_owned(), role: Role::Member }).unwrap();
    let session = Caller { ways: Some(crate::service::Ways::at(0)), ..sam.clone() };
    assert!(live.call(&session, WhoAmI).unwrap().key_live);
    let password = NewPassword::parse("from the host").unwrap();
    live.call(&Caller::HOST, ChangePassword { handle: "sam".to_owned(), password }).unwrap();
    assert!(!live.call(&session, WhoAmI).unwrap().key_live);
    assert!(live.call(&sam, ChangeRole { handle: "sue".to_owned(), role: Role::Member }).is_err());
    assert!(live.call(&sue, ChangeRole { handle: "nobody".to_owned(), role: Role::Member }).is_err());
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
