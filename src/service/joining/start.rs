//! The first step: a handle, and a way to come back.

use super::handle::refuse_taken;
use crate::domain::handle::Handle;
use crate::domain::ids::MemberId;
use crate::domain::invite::InviteCode;
use crate::domain::member::{Level, Role, Standing};
use crate::domain::policy::{self, Actor, EnterInvite, ManageKeys};
use crate::service::caller::NewIdentity;
use crate::service::certificates::PassInHand;
use crate::service::invites::{look_up, redeem};
use crate::service::passwords::NewPassword;
use crate::service::{Caller, Cx, Error, Request, Result, Service, Writes};
use crate::store::keys::NewKey;
use crate::store::members::NewMember;
use crate::store::passes::PassRow;
use crate::store::{applications, keys, members, passes};

/// Accounts that may be started without an invite within an hour, from everywhere together: far more than any small
/// place sees. `service::limits` counts those of one network.
const STARTED_AN_HOUR_MAX: i64 = 60;
const HOUR_S: i64 = 60 * 60;

/// What a key is called until its owner names it.
const FIRST_KEY_NAME: &str = "first key";

/// Takes a handle and opens an account, which is on its way in. The account is opened again with what is given
/// here: a password, the key that the caller proved in this connection, or both.
#[derive(Debug)]
pub struct StartJoining {
    /// As it was typed.
    pub handle: String,
    /// A password, if one is wanted.
    pub password: Option<NewPassword>,
    /// Whether to keep the caller's proved key, so that it opens the account from now on.
    pub keep_key: bool,
    /// An invite's code; needed where applications are closed, unless the caller has a pass for the handle.
    pub invite: Option<InviteCode>,
}

/// The account is there.
#[derive(Debug, PartialEq, Eq)]
pub struct Started {
    /// For the session: it goes on as this account.
    pub identity: NewIdentity,
    /// The handle as it stands now.
    pub handle: String,
}

impl Request for StartJoining {
    type Reply = Started;
    type Access = Writes;
    const NAME: &'static str = "start joining";

    async fn prepare(&mut self, service: &Service, caller: &Caller) -> Result<()> {
        // What is refused anyway must not cost a hash.
        let handle = Handle::parse(&self.handle)?;
        let mut read = service.store().begin_read().await?;
        refuse_taken(&mut read, &handle).await?;
        drop(read);
        match &self.invite {
            Some(code) => look_up(service, caller, code).await?,
            None => service.limits.check_start(caller, service.now())?,
        }
        match &mut self.password {
            Some(password) => password.hash(&service.passwords).await,
            None => Ok(()),
        }
    }

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<Started> {
        let grant = cx.allow(&policy::StartJoining)?;
        if let Some(words) = cx.desk().door().words() {
            return Err(Error::Shut(words));
        }
        let now = cx.now;
        let handle = Handle::parse(&self.handle)?;
        refuse_taken(cx.conn(), &handle).await?;
        // With an invite the friend who gave it counts, and not the authority.
        let pass = cx.caller.pass.clone().filter(|_| self.invite.is_none());
        let pass = pass.filter(|pass| pass.is_for(&handle.fold(), now));
        if self.invite.is_none() && pass.is_none() {
            refuse_flood(cx).await?;
        }
        let key = cx.caller.key.clone().filter(|_| self.keep_key);
        if self.password.is_none() && key.is_none() {
            return Err(Error::invalid(
                "Choose a password, or come with a key: you need one of them to come back.",
            ));
        }
        let new = NewMember {
            handle: handle.as_str(),
            fold: &handle.fold(),
            skeleton: &handle.skeleton(),
            standing: Standing::Joining,
            level: Level::Newcomer,
            role: Role::Member,
            password_hash: self.password.as_ref().map(NewPassword::phc).transpose()?,
            invited_by: None,
        };
        let member = members::insert(cx.conn(), &grant, now, &new).await?;
        applications::insert(cx.conn(), &grant, now, member).await?;
        if let Some(pass) = pass {
            passes::insert(cx.conn(), &grant, now, member, &row_of(&pass)).await?;
        }
        // From here on the new account acts for itself.
        let account = Actor::Account {
            id: member,
            standing: Standing::Joining,
            level: Level::Newcomer,
            role: Role::Member,
            curbs: crate::domain::moderation::Curbs::NONE,
            circles: crate::domain::policy::Circles::NONE,
        };
        let by_key = key.is_some();
        if let Some(key) = key {
            let manage = policy::allow(&account, &ManageKeys { member })?;
            if keys::live(cx.conn(), &key.fingerprint).await?.is_some() {
                return Err(Error::conflict(
                    "The key you came with opens an account already. Log in with it.",
                ));
            }
            let new = NewKey {
                member,
                fingerprint: &key.fingerprint,
                algorithm: &key.algorithm,
                public_key: &key.public_key,
                name: FIRST_KEY_NAME,
                proved: true,
                replaces: None,
            };
            keys::insert(cx.conn(), &manage, now, &new).await?;
        }
        enter(cx, &account, member, self.invite.as_ref()).await?;
        Ok(Started { identity: NewIdentity::new(member, by_key, 0), handle: handle.to_string() })
    }
}

fn row_of(pass: &PassInHand) -> PassRow {
    PassRow {
        authority: pass.authority.clone(),
        key_id: pass.key_id.clone(),
        serial: pass.serial.to_string(),
        fingerprint: pass.fingerprint.clone(),
        valid_until: pass.valid_until(),
    }
}

async fn enter(
    cx: &mut Cx<'_, Writes>,
    account: &Actor,
    member: MemberId,
    invite: Option<&InviteCode>,
) -> Result<()> {
    let Some(code) = invite else { return Ok(()) };
    let grant = policy::allow(account, &EnterInvite)?;
    redeem(cx, &grant, member, code).await?;
    Ok(())
}

async fn refuse_flood(cx: &mut Cx<'_, Writes>) -> Result<()> {
    if !cx.settings().applications_open {
        return Err(Error::invalid(
            "This place takes no applications just now. With an invite you can still come in.",
        ));
    }
    let now = cx.now;
    let started = applications::started_since(cx.conn(), now.plus(-HOUR_S)).await?;
    if started >= STARTED_AN_HOUR_MAX {
        return Err(Error::too_soon("Very many people are at the door just now.", now, now.plus(HOUR_S)));
    }
    Ok(())
}
