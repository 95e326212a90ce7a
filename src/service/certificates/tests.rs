//! What a certificate opens, and what it does not (D10).

#![allow(clippy::unwrap_used)]

use std::sync::Arc;

use super::*;
use crate::domain::member::{Level, Role};
use crate::domain::prevention::FirstPosts;
use crate::service::accounts::SetUp;
use crate::service::joining::{
    AcceptRule, AnswerDoorQuestion, JoiningState, SeeDoor, StartJoining, Step, SubmitApplication,
};
use crate::service::keys::{AddCallersKey, RevokeKey};
use crate::service::logs::ReadAuditLog;
use crate::service::passwords::NewPassword;
use crate::service::testing::{NOON, Place};
use crate::service::{Caller, Error, Who};

const CA: &str = include_str!("../../../tests/keys/ed25519.pub");
const OTHER: &str = include_str!("../../../tests/keys/ecdsa.pub");
const PEER: &str = "192.0.2.7";

fn authorities() -> Authorities {
    let mapped = BTreeMap::from([("Staff-Wren".to_owned(), "wren".to_owned())]);
    Authorities::parse(&[format!("cert-authority {CA}")], &[13], &mapped).unwrap()
}

fn good() -> Certificate {
    let now = u64::try_from(NOON.0).unwrap();
    Certificate {
        authority: KeyLine::parse(CA).unwrap().fingerprint,
        is_user: true,
        serial: 7,
        key_id: "wren at work".to_owned(),
        principals: vec!["other".to_owned(), "Wren".to_owned()],
        valid_after: now,
        valid_before: now + 60,
        critical_options: Vec::new(),
        key: ProvedKey {
            fingerprint: "SHA256:new".to_owned(),
            algorithm: "ssh-ed25519".to_owned(),
            public_key: "ssh-ed25519 new".to_owned(),
        },
    }
}

fn judge(change: impl FnOnce(&mut Certificate)) -> Result<String, Refusal> {
    let mut certificate = good();
    change(&mut certificate);
    authorities().judge(&certificate, "wren", PEER.parse().unwrap(), NOON).map(str::to_owned)
}

#[test]
fn d10_a_certificate_is_good_for_its_names_in_its_time_from_its_authority() {
    let now = u64::try_from(NOON.0).unwrap();
    assert_eq!(judge(|_| {}), Ok("made for a test".to_owned()));
    assert!(judge(|c| c.principals = vec!["staff-wren".to_owned()]).is_ok());
    assert!(judge(|c| (c.valid_after, c.valid_before) = (0, u64::MAX)).is_ok());
    let other = KeyLine::parse(OTHER).unwrap().fingerprint;
    type Change = Box<dyn FnOnce(&mut Certificate)>;
    let refused: [(Refusal, Change); 10] = [
        (Refusal::Authority, Box::new(|c| c.authority = other)),
        (Refusal::NotUser, Box::new(|c| c.is_user = false)),
        (Refusal::Revoked, Box::new(|c| c.serial = 13)),
        (Refusal::Expired, Box::new(move |c| c.valid_before = now)),
        (Refusal::Expired, Box::new(move |c| c.valid_after = now + 1)),
        (Refusal::Principal, Box::new(|c| c.principals = Vec::new())),
        (Refusal::Principal, Box::new(|c| c.principals = vec!["wren2".to_owned(), String::new()])),
        // A mapped name stands for its handle alone.
        (Refusal::Principal, Box::new(|c| c.principals = vec!["staff".to_owned()])),
        (
            Refusal::Option,
            Box::new(|c| c.critical_options = vec![("force-command".to_owned(), "ls".to_owned())]),
        ),
        (
            Refusal::Option,
            Box::new(|c| c.critical_options = vec![("verify-required".to_owned(), String::new())]),
        ),
    ];
    for (why, change) in refused {
        assert_eq!(judge(change), Err(why));
    }
    assert!(Authorities::default().judge(&good(), "wren", PEER.parse().unwrap(), NOON).is_err());
}

#[test]
fn d10_source_address_is_enforced_and_a_list_that_cannot_be_read_holds_nobody() {
    let from =
        |list: &str| judge(|c| c.critical_options = vec![("source-address".to_owned(), list.to_owned())]);
    for good in ["192.0.2.7", "198.51.100.1,192.0.2.0/24", "0.0.0.0/0", "192.0.2.7/32, 2001:db8::/32"] {
        assert!(from(good).is_ok(), "{good}");
    }
    for bad in ["", "192.0.2.8", "2001:db8::/32", "::/0", "192.0.2.0/33", "192.0.2.7,anywhere", "192.0.2.0/x"]
    {
        assert_eq!(from(bad), Err(Refusal::Address), "{bad}");
    }
    assert!(is_from("2001:db8:1::/48", "2001:db8:1:2::3".parse().unwrap()));
    assert!(!is_from("2001:db8:1::/48", "2001:db8:2::3".parse().unwrap()));
    assert!(is_from("192.0.2.7", "::ffff:192.0.2.7".parse().unwrap()));
}

#[test]
fn what_is_no_authority_is_refused_with_its_line() {
    let read = |line: &str| Authorities::parse(&[line.to_owned()], &[], &BTreeMap::new());
    assert!(read(CA).is_ok());
    let why = read("cert-authority,no-pty ssh-ed25519 AAAA").unwrap_err();
    assert!(why.contains("is no key of an authority"), "{why}");
}

#[tokio::test]
async fn d10_it_leads_to_the_member_to_the_door_or_nowhere() {
    let place = Place::with(|settings| settings.authorities = authorities()).await;
    let mut wren = place.member("Wren", Level::Regular, Role::Member).await;
    let peer = PEER.parse().unwrap();
    let pass = async |certificate: &Certificate, user: &str| {
        place.service.pass_of(certificate, user, peer).await.unwrap()
    };
    let super::super::Who::Member(member) = wren.who else { panic!("{wren:?}") };
    assert_eq!(pass(&good(), "wren").await, Pass::Member(member, 0));
    let Pass::Stranger(held) = pass(&good(), "other").await else { panic!("nobody has it") };
    assert_eq!((held.authority.as_str(), held.handle.as_str()), ("made for a test", "other"));
    let ends = held.valid_until().unwrap();
    assert!(held.is_for("other", NOON) && !held.is_for("others", NOON) && !held.is_for("other", ends));
    // At the door, under no name of one's own, it is for the first handle that nobody has.
    let at_door = place.service.pass_at_door(&good(), peer).await.unwrap();
    assert!(matches!(at_door, Pass::Stranger(held) if held.handle == "other"));
    assert_eq!(pass(&good(), "mallory").await, Pass::Refused(Refusal::Principal));
    // A key that its owner revoked is not brought back by a signature.
    wren.key = Some(good().key);
    let key = place.call(&wren, AddCallersKey { name: String::new() }).await.unwrap();
    let password = NewPassword::parse("a password").unwrap();
    place.call(&wren, crate::service::keys::SetPassword::to(password, None)).await.unwrap();
    place.call(&wren, RevokeKey { key }).await.unwrap();
    assert_eq!(pass(&good(), "wren").await, Pass::Refused(Refusal::KeyRevoked));
    let own = KeyLine::parse(OTHER).unwrap();
    let key =
        ProvedKey { fingerprint: own.fingerprint, algorithm: own.algorithm, public_key: own.public_key };
    wren.key = Some(key.clone());
    place.call(&wren, AddCallersKey { name: String::new() }).await.unwrap();
    let known = Certificate { key, ..good() };
    assert_eq!(pass(&known, "other").await, Pass::Refused(Refusal::KeyKnown));
}

#[tokio::test]
async fn d10_a_pass_lets_its_handle_in_without_an_application_and_no_other() {
    let place = Place::with(|settings| {
        settings.authorities = authorities();
        settings.applications_open = false;
        settings.hold_first_posts = FirstPosts::Uninvited;
    })
    .await;
    place.call(&Caller::HOST, SetUp).await.unwrap();
    let Pass::Stranger(pass) = place.service.pass_of(&good(), "other", PEER.parse().unwrap()).await.unwrap()
    else {
        panic!("nobody has it")
    };
    let guest = Caller { key: Some(good().key), pass: Some(Arc::new(pass)), ..Caller::GUEST };
    let door = place.call(&guest, SeeDoor).await.unwrap();
    assert_eq!(door.pass.unwrap().handle, "other");
    assert!(place.call(&Caller::GUEST, SeeDoor).await.unwrap().pass.is_none());
    let start = |handle: &str| StartJoining {
        handle: handle.to_owned(),
        password: None,
        keep_key: true,
        invite: None,
    };
    // Applications are closed: under another name the certificate is nothing.
    assert!(place.call(&guest, start("somebody")).await.is_err());
    let mut session = guest.clone();
    session.become_member(place.call(&guest, start("Other")).await.unwrap().identity);
    assert!(session.pass.is_none(), "it is used");
    loop {
        let state = place.call(&session, JoiningState).await.unwrap();
        assert_eq!(state.pass.as_deref(), Some("made for a test"));
        match state.step {
            Step::Rule(no) => {
                let version = state.charter.version;
                place.call(&session, AcceptRule { version, no }).await.unwrap();
            }
            Step::Asked(question) => {
                let version = state.asked.iter().find(|one| one.question == question).unwrap().version;
                let empty = AnswerDoorQuestion { question, version, text: String::new(), chosen: Vec::new() };
                place.call(&session, empty).await.unwrap();
            }
            step => break assert_eq!(step, Step::Introduction, "nobody asks what brings them here"),
        }
    }
    let inside = place.call(&session, SubmitApplication).await.unwrap();
    assert_eq!(inside.step, Step::Inside);
    // On record, with the number by which the authority knows it.
    let boss = place.member("boss", Level::Regular, Role::Sysop).await;
    let log = place.call(&boss, ReadAuditLog::default()).await.unwrap();
    let joined = log.entries.iter().find(|entry| entry.action == "member.join").unwrap();
    assert!(joined.detail.contains("certificate of made for a test, serial 7"), "{joined:?}");
    // Not what the authority calls its holder: nothing leaves the audit log.
    assert!(!joined.detail.contains("wren at work"), "{joined:?}");
    // The name is somebody's now: a second one by the same certificate gets nowhere.
    assert!(place.call(&guest, start("other")).await.is_err());
    let mut read = place.service.store().begin_read().await.unwrap();
    let Who::Member(member) = session.who else { panic!("{session:?}") };
    assert!(
        !crate::store::held::is_uninvited(&mut read, member).await.unwrap(),
        "the authority stands for them"
    );
}

#[tokio::test]
async fn d10_a_pass_that_ended_meanwhile_and_a_full_place_are_as_for_everybody() {
    let place = Place::with(|settings| {
        settings.authorities = authorities();
        settings.applications_open = false;
    })
    .await;
    let Pass::Stranger(pass) = place.service.pass_of(&good(), "other", PEER.parse().unwrap()).await.unwrap()
    else {
        panic!("nobody has it")
    };
    let guest = Caller { key: Some(good().key), pass: Some(Arc::new(pass)), ..Caller::GUEST };
    place.clock.advance(60);
    let start = StartJoining { handle: "other".to_owned(), password: None, keep_key: true, invite: None };
    let refused = place.call(&guest, start).await;
    assert!(matches!(refused, Err(Error::Invalid(_))), "{refused:?}");
}
