//! The list of one's keys.

use crate::domain::ids::KeyId;
use crate::domain::policy::ManageKeys;
use crate::domain::time::Timestamp;
use crate::service::{Access, Cx, Error, Reads, Request, Result};
use crate::store::keys;

/// Lists the caller's own keys, oldest first, and says whether a password is set.
#[derive(Clone, Copy, Debug)]
pub struct ListKeys;

/// What a member logs in with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyRing {
    /// The live keys.
    pub keys: Vec<OwnKey>,
    /// Whether a password is set.
    pub has_password: bool,
    /// The present password must be typed before it is changed: one is set, and no key opened this session.
    pub asks_password: bool,
    /// A key that was proved in this connection and is nobody's yet: it can be added without pasting anything.
    pub came_with: Option<CameWith>,
}

/// A key as its owner sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnKey {
    /// Its id.
    pub id: KeyId,
    /// `SHA256:…` as `ssh-keygen -l` prints it.
    pub fingerprint: String,
    /// Its algorithm, `ssh-ed25519` for one.
    pub algorithm: String,
    /// What its owner calls it.
    pub name: String,
    /// When it was added.
    pub added_at: Timestamp,
    /// Its holder has signed with it; until then it opens nothing but the account it was pasted for, by its name.
    pub proved: bool,
    /// When it last opened a session.
    pub last_used_at: Option<Timestamp>,
    /// It opened the session that asks: revoking it ends that session.
    pub opened_this: bool,
}

/// A proved key that is nobody's yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CameWith {
    /// `SHA256:…` as `ssh-keygen -l` prints it.
    pub fingerprint: String,
    /// Its algorithm.
    pub algorithm: String,
}

impl Request for ListKeys {
    type Reply = KeyRing;
    type Access = Reads;
    const NAME: &'static str = "list keys";

    async fn run(self, cx: &mut Cx<'_, Reads>) -> Result<KeyRing> {
        let me = cx.me()?;
        cx.allow(&ManageKeys { member: me })?;
        let has_password = keys::password(cx.conn(), me).await?.is_some();
        let by_key = cx.key_live;
        let mut came_with = None;
        if let Some(key) = cx.caller.key.as_ref().filter(|_| !cx.caller.by_key)
            && keys::live(cx.conn(), &key.fingerprint).await?.is_none()
        {
            came_with =
                Some(CameWith { fingerprint: key.fingerprint.clone(), algorithm: key.algorithm.clone() });
        }
        let opener = cx.caller.opener();
        let keys = keys::of_member(cx.conn(), me).await?.into_iter().map(|row| OwnKey {
            opened_this: opener == Some(row.fingerprint.as_str()),
            id: row.id,
            fingerprint: row.fingerprint,
            algorithm: row.algorithm,
            name: row.name,
            added_at: row.added_at,
            proved: row.proved_at.is_some(),
            last_used_at: row.last_used_at,
        });
        Ok(KeyRing { keys: keys.collect(), has_password, asks_password: has_password && !by_key, came_with })
    }
}

/// Whether the caller's session was opened by a password or a certificate, and the account's ways in were made anew since,
/// by somebody else than this session; or by a certificate whose authority or number does not count any more.
pub(in crate::service) fn is_outdated<A: Access>(cx: &Cx<'_, A>) -> bool {
    let certificate = cx.caller.certificate.as_ref();
    if certificate.is_some_and(|certificate| !cx.settings().authorities.still_lists(certificate)) {
        return true;
    }
    !cx.caller.by_key && cx.caller.ways.as_ref().is_some_and(|ways| ways.number() < cx.ways_no)
}

/// Refuses such a caller.
///
/// # Errors
/// When it is one.
pub(in crate::service) fn refuse_outdated<A: Access>(cx: &Cx<'_, A>) -> Result<()> {
    if is_outdated(cx) {
        return Err(Error::conflict("What opened this session opens nothing any more. Log in anew."));
    }
    Ok(())
}

/// Refuses a caller whose session was opened by a key that has been revoked since.
///
/// # Errors
/// When it has been.
pub(in crate::service) fn refuse_revoked<A: Access>(cx: &Cx<'_, A>) -> Result<()> {
    if cx.caller.opener().is_none() || cx.actor.id().is_none() || cx.key_live {
        return Ok(());
    }
    Err(Error::conflict("The key that opened this session was revoked. Log in with another one."))
}
