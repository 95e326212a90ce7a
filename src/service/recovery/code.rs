//! The one-time code: a sysop hands it out, and at the door it sets a new key or password.

use sqlx::SqliteConnection;
use subtle::ConstantTimeEq;

use super::{CODE_TTL_S, find, note, since};
use crate::domain::ids::{MemberId, RecoveryId};
use crate::domain::invite::InviteCode;
use crate::domain::policy::{self, Actor, Grant, ManageKeys};
use crate::domain::time::Timestamp;
use crate::service::caller::NewIdentity;
use crate::service::invites::{fresh_code, hash_of};
use crate::service::login::forget_failures;
use crate::service::passwords::NewPassword;
use crate::service::{Caller, Cx, DomainEvent, Error, ProvedKey, Reads, Request, Result, Service, Writes};
use crate::store::keys::{self, NewKey};
use crate::store::recovery::{self, RecoveryRow};

/// What the new key is called until its owner names it.
const NEW_KEY_NAME: &str = "new key";

/// Makes the one-time code for somebody for whom two members besides the caller have vouched. For a sysop, who gives
/// it to them in person or by a way that they trust. Asked again, it is another one, and the one before is void.
#[derive(Clone, Copy, Debug)]
pub struct HandOutCode {
    /// For which request.
    pub id: RecoveryId,
}

/// A code, said once and stored nowhere.
#[derive(Debug, PartialEq, Eq)]
pub struct HandedOut {
    /// The code.
    pub code: InviteCode,
    /// For whom.
    pub handle: String,
    /// Until when it is good.
    pub until: Timestamp,
}

impl Request for HandOutCode {
    type Reply = HandedOut;
    type Access = Writes;
    const NAME: &'static str = "hand out code";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<HandedOut> {
        cx.allow(&policy::SeeRecoveries)?;
        let row = find(cx, self.id).await?;
        let grant = cx.allow(&policy::HandOutCode { member: row.member_id, vouches: row.vouches })?;
        let code = fresh_code()?;
        let until = cx.now.plus(CODE_TTL_S);
        recovery::set_code(cx.conn(), &grant, row.id, &hash_of(&code), until).await?;
        note(cx, "recovery.code", &row, &format!("{} vouched", row.vouches)).await?;
        cx.publish(DomainEvent::RecoveriesChanged);
        Ok(HandedOut { code, handle: row.handle, until })
    }
}

/// Asks whose account a code opens, and what opened it until now. Open to everybody: the code is the secret.
#[derive(Clone, Debug)]
pub struct CheckRecovery {
    /// The code.
    pub code: InviteCode,
}

/// An account that a code opens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recoverable {
    /// Its handle.
    pub handle: String,
    /// What its keys are called; they may be kept.
    pub keys: Vec<String>,
}

impl Request for CheckRecovery {
    type Reply = Recoverable;
    type Access = Reads;
    const NAME: &'static str = "check recovery";

    async fn prepare(&mut self, service: &Service, caller: &Caller) -> Result<()> {
        look_up(service, caller, &self.code).await
    }

    async fn run(self, cx: &mut Cx<'_, Reads>) -> Result<Recoverable> {
        cx.allow(&policy::AskRecovery)?;
        let now = cx.now;
        let row = find_open(cx.conn(), &self.code, now).await?;
        let keys = keys::of_member(cx.conn(), row.member_id).await?;
        let keys = keys.into_iter().filter(|key| key.proved_at.is_some()).map(|key| key.name).collect();
        Ok(Recoverable { handle: row.handle, keys })
    }
}

/// Looks a code up before anything is asked for it.
async fn look_up(service: &Service, caller: &Caller, code: &InviteCode) -> Result<()> {
    let now = service.now();
    let look = async { find_open(&mut *service.store().begin_read().await?, code, now).await };
    service.limits.look_up_code(caller, now, look).await.map(drop)
}

/// Uses a code: the account is opened by what is given here from now on and by nothing else, and every session ends that
/// something else opened. A key that is lost may have been found, so the old keys are revoked; whoever knows that theirs
/// are safe may keep them. The old password never stays: whoever needs a code did not have it.
#[derive(Debug)]
pub struct UseRecovery {
    /// The code.
    pub code: InviteCode,
    /// The new password; none for keys only.
    pub password: Option<NewPassword>,
    /// Whether the key that the caller proved in this connection opens the account from now on.
    pub keep_key: bool,
    /// Whether the keys that the account had go on opening it.
    pub keep_old_keys: bool,
}

/// The account is its member's again.
#[derive(Debug, PartialEq, Eq)]
pub struct Recovered {
    /// For the session: it goes on as this account.
    pub identity: NewIdentity,
    /// Its handle.
    pub handle: String,
}

impl Request for UseRecovery {
    type Reply = Recovered;
    type Access = Writes;
    const NAME: &'static str = "use recovery";

    async fn prepare(&mut self, service: &Service, caller: &Caller) -> Result<()> {
        // A guessed code must not cost a hash.
        look_up(service, caller, &self.code).await?;
        match &mut self.password {
            Some(password) => password.hash(&service.passwords).await,
            None => Ok(()),
        }
    }

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<Recovered> {
        let grant = cx.allow(&policy::AskRecovery)?;
        let now = cx.now;
        let row = find_open(cx.conn(), &self.code, now).await?;
        let member = row.member_id;
        let key = cx.caller.key.clone().filter(|_| self.keep_key);
        if self.password.is_none() && key.is_none() {
            return Err(Error::invalid(
                "Choose a password, or come with a key: you need one of them to come back.",
            ));
        }
        if !recovery::use_up(cx.conn(), &grant, now, row.id).await? {
            return Err(Error::conflict("That code was used a moment ago. Each is good once."));
        }
        // The code, which members and a sysop stand behind, is the proof; who holds it is no account yet.
        let manage = policy::allow(&Actor::Host, &ManageKeys { member })?;
        if !self.keep_old_keys {
            revoke_all(cx, &manage, member).await?;
        }
        let ways = keys::renew_ways(cx.conn(), &manage, member).await?;
        let hash = self.password.as_ref().map(NewPassword::phc).transpose()?;
        keys::set_password(cx.conn(), &manage, member, hash).await?;
        forget_failures(cx.conn(), &row.handle, now).await?;
        let by_key = key.is_some();
        if let Some(key) = key {
            match keys::live(cx.conn(), &key.fingerprint).await? {
                Some((_, owner)) if owner == member => {}
                Some(_) => {
                    return Err(Error::conflict(
                        "The key you came with opens another account. Choose a password.",
                    ));
                }
                None => add_key(cx, &manage, member, &key).await?,
            }
        }
        let how = match (by_key, hash.is_some()) {
            (true, true) => "a new key and a new password",
            (true, false) => "a new key",
            _ => "a new password",
        };
        let kept = if self.keep_old_keys { "; the old keys are kept" } else { "" };
        note(cx, "recovery.use", &row, &format!("{how}{kept}")).await?;
        cx.publish(DomainEvent::MemberChanged { member });
        cx.publish(DomainEvent::RecoveriesChanged);
        Ok(Recovered { identity: NewIdentity::new(member, by_key, ways), handle: row.handle })
    }
}

async fn add_key(
    cx: &mut Cx<'_, Writes>,
    grant: &Grant<ManageKeys>,
    member: MemberId,
    key: &ProvedKey,
) -> Result<()> {
    let now = cx.now;
    let new = NewKey {
        member,
        fingerprint: &key.fingerprint,
        algorithm: &key.algorithm,
        public_key: &key.public_key,
        name: NEW_KEY_NAME,
        proved: true,
        replaces: None,
    };
    keys::insert(cx.conn(), grant, now, &new).await?;
    Ok(())
}

async fn revoke_all(cx: &mut Cx<'_, Writes>, grant: &Grant<ManageKeys>, member: MemberId) -> Result<()> {
    let now = cx.now;
    for key in keys::of_member(cx.conn(), member).await? {
        keys::revoke(cx.conn(), grant, now, member, key.id).await?;
        cx.publish(DomainEvent::KeyRevoked { key: key.id, member });
    }
    Ok(())
}

/// The request whose code this is, if it can be used now.
async fn find_open(conn: &mut SqliteConnection, code: &InviteCode, now: Timestamp) -> Result<RecoveryRow> {
    let hash = hash_of(code);
    let found = recovery::by_code(conn, &hash, since(now)).await?;
    // The index found it; the comparison that decides takes the same time wherever they differ.
    let is_it = |row: &RecoveryRow| {
        row.code_hash.as_ref().is_some_and(|stored| stored.as_bytes().ct_eq(hash.as_bytes()).into())
    };
    let Some(row) = found.filter(is_it) else {
        return Err(Error::invalid(
            "There is no such code, or it was used or stopped. Compare it with what the sysop gave you.",
        ));
    };
    if row.code_expires_at.is_none_or(|until| until <= now) {
        return Err(Error::conflict(
            "That code has expired; it was good for a day. Ask the sysop for another one.",
        ));
    }
    Ok(row)
}
