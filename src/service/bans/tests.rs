//! The ban list through the door, at a clock that stands still (M6).

#![allow(clippy::unwrap_used)]

use std::net::IpAddr;

use super::*;
use crate::domain::policy::Denied;
use crate::service::boards::ListBoards;
use crate::service::cases::scene::{Scene, id};
use crate::service::console::Seat;
use crate::service::drafts::SaveDraft;
use crate::service::keys::AddCallersKey;
use crate::service::logs::ReadModLog;
use crate::service::members::WhoAmI;
use crate::service::testing::{NOON, Place};
use crate::service::{Caller, ProvedKey, Settings};

const HOUR: i64 = 3_600;

fn fingerprint(letter: &str) -> String {
    format!("SHA256:{}", letter.repeat(43))
}

fn with_key(caller: &Caller, letter: &str) -> Caller {
    let key = ProvedKey {
        fingerprint: fingerprint(letter),
        algorithm: "ssh-ed25519".to_owned(),
        public_key: format!("ssh-ed25519 {letter}"),
    };
    Caller { key: Some(key), ..caller.clone() }
}

fn from(caller: &Caller, address: &str) -> Caller {
    Caller { network: Some(address.parse().unwrap()), ..caller.clone() }
}

fn ban(what: &str, until: Option<i64>) -> MakeBan {
    let until = until.map(|seconds| NOON.plus(seconds));
    MakeBan { what: what.to_owned(), reason: "A flood.".to_owned(), until, sure: false }
}

fn peer(address: &str) -> IpAddr {
    address.parse().unwrap()
}

#[tokio::test]
async fn m6_a_network_keeps_out_whoever_comes_from_there_until_its_end() {
    let scene = Scene::new().await;
    let service = &scene.place.service;
    scene.call(&scene.sysop, ban("192.0.2.0/24", Some(HOUR))).await.unwrap();
    assert!(service.turns_away(peer("192.0.2.200")) && !service.turns_away(peer("192.0.3.1")));
    let there = from(&scene.ann, "192.0.2.200");
    let refused = scene.call(&there, ListBoards).await.unwrap_err().to_string();
    assert!(refused.contains("from your address until 2026-11-22 13:00 UTC: A flood."), "{refused}");
    assert_eq!(scene.call(&there, WhoAmI).await.unwrap().shut, service.barred(&there));
    // The last words of a session that ends are kept all the same.
    let target = crate::domain::draft::DraftTarget::Board(scene.talk);
    let (title, body) = ("T".to_owned(), "words".to_owned());
    scene.call(&there, SaveDraft { target, title, body, reply_to: None }).await.unwrap();
    assert!(scene.call(&from(&scene.ann, "192.0.3.1"), ListBoards).await.is_ok());
    scene.place.clock.advance(HOUR);
    assert!(!service.turns_away(peer("192.0.2.200")), "it ends by itself");
    assert!(scene.call(&there, ListBoards).await.is_ok());
    assert!(scene.call(&scene.mo, ListBans).await.unwrap().is_empty());
}

#[tokio::test]
async fn m6_a_key_is_told_and_opens_nothing_and_can_be_added_nowhere() {
    let scene = Scene::new().await;
    let bo = with_key(&scene.bo, "b");
    scene.call(&bo, AddCallersKey { name: String::new() }).await.unwrap();
    let made = scene.call(&scene.mo, ban(&fingerprint("b"), None)).await.unwrap();
    let refused = scene.call(&bo, ListBoards).await.unwrap_err().to_string();
    assert!(refused.starts_with("This key opens nothing here for now: A flood."), "{refused}");
    assert!(
        scene.call(&with_key(&Caller::GUEST, "b"), WhoAmI).await.unwrap().shut.is_some(),
        "no application"
    );
    assert!(scene.call(&scene.bo, ListBoards).await.is_ok(), "somebody with another key");
    let list = scene.call(&scene.mia, ListBans).await.unwrap();
    assert_eq!((list[0].owner.as_deref(), list[0].by.as_deref()), (Some("bo"), Some("mo")));
    let again = scene.call(&scene.mia, LiftBan { ban: made }).await.unwrap();
    assert!(scene.call(&bo, ListBoards).await.is_ok());
    assert_eq!(again, MakeBan { sure: true, ..ban(&fingerprint("b"), None) });
    scene.call(&scene.mo, again).await.unwrap();
    assert!(scene.call(&bo, ListBoards).await.is_err(), "its inverse, and the inverse of that");
    // Somebody who has a live session by a password cannot add it either.
    let line = include_str!("../../../tests/keys/ed25519.pub");
    scene.call(&scene.mo, ban(line, None)).await.unwrap();
    let paste = crate::service::keys::AddKey { line: line.to_owned(), name: String::new() };
    let refused = scene.call(&scene.ann, paste).await.unwrap_err().to_string();
    assert!(refused.contains("ban list"), "{refused}");
}

#[tokio::test]
async fn m6_moderators_ban_keys_below_their_role_and_the_sysop_addresses() {
    let scene = Scene::new().await;
    let denied = |result: Result<BanId>| match result {
        Err(Error::Denied(denied)) => denied,
        other => panic!("{other:?}"),
    };
    for (who, letter) in [(&scene.mia, "m"), (&scene.sysop, "s"), (&scene.mo, "o")] {
        scene.call(&with_key(who, letter), AddCallersKey { name: String::new() }).await.unwrap();
    }
    assert_eq!(denied(scene.call(&scene.mo, ban("192.0.2.1", None)).await), Denied::SysopOnly);
    assert_eq!(denied(scene.call(&scene.mo, ban(&fingerprint("m"), None)).await), Denied::HigherRole);
    assert_eq!(denied(scene.call(&scene.mo, ban(&fingerprint("s"), None)).await), Denied::HigherRole);
    assert_eq!(denied(scene.call(&scene.mo, ban(&fingerprint("o"), None)).await), Denied::OwnThing);
    assert_eq!(denied(scene.call(&scene.ann, ban(&fingerprint("x"), None)).await), Denied::StaffOnly);
    let look = |what: &str| PreviewBan { what: what.to_owned() };
    assert!(
        scene.call(&scene.mo, look("192.0.2.1")).await.is_err(),
        "where members come from is the sysop's"
    );
    assert!(scene.call(&scene.ann, ListBans).await.is_err());
    assert!(scene.call(&scene.ann, ListBanChoices { member: id(&scene.bo) }).await.is_err());
    let network = scene.call(&scene.sysop, ban("192.0.2.1", None)).await.unwrap();
    assert!(scene.call(&scene.mo, LiftBan { ban: network }).await.is_err());
    scene.call(&scene.sysop, ban(&fingerprint("m"), None)).await.unwrap();
}

#[tokio::test]
async fn m6_a_ban_is_looked_at_first_with_whom_it_meets() {
    let scene = Scene::new().await;
    let service = &scene.place.service;
    service.note_visit(&from(&scene.ann, "192.0.2.7")).await;
    service.note_visit(&from(&scene.bo, "192.0.2.8")).await;
    service.note_visit(&from(&scene.sysop, "198.51.100.1")).await;
    let seat = Seat::take(service, &scene.ann, Some(peer("192.0.2.7")), String::new());
    let look = |what: &str| PreviewBan { what: what.to_owned() };
    let seen = scene.call(&scene.sysop, look("192.0.2.0/24")).await.unwrap();
    assert_eq!((seen.members.as_slice(), seen.sessions), (&["ann".to_owned(), "bo".to_owned()][..], 1));
    assert_eq!(seen.words(), "2 members came from there in the last 30 days: ann, bo. 1 session ends.");
    drop(seat);
    let choices = scene.call(&scene.sysop, ListBanChoices { member: id(&scene.bo) }).await.unwrap();
    assert_eq!(choices[0].words, "address 192.0.2.8, here today");
    assert!(scene.call(&scene.mo, ListBanChoices { member: id(&scene.bo) }).await.unwrap().is_empty());
    // Kept for thirty days and no longer.
    scene.place.clock.advance(SEEN_DAYS * DAY_S);
    assert!(scene.call(&scene.sysop, look("192.0.2.0/24")).await.unwrap().members.is_empty());
}

#[tokio::test]
async fn m6_what_would_shut_out_oneself_or_the_staff_has_to_be_meant() {
    let scene = Scene::new().await;
    let service = &scene.place.service;
    service.note_visit(&from(&scene.mo, "192.0.2.7")).await;
    service.note_visit(&from(&scene.sysop, "192.0.2.9")).await;
    let here = from(&scene.sysop, "192.0.2.9");
    let cases = [
        (&here, "192.0.2.9", "your session would end"),
        (&scene.sysop, "192.0.2.0/24", "All of the staff"),
        (&scene.sysop, "127.0.0.0/8", "this machine itself"),
        (&scene.sysop, "10.0.0.0/8", "as wide as a provider"),
    ];
    for (who, what, words) in cases {
        let refused = scene.call(who, ban(what, None)).await.unwrap_err().to_string();
        assert!(refused.contains(words) && refused.contains("Say that you mean it"), "{what}: {refused}");
        scene.call(who, MakeBan { sure: true, ..ban(what, None) }).await.unwrap();
        let made = scene.call(&Caller::host(), ListBans).await.unwrap();
        // Who has shut themselves out is helped by the host.
        scene.call(&Caller::host(), LiftBan { ban: made[0].id }).await.unwrap();
    }
    assert!(scene.call(&scene.sysop, ban("192.0.2.9", None)).await.is_ok(), "mo was elsewhere");
}

#[tokio::test]
async fn m6_a_proxys_address_is_never_banned_and_nonsense_is_refused() {
    let set = |settings: &mut Settings| {
        settings.never_banned = vec![Network::parse("192.0.2.1").unwrap()];
    };
    let place = Place::with(set).await;
    let sysop = place.sysop("sue").await;
    for what in ["192.0.2.1", "192.0.2.0/24"] {
        let refused = place.call(&sysop, MakeBan { sure: true, ..ban(what, None) }).await.unwrap_err();
        assert!(refused.to_string().contains("never banned"), "{what}: {refused}");
    }
    for (wrong, words) in [
        (ban("here", None), "Give a fingerprint"),
        (ban("192.0.2.9", Some(0)), "coming ten years"),
        (ban("192.0.2.9", Some(20 * 366 * DAY_S)), "coming ten years"),
        (MakeBan { reason: " ".to_owned(), ..ban("192.0.2.9", None) }, "Say why"),
    ] {
        let refused = place.call(&sysop, wrong).await.unwrap_err().to_string();
        assert!(refused.contains(words), "{refused}");
    }
    assert!(place.call(&sysop, ListBans).await.unwrap().is_empty());
    place.call(&sysop, ban("192.0.2.9", None)).await.unwrap();
    assert!(matches!(place.call(&sysop, ban("192.0.2.9/32", None)).await, Err(Error::Conflict(_))));
}

#[tokio::test]
async fn m6_it_is_in_the_mod_log_without_what_it_is_about_and_holds_over_a_restart() {
    let mut scene = Scene::new().await;
    scene.place.published();
    let made = scene.call(&scene.sysop, ban("192.0.2.9", None)).await.unwrap();
    assert_eq!(scene.place.published(), [DomainEvent::BansChanged]);
    let log = scene.call(&scene.ann, ReadModLog::default()).await.unwrap();
    let entry = &log.entries[0];
    assert_eq!(
        (entry.action.as_str(), entry.reason.as_str(), entry.detail.as_str()),
        ("ban.make", "A flood.", "")
    );
    let again = Place::from_file(&scene.place.file().await).await;
    assert!(!again.service.turns_away(peer("192.0.2.9")), "nothing was taken up yet");
    again.service.take_up().await.unwrap();
    assert!(again.service.turns_away(peer("192.0.2.9")));
    scene.call(&scene.sysop, LiftBan { ban: made }).await.unwrap();
    let log = scene.call(&scene.mo, crate::service::logs::ReadAuditLog::default()).await.unwrap();
    assert_eq!((log.entries[0].action.as_str(), log.entries[0].detail.as_str()), ("ban.lift", "192.0.2.9"));
    assert!(matches!(scene.call(&scene.sysop, LiftBan { ban: made }).await, Err(Error::Conflict(_))));
}
