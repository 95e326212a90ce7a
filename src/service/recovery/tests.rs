//! Lost keys (D9): asking, vouching, stopping, the code.

#![allow(clippy::unwrap_used)]

use super::*;
use crate::domain::ids::MemberId;
use crate::domain::invite::InviteCode;
use crate::domain::member::{Level, Role, Standing};
use crate::domain::policy::Denied;
use crate::service::blocks::BlockMember;
use crate::service::invites::fresh_code;
use crate::service::keys::{AddCallersKey, ListKeys, SetPassword};
use crate::service::limits::WRONG_CODES_MAX;
use crate::service::login::PasswordCheck;
use crate::service::logs::ReadAuditLog;
use crate::service::members::WhoAmI;
use crate::service::passwords::NewPassword;
use crate::service::testing::{Place, caller};
use crate::service::{Caller, DomainEvent, ProvedKey, Who};
use crate::store::testing::picture;

const TABLES: &[&str] = &["recovery", "recovery_vouch", "member_key"];

fn key(name: &str) -> ProvedKey {
    ProvedKey {
        fingerprint: format!("SHA256:{name}"),
        algorithm: "ssh-ed25519".to_owned(),
        public_key: format!("ssh-ed25519 {name}"),
    }
}

fn id(who: &Caller) -> MemberId {
    let Who::Member(member) = who.who else { panic!("{who:?} has no account") };
    member
}

fn password(text: &str) -> Option<NewPassword> {
    Some(NewPassword::parse(text).unwrap())
}

struct Cast {
    place: Place,
    boss: Caller,
    ann: Caller,
    bo: Caller,
    wren: Caller,
}

/// wren has an old key and an old password.
async fn cast() -> Cast {
    let place = Place::new().await;
    let boss = place.member("boss", Level::Regular, Role::Sysop).await;
    let (ann, bo, mut wren) =
        (place.regular("ann").await, place.regular("bo").await, place.regular("Wren").await);
    wren.key = Some(key("old"));
    place.call(&wren, AddCallersKey { name: "laptop".to_owned() }).await.unwrap();
    wren.by_key = true;
    place.call(&wren, SetPassword::to(NewPassword::parse("the old one").unwrap(), None)).await.unwrap();
    Cast { place, boss, ann, bo, wren }
}

impl Cast {
    async fn ask(&self) -> Recovery {
        self.place.call(&Caller::GUEST, AskRecovery { handle: " wren ".to_owned() }).await.unwrap();
        self.only(&self.ann).await
    }

    async fn only(&self, reader: &Caller) -> Recovery {
        let mut list = self.place.call(reader, ListRecoveries).await.unwrap();
        assert_eq!(list.len(), 1, "{list:?}");
        list.remove(0)
    }

    /// A code that two have vouched for.
    async fn code(&self) -> InviteCode {
        let id = self.ask().await.id;
        self.place.call(&self.ann, VouchRecovery { id }).await.unwrap();
        self.place.call(&self.bo, VouchRecovery { id }).await.unwrap();
        self.place.call(&self.boss, HandOutCode { id }).await.unwrap().code
    }
}

#[tokio::test]
async fn d9_two_vouch_a_sysop_hands_out_a_code_and_only_what_is_new_opens_the_account() {
    let mut cast = cast().await;
    let asked = cast.ask().await;
    let id = asked.id;
    assert!(cast.place.call(&cast.wren, WhoAmI).await.unwrap().lost_key, "the member concerned is told");
    assert!(cast.place.call(&cast.wren, WhoAmI).await.unwrap().lost_key_words().is_some());
    assert!(!cast.place.call(&cast.ann, WhoAmI).await.unwrap().lost_key);
    cast.place.call(&cast.ann, VouchRecovery { id }).await.unwrap();
    let early = cast.place.call(&cast.boss, HandOutCode { id }).await;
    assert!(matches!(early, Err(Error::Denied(Denied::VouchesMissing))), "{early:?}");
    // The sysop's own word is not one of the two.
    cast.place.call(&cast.boss, VouchRecovery { id }).await.unwrap();
    assert!(cast.place.call(&cast.boss, HandOutCode { id }).await.is_err());
    cast.place.call(&cast.bo, VouchRecovery { id }).await.unwrap();
    let seen = cast.only(&cast.boss).await;
    assert_eq!((seen.vouches, seen.may_hand_out), (3, true));
    assert!(matches!(cast.place.call(&cast.ann, HandOutCode { id }).await, Err(Error::Denied(_))));
    let code = cast.place.call(&cast.boss, HandOutCode { id }).await.unwrap().code;
    assert!(!picture(cast.place.service.store(), TABLES).await.join("\n").contains(code.canonical()));
    let mut guest = Caller { key: Some(key("new")), ..Caller::GUEST };
    assert_eq!(cast.place.call(&guest, CheckRecovery { code: code.clone() }).await.unwrap().handle, "Wren");
    cast.place.published();
    let used = UseRecovery {
        code: code.clone(),
        password: password("the new one"),
        keep_key: true,
        keep_old_keys: false,
    };
    let back = cast.place.call(&guest, used).await.unwrap();
    guest.become_member(back.identity);
    assert_eq!(guest.who, cast.wren.who);
    // Sessions of old keys end, and are refused at their next act.
    let events = cast.place.published();
    assert!(events.iter().any(|event| matches!(event, DomainEvent::KeyRevoked { .. })), "{events:?}");
    assert!(!cast.place.call(&cast.wren, WhoAmI).await.unwrap().key_live);
    assert!(cast.place.call(&cast.wren, ListKeys).await.is_err());
    assert_eq!(cast.place.service.member_for_key(&key("old"), "wren").await.unwrap(), None);
    let keys = cast.place.call(&guest, ListKeys).await.unwrap().keys;
    assert_eq!(keys.iter().map(|key| key.fingerprint.as_str()).collect::<Vec<_>>(), ["SHA256:new"]);
    let peer = "192.0.2.1".parse().unwrap();
    let check = async |text| cast.place.service.check_password("wren", text, peer).await.unwrap();
    assert_eq!(check("the old one").await, PasswordCheck::Wrong);
    assert_eq!(check("the new one").await, PasswordCheck::Right(self::id(&cast.wren)));
    // Once.
    let again =
        UseRecovery { code, password: password("another one"), keep_key: false, keep_old_keys: false };
    assert!(matches!(cast.place.call(&Caller::GUEST, again).await, Err(Error::Invalid(_))));
    let log = cast.place.call(&cast.boss, ReadAuditLog::default()).await.unwrap();
    let acts: Vec<&str> = log.entries.iter().map(|entry| entry.action.as_str()).collect();
    for act in ["recovery.ask", "recovery.vouch", "recovery.code", "recovery.use"] {
        assert!(acts.contains(&act), "{act} is on record: {acts:?}");
    }
}

#[tokio::test]
async fn d9_the_door_says_the_same_of_every_handle_and_asks_once() {
    let cast = cast().await;
    let ask = |handle: &str| AskRecovery { handle: handle.to_owned() };
    let before = picture(cast.place.service.store(), TABLES).await;
    for nobody in ["nobody", "", "' OR 1=1 --", "WREN\u{202e}"] {
        cast.place.call(&Caller::GUEST, ask(nobody)).await.unwrap();
    }
    assert_eq!(picture(cast.place.service.store(), TABLES).await, before);
    cast.place.account("gone", Standing::Removed, Level::Member, Role::Member).await;
    cast.place.call(&Caller::GUEST, ask("gone")).await.unwrap();
    assert!(cast.place.call(&cast.ann, ListRecoveries).await.unwrap().is_empty());
    let first = cast.ask().await;
    assert_eq!(cast.ask().await, first, "asked again it is the same request");
    // From one network, a few an hour.
    let guest = Caller { network: Some("192.0.2.9".parse().unwrap()), ..Caller::GUEST };
    for _ in 0..4 {
        cast.place.call(&guest, ask("nobody")).await.unwrap();
    }
    for handle in ["nobody", "wren"] {
        assert!(matches!(cast.place.call(&guest, ask(handle)).await, Err(Error::TooSoon { .. })));
    }
    // Two weeks later it is asked anew.
    cast.place.clock.advance(OPEN_FOR_S);
    assert!(cast.place.call(&cast.ann, ListRecoveries).await.unwrap().is_empty());
    assert!(cast.place.call(&cast.ann, VouchRecovery { id: first.id }).await.is_err());
    assert_ne!(cast.ask().await.id, first.id);
}

#[tokio::test]
async fn d9_who_may_vouch() {
    let cast = cast().await;
    let id = cast.ask().await.id;
    let refused = async |who: &Caller| cast.place.call(who, VouchRecovery { id }).await.unwrap_err();
    assert!(matches!(refused(&cast.wren).await, Error::Denied(Denied::OwnThing)));
    let new = cast.place.member("new", Level::Newcomer, Role::Member).await;
    assert!(matches!(refused(&new).await, Error::Denied(Denied::NotYet)));
    assert!(matches!(refused(&Caller::GUEST).await, Error::Denied(Denied::MembersOnly)));
    // Blocked either way: neither counts for the other.
    cast.place.call(&cast.wren, BlockMember { member: self::id(&cast.ann), blocked: true }).await.unwrap();
    cast.place.call(&cast.bo, BlockMember { member: self::id(&cast.wren), blocked: true }).await.unwrap();
    for blocked in [&cast.ann, &cast.bo] {
        assert!(matches!(refused(blocked).await, Error::Denied(Denied::PartOfIt)));
        assert!(!cast.only(blocked).await.may_vouch);
    }
    let eve = cast.place.regular("eve").await;
    cast.place.call(&eve, VouchRecovery { id }).await.unwrap();
    assert!(matches!(refused(&eve).await, Error::Conflict(_)), "each counts once");
    assert_eq!(cast.only(&cast.ann).await.vouches, 1);
}

#[tokio::test]
async fn d9_the_member_concerned_stops_it_and_the_code_is_void() {
    let cast = cast().await;
    let code = cast.code().await;
    let id = cast.only(&cast.ann).await.id;
    assert!(cast.place.call(&cast.ann, StopRecovery { id: Some(id) }).await.is_err());
    assert!(cast.place.call(&cast.ann, StopRecovery { id: None }).await.is_err());
    cast.place.call(&cast.wren, StopRecovery { id: None }).await.unwrap();
    let refused = cast.place.call(&Caller::GUEST, CheckRecovery { code: code.clone() }).await;
    assert!(matches!(refused, Err(Error::Invalid(_))), "{refused:?}");
    let use_it =
        UseRecovery { code, password: password("the thief's"), keep_key: false, keep_old_keys: false };
    assert!(cast.place.call(&Caller::GUEST, use_it).await.is_err());
    assert!(!cast.place.call(&cast.wren, WhoAmI).await.unwrap().lost_key);
    assert!(cast.place.call(&cast.wren, ListKeys).await.unwrap().has_password, "nothing was taken away");
}

#[tokio::test]
async fn d9_a_code_ends_after_a_day_and_another_one_makes_the_first_void() {
    let cast = cast().await;
    let first = cast.code().await;
    let id = cast.only(&cast.boss).await.id;
    let second = cast.place.call(&cast.boss, HandOutCode { id }).await.unwrap().code;
    let check =
        async |code: &InviteCode| cast.place.call(&Caller::GUEST, CheckRecovery { code: code.clone() }).await;
    assert!(check(&first).await.is_err());
    assert!(check(&second).await.is_ok());
    let bare = UseRecovery { code: second.clone(), password: None, keep_key: true, keep_old_keys: false };
    assert!(
        matches!(cast.place.call(&Caller::GUEST, bare).await, Err(Error::Invalid(_))),
        "a way back is needed"
    );
    cast.place.clock.advance(CODE_TTL_S);
    assert!(matches!(check(&second).await, Err(Error::Conflict(_))));
    let late = UseRecovery {
        code: second,
        password: password("the new one"),
        keep_key: false,
        keep_old_keys: false,
    };
    assert!(cast.place.call(&Caller::GUEST, late).await.is_err());
    let boss = caller(self::id(&cast.boss));
    assert!(cast.only(&boss).await.may_hand_out, "the sysop may make another one");
}

/// What the account had before the code: a session by its password, one by its key.
#[tokio::test]
async fn d9_sessions_of_the_old_password_end_and_old_keys_stay_only_if_they_are_to() {
    for keep_old_keys in [false, true] {
        let mut cast = cast().await;
        let member = self::id(&cast.wren);
        let ways = cast.place.service.ways_of("WREN").await.unwrap();
        let by_password = Caller {
            ways: Some(crate::service::Ways::at(ways)),
            key: None,
            by_key: false,
            ..cast.wren.clone()
        };
        assert!(cast.place.call(&by_password, WhoAmI).await.unwrap().key_live);
        let code = cast.code().await;
        let mut guest = Caller { key: Some(key("new")), ..Caller::GUEST };
        let found = cast.place.call(&guest, CheckRecovery { code: code.clone() }).await.unwrap();
        assert_eq!(found.keys, ["laptop"]);
        cast.place.published();
        let used = UseRecovery { code, password: None, keep_key: true, keep_old_keys };
        guest.become_member(cast.place.call(&guest, used).await.unwrap().identity);
        assert!(cast.place.published().contains(&DomainEvent::MemberChanged { member }), "told at once");
        // The old password opens nothing, and what it opened ends.
        assert!(!cast.place.call(&by_password, WhoAmI).await.unwrap().key_live);
        assert!(matches!(cast.place.call(&by_password, ListKeys).await, Err(Error::Conflict(_))));
        let peer = "192.0.2.1".parse().unwrap();
        let old = cast.place.service.check_password("wren", "the old one", peer).await.unwrap();
        assert_eq!(old, PasswordCheck::Wrong);
        assert_eq!(cast.place.call(&cast.wren, WhoAmI).await.unwrap().key_live, keep_old_keys);
        let keys = cast.place.call(&guest, ListKeys).await.unwrap().keys;
        assert_eq!(keys.len(), if keep_old_keys { 2 } else { 1 });
        assert!(cast.place.call(&guest, WhoAmI).await.unwrap().key_live, "the new session goes on");
    }
}

/// SAFETY.md, Identity: codes that are no good are counted, here as at the door.
#[tokio::test]
async fn identity_wrong_recovery_codes_are_counted_for_where_they_come_from() {
    let cast = cast().await;
    let code = cast.code().await;
    let guest = Caller { network: Some("192.0.2.1".parse().unwrap()), ..Caller::GUEST };
    let guessed = || CheckRecovery { code: fresh_code().unwrap() };
    for _ in 0..WRONG_CODES_MAX {
        assert!(matches!(cast.place.call(&guest, guessed()).await, Err(Error::Invalid(_))));
    }
    let check = || CheckRecovery { code: code.clone() };
    assert!(matches!(cast.place.call(&guest, check()).await, Err(Error::TooSoon { .. })));
    let elsewhere = Caller { network: Some("192.0.2.2".parse().unwrap()), ..Caller::GUEST };
    cast.place.call(&elsewhere, check()).await.unwrap();
}
