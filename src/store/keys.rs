//! Members' public keys.

use sqlx::SqliteConnection;

use crate::domain::ids::{KeyId, MemberId};
use crate::domain::policy::{Grant, ManageKeys};
use crate::domain::time::Timestamp;

/// The live key with this fingerprint and its owner.
///
/// # Errors
/// When it cannot be read.
pub async fn live(conn: &mut SqliteConnection, fingerprint: &str) -> sqlx::Result<Option<(KeyId, MemberId)>> {
    sqlx::query_as("SELECT id, member_id FROM member_key WHERE fingerprint = ? AND revoked_at IS NULL")
        .bind(fingerprint)
        .fetch_optional(conn)
        .await
}

/// Notes that a live key opened a session.
///
/// # Errors
/// When it cannot be written.
pub async fn touch(conn: &mut SqliteConnection, fingerprint: &str, now: Timestamp) -> sqlx::Result<()> {
    sqlx::query("UPDATE member_key SET last_used_at = ? WHERE fingerprint = ? AND revoked_at IS NULL")
        .bind(now)
        .bind(fingerprint)
        .execute(conn)
        .await?;
    Ok(())
}

/// A key to add.
#[derive(Clone, Copy, Debug)]
pub struct NewKey<'a> {
    /// Whose.
    pub member: MemberId,
    /// `SHA256:…` as `ssh-keygen -l` prints it.
    pub fingerprint: &'a str,
    /// Its algorithm, `ssh-ed25519` for one.
    pub algorithm: &'a str,
    /// `algorithm base64`.
    pub public_key: &'a str,
    /// What its owner calls it.
    pub name: &'a str,
}

/// Adds a key.
///
/// # Errors
/// When it cannot be written; a key that is somebody's already breaks a constraint.
pub async fn insert(
    conn: &mut SqliteConnection,
    _grant: &Grant<ManageKeys>,
    now: Timestamp,
    new: &NewKey<'_>,
) -> sqlx::Result<KeyId> {
    sqlx::query_scalar(
        "INSERT INTO member_key (member_id, fingerprint, algorithm, public_key, name, added_at)
         VALUES (?, ?, ?, ?, ?, ?) RETURNING id",
    )
    .bind(new.member)
    .bind(new.fingerprint)
    .bind(new.algorithm)
    .bind(new.public_key)
    .bind(new.name)
    .bind(now)
    .fetch_one(conn)
    .await
}

/// Whether a member had this key once and revoked it.
///
/// # Errors
/// When it cannot be read.
pub async fn was_revoked(
    conn: &mut SqliteConnection,
    member: MemberId,
    fingerprint: &str,
) -> sqlx::Result<bool> {
    sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM member_key
                         WHERE member_id = ? AND fingerprint = ? AND revoked_at IS NOT NULL)",
    )
    .bind(member)
    .bind(fingerprint)
    .fetch_one(conn)
    .await
}
