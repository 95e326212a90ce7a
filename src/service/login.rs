//! Finding out who is at the other end. This is before the door: there is no actor yet, so these are not
//! requests. Identity comes from a checked signature or a checked password and from nothing else.

mod unsaved;

use std::hash::{BuildHasher, RandomState};
use std::net::IpAddr;

use sqlx::SqliteConnection;
use tokio::sync::{Mutex, MutexGuard};

pub(in crate::service) use unsaved::Unsaved;

use super::{Caller, DomainEvent, Error, ProvedKey, Result, Service, Who, network_of};
use crate::domain::ids::MemberId;
use crate::domain::time::Timestamp;
use crate::service::levels::{Risen, settle};
use crate::service::watch::is_met;
use crate::store::audit::{self, NewAudit};
use crate::store::{bans, keys, levels, logins, members, profiles, waitlist, watch};

/// Wrong passwords for one account, within the window, until it rests. Keys still open it.
const FAILURES_ACCOUNT_MAX: i64 = 10;
/// Wrong passwords from one address, within the window, until it rests.
const FAILURES_ADDRESS_MAX: i64 = 30;
/// The window, in seconds: how long an account or address rests after its last failure.
const FAILURES_WINDOW_S: i64 = 15 * 60;
/// How often it is noted from where a member runs commands, in seconds.
const NOTED_FROM_EVERY_S: i64 = 3_600;
/// Longest password that is checked, in bytes: longer ones only cost time.
pub const PASSWORD_LEN_MAX: usize = 256;

/// Turns of accounts, and of addresses. Several may share one and wait for each other then, which costs them nothing:
/// two passwords are computed at a time in any case.
const TURNS: usize = 64;

/// Whose password is being checked. A try is compared with the count of those before it and is counted when it is done;
/// between the two no other try of the same account or address runs, so that many at once are no more than as many in a row.
pub(in crate::service) struct Turns {
    accounts: [Mutex<()>; TURNS],
    addresses: [Mutex<()>; TURNS],
    hasher: RandomState,
}

impl Default for Turns {
    fn default() -> Self {
        let free = || std::array::from_fn(|_| Mutex::new(()));
        Self { accounts: free(), addresses: free(), hasher: RandomState::new() }
    }
}

impl Turns {
    /// Waits for the turn of an account, then of an address: always in this order, so that nobody waits in a circle.
    async fn take(
        &self,
        account: &str,
        address: Option<&str>,
    ) -> (MutexGuard<'_, ()>, Option<MutexGuard<'_, ()>>) {
        let account = self.of(&self.accounts, account).lock().await;
        let address = match address {
            Some(address) => Some(self.of(&self.addresses, address).lock().await),
            None => None,
        };
        (account, address)
    }

    fn of<'a>(&self, turns: &'a [Mutex<()>; TURNS], subject: &str) -> &'a Mutex<()> {
        // Below TURNS, which is far below any usize.
        let at = usize::try_from(self.hasher.hash_one(subject) % TURNS as u64).unwrap_or(0);
        &turns[at]
    }
}

/// What a password check found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PasswordCheck {
    /// It is this member's password.
    Right(MemberId),
    /// Wrong password, no such handle, or no password set: nobody can tell which.
    Wrong,
    /// Too many failures for this account or address; nothing was checked.
    TooMany,
}

impl Service {
    /// The member who owns this key, in whatever standing. A live key is its owner's under any user name. One that
    /// was pasted and never used opens only the account that it was pasted for, and only under that account's name:
    /// with that its holder says that it is theirs, and it is live from then on. Without the name, whoever pastes
    /// another person's public key would lead that person into a stranger's account.
    ///
    /// # Errors
    /// When the database fails; the key then opens nothing.
    pub async fn member_for_key(&self, key: &ProvedKey, user: &str) -> Result<Option<MemberId>> {
        let mut read = self.store.begin_read().await?;
        if let Some((_, owner)) = keys::live(&mut read, &key.fingerprint).await? {
            return Ok(Some(owner));
        }
        let fold = user.to_ascii_lowercase();
        let Some((id, member)) = keys::pasted(&mut read, &key.fingerprint, &fold).await? else {
            return Ok(None);
        };
        drop(read);
        let mut write = self.store.begin_write().await?;
        let now = self.now();
        let proved = keys::prove(&mut write, id, now).await?;
        let retired = if proved { keys::retire_replaced(&mut write, id, now).await? } else { None };
        if let Some(old) = retired {
            let row = NewAudit {
                action: "key.revoke",
                thing: "key",
                thing_id: old.0,
                target: Some(member),
                rule_no: None,
                reason: "",
                detail: &format!("replaced by {}", key.fingerprint),
                public: false,
            };
            audit::append(&mut write, Some(member), now, row).await?;
        }
        write.commit().await?;
        if let Some(key) = retired {
            self.announce(DomainEvent::KeyRevoked { key, member });
        }
        if proved {
            self.announce(DomainEvent::MemberChanged { member });
        }
        Ok(proved.then_some(member))
    }

    /// The number of an account's ways in (`Caller::ways`); 0 where there is no such account, too.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn ways_of(&self, handle: &str) -> Result<i64> {
        let mut read = self.store.begin_read().await?;
        let account = members::by_fold(&mut read, &handle.to_ascii_lowercase()).await?;
        Ok(account.map_or(0, |account| account.ways_no))
    }

    /// Checks a password, in the same time for known and unknown handles.
    ///
    /// # Errors
    /// When the database fails; nobody is let in then.
    pub async fn check_password(&self, handle: &str, password: &str, peer: IpAddr) -> Result<PasswordCheck> {
        let fold = handle.to_ascii_lowercase();
        let account = account_subject(handle);
        let address = format!("address:{}", network_of(peer));
        // One try after the other, for an account and from an address: what runs beside would not be counted yet.
        let _turns = self.turns.take(&account, Some(&address)).await;
        let now = self.now();
        let mut read = self.store.begin_read().await?;
        let by_account = self.failures(&mut read, &account, now).await?;
        let by_address = self.failures(&mut read, &address, now).await?;
        let known = members::password_of(&mut read, &fold).await?;
        drop(read);
        if by_account >= FAILURES_ACCOUNT_MAX || by_address >= FAILURES_ADDRESS_MAX {
            return Ok(PasswordCheck::TooMany);
        }

        let stored = known.as_ref().and_then(|(_, hash)| hash.as_deref());
        // Too long a password cannot be right, but takes as long as any other.
        let fits = password.len() <= PASSWORD_LEN_MAX;
        let tried = if fits { password.to_owned() } else { String::new() };
        let right = self.passwords.check(tried, stored).await? && fits;
        match known {
            Some((member, _)) if right => {
                let mut write = self.store.begin_write().await?;
                logins::forget(&mut write, &account, window(now).0).await?;
                write.commit().await?;
                if let Some(stored) = stored.filter(|stored| self.passwords.is_outdated(stored)) {
                    self.renew_hash(member, password, stored).await;
                }
                Ok(PasswordCheck::Right(member))
            }
            _ => {
                self.count_failures(&[&account, &address], now).await?;
                Ok(PasswordCheck::Wrong)
            }
        }
    }

    /// Hashes a password, which is right, at today's cost: an unknown handle takes as long as that. A failure is logged
    /// and not returned, for the old hash is as good.
    async fn renew_hash(&self, member: MemberId, password: &str, stored: &str) {
        let renewed = async {
            let hash = self.passwords.hash(password.to_owned()).await?;
            let mut write = self.store.begin_write().await?;
            members::renew_hash(&mut write, member, stored, &hash).await?;
            Ok::<(), Error>(write.commit().await?)
        };
        if let Err(cause) = renewed.await {
            tracing::warn!(%cause, "a password could not be hashed at today's cost");
        }
    }

    /// Failures of a subject in the window, those included that could not be written down.
    async fn failures(
        &self,
        conn: &mut SqliteConnection,
        subject: &str,
        now: Timestamp,
    ) -> sqlx::Result<i64> {
        let written = logins::failures(conn, subject, window(now)).await?;
        Ok(written.saturating_add(self.unsaved.failures(subject, now)))
    }

    /// Counts a failure of each subject. One that cannot be written counts all the same: failures fail closed.
    async fn count_failures(&self, subjects: &[&str], now: Timestamp) -> sqlx::Result<()> {
        let counted = async {
            let mut write = self.store.begin_write().await?;
            for subject in subjects {
                logins::count_failure(&mut write, subject, now, window(now)).await?;
            }
            write.commit().await
        };
        let counted = counted.await;
        if counted.is_err() {
            subjects.iter().for_each(|subject| self.unsaved.count(subject, now));
        }
        counted
    }

    /// Checks the present password of a member who is logged in, before it is changed: gives the stored hash that it
    /// fits, or none when no password is set. Wrong ones count as at the log-in, so that an open session is no way to
    /// guess on.
    ///
    /// # Errors
    /// When it is wrong, when too many were, or when the database fails.
    pub(in crate::service) async fn check_own_password(
        &self,
        member: MemberId,
        password: &str,
    ) -> Result<Option<String>> {
        let mut read = self.store.begin_read().await?;
        let (handle, _) = members::name_and_zone(&mut read, member).await?;
        drop(read);
        let account = account_subject(&handle);
        let _turns = self.turns.take(&account, None).await;
        let mut read = self.store.begin_read().await?;
        let now = self.now();
        let failures = self.failures(&mut read, &account, now).await?;
        let stored = keys::password(&mut read, member).await?;
        drop(read);
        let Some(stored) = stored else { return Ok(None) };
        if failures >= FAILURES_ACCOUNT_MAX {
            let open = now.plus(FAILURES_WINDOW_S);
            return Err(Error::too_soon("There were too many wrong passwords.", now, open));
        }
        let fits = password.len() <= PASSWORD_LEN_MAX;
        if fits && self.passwords.check(password.to_owned(), Some(&stored)).await? {
            return Ok(Some(stored));
        }
        self.count_failures(&[&account], now).await?;
        Err(Error::invalid("That is not your present password. Type it once more."))
    }

    /// Notes from where a member runs commands, once an hour: a script that writes comes from somewhere, too. A failure
    /// is logged and not returned, as below.
    pub async fn note_from(&self, caller: &Caller) {
        let (Who::Member(member), Some(network)) = (&caller.who, caller.network) else { return };
        let (network, now) = (network.to_string(), self.now());
        let noted = async {
            let mut read = self.store.begin_read().await?;
            let known = bans::seen_since(&mut read, Some(*member), now.plus(-NOTED_FROM_EVERY_S)).await?;
            drop(read);
            if known.iter().any(|row| row.network == network) {
                return Ok(());
            }
            let mut write = self.store.begin_write().await?;
            bans::note_seen(&mut write, *member, &network, now).await?;
            write.commit().await
        };
        if let Err(cause) = noted.await {
            tracing::warn!(%cause, "it could not be noted where commands come from");
        }
    }

    /// Notes that a member is here now, and with which key. Only dates that are shown: a full disk must not lock
    /// members out, so a failure is logged and not returned.
    pub async fn note_visit(&self, caller: &Caller) {
        let Who::Member(member) = caller.who else { return };
        let noted = async {
            let now = self.now();
            let mut write = self.store.begin_write().await?;
            profiles::note_seen(&mut write, member, now).await?;
            if let Some(network) = caller.network {
                bans::note_seen(&mut write, member, &network.to_string(), now).await?;
            }
            waitlist::news_told(&mut write, member).await?;
            // The first visit of a day may be what was missing.
            let risen = match levels::note_day(&mut write, member, now).await? {
                true => settle(&mut write, &self.settings().levels, now, member).await?,
                false => None,
            };
            if let Some(key) = caller.key.as_ref().filter(|_| caller.by_key) {
                keys::touch(&mut write, &key.fingerprint, now).await?;
            }
            let met = is_met(&watch::list(&mut write, None, now).await?, caller);
            write.commit().await?;
            if met {
                self.announce(DomainEvent::WatchChanged);
            }
            Ok::<_, sqlx::Error>(risen)
        };
        match noted.await {
            Ok(risen) => risen.into_iter().flat_map(Risen::events).for_each(|event| self.announce(event)),
            Err(cause) => tracing::warn!(%cause, "a visit could not be noted"),
        }
    }
}

/// Forgets the wrong passwords for an account, whose password is another one now.
///
/// # Errors
/// When it cannot be written.
pub(in crate::service) async fn forget_failures(
    conn: &mut SqliteConnection,
    handle: &str,
    now: Timestamp,
) -> Result<()> {
    logins::forget(conn, &account_subject(handle), now.plus(-FAILURES_WINDOW_S)).await?;
    Ok(())
}

/// When failures count that are looked at now.
fn window(now: Timestamp) -> logins::Window {
    (now.plus(-FAILURES_WINDOW_S), now.plus(FAILURES_WINDOW_S))
}

/// What an account's failures are counted by.
fn account_subject(handle: &str) -> String {
    format!("handle:{}", handle.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::domain::policy::{self, Actor, ManageKeys};
    use crate::service::keys::SetPassword;
    use crate::service::passwords::{Cost, NewPassword, Passwords};
    use crate::service::testing::Place;
    use crate::store::testing::refuse_login_failures;

    const YEAR_S: i64 = 365 * 24 * 60 * 60;

    /// SAFETY.md, Data: a clock that is set back.
    #[tokio::test]
    async fn data_wrong_passwords_of_a_clock_that_ran_ahead_lock_nobody_out_once_it_is_set_back() {
        let place = Place::new().await;
        let ada = place.regular("ada").await;
        place.call(&ada, SetPassword::to(NewPassword::parse("an open fire").unwrap(), None)).await.unwrap();
        let peer: IpAddr = "192.0.2.1".parse().unwrap();
        let check = async |text: &str| place.service.check_password("ada", text, peer).await.unwrap();
        let rests = async || {
            for _ in 0..FAILURES_ACCOUNT_MAX {
                assert_eq!(check("a closed fire").await, PasswordCheck::Wrong);
            }
            assert_eq!(check("an open fire").await, PasswordCheck::TooMany);
        };
        place.clock.advance(YEAR_S);
        rests().await;
        place.clock.advance(-YEAR_S);
        assert!(matches!(check("an open fire").await, PasswordCheck::Right(_)));
        // What is counted from here on counts as ever.
        rests().await;
        place.clock.advance(FAILURES_WINDOW_S + 1);
        assert!(matches!(check("an open fire").await, PasswordCheck::Right(_)));
    }

    /// SAFETY.md, Data: failures fail closed. What cannot be written down counts all the same.
    #[tokio::test]
    async fn data_wrong_passwords_that_cannot_be_written_are_no_more_than_others() {
        let place = Place::new().await;
        let ada = place.regular("ada").await;
        place.call(&ada, SetPassword::to(NewPassword::parse("an open fire").unwrap(), None)).await.unwrap();
        let peer: IpAddr = "192.0.2.1".parse().unwrap();
        let check = async |text: &str| place.service.check_password("ada", text, peer).await;
        refuse_login_failures(place.service.store()).await;
        for _ in 0..FAILURES_ACCOUNT_MAX {
            assert!(check("a closed fire").await.is_err(), "nobody is told whether it was right");
        }
        assert_eq!(check("an open fire").await.unwrap(), PasswordCheck::TooMany);
        place.clock.advance(FAILURES_WINDOW_S);
        assert!(matches!(check("an open fire").await.unwrap(), PasswordCheck::Right(_)));
    }

    /// SAFETY.md, Identity: the same time for everybody, also after the cost was changed.
    #[tokio::test]
    async fn identity_a_password_of_another_cost_is_hashed_anew_when_it_is_right() {
        let place = Place::new().await;
        let ada = place.regular("ada").await;
        let dear = Passwords::new(&Cost { memory_kib: 128, passes: 2 });
        let phc = dear.hash("an open fire".to_owned()).await.unwrap();
        let Who::Member(id) = ada.who else { panic!("a member") };
        let mut write = place.service.store().begin_write().await.unwrap();
        let grant = policy::allow(&Actor::Host, &ManageKeys { member: id }).unwrap();
        keys::set_password(&mut write, &grant, id, Some(&phc)).await.unwrap();
        write.commit().await.unwrap();
        let peer: IpAddr = "192.0.2.1".parse().unwrap();
        let check = async |text: &str| place.service.check_password("ada", text, peer).await.unwrap();
        let stored = async || {
            let mut read = place.service.store().begin_read().await.unwrap();
            keys::password(&mut read, id).await.unwrap().unwrap()
        };
        assert_eq!(check("a closed fire").await, PasswordCheck::Wrong);
        assert_eq!(stored().await, phc, "only its owner's password tells what to hash");
        for _ in 0..2 {
            assert!(matches!(check("an open fire").await, PasswordCheck::Right(_)));
            assert!(!place.service.passwords.is_outdated(&stored().await));
        }
    }

    async fn at_once(
        place: &Place,
        tries: impl Iterator<Item = (String, IpAddr)>,
        password: &'static str,
    ) -> Vec<PasswordCheck> {
        let mut running = tokio::task::JoinSet::new();
        for (handle, peer) in tries {
            let service = std::sync::Arc::clone(&place.service);
            running.spawn(async move { service.check_password(&handle, password, peer).await.unwrap() });
        }
        running.join_all().await
    }

    /// SAFETY.md, Identity: failures are counted, also those that come at the same moment.
    #[tokio::test(flavor = "multi_thread")]
    async fn identity_as_many_tries_at_once_as_in_a_row() {
        let place = Place::new().await;
        let ada = place.regular("ada").await;
        place.call(&ada, SetPassword::to(NewPassword::parse("an open fire").unwrap(), None)).await.unwrap();
        let wrong =
            |found: &[PasswordCheck]| found.iter().filter(|&&check| check == PasswordCheck::Wrong).count();
        let from = |last: u8| IpAddr::from([192, 0, 2, last]);
        // One account, from everywhere.
        let tries = (0..40).map(|n| ("ada".to_owned(), from(n)));
        let found = at_once(&place, tries, "a closed fire").await;
        assert_eq!(wrong(&found), usize::try_from(FAILURES_ACCOUNT_MAX).unwrap());
        assert_eq!(
            place.service.check_password("ada", "an open fire", from(99)).await.unwrap(),
            PasswordCheck::TooMany
        );
        // One address, every handle.
        let tries = (0..60).map(|n| (format!("nobody{n}"), from(200)));
        let found = at_once(&place, tries, "a closed fire").await;
        assert_eq!(wrong(&found), usize::try_from(FAILURES_ADDRESS_MAX).unwrap());
        // A door full of people who know their password is no attack.
        place.clock.advance(FAILURES_WINDOW_S + 1);
        let tries = (0..20).map(|_| ("ada".to_owned(), from(7)));
        let found = at_once(&place, tries, "an open fire").await;
        assert!(found.iter().all(|check| matches!(check, PasswordCheck::Right(_))), "{found:?}");
    }
}
