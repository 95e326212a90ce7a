//! Lost keys (D9): what was asked at the door, who vouched, the hash of the code.

use sqlx::SqliteConnection;

use crate::domain::ids::{MemberId, RecoveryId};
use crate::domain::policy::{AskRecovery, Grant, HandOutCode, StopRecovery, VouchRecovery};
use crate::domain::time::Timestamp;

/// An open request.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct RecoveryRow {
    /// Its id.
    pub id: RecoveryId,
    /// Whose account.
    pub member_id: MemberId,
    /// The handle.
    pub handle: String,
    /// When it was asked.
    pub asked_at: Timestamp,
    /// How many vouched, besides the reader.
    pub vouches: i64,
    /// Whether the reader vouched.
    pub vouched: bool,
    /// SHA-256 of the code, hex, once it was handed out.
    pub code_hash: Option<String>,
    /// When that ends.
    pub code_expires_at: Option<Timestamp>,
}

macro_rules! select_open {
    ($rest:literal) => {
        concat!(
            "SELECT recovery.id, recovery.member_id, member.handle, recovery.asked_at, recovery.code_hash,
                    recovery.code_expires_at,
                    (SELECT count(*) FROM recovery_vouch AS vouch JOIN member AS voucher ON voucher.id = vouch.member_id
                      WHERE vouch.recovery_id = recovery.id AND vouch.member_id IS NOT ?1
                        AND voucher.standing = 'active') AS vouches,
                    EXISTS (SELECT 1 FROM recovery_vouch WHERE recovery_id = recovery.id AND member_id = ?1) AS vouched
               FROM recovery JOIN member ON member.id = recovery.member_id
              WHERE recovery.closed_at IS NULL AND recovery.asked_at > ?2
                AND member.standing IN ('active', 'suspended') ",
            $rest
        )
    };
}

/// The requests that are open, asked since a time, the longest waiting first, as somebody reads them.
///
/// # Errors
/// When they cannot be read.
pub async fn open(
    conn: &mut SqliteConnection,
    reader: Option<MemberId>,
    since: Timestamp,
) -> sqlx::Result<Vec<RecoveryRow>> {
    sqlx::query_as(select_open!("ORDER BY recovery.id")).bind(reader).bind(since).fetch_all(conn).await
}

/// The one whose code has this hash.
///
/// # Errors
/// When it cannot be read.
pub async fn by_code(
    conn: &mut SqliteConnection,
    hash: &str,
    since: Timestamp,
) -> sqlx::Result<Option<RecoveryRow>> {
    sqlx::query_as(select_open!("AND recovery.code_hash = ?3"))
        .bind(None::<MemberId>)
        .bind(since)
        .bind(hash)
        .fetch_optional(conn)
        .await
}

/// Notes that somebody lost the key of an account, unless that is open already. False when nothing was noted.
///
/// # Errors
/// When it cannot be written.
pub async fn ask(
    conn: &mut SqliteConnection,
    _grant: &Grant<AskRecovery>,
    now: Timestamp,
    since: Timestamp,
    member: MemberId,
) -> sqlx::Result<bool> {
    sqlx::query(
        "UPDATE recovery SET closed_at = ? WHERE member_id = ? AND closed_at IS NULL AND asked_at <= ?",
    )
    .bind(now)
    .bind(member)
    .bind(since)
    .execute(&mut *conn)
    .await?;
    let asked = sqlx::query(
        "INSERT INTO recovery (member_id, asked_at)
         SELECT ?1, ?2 WHERE NOT EXISTS (SELECT 1 FROM recovery WHERE member_id = ?1 AND closed_at IS NULL)",
    )
    .bind(member)
    .bind(now)
    .execute(conn)
    .await?;
    Ok(asked.rows_affected() == 1)
}

/// Notes that somebody vouches. False when they did already.
///
/// # Errors
/// When it cannot be written.
pub async fn vouch(
    conn: &mut SqliteConnection,
    _grant: &Grant<VouchRecovery>,
    now: Timestamp,
    recovery: RecoveryId,
    by: MemberId,
) -> sqlx::Result<bool> {
    let vouched = sqlx::query(
        "INSERT INTO recovery_vouch (recovery_id, member_id, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
    )
    .bind(recovery)
    .bind(by)
    .bind(now)
    .execute(conn)
    .await?;
    Ok(vouched.rows_affected() == 1)
}

/// Keeps the hash of the code that a sysop hands out; the one before it is worth nothing then.
///
/// # Errors
/// When it cannot be written.
pub async fn set_code(
    conn: &mut SqliteConnection,
    grant: &Grant<HandOutCode>,
    recovery: RecoveryId,
    hash: &str,
    expires_at: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query("UPDATE recovery SET code_hash = ?, code_by = ?, code_expires_at = ? WHERE id = ?")
        .bind(hash)
        .bind(grant.by())
        .bind(expires_at)
        .bind(recovery)
        .execute(conn)
        .await?;
    Ok(())
}

async fn close(conn: &mut SqliteConnection, now: Timestamp, recovery: RecoveryId) -> sqlx::Result<bool> {
    let closed =
        sqlx::query("UPDATE recovery SET closed_at = ?, code_hash = NULL WHERE id = ? AND closed_at IS NULL")
            .bind(now)
            .bind(recovery)
            .execute(conn)
            .await?;
    Ok(closed.rows_affected() == 1)
}

/// Stops a request: its code, if it has one, opens nothing. False when it was closed before.
///
/// # Errors
/// When it cannot be written.
pub async fn stop(
    conn: &mut SqliteConnection,
    _grant: &Grant<StopRecovery>,
    now: Timestamp,
    recovery: RecoveryId,
) -> sqlx::Result<bool> {
    close(conn, now, recovery).await
}

/// The code was used. False when it was a moment ago.
///
/// # Errors
/// When it cannot be written.
pub async fn use_up(
    conn: &mut SqliteConnection,
    _grant: &Grant<AskRecovery>,
    now: Timestamp,
    recovery: RecoveryId,
) -> sqlx::Result<bool> {
    close(conn, now, recovery).await
}
