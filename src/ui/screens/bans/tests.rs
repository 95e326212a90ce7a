//! The ban list, over a real community.

#![allow(clippy::unwrap_used)]

use crate::service::bans::{LiftBan, ListBans};
use crate::service::cases::scene::{Cast, id};
use crate::service::{Caller, DomainEvent, ProvedKey};
use crate::ui::capabilities::{Capabilities, ColorDepth};
use crate::ui::harness::Harness;
use crate::ui::route::Route;

/// M6: looked at, made, seen, lifted, put back; all by keys.
#[test]
fn m6_a_network_is_banned_and_lifted_by_keys() {
    let (live, cast) = Cast::live();
    let mut h = Harness::live(&live, &cast.sysop);
    assert!(h.keys("gB").screen().contains("Nobody is banned."));
    let screen = h.keys("n192.0.2.9/24<Enter>").screen();
    assert!(screen.contains("192.0.2.0/24: Nobody came from there"), "{screen}");
    let screen = h.keys("2A flood of gnomes.<Enter>").screen();
    assert!(
        screen.contains("net, in 7 d: 192.0.2.0/24") && screen.contains("A flood of gnomes."),
        "{screen}"
    );
    let from_there = Caller { network: Some("192.0.2.200".parse().unwrap()), ..cast.ann.clone() };
    assert!(live.call(&from_there, crate::service::boards::ListBoards).is_err());
    let screen = h.keys("xy").screen();
    assert!(screen.contains("Nobody is banned.") && screen.contains("off the list"), "{screen}");
    assert!(live.call(&from_there, crate::service::boards::ListBoards).is_ok());
    assert!(h.keys("u").screen().contains("192.0.2.0/24"));
    assert_eq!(live.call(&cast.mo, ListBans).unwrap()[0].reason, "A flood of gnomes.");
    assert!(h.keys("u").screen().contains("Nobody is banned."), "and back again");
}

/// M6: who was lifted by somebody else meanwhile takes no other one along.
#[test]
fn m6_the_answer_is_for_the_ban_that_was_asked_about() {
    let (live, cast) = Cast::live();
    let mut h = Harness::live(&live, &cast.sysop);
    h.keys("gBn192.0.2.0/24<Enter>2Gnomes.<Enter>n198.51.100.0/24<Enter>2Trolls.<Enter>");
    assert!(h.keys("x").screen().contains("Take 198.51.100.0/24 off the list?"));
    let trolls = live.call(&cast.sysop, ListBans).unwrap().remove(0);
    assert_eq!(trolls.reason, "Trolls.");
    live.call(&cast.sysop, LiftBan { ban: trolls.id }).unwrap();
    let screen = h.event(DomainEvent::BansChanged).keys("y").screen();
    assert!(screen.contains("192.0.2.0/24"), "{screen}");
    assert_eq!(live.call(&cast.sysop, ListBans).unwrap().len(), 1);
}

/// M6: what would hit oneself, or this machine, is asked about once more.
#[test]
fn m6_loopback_is_asked_about_once_more() {
    let (live, cast) = Cast::live();
    let mut h = Harness::live(&live, &cast.sysop);
    let screen = h.keys("gBn127.0.0.1<Enter>5").screen();
    assert!(!screen.contains("all the same"), "{screen}");
    let screen = h.keys("Why not.<Enter>").screen();
    assert!(screen.contains("this machine itself") && screen.contains("all the same?"), "{screen}");
    assert!(h.keys("n").screen().contains("Nobody is banned."));
}

/// M6: a moderator bans keys, from a member's page too, and no addresses.
#[test]
fn m6_a_moderator_bans_a_members_key_from_their_page() {
    let (live, cast) = Cast::live();
    let fingerprint = format!("SHA256:{}", "k".repeat(43));
    let key = ProvedKey {
        fingerprint: fingerprint.clone(),
        algorithm: "ssh-ed25519".to_owned(),
        public_key: "ssh-ed25519 k".to_owned(),
    };
    let bo = Caller { key: Some(key), ..cast.bo.clone() };
    live.call(&bo, crate::service::keys::AddCallersKey { name: "laptop".to_owned() }).unwrap();
    let mut h = Harness::live(&live, &cast.mo);
    assert!(h.keys("gBn192.0.2.9<Enter>").screen().contains("This is for the sysop"));
    let screen = h.open(&Route::Profile(id(&cast.bo))).keys("X").screen();
    assert!(screen.contains("key laptop: SHA256:kkk"), "{screen}");
    let screen = h.keys("1").screen();
    assert!(screen.contains("It is a key of bo."), "{screen}");
    let screen = h.keys("1Lent to a spammer.<Enter>").screen();
    assert!(screen.contains("key (bo), tomorrow"), "{screen}");
    let refused = live.call(&bo, crate::service::boards::ListBoards).unwrap_err().to_string();
    assert!(
        refused.contains("This key opens nothing here until 2026-11-23 12:00 UTC: Lent to a spammer."),
        "{refused}"
    );
    assert!(live.call(&cast.bo, crate::service::boards::ListBoards).is_ok(), "by their password");
}

#[test]
fn members_are_told_and_it_fits_forty_by_twelve() {
    let (live, cast) = Cast::live();
    let mut h = Harness::live(&live, &cast.ann);
    assert!(h.open(&Route::Bans(None)).screen().contains("This is for moderators"));
    let plain = Capabilities { colors: ColorDepth::Mono, unicode: false, ..Capabilities::COMMON };
    let mut h = Harness::live_at(&live, &cast.sysop, plain, 40, 12);
    let screen = h.keys("gBn2001:db8::1<Enter>5").screen();
    assert!(screen.is_ascii(), "{screen}");
    let screen = h.keys("A flood.<Enter>").screen();
    assert!(screen.contains("net, no end: 2001:db8::/64") && screen.contains("A flood."), "{screen}");
    let mut h = Harness::live_at(&live, &cast.sysop, Capabilities::COMMON, 160, 50);
    assert!(h.keys("gB").screen().contains("2001:db8::/64"));
}
