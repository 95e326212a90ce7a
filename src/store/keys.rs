//! Members' public keys.

use sqlx::SqliteConnection;

use crate::domain::ids::{KeyId, MemberId};
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
