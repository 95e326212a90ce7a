//! Adding a member from the host.

use super::key_line::KeyLine;
use crate::domain::handle::Handle;
use crate::domain::ids::MemberId;
use crate::domain::member::{Role, Standing};
use crate::domain::policy::{Grant, MakeAccount, ManageKeys};
use crate::service::joining::{level_of, settle_in};
use crate::service::keys::KEY_NAME_CHARS_MAX;
use crate::service::passwords::NewPassword;
use crate::service::{Caller, Cx, DomainEvent, Error, Request, Result, Service, Writes};
use crate::store::audit::NewAudit;
use crate::store::keys::{self, NewKey};
use crate::store::members::{self, NewMember};

/// What a key is called when its line has no comment.
const KEY_NAME: &str = "from the host";

/// Adds a member who is in at once.
#[derive(Debug)]
pub struct AddMember {
    /// The handle; the names that nobody gets at the door are allowed here.
    pub handle: String,
    /// What the member is trusted with.
    pub role: Role,
    /// How the member logs in.
    pub proof: Proof,
}

/// How a member logs in.
#[derive(Debug)]
pub enum Proof {
    /// With this key.
    Key(KeyLine),
    /// With this password.
    Password(NewPassword),
}

/// The member that was added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddedMember {
    /// The account.
    pub member: MemberId,
    /// The handle as it stands now.
    pub handle: String,
}

impl Request for AddMember {
    type Reply = AddedMember;
    type Access = Writes;
    const NAME: &'static str = "add member";

    async fn prepare(&mut self, service: &Service, _caller: &Caller) -> Result<()> {
        match &mut self.proof {
            Proof::Password(password) => password.hash(&service.passwords).await,
            Proof::Key(_) => Ok(()),
        }
    }

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<AddedMember> {
        let grant = cx.allow(&MakeAccount)?;
        let handle = Handle::parse_reserved_ok(&self.handle)?;
        if let Some(there) = members::by_fold(cx.conn(), &handle.fold()).await? {
            return Err(Error::conflict(format!(
                "There is a member {} already, a {} whose account is {}. Choose another handle.",
                there.handle, there.role, there.standing
            )));
        }
        let password_hash = match &self.proof {
            Proof::Password(password) => Some(password.phc()?),
            Proof::Key(_) => None,
        };
        let member = insert(cx, &grant, &handle, self.role, password_hash).await?;
        if let Proof::Key(key) = &self.proof {
            add_key(cx, member, key).await?;
        }
        Ok(AddedMember { member, handle: handle.to_string() })
    }
}

/// Creates an account that is in at once, and says so in the audit log.
pub(super) async fn insert(
    cx: &mut Cx<'_, Writes>,
    grant: &Grant<MakeAccount>,
    handle: &Handle,
    role: Role,
    password_hash: Option<&str>,
) -> Result<MemberId> {
    if crate::store::accounts::is_taken(cx.conn(), &handle.fold(), &handle.skeleton()).await? {
        return Err(Error::conflict(format!(
            "{handle} looks too much like a handle that is taken. Choose another."
        )));
    }
    let now = cx.now;
    let new = NewMember {
        handle: handle.as_str(),
        fold: &handle.fold(),
        skeleton: &handle.skeleton(),
        standing: Standing::Active,
        level: level_of(role),
        role,
        password_hash,
        invited_by: None,
    };
    let member = members::insert(cx.conn(), grant, now, &new).await?;
    settle_in(cx, member).await?;
    cx.audit(NewAudit {
        action: "member.add",
        thing: "member",
        thing_id: member.0,
        target: Some(member),
        rule_no: None,
        reason: "",
        detail: &format!("as {role}, from the {}", if cx.actor.id().is_some() { "console" } else { "host" }),
        public: role > Role::Member,
    })
    .await?;
    cx.publish(DomainEvent::MemberChanged { member });
    Ok(member)
}

/// Registers a key for a member.
pub(super) async fn add_key(cx: &mut Cx<'_, Writes>, member: MemberId, key: &KeyLine) -> Result<()> {
    let grant = cx.allow(&ManageKeys { member })?;
    let now = cx.now;
    if let Some((_, owner)) = keys::live(cx.conn(), &key.fingerprint).await? {
        let (handle, _) = members::name_and_zone(cx.conn(), owner).await?;
        return Err(Error::conflict(format!("The key {} is {handle}'s already.", key.fingerprint)));
    }
    let name: String = key.comment.chars().take(KEY_NAME_CHARS_MAX).collect();
    let new = NewKey {
        member,
        fingerprint: &key.fingerprint,
        algorithm: &key.algorithm,
        public_key: &key.public_key,
        name: if name.is_empty() { KEY_NAME } else { &name },
        proved: true,
        replaces: None,
    };
    keys::insert(cx.conn(), &grant, now, &new).await?;
    cx.publish(DomainEvent::MemberChanged { member });
    Ok(())
}
