//! Invites: limited, single use, and each refusal with its reason (D6).

#![allow(clippy::unwrap_used)]

use super::*;
use crate::domain::invite::InviteCode;
use crate::domain::member::{Level, Role, Standing};
use crate::domain::policy::Denied;
use crate::domain::text::clean_line;
use crate::domain::text::corpus::hostile;
use crate::service::accounts::{MakeHostInvite, SetUp};
use crate::service::joining::StartJoining;
use crate::service::passwords::NewPassword;
use crate::service::settings::DAY_S;
use crate::service::testing::Place;
use crate::service::{Caller, Error, Result, Who};

const HOST: Caller = Caller::HOST;
const GUEST: Caller = Caller::GUEST;

async fn place() -> Place {
    let place = Place::new().await;
    place.call(&HOST, SetUp).await.unwrap();
    place
}

async fn make(place: &Place, by: &Caller) -> Result<MadeInvite> {
    place.call(by, MakeInvite { note: "for a friend".to_owned() }).await
}

async fn come_with(place: &Place, handle: &str, code: &InviteCode) -> Result<()> {
    let password = Some(NewPassword::parse("correct horse").unwrap());
    let start =
        StartJoining { handle: handle.to_owned(), password, keep_key: false, invite: Some(code.clone()) };
    place.call(&GUEST, start).await.map(|_| ())
}

/// Why a code is refused, by looking and by using.
async fn refusal(place: &Place, code: &InviteCode) -> String {
    let looked = place.call(&GUEST, CheckInvite { code: code.clone() }).await.unwrap_err().to_string();
    assert_eq!(come_with(place, "latecomer", code).await.unwrap_err().to_string(), looked);
    looked
}

#[tokio::test]
async fn d6_replayed_forged_expired_and_revoked_are_refused_each_with_its_reason() {
    let place = place().await;
    let ruth = place.regular("ruth").await;
    let used = make(&place, &ruth).await.unwrap();
    let offer = place.call(&GUEST, CheckInvite { code: used.code.clone() }).await.unwrap();
    assert_eq!((offer.from.as_deref(), offer.note.as_str()), (Some("ruth"), "for a friend"));
    come_with(&place, "ada", &used.code).await.unwrap();
    assert!(refusal(&place, &used.code).await.contains("used already"));

    let revoked = make(&place, &ruth).await.unwrap();
    place.call(&ruth, RevokeInvite { id: revoked.id }).await.unwrap();
    assert!(refusal(&place, &revoked.code).await.contains("taken back"));

    let forged = InviteCode::parse("0123-4567-89ab-cdef").unwrap();
    assert!(refusal(&place, &forged).await.contains("no invite with that code"));

    let old = make(&place, &ruth).await.unwrap();
    place.clock.advance(14 * DAY_S - 1);
    assert!(place.call(&GUEST, CheckInvite { code: old.code.clone() }).await.is_ok());
    place.clock.advance(1);
    assert!(refusal(&place, &old.code).await.contains("expired on 2026-12-06"));
}

#[tokio::test]
async fn an_invite_of_somebody_removed_is_no_longer_good() {
    let place = place().await;
    let gone = place.account("gone", Standing::Removed, Level::Regular, Role::Member).await;
    let Who::Member(id) = gone.who else { panic!("{gone:?}") };
    let grant = crate::domain::policy::allow(
        &crate::domain::policy::Actor::Host,
        &crate::domain::policy::MakeAccount,
    )
    .unwrap();
    let code = fresh_code().unwrap();
    let mut write = place.service.store().begin_write().await.unwrap();
    let now = place.service.now();
    let new = crate::store::invites::NewInvite {
        code_hash: &hash_of(&code),
        role: Role::Member,
        created_by: Some(id),
        note: "",
        expires_at: now.plus(DAY_S),
    };
    crate::store::invites::insert(&mut write, &grant, now, &new).await.unwrap();
    write.commit().await.unwrap();
    assert!(refusal(&place, &code).await.contains("no longer a member"));
}

#[tokio::test]
async fn d6_three_may_be_open_and_newcomers_make_none() {
    let place = place().await;
    let ruth = place.regular("ruth").await;
    let mut made = Vec::new();
    for _ in 0..3 {
        made.push(make(&place, &ruth).await.unwrap());
    }
    let refused = make(&place, &ruth).await.unwrap_err().to_string();
    assert!(refused.contains("3 invites open"), "{refused}");
    assert!(place.call(&ruth, ListInvites).await.unwrap().cannot.is_some());
    place.call(&ruth, RevokeInvite { id: made[0].id }).await.unwrap();
    make(&place, &ruth).await.unwrap();
    come_with(&place, "ada", &made[1].code).await.unwrap();
    make(&place, &ruth).await.unwrap();

    let newcomer = place.member("newc", Level::Newcomer, Role::Member).await;
    assert!(matches!(make(&place, &newcomer).await, Err(Error::Denied(Denied::NotYet))));
    assert!(place.call(&newcomer, ListInvites).await.unwrap().cannot.is_some());
    let sysop = place.member("boss", Level::Regular, Role::Sysop).await;
    for _ in 0..5 {
        make(&place, &sysop).await.unwrap();
    }
}

#[tokio::test]
async fn one_lists_ones_own_invites_and_what_became_of_them() {
    let place = place().await;
    let (ruth, max) = (place.regular("ruth").await, place.regular("max").await);
    let used = make(&place, &ruth).await.unwrap();
    let revoked = make(&place, &ruth).await.unwrap();
    let open = make(&place, &ruth).await.unwrap();
    make(&place, &max).await.unwrap();
    come_with(&place, "ada", &used.code).await.unwrap();
    place.call(&ruth, RevokeInvite { id: revoked.id }).await.unwrap();
    let list = place.call(&ruth, ListInvites).await.unwrap();
    assert_eq!(list.invites.iter().map(|i| i.id).collect::<Vec<_>>(), [open.id, revoked.id, used.id]);
    assert_eq!(list.invites[0].state, InviteState::Open);
    assert!(matches!(list.invites[1].state, InviteState::Revoked(_)));
    assert!(matches!(&list.invites[2].state, InviteState::Used { handle, .. } if handle == "ada"));
    assert_eq!(list.cannot, None);
    place.clock.advance(15 * DAY_S);
    assert_eq!(place.call(&ruth, ListInvites).await.unwrap().invites[0].state, InviteState::Expired);
}

#[tokio::test]
async fn only_the_maker_or_staff_take_an_invite_back_and_not_once_it_is_used() {
    let place = place().await;
    let (ruth, max, mia) =
        (place.regular("ruth").await, place.regular("max").await, place.moderator("mia").await);
    let (first, second) = (make(&place, &ruth).await.unwrap(), make(&place, &ruth).await.unwrap());
    assert!(matches!(
        place.call(&max, RevokeInvite { id: first.id }).await,
        Err(Error::Denied(Denied::NotYours))
    ));
    place.call(&mia, RevokeInvite { id: first.id }).await.unwrap();
    assert!(matches!(place.call(&ruth, RevokeInvite { id: first.id }).await, Err(Error::Conflict(_))));
    come_with(&place, "ada", &second.code).await.unwrap();
    let late = place.call(&ruth, RevokeInvite { id: second.id }).await.unwrap_err().to_string();
    assert!(late.contains("ada came with that invite"), "{late}");
}

#[tokio::test]
async fn only_the_host_and_sysops_give_a_role_along() {
    let place = place().await;
    let mo = place.moderator("mo").await;
    let host_invite = MakeHostInvite { role: Role::Sysop, ttl_s: Some(60) };
    assert!(matches!(place.call(&mo, host_invite).await, Err(Error::Denied(Denied::SysopOnly))));
    let made = place.call(&HOST, host_invite).await.unwrap();
    let offer = place.call(&GUEST, CheckInvite { code: made.code.clone() }).await.unwrap();
    assert_eq!((offer.role, offer.from), (Role::Sysop, None));
    place.clock.advance(60);
    assert!(refusal(&place, &made.code).await.contains("expired"));
}

#[tokio::test]
async fn codes_are_stored_hashed_and_no_two_are_alike() {
    let codes: std::collections::HashSet<String> =
        (0..1_000).map(|_| fresh_code().unwrap().to_string()).collect();
    assert_eq!(codes.len(), 1_000);
    let place = place().await;
    let ruth = place.regular("ruth").await;
    let made = make(&place, &ruth).await.unwrap();
    let mut read = place.service.store().begin_read().await.unwrap();
    let row = crate::store::invites::get(&mut read, made.id).await.unwrap().unwrap();
    assert_eq!(row.code_hash.len(), 64);
    assert!(!format!("{row:?}").contains(made.code.canonical()));
}

#[tokio::test]
async fn a_hostile_note_is_cleaned_and_a_long_one_refused() {
    let place = place().await;
    let sysop = place.member("boss", Level::Regular, Role::Sysop).await;
    for note in hostile() {
        if let Ok(made) = place.call(&sysop, MakeInvite { note: note.clone() }).await {
            let offer = place.call(&GUEST, CheckInvite { code: made.code }).await.unwrap();
            assert_eq!(clean_line(&offer.note), offer.note, "{note:?}");
        }
        place.clock.advance(1);
    }
    assert!(place.call(&sysop, MakeInvite { note: "x".repeat(NOTE_CHARS_MAX + 1) }).await.is_err());
}

#[tokio::test]
async fn d6_after_many_wrong_codes_not_even_a_good_one_is_looked_at_from_there() {
    let place = place().await;
    let ruth = place.regular("ruth").await;
    let good = make(&place, &ruth).await.unwrap().code;
    let forged = InviteCode::parse("0123-4567-89ab-cdef").unwrap();
    let from = |address: &str| Caller { network: Some(address.parse().unwrap()), ..Caller::GUEST };
    let mut tries = 0;
    let refused = loop {
        match place.call(&from("192.0.2.7"), CheckInvite { code: forged.clone() }).await {
            Err(why @ Error::TooSoon { .. }) => break why.to_string(),
            _ => tries += 1,
        }
        assert!(tries < 50, "nothing stops them");
    };
    assert!(tries == 10 && refused.contains("no good"), "{tries}: {refused}");
    assert!(place.call(&from("192.0.2.7"), CheckInvite { code: good.clone() }).await.is_err());
    assert!(place.call(&from("192.0.2.8"), CheckInvite { code: good.clone() }).await.is_ok());
    place.clock.advance(60 * 60);
    assert!(place.call(&from("192.0.2.7"), CheckInvite { code: good }).await.is_ok());
}
