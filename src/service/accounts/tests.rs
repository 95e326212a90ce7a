//! The host's tools: setting up, adding members, the keys file (D8).

#![allow(clippy::unwrap_used)]

use super::*;
use crate::domain::member::{Level, Role};
use crate::domain::policy::{self, Actor, ManageKeys};
use crate::service::boards::ListBoards;
use crate::service::charter::ReadCharter;
use crate::service::login::PasswordCheck;
use crate::service::members::WhoAmI;
use crate::service::passwords::NewPassword;
use crate::service::testing::{NOON, Place, caller};
use crate::service::{Caller, Error, ProvedKey, Who};
use crate::store::{audit, keys};

const HOST: Caller = Caller::HOST;
const GUEST: Caller = Caller::GUEST;
const ED25519: &str = include_str!("../../../tests/keys/ed25519.pub");
const ECDSA: &str = include_str!("../../../tests/keys/ecdsa.pub");
const RSA: &str = include_str!("../../../tests/keys/rsa.pub");

fn proved(line: &str) -> ProvedKey {
    let key = KeyLine::parse(line).unwrap();
    ProvedKey { fingerprint: key.fingerprint, algorithm: key.algorithm, public_key: key.public_key }
}

async fn import(place: &Place, text: &str) -> Imported {
    place.call(&HOST, ImportKeysFile { text: text.to_owned() }).await.unwrap()
}

/// Who a key opens the door for, as a caller.
async fn owner(place: &Place, line: &str) -> Option<Caller> {
    place.service.member_for_key(&proved(line), "anybody").await.unwrap().map(caller)
}

#[tokio::test]
async fn setting_up_twice_makes_a_charter_and_boards_once() {
    let place = Place::new().await;
    let made = place.call(&HOST, SetUp).await.unwrap();
    assert_eq!(made, MadePlace { charter: true, boards: 6, has_sysop: false });
    let again = place.call(&HOST, SetUp).await.unwrap();
    assert_eq!(again, MadePlace { charter: false, boards: 0, has_sysop: false });
    let charter = place.call(&GUEST, ReadCharter).await.unwrap();
    assert_eq!((charter.version, charter.rules.len()), (1, 5));
    assert!(charter.rules.iter().all(|rule| !rule.title.is_empty() && !rule.body.contains("  ")));
    let ruth = place.regular("ruth").await;
    let slugs: Vec<String> =
        place.call(&ruth, ListBoards).await.unwrap().boards.into_iter().map(|board| board.slug).collect();
    assert_eq!(slugs, ["announcements", "introductions", "general", "help", "library"]);
    place.member("boss", Level::Regular, Role::Sysop).await;
    assert!(place.call(&HOST, SetUp).await.unwrap().has_sysop);
}

#[tokio::test]
async fn the_first_charter_is_fit_for_every_screen() {
    let place = Place::new().await;
    place.call(&HOST, SetUp).await.unwrap();
    let charter = place.call(&GUEST, ReadCharter).await.unwrap();
    let texts = [&charter.purpose, &charter.audience, &charter.gives, &charter.gets]
        .into_iter()
        .chain(charter.rules.iter().flat_map(|rule| [&rule.title, &rule.body]));
    for text in texts {
        assert!(text.is_ascii() && crate::domain::text::clean_line(text) == *text, "{text}");
    }
}

#[tokio::test]
async fn only_the_host_and_sysops_make_accounts_at_once() {
    let place = Place::new().await;
    let mo = place.member("mo", Level::Regular, Role::Moderator).await;
    for nosy in [&mo, &GUEST] {
        let key = KeyLine::parse(ED25519).unwrap();
        let add = AddMember { handle: "ada".to_owned(), role: Role::Sysop, proof: Proof::Key(key) };
        assert!(matches!(place.call(nosy, add).await, Err(Error::Denied(_))));
        let file = ImportKeysFile { text: format!("ada sysop {ED25519}") };
        assert!(matches!(place.call(nosy, file).await, Err(Error::Denied(_))));
    }
    assert!(owner(&place, ED25519).await.is_none());
}

#[tokio::test]
async fn a_member_is_added_with_a_key_or_a_password() {
    let place = Place::new().await;
    let key = KeyLine::parse(ED25519).unwrap();
    let add = AddMember { handle: "sysop".to_owned(), role: Role::Sysop, proof: Proof::Key(key) };
    assert_eq!(place.call(&HOST, add).await.unwrap().handle, "sysop");
    let by_key = owner(&place, ED25519).await.unwrap();
    let actor = place.call(&by_key, WhoAmI).await.unwrap().actor;
    assert!(actor.is_sysop() && matches!(actor, Actor::Account { level: Level::Regular, .. }));

    let password = NewPassword::parse("correct horse").unwrap();
    let add = AddMember { handle: "ada".to_owned(), role: Role::Member, proof: Proof::Password(password) };
    place.call(&HOST, add).await.unwrap();
    let check = place.service.check_password("ada", "correct horse", "192.0.2.1".parse().unwrap()).await;
    assert!(matches!(check, Ok(PasswordCheck::Right(_))));
}

#[tokio::test]
async fn a_taken_handle_or_key_is_refused_and_nothing_is_half_made() {
    let place = Place::new().await;
    let add = |handle: &str, line: &str| AddMember {
        handle: handle.to_owned(),
        role: Role::Member,
        proof: Proof::Key(KeyLine::parse(line).unwrap()),
    };
    place.call(&HOST, add("modern", ED25519)).await.unwrap();
    for (handle, line, word) in
        [("Modern", RSA, "already"), ("rnodern", RSA, "too much like"), ("ada", ED25519, "modern's")]
    {
        let refused = place.call(&HOST, add(handle, line)).await.unwrap_err().to_string();
        assert!(refused.contains(word), "{refused}");
    }
    // "ada" was not left behind by the key that failed.
    place.call(&HOST, add("ada", RSA)).await.unwrap();
}

#[tokio::test]
async fn d8_a_keys_file_is_read_again_at_every_start_and_changes_nothing_then() {
    let mut place = Place::new().await;
    let file = format!("# remarks\n\n  ada sysop {ED25519}\r\ngrace\tmoderator {ECDSA}");
    let imported = import(&place, &file).await;
    assert_eq!((imported.members.len(), imported.keys, imported.problems.len()), (2, 2, 0), "{imported:?}");
    let ada = owner(&place, ED25519).await.unwrap();
    assert!(place.call(&ada, WhoAmI).await.unwrap().actor.is_sysop());
    place.published();
    assert_eq!(import(&place, &file).await, Imported::default());
    assert!(place.published().is_empty());

    // A second key for one, another role for the other; a line that is gone takes nothing away.
    let file = format!("ada sysop {RSA}\ngrace member {ECDSA}");
    let imported = import(&place, &file).await;
    assert_eq!((imported.keys, imported.roles.as_slice()), (1, ["grace".to_owned()].as_slice()));
    assert_eq!(owner(&place, RSA).await, Some(ada.clone()));
    assert_eq!(owner(&place, ED25519).await, Some(ada));
    let mut read = place.service.store().begin_read().await.unwrap();
    let rows = audit::entries(&mut read, audit::Which::All { reader: None }, None, 10).await.unwrap();
    let actions: Vec<&str> = rows.iter().map(|row| row.audit.action.as_str()).collect();
    assert_eq!(actions, ["member.role", "member.add", "member.add"]);
    assert_eq!(audit::first_broken(&mut read).await.unwrap(), None);
}

#[tokio::test]
async fn bad_lines_are_named_and_the_good_ones_count() {
    let place = Place::new().await;
    let key = ED25519.trim_end();
    let file = format!(
        "ada king {key}\nada\n1st member {key}\nada member ssh-ed25519 AAAA\nada sysop {key}\neve member {key}"
    );
    let imported = import(&place, &file).await;
    assert_eq!(imported.members, ["ada"]);
    let numbers: Vec<&str> = imported.problems.iter().map(|p| p.split_once(':').unwrap().0).collect();
    assert_eq!(numbers, ["line 1", "line 2", "line 3", "line 4", "line 6"], "{:?}", imported.problems);
    assert!(imported.problems[4].contains("ada's already"), "{:?}", imported.problems);
}

#[tokio::test]
async fn a_revoked_key_is_not_brought_back_by_the_file() {
    let place = Place::new().await;
    let file = format!("ada sysop {ED25519}");
    import(&place, &file).await;
    let ada = owner(&place, ED25519).await.unwrap();
    let Who::Member(id) = ada.who else { panic!("{ada:?}") };
    let mut write = place.service.store().begin_write().await.unwrap();
    let (key, _) = keys::live(&mut write, &proved(ED25519).fingerprint).await.unwrap().unwrap();
    let grant = policy::allow(&Actor::Host, &ManageKeys { member: id }).unwrap();
    let other = crate::domain::ids::MemberId(id.0 + 1);
    assert!(!keys::revoke(&mut write, &grant, NOON, other, key).await.unwrap(), "nobody else's");
    assert!(keys::rename(&mut write, &grant, id, key, "laptop").await.unwrap());
    assert_eq!(keys::of_member(&mut write, id).await.unwrap()[0].name, "laptop");
    assert!(keys::revoke(&mut write, &grant, NOON, id, key).await.unwrap());
    assert!(!keys::revoke(&mut write, &grant, NOON, id, key).await.unwrap(), "only once");
    assert!(keys::of_member(&mut write, id).await.unwrap().is_empty());
    write.commit().await.unwrap();
    let imported = import(&place, &file).await;
    assert!(imported.problems[0].contains("revoked"), "{imported:?}");
    assert!(owner(&place, ED25519).await.is_none());
}

#[tokio::test]
async fn the_example_is_read_without_a_problem() {
    let place = Place::new().await;
    let example = include_str!("../../../keys.example");
    assert_eq!(import(&place, example).await, Imported::default());
    let first: String = example.lines().filter_map(|line| line.strip_prefix("#ada ")).collect();
    let imported = import(&place, &format!("ada {first}")).await;
    assert_eq!((imported.members.len(), imported.problems.len()), (1, 0), "{imported:?}");
}
