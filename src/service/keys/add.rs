//! Adding a key: by its line, or the one that the caller came with.

use super::{KEYS_MAX, name};
use crate::domain::ids::KeyId;
use crate::domain::policy::ManageKeys;
use crate::service::accounts::KeyLine;
use crate::service::{Cx, DomainEvent, Error, Request, Result, Writes};
use crate::store::audit::NewAudit;
use crate::store::keys::{self, NewKey};

/// Adds a key by the line of its `.pub` file. Anybody can paste what is public: it opens the account once its holder
/// has logged in with it under the account's handle.
#[derive(Clone, Debug)]
pub struct AddKey {
    /// `algorithm base64 comment`.
    pub line: String,
    /// What to call it; empty: its comment.
    pub name: String,
}

/// Adds the key that the caller came with, which was proved in this connection and is nobody's yet.
#[derive(Clone, Debug)]
pub struct AddCallersKey {
    /// What to call it; empty: a name made from its algorithm.
    pub name: String,
}

impl Request for AddKey {
    type Reply = KeyId;
    type Access = Writes;
    const NAME: &'static str = "add key";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<KeyId> {
        let key = KeyLine::parse(&self.line)?;
        let mut name = name(&self.name)?;
        if name.is_empty() {
            name = key.comment.chars().take(super::KEY_NAME_CHARS_MAX).collect();
        }
        let new = Added {
            fingerprint: &key.fingerprint,
            algorithm: &key.algorithm,
            public_key: &key.public_key,
            name,
            proved: false,
            replaces: None,
        };
        add(cx, new).await
    }
}

impl Request for AddCallersKey {
    type Reply = KeyId;
    type Access = Writes;
    const NAME: &'static str = "add caller's key";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<KeyId> {
        let Some(key) = cx.caller.key.as_ref().filter(|_| !cx.caller.by_key) else {
            return Err(Error::invalid(
                "You came without a key of your own to add. Paste the line of a .pub file instead.",
            ));
        };
        let new = Added {
            fingerprint: &key.fingerprint,
            algorithm: &key.algorithm,
            public_key: &key.public_key,
            name: name(&self.name)?,
            proved: true,
            replaces: None,
        };
        add(cx, new).await
    }
}

/// Adds a key in the place of another one (D2): the old one is revoked as soon as the new one is proved, which is at
/// once for the key that the caller came with, and at its first log-in for one that was pasted. So nobody is locked out
/// by a slip.
#[derive(Clone, Debug)]
pub struct ReplaceKey {
    /// The key that goes.
    pub old: KeyId,
    /// The line of the new one's `.pub` file; empty: the key that the caller came with.
    pub line: String,
    /// What to call it; empty: as the old one.
    pub name: String,
}

impl Request for ReplaceKey {
    type Reply = KeyId;
    type Access = Writes;
    const NAME: &'static str = "replace key";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<KeyId> {
        let me = cx.me()?;
        cx.allow(&ManageKeys { member: me })?;
        let mine = keys::of_member(cx.conn(), me).await?;
        let old = mine.into_iter().find(|key| key.id == self.old).ok_or(Error::NotFound("key"))?;
        let mut name = name(&self.name)?;
        if name.is_empty() {
            name = old.name;
        }
        let own = cx.caller.key.clone().filter(|_| !cx.caller.by_key && self.line.trim().is_empty());
        let line = if own.is_some() { None } else { Some(KeyLine::parse(&self.line)?) };
        let added = match (&own, &line) {
            (Some(key), _) => Added {
                fingerprint: &key.fingerprint,
                algorithm: &key.algorithm,
                public_key: &key.public_key,
                name,
                proved: true,
                replaces: Some(old.id),
            },
            (None, Some(key)) => Added {
                fingerprint: &key.fingerprint,
                algorithm: &key.algorithm,
                public_key: &key.public_key,
                name,
                proved: false,
                replaces: Some(old.id),
            },
            (None, None) => return Err(Error::invalid("Paste the line of the new key's .pub file.")),
        };
        let key = add(cx, added).await?;
        let now = cx.now;
        if let Some(gone) = keys::retire_replaced(cx.conn(), key, now).await? {
            cx.audit(audit_row("key.revoke", gone, me, &format!("{}, replaced", old.fingerprint))).await?;
            cx.publish(DomainEvent::KeyRevoked { key: gone, member: me });
        }
        Ok(key)
    }
}

/// A key on its way in.
struct Added<'a> {
    fingerprint: &'a str,
    algorithm: &'a str,
    public_key: &'a str,
    name: String,
    proved: bool,
    replaces: Option<KeyId>,
}

async fn add(cx: &mut Cx<'_, Writes>, added: Added<'_>) -> Result<KeyId> {
    let me = cx.me()?;
    let grant = cx.allow(&ManageKeys { member: me })?;
    let now = cx.now;
    if let Some((_, owner)) = keys::live(cx.conn(), added.fingerprint).await? {
        // Whose it is stays unsaid.
        let words = if owner == me {
            "You have this key already."
        } else {
            "This key opens another account. A key opens one only: make a new one with ssh-keygen -t ed25519."
        };
        return Err(Error::conflict(words));
    }
    if cx.service().bars_key(added.fingerprint) {
        return Err(Error::conflict("This key opens nothing here: it is on the ban list. Use another one."));
    }
    let mine = keys::of_member(cx.conn(), me).await?;
    if let Some(pasted) = mine.iter().find(|key| key.fingerprint == added.fingerprint) {
        if !added.proved {
            return Err(Error::conflict(
                "You have this key already; it opens your account once you log in with it.",
            ));
        }
        keys::prove(cx.conn(), pasted.id, now).await?;
        cx.publish(DomainEvent::MemberChanged { member: me });
        return Ok(pasted.id);
    }
    if mine.len() >= KEYS_MAX {
        return Err(Error::invalid(format!(
            "You have {KEYS_MAX} keys, which is the most. Revoke one that you no longer use first."
        )));
    }
    let name = if added.name.is_empty() { added.algorithm } else { &added.name };
    let new = NewKey {
        member: me,
        fingerprint: added.fingerprint,
        algorithm: added.algorithm,
        public_key: added.public_key,
        name,
        proved: added.proved,
        replaces: added.replaces,
    };
    let key = keys::insert(cx.conn(), &grant, now, &new).await?;
    let detail = format!("{}, {}", added.fingerprint, if added.proved { "proved" } else { "pasted" });
    cx.audit(audit_row("key.add", key, me, &detail)).await?;
    cx.publish(DomainEvent::MemberChanged { member: me });
    Ok(key)
}

/// A row of the audit log about a key: for staff, not for the mod log.
pub(super) fn audit_row<'a>(
    action: &'a str,
    key: KeyId,
    owner: crate::domain::ids::MemberId,
    detail: &'a str,
) -> NewAudit<'a> {
    NewAudit {
        action,
        thing: "key",
        thing_id: key.0,
        target: Some(owner),
        rule_no: None,
        reason: "",
        detail,
        public: false,
    }
}
