//! Members' public keys.

use sqlx::SqliteConnection;

use crate::domain::ids::{KeyId, MemberId};
use crate::domain::policy::{Grant, ManageKeys};
use crate::domain::time::Timestamp;

/// The live key with this fingerprint and its owner: proved once, and not revoked.
///
/// # Errors
/// When it cannot be read.
pub async fn live(conn: &mut SqliteConnection, fingerprint: &str) -> sqlx::Result<Option<(KeyId, MemberId)>> {
    sqlx::query_as(
        "SELECT id, member_id FROM member_key
          WHERE fingerprint = ? AND revoked_at IS NULL AND proved_at IS NOT NULL",
    )
    .bind(fingerprint)
    .fetch_optional(conn)
    .await
}

/// The key with this fingerprint that was pasted for the account with this folded handle and never proved.
///
/// # Errors
/// When it cannot be read.
pub async fn pasted(
    conn: &mut SqliteConnection,
    fingerprint: &str,
    handle_fold: &str,
) -> sqlx::Result<Option<(KeyId, MemberId)>> {
    sqlx::query_as(
        "SELECT key.id, key.member_id FROM member JOIN member_key AS key ON key.member_id = member.id
          WHERE member.handle_fold = ?2 AND key.fingerprint = ?1
            AND key.revoked_at IS NULL AND key.proved_at IS NULL",
    )
    .bind(fingerprint)
    .bind(handle_fold)
    .fetch_optional(conn)
    .await
}

/// Notes that a pasted key's holder proved it. False when it was revoked meanwhile.
///
/// # Errors
/// When it cannot be written; a key that is somebody's by now breaks a constraint.
pub async fn prove(conn: &mut SqliteConnection, key: KeyId, now: Timestamp) -> sqlx::Result<bool> {
    let proved = sqlx::query("UPDATE member_key SET proved_at = ? WHERE id = ? AND revoked_at IS NULL")
        .bind(now)
        .bind(key)
        .execute(conn)
        .await?;
    Ok(proved.rows_affected() == 1)
}

/// Revokes the key whose place a key took that was just proved, and says which it was.
///
/// # Errors
/// When it cannot be written.
pub async fn retire_replaced(
    conn: &mut SqliteConnection,
    key: KeyId,
    now: Timestamp,
) -> sqlx::Result<Option<KeyId>> {
    sqlx::query_scalar(
        "UPDATE member_key SET revoked_at = ?2
          WHERE revoked_at IS NULL AND id = (SELECT replaces FROM member_key WHERE id = ?1 AND proved_at IS NOT NULL)
            AND member_id = (SELECT member_id FROM member_key WHERE id = ?1)
          RETURNING id",
    )
    .bind(key)
    .bind(now)
    .fetch_optional(conn)
    .await
}

/// Notes that a live key opened a session.
///
/// # Errors
/// When it cannot be written.
pub async fn touch(conn: &mut SqliteConnection, fingerprint: &str, now: Timestamp) -> sqlx::Result<()> {
    sqlx::query(
        "UPDATE member_key SET last_used_at = ?
          WHERE fingerprint = ? AND revoked_at IS NULL AND proved_at IS NOT NULL",
    )
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
    /// Its holder has signed with it, or the host vouches for it: it is live at once.
    pub proved: bool,
    /// The key that is revoked once this one is proved.
    pub replaces: Option<KeyId>,
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
        "INSERT INTO member_key (member_id, fingerprint, algorithm, public_key, name, added_at, proved_at,
                                 replaces)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
    )
    .bind(new.member)
    .bind(new.fingerprint)
    .bind(new.algorithm)
    .bind(new.public_key)
    .bind(new.name)
    .bind(now)
    .bind(new.proved.then_some(now))
    .bind(new.replaces)
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

/// A key as its owner sees it.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct KeyRow {
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
    /// When its holder first signed with it; none: it was pasted and opens nothing yet.
    pub proved_at: Option<Timestamp>,
    /// When it last opened a session.
    pub last_used_at: Option<Timestamp>,
}

/// The keys of a member that are not revoked, oldest first.
///
/// # Errors
/// When they cannot be read.
pub async fn of_member(conn: &mut SqliteConnection, member: MemberId) -> sqlx::Result<Vec<KeyRow>> {
    sqlx::query_as(
        "SELECT id, fingerprint, algorithm, name, added_at, proved_at, last_used_at FROM member_key
          WHERE member_id = ? AND revoked_at IS NULL ORDER BY id",
    )
    .bind(member)
    .fetch_all(conn)
    .await
}

/// Gives a live key of a member another name. False when the member has no such key.
///
/// # Errors
/// When it cannot be written.
pub async fn rename(
    conn: &mut SqliteConnection,
    _grant: &Grant<ManageKeys>,
    member: MemberId,
    key: KeyId,
    name: &str,
) -> sqlx::Result<bool> {
    let renamed =
        sqlx::query("UPDATE member_key SET name = ? WHERE id = ? AND member_id = ? AND revoked_at IS NULL")
            .bind(name)
            .bind(key)
            .bind(member)
            .execute(conn)
            .await?;
    Ok(renamed.rows_affected() == 1)
}

/// Revokes a live key of a member: it opens nothing from now on. False when the member has no such key.
///
/// # Errors
/// When it cannot be written.
pub async fn revoke(
    conn: &mut SqliteConnection,
    _grant: &Grant<ManageKeys>,
    now: Timestamp,
    member: MemberId,
    key: KeyId,
) -> sqlx::Result<bool> {
    let revoked = sqlx::query(
        "UPDATE member_key SET revoked_at = ? WHERE id = ? AND member_id = ? AND revoked_at IS NULL",
    )
    .bind(now)
    .bind(key)
    .bind(member)
    .execute(conn)
    .await?;
    Ok(revoked.rows_affected() == 1)
}

/// The stored hash of a member's password, if one is set.
///
/// # Errors
/// When it cannot be read.
pub async fn password(conn: &mut SqliteConnection, member: MemberId) -> sqlx::Result<Option<String>> {
    let hash: Option<Option<String>> = sqlx::query_scalar("SELECT password_hash FROM member WHERE id = ?")
        .bind(member)
        .fetch_optional(conn)
        .await?;
    Ok(hash.flatten())
}

/// Makes a member's ways in anew: what a password or a certificate opened before ends. Gives their number.
///
/// # Errors
/// When it cannot be written.
pub async fn renew_ways(
    conn: &mut SqliteConnection,
    _grant: &Grant<ManageKeys>,
    member: MemberId,
) -> sqlx::Result<i64> {
    sqlx::query_scalar("UPDATE member SET ways_no = ways_no + 1 WHERE id = ? RETURNING ways_no")
        .bind(member)
        .fetch_one(conn)
        .await
}

/// Sets or removes a member's password.
///
/// # Errors
/// When it cannot be written.
pub async fn set_password(
    conn: &mut SqliteConnection,
    _grant: &Grant<ManageKeys>,
    member: MemberId,
    hash: Option<&str>,
) -> sqlx::Result<()> {
    sqlx::query("UPDATE member SET password_hash = ? WHERE id = ?")
        .bind(hash)
        .bind(member)
        .execute(conn)
        .await?;
    Ok(())
}
