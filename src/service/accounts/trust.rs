//! What a person with a shell on the host changes about a member: the role, the password. For a sysop, whom no other
//! sysop can do this to, it is the way besides their own.

use crate::domain::member::Role;
use crate::domain::policy::{self, Actor, MakeAccount, ManageKeys, ResetWays, TrustMember};
use crate::service::login::forget_failures;
use crate::service::passwords::NewPassword;
use crate::service::{Caller, Cx, DomainEvent, Error, Request, Result, Service, Writes};
use crate::store::audit::NewAudit;
use crate::store::members::Account;
use crate::store::{accounts, keys, leaving, members};

use super::keys_file::note_role;

/// Sets what a member is trusted with. There is always a sysop.
#[derive(Clone, Debug)]
pub struct ChangeRole {
    /// Whose.
    pub handle: String,
    /// The role.
    pub role: Role,
}

impl Request for ChangeRole {
    type Reply = String;
    type Access = Writes;
    const NAME: &'static str = "change role";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<String> {
        let grant = cx.allow(&MakeAccount)?;
        let account = find(cx, &self.handle).await?;
        cx.allow(&TrustMember { member: account.id, role: account.role })?;
        if account.role == self.role {
            return Err(Error::conflict(format!("{} is {} already.", account.handle, self.role)));
        }
        refuse_last_sysop(cx, &account).await?;
        accounts::set_role(cx.conn(), &grant, account.id, self.role).await?;
        note_role(cx, account.id, self.role, "from the host").await?;
        Ok(account.handle)
    }
}

/// Gives a member a new password. What the old one opened ends.
#[derive(Debug)]
pub struct ChangePassword {
    /// Whose.
    pub handle: String,
    /// The new password.
    pub password: NewPassword,
}

impl Request for ChangePassword {
    type Reply = String;
    type Access = Writes;
    const NAME: &'static str = "change password";

    async fn prepare(&mut self, service: &Service, _caller: &Caller) -> Result<()> {
        self.password.hash(&service.passwords).await
    }

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<String> {
        cx.allow(&MakeAccount)?;
        let account = find(cx, &self.handle).await?;
        let (member, now) = (account.id, cx.now);
        cx.allow(&ResetWays { member, role: account.role })?;
        // Only its owner manages what opens an account; this is the exception that was allowed just now.
        let grant = policy::allow(&Actor::Host, &ManageKeys { member })?;
        keys::set_password(cx.conn(), &grant, member, Some(self.password.phc()?)).await?;
        keys::renew_ways(cx.conn(), &grant, member).await?;
        forget_failures(cx.conn(), &account.handle, now).await?;
        cx.audit(NewAudit {
            action: "password.reset",
            thing: "member",
            thing_id: member.0,
            target: Some(member),
            rule_no: None,
            reason: "",
            detail: "from the host",
            public: false,
        })
        .await?;
        cx.publish(DomainEvent::MemberChanged { member });
        Ok(account.handle)
    }
}

/// Refuses to take the last sysop their role.
///
/// # Errors
/// When it is the last one.
pub(in crate::service) async fn refuse_last_sysop(cx: &mut Cx<'_, Writes>, account: &Account) -> Result<()> {
    if account.role == Role::Sysop && !leaving::other_sysop(cx.conn(), account.id).await? {
        return Err(Error::conflict("That is the only sysop. Make somebody else one first."));
    }
    Ok(())
}

async fn find(cx: &mut Cx<'_, Writes>, handle: &str) -> Result<Account> {
    let fold = handle.trim().to_ascii_lowercase();
    members::by_fold(cx.conn(), &fold).await?.ok_or(Error::NotFound("member"))
}
