//! Renaming and revoking a key.

use super::add::audit_row;
use super::name;
use crate::domain::ids::KeyId;
use crate::domain::policy::ManageKeys;
use crate::service::{Cx, DomainEvent, Error, Request, Result, Writes};
use crate::store::keys;

/// Gives one of the caller's keys another name.
#[derive(Clone, Debug)]
pub struct RenameKey {
    /// Which.
    pub key: KeyId,
    /// What to call it.
    pub name: String,
}

/// Revokes one of the caller's keys: it opens nothing from now on, and the sessions it opened end.
#[derive(Clone, Copy, Debug)]
pub struct RevokeKey {
    /// Which.
    pub key: KeyId,
}

impl Request for RenameKey {
    type Reply = ();
    type Access = Writes;
    const NAME: &'static str = "rename key";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<()> {
        let me = cx.me()?;
        let grant = cx.allow(&ManageKeys { member: me })?;
        let name = name(&self.name)?;
        if name.is_empty() {
            return Err(Error::invalid("Give it a name by which you know it again."));
        }
        if !keys::rename(cx.conn(), &grant, me, self.key, &name).await? {
            return Err(Error::NotFound("key"));
        }
        cx.publish(DomainEvent::MemberChanged { member: me });
        Ok(())
    }
}

impl Request for RevokeKey {
    type Reply = ();
    type Access = Writes;
    const NAME: &'static str = "revoke key";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<()> {
        let me = cx.me()?;
        let grant = cx.allow(&ManageKeys { member: me })?;
        let now = cx.now;
        let mine = keys::of_member(cx.conn(), me).await?;
        let key = mine.iter().find(|key| key.id == self.key).ok_or(Error::NotFound("key"))?;
        let others = mine.iter().any(|other| other.id != key.id && other.proved_at.is_some());
        if key.proved_at.is_some() && !others && keys::password(cx.conn(), me).await?.is_none() {
            return Err(Error::conflict(
                "This is your only way in. Add another key or set a password first, then revoke this one.",
            ));
        }
        keys::revoke(cx.conn(), &grant, now, me, key.id).await?;
        cx.audit(audit_row("key.revoke", key.id, me, &key.fingerprint)).await?;
        cx.publish(DomainEvent::KeyRevoked { key: key.id, member: me });
        Ok(())
    }
}
