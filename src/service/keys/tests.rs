//! One's own keys and password, through the door (D2, D9).

#![allow(clippy::unwrap_used)]

use std::net::{IpAddr, Ipv4Addr};

use super::*;
use crate::domain::draft::DraftTarget;
use crate::domain::member::{Level, Role, Standing};
use crate::domain::policy::Denied;
use crate::domain::text::corpus::hostile;
use crate::service::accounts::KeyLine;
use crate::service::drafts::SaveDraft;
use crate::service::home::ShowHome;
use crate::service::login::PasswordCheck;
use crate::service::logs::{ReadAuditLog, ReadModLog};
use crate::service::members::WhoAmI;
use crate::service::passwords::NewPassword;
use crate::service::testing::Place;
use crate::service::writing::StartThread;
use crate::service::{Caller, DomainEvent, Error, ProvedKey, Ways, Who};

const ED25519: &str = include_str!("../../../tests/keys/ed25519.pub");
const ECDSA: &str = include_str!("../../../tests/keys/ecdsa.pub");
const PEER: IpAddr = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 1));

fn proved(line: &str) -> ProvedKey {
    let key = KeyLine::parse(line).unwrap();
    ProvedKey { fingerprint: key.fingerprint, algorithm: key.algorithm, public_key: key.public_key }
}

fn add(line: &str, name: &str) -> AddKey {
    AddKey { line: line.to_owned(), name: name.to_owned() }
}

fn to(new: &str, present: Option<&str>) -> SetPassword {
    SetPassword::to(NewPassword::parse(new).unwrap(), present.map(PresentPassword::new))
}

/// The same member, in a session that this key opened.
fn by_key(who: &Caller, line: &str) -> Caller {
    Caller { who: who.who.clone(), key: Some(proved(line)), by_key: true, ..Caller::GUEST }
}

async fn ring(place: &Place, who: &Caller) -> KeyRing {
    place.call(who, ListKeys).await.unwrap()
}

/// Pastes a key and logs in with it once, as its owner would.
async fn own(place: &Place, who: &Caller, line: &str) -> crate::domain::ids::KeyId {
    let key = place.call(who, add(line, "")).await.unwrap();
    let handle = place.call(who, WhoAmI).await.unwrap().handle;
    assert_eq!(opens_as(place, line, &handle).await, Some(who.who.clone()));
    key
}

/// Whether a key opens an account for somebody who logs in under any name.
async fn opens(place: &Place, line: &str) -> bool {
    opens_as(place, line, "anybody").await.is_some()
}

async fn opens_as(place: &Place, line: &str, user: &str) -> Option<Who> {
    place.service.member_for_key(&proved(line), user).await.unwrap().map(Who::Member)
}

async fn log_in(place: &Place, password: &str) -> PasswordCheck {
    place.service.check_password("alice", password, PEER).await.unwrap()
}

fn words<T: std::fmt::Debug>(result: super::Result<T>) -> String {
    result.unwrap_err().to_string()
}

#[tokio::test]
async fn d2_a_pasted_key_opens_the_account_under_its_name() {
    let mut place = Place::new().await;
    let alice = place.regular("alice").await;
    place.published();
    place.call(&alice, add(ED25519, "")).await.unwrap();
    let Who::Member(me) = alice.who else { panic!("a member") };
    assert_eq!(place.published(), [DomainEvent::MemberChanged { member: me }]);
    assert!(!ring(&place, &alice).await.keys[0].proved && !opens(&place, ED25519).await);
    assert_eq!(opens_as(&place, ED25519, "Alice").await, Some(alice.who.clone()));
    assert!(opens(&place, ED25519).await, "proved once, it opens the account under any name");
    let found = ring(&place, &alice).await;
    assert_eq!((found.keys.len(), found.has_password, found.came_with), (1, false, None));
    let key = &found.keys[0];
    assert_eq!((key.name.as_str(), key.opened_this), ("made for a test", false));
    assert!(ring(&place, &by_key(&alice, ED25519)).await.keys[0].opened_this);

    place.call(&alice, RenameKey { key: key.id, name: " the laptop\t".to_owned() }).await.unwrap();
    assert_eq!(ring(&place, &alice).await.keys[0].name, "the laptop");
    assert!(
        words(place.call(&alice, RenameKey { key: key.id, name: " ".to_owned() }).await).contains("name")
    );
    let long = "x".repeat(KEY_NAME_CHARS_MAX + 1);
    assert!(words(place.call(&alice, RenameKey { key: key.id, name: long }).await).contains("61"));
}

/// A public key is public: whoever pastes another person's must not lead that person into their own account, nor keep
/// them from using the key.
#[tokio::test]
async fn d2_somebody_elses_public_key_opens_nothing() {
    let place = Place::new().await;
    let (alice, mallory) = (place.regular("alice").await, place.regular("mallory").await);
    place.call(&mallory, add(ED25519, "")).await.unwrap();
    assert!(!opens(&place, ED25519).await);
    assert_eq!(opens_as(&place, ED25519, "alice").await, None);
    // Its holder comes with it and adds it, whatever was pasted elsewhere; by its line that works as well.
    let with_key = Caller { key: Some(proved(ED25519)), ..alice.clone() };
    place.call(&with_key, AddCallersKey { name: "mine".to_owned() }).await.unwrap();
    for user in ["alice", "mallory", "anybody"] {
        assert_eq!(opens_as(&place, ED25519, user).await, Some(alice.who.clone()), "as {user}");
    }
    // What was pasted in vain can be taken away, and is no way in that a password could be removed for.
    let dead = ring(&place, &mallory).await.keys.remove(0);
    assert!(!dead.proved);
    place.call(&mallory, to("a long enough password", None)).await.unwrap();
    let present = Some(PresentPassword::new("a long enough password"));
    let only = words(place.call(&mallory, SetPassword::remove(present)).await);
    assert!(only.contains("only way in"), "{only}");
    place.call(&mallory, RevokeKey { key: dead.id }).await.unwrap();
}

#[tokio::test]
async fn d2_a_pasted_key_that_one_comes_with_is_proved_and_not_doubled() {
    let place = Place::new().await;
    let alice = place.regular("alice").await;
    let pasted = place.call(&alice, add(ED25519, "laptop")).await.unwrap();
    assert!(words(place.call(&alice, add(ED25519, "")).await).contains("already"));
    let with_key = Caller { key: Some(proved(ED25519)), ..alice.clone() };
    let added = place.call(&with_key, AddCallersKey { name: String::new() }).await.unwrap();
    let keys = ring(&place, &alice).await.keys;
    assert_eq!((added, keys.len(), keys[0].proved), (pasted, 1, true));
}

#[tokio::test]
async fn d2_the_key_one_came_with_is_added_without_pasting() {
    let place = Place::new().await;
    let (alice, bob) = (place.regular("alice").await, place.regular("bob").await);
    let with_key = Caller { key: Some(proved(ECDSA)), ..alice.clone() };
    let came_with = ring(&place, &with_key).await.came_with.unwrap();
    assert_eq!(came_with.fingerprint, proved(ECDSA).fingerprint);
    place.call(&with_key, AddCallersKey { name: "phone".to_owned() }).await.unwrap();
    assert!(opens(&place, ECDSA).await);
    assert_eq!(ring(&place, &with_key).await.came_with, None, "it is somebody's now");
    assert!(words(place.call(&with_key, AddCallersKey { name: String::new() }).await).contains("already"));
    // Without a proved key, or with the one that opened the session, there is nothing to add.
    own(&place, &bob, ED25519).await;
    for who in [&bob, &by_key(&bob, ED25519)] {
        let refused = words(place.call(who, AddCallersKey { name: String::new() }).await);
        assert!(refused.contains("Paste"), "{refused}");
    }
    let other = words(place.call(&bob, add(ECDSA, "")).await);
    assert!(other.contains("another account") && !other.contains("alice"), "{other}");
}

#[tokio::test]
async fn d2_a_revoked_key_opens_nothing_and_its_session_knows_at_once() {
    let mut place = Place::new().await;
    let alice = place.regular("alice").await;
    let key = own(&place, &alice, ED25519).await;
    let other = own(&place, &alice, ECDSA).await;
    let (session, bystander) = (by_key(&alice, ED25519), by_key(&alice, ECDSA));
    assert!(place.call(&session, WhoAmI).await.unwrap().key_live);
    place.published();
    place.call(&alice, RevokeKey { key }).await.unwrap();
    let Who::Member(me) = alice.who else { panic!("a member") };
    assert_eq!(place.published(), [DomainEvent::KeyRevoked { key, member: me }]);
    assert!(!opens(&place, ED25519).await && opens(&place, ECDSA).await);
    assert!(!place.call(&session, WhoAmI).await.unwrap().key_live);
    assert!(place.call(&bystander, WhoAmI).await.unwrap().key_live);
    assert!(words(place.call(&alice, RevokeKey { key }).await).contains("no such key"));
    // The one that is left is the last means, whichever session asks.
    let refused = words(place.call(&bystander, RevokeKey { key: other }).await);
    assert!(refused.contains("only way in"), "{refused}");
    // A revoked key may be added again.
    own(&place, &alice, ED25519).await;
    assert!(opens(&place, ED25519).await);
}

#[tokio::test]
async fn d2_keys_of_others_are_out_of_reach() {
    let mut place = Place::new().await;
    let (alice, bob) = (place.regular("alice").await, place.regular("bob").await);
    let key = own(&place, &alice, ED25519).await;
    place.published();
    assert!(words(place.call(&bob, RevokeKey { key }).await).contains("no such key"));
    assert!(
        words(place.call(&bob, RenameKey { key, name: "mine".to_owned() }).await).contains("no such key")
    );
    let guest = Caller { key: Some(proved(ECDSA)), ..Caller::GUEST };
    let removed = place.account("rita", Standing::Removed, Level::Regular, Role::Member).await;
    for who in [guest, removed, Caller::host()] {
        assert!(matches!(place.call(&who, ListKeys).await, Err(Error::Denied(_))), "{who:?}");
        assert!(matches!(place.call(&who, add(ECDSA, "")).await, Err(Error::Denied(_))), "{who:?}");
        assert!(matches!(place.call(&who, to("long enough", None)).await, Err(Error::Denied(_))), "{who:?}");
    }
    assert!(place.published().is_empty());
    assert_eq!(ring(&place, &alice).await.keys.len(), 1);
    // A stolen key can be revoked by a suspended member too.
    let sam = place.account("sam", Standing::Suspended, Level::Member, Role::Member).await;
    place.call(&sam, to("long enough", None)).await.unwrap();
    let key = own(&place, &sam, ECDSA).await;
    place.call(&sam, RevokeKey { key }).await.unwrap();
    assert!(!matches!(place.call(&sam, ListKeys).await, Err(Error::Denied(Denied::Suspended))));
}

#[tokio::test]
async fn a_password_is_set_changed_with_the_present_one_and_never_the_last_way_in() {
    let place = Place::new().await;
    let alice = place.regular("alice").await;
    let Who::Member(me) = alice.who else { panic!("a member") };
    assert!(words(place.call(&alice, SetPassword::remove(None)).await).contains("none to remove"));
    place.call(&alice, to("first words", None)).await.unwrap();
    assert_eq!(log_in(&place, "first words").await, PasswordCheck::Right(me));
    assert!(ring(&place, &alice).await.asks_password);

    for present in [None, Some("guess"), Some("")] {
        let refused = words(place.call(&alice, to("second words", present)).await);
        assert!(refused.contains("present password"), "{refused}");
    }
    assert_eq!(log_in(&place, "first words").await, PasswordCheck::Right(me));
    place.call(&alice, to("second words", Some("first words"))).await.unwrap();
    assert_eq!(log_in(&place, "first words").await, PasswordCheck::Wrong);
    assert_eq!(log_in(&place, "second words").await, PasswordCheck::Right(me));

    let remove = || SetPassword::remove(Some(PresentPassword::new("second words")));
    assert!(words(place.call(&alice, remove()).await).contains("only way in"));
    let key = own(&place, &alice, ED25519).await;
    place.call(&alice, remove()).await.unwrap();
    assert!(!ring(&place, &alice).await.has_password);
    assert_eq!(log_in(&place, "second words").await, PasswordCheck::Wrong);
    assert!(words(place.call(&alice, RevokeKey { key }).await).contains("only way in"));
}

#[tokio::test]
async fn d9_who_forgot_the_password_sets_another_in_a_session_that_a_key_opened() {
    let place = Place::new().await;
    let alice = place.regular("alice").await;
    let Who::Member(me) = alice.who else { panic!("a member") };
    place.call(&alice, to("first words", None)).await.unwrap();
    let session = by_key(&alice, ED25519);
    let stranger = place.call(&session, to("second words", None)).await;
    assert!(words(stranger).contains("was revoked"), "that key is not hers");
    let key = own(&place, &alice, ED25519).await;
    assert!(!ring(&place, &session).await.asks_password);
    place.call(&session, to("second words", None)).await.unwrap();
    assert_eq!(log_in(&place, "second words").await, PasswordCheck::Right(me));
    // The running session of a revoked key proves nothing any more, even before it ends.
    place.call(&alice, RevokeKey { key }).await.unwrap();
    assert!(words(place.call(&session, to("third words", None)).await).contains("was revoked"));
}

/// A member who changes their password has a reason: what the old one opened ends, and the session that changed it stays.
#[tokio::test]
async fn d2_a_changed_password_ends_what_the_old_one_opened() {
    let mut place = Place::new().await;
    let alice = place.regular("alice").await;
    let Who::Member(me) = alice.who else { panic!("a member") };
    let opened = async |place: &Place| {
        let ways = place.service.ways_of("alice").await.unwrap();
        Caller { ways: Some(Ways::at(ways)), ..alice.clone() }
    };
    // The first password replaces nothing.
    let first = opened(&place).await;
    place.call(&first, to("first words", None)).await.unwrap();
    let (desk, thief) = (opened(&place).await, opened(&place).await);
    let key = own(&place, &alice, ED25519).await;
    let laptop = by_key(&alice, ED25519);
    for session in [&first, &desk, &thief, &laptop] {
        assert!(place.call(session, WhoAmI).await.unwrap().key_live);
    }
    place.published();
    // Refused, it ends nobody.
    place.call(&desk, to("second words", Some("guess"))).await.unwrap_err();
    assert!(place.call(&thief, WhoAmI).await.unwrap().key_live && place.published().is_empty());
    place.call(&desk, to("second words", Some("first words"))).await.unwrap();
    assert_eq!(
        place.published(),
        [DomainEvent::MemberChanged { member: me }],
        "all sessions look who they are"
    );
    for old in [&first, &thief] {
        assert!(!place.call(old, WhoAmI).await.unwrap().key_live);
        assert!(words(place.call(old, ShowHome).await).contains("opens nothing any more"));
    }
    for stays in [&desk, &laptop, &opened(&place).await] {
        assert!(place.call(stays, WhoAmI).await.unwrap().key_live);
        place.call(stays, ShowHome).await.unwrap();
    }
    // Taking the password away does the same, and so does a session that a key opened; that one stays as well.
    let other = opened(&place).await;
    place.call(&laptop, to("third words", None)).await.unwrap();
    assert!(!place.call(&desk, WhoAmI).await.unwrap().key_live);
    assert!(!place.call(&other, WhoAmI).await.unwrap().key_live);
    let last = opened(&place).await;
    place.call(&laptop, SetPassword::remove(None)).await.unwrap();
    assert!(!place.call(&last, WhoAmI).await.unwrap().key_live);
    assert!(place.call(&laptop, WhoAmI).await.unwrap().key_live);
    assert!(words(place.call(&laptop, RevokeKey { key }).await).contains("only way in"));
}

#[tokio::test]
async fn an_open_session_is_no_way_to_guess_on() {
    let place = Place::new().await;
    let alice = place.regular("alice").await;
    place.call(&alice, to("first words", None)).await.unwrap();
    for _ in 0..10 {
        place.call(&alice, to("second words", Some("guess"))).await.unwrap_err();
    }
    let refused = place.call(&alice, to("second words", Some("first words"))).await.unwrap_err();
    assert!(matches!(refused, Error::TooSoon { .. }), "{refused}");
    assert_eq!(log_in(&place, "first words").await, PasswordCheck::TooMany);
    // A key still opens the account, sets another password and ends the rest.
    own(&place, &alice, ED25519).await;
    place.call(&by_key(&alice, ED25519), to("second words", None)).await.unwrap();
    assert!(matches!(log_in(&place, "second words").await, PasswordCheck::Right(_)));
}

/// SAFETY, Identity: a revoked key is found out at every act, not only when the session hears of it.
#[tokio::test]
async fn d2_a_session_whose_key_is_revoked_can_do_nothing_more_but_keep_its_draft() {
    let place = Place::new().await;
    let alice = place.regular("alice").await;
    let board = place.board("general").await;
    place.call(&alice, to("first words", None)).await.unwrap();
    let key = own(&place, &alice, ED25519).await;
    let session = by_key(&alice, ED25519);
    let start = || StartThread { board, title: "Hello".to_owned(), body: "There".to_owned() };
    place.call(&session, start()).await.unwrap();
    place.call(&alice, RevokeKey { key }).await.unwrap();
    assert!(words(place.call(&session, start()).await).contains("was revoked"));
    assert!(words(place.call(&session, ShowHome).await).contains("was revoked"));
    assert!(words(place.call(&session, to("other words", None)).await).contains("was revoked"));
    assert!(!place.call(&session, WhoAmI).await.unwrap().key_live);
    let target = DraftTarget::Board(board);
    let (title, body) = ("Hello".to_owned(), "half a".to_owned());
    place.call(&session, SaveDraft { target, title, body, reply_to: None }).await.unwrap();
    place.call(&alice, start()).await.unwrap();
}

#[tokio::test]
async fn staff_see_in_the_audit_log_what_was_changed_and_members_do_not() {
    let place = Place::new().await;
    let (alice, mo) = (place.regular("alice").await, place.moderator("mo").await);
    let key = own(&place, &alice, ED25519).await;
    place.call(&alice, to("first words", None)).await.unwrap();
    place.call(&alice, RevokeKey { key }).await.unwrap();
    place.call(&alice, RevokeKey { key }).await.unwrap_err();
    let log = place.call(&mo, ReadAuditLog { before: None }).await.unwrap();
    let actions: Vec<&str> = log.entries.iter().map(|entry| entry.action.as_str()).collect();
    assert_eq!(actions, ["key.revoke", "password.set", "key.add"]);
    assert!(log.entries.iter().all(|entry| entry.target.as_deref() == Some("alice")));
    assert!(log.entries[2].detail.contains("pasted"), "{}", log.entries[2].detail);
    let public = place.call(&alice, ReadModLog::default()).await.unwrap();
    assert!(public.entries.is_empty());
}

#[tokio::test]
async fn hostile_names_come_out_clean() {
    let place = Place::new().await;
    let alice = place.regular("alice").await;
    let key = own(&place, &alice, ED25519).await;
    for text in hostile() {
        let _ = place.call(&alice, RenameKey { key, name: text }).await;
        let name = &ring(&place, &alice).await.keys[0].name;
        assert_eq!(&crate::domain::text::clean_line(name), name);
        assert!(!name.is_empty());
    }
}

#[tokio::test]
async fn keys_have_a_most() {
    let place = Place::new().await;
    let alice = place.regular("alice").await;
    own(&place, &alice, ED25519).await;
    let [algorithm, body, ..] = ED25519.split(' ').collect::<Vec<_>>()[..] else { panic!("a key") };
    // Other last characters of the body are other keys of the same shape.
    let others = ("ABCDEFGHIJKLMNOPQRSTUVWXYZ").chars().map(|c| format!("{algorithm} {}{c}", &body[..67]));
    let mut added = 1;
    let mut refused = String::new();
    for line in others {
        match place.call(&alice, AddKey { line, name: String::new() }).await {
            Ok(_) => added += 1,
            Err(why) => refused = why.to_string(),
        }
    }
    assert_eq!((added, ring(&place, &alice).await.keys.len()), (KEYS_MAX, KEYS_MAX));
    assert!(refused.contains("Revoke one"), "{refused}");
}

#[test]
fn passwords_stay_out_of_logs() {
    let request = to("first words", Some("second words"));
    let said = format!("{request:?}");
    assert!(!said.contains("words"), "{said}");
}

/// D2: a key is replaced in one flow, and the old one goes when the new one is proved.
#[tokio::test]
async fn d2_a_key_is_replaced_and_the_old_one_goes_when_the_new_one_lets_its_owner_in() {
    let place = Place::new().await;
    let ed25519 = include_str!("../../../tests/keys/ed25519.pub");
    let line = KeyLine::parse(ed25519).unwrap();
    let proved = |name: &str| ProvedKey {
        fingerprint: format!("SHA256:{name}"),
        algorithm: "ssh-ed25519".to_owned(),
        public_key: format!("ssh-ed25519 {name}"),
    };
    let mut ann = place.regular("ann").await;
    ann.key = Some(proved("old"));
    let old = place.call(&ann, AddCallersKey { name: "laptop".to_owned() }).await.unwrap();
    ann.by_key = true;
    let replace = |old, line: &str| ReplaceKey { old, line: line.to_owned(), name: String::new() };
    assert!(place.call(&ann, replace(old, "")).await.is_err(), "she came with no other key");
    place.call(&ann, replace(old, ed25519)).await.unwrap();
    let ring = place.call(&ann, ListKeys).await.unwrap();
    assert_eq!(ring.keys.len(), 2, "both are there until the new one is proved");
    assert_eq!(ring.keys[1].name, "laptop");
    let new =
        ProvedKey { fingerprint: line.fingerprint, algorithm: line.algorithm, public_key: line.public_key };
    assert!(place.service.member_for_key(&new, "ann").await.unwrap().is_some());
    assert_eq!(place.service.member_for_key(&proved("old"), "ann").await.unwrap(), None);
    assert!(place.call(&ann, ListKeys).await.is_err(), "the session of the old key is refused");
    // With the new key in hand it is one step; nobody else's key can be named.
    let mut session = ann.clone();
    session.key = Some(proved("newest"));
    session.by_key = false;
    let id = place.call(&session, ListKeys).await.unwrap().keys[0].id;
    let bo = place.regular("bo").await;
    assert!(matches!(place.call(&bo, replace(id, ed25519)).await, Err(Error::NotFound(_))));
    place.call(&session, replace(id, "")).await.unwrap();
    let keys = place.call(&session, ListKeys).await.unwrap().keys;
    assert_eq!(keys.iter().map(|key| key.fingerprint.as_str()).collect::<Vec<_>>(), ["SHA256:newest"]);
}
