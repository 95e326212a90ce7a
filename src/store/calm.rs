//! Times of calm.

use sqlx::SqliteConnection;

use crate::domain::ids::{CalmId, MemberId};
use crate::domain::policy::{Grant, KeepCalm};
use crate::domain::time::Timestamp;

/// A time of calm that goes on.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct CalmRow {
    /// Which.
    pub id: CalmId,
    /// Since when.
    pub began_at: Timestamp,
    /// The handle of who began it; none for the host.
    pub by: Option<String>,
    /// Until when.
    pub until: Timestamp,
    /// Why.
    pub reason: String,
}

/// The time of calm that goes on at `now`.
///
/// # Errors
/// When it cannot be read.
pub async fn current(conn: &mut SqliteConnection, now: Timestamp) -> sqlx::Result<Option<CalmRow>> {
    sqlx::query_as(
        "SELECT calm.id, calm.began_at, member.handle AS by, calm.until, calm.reason
           FROM calm LEFT JOIN member ON member.id = calm.began_by
          WHERE calm.ended_at IS NULL AND calm.until > ? ORDER BY calm.id DESC LIMIT 1",
    )
    .bind(now)
    .fetch_optional(conn)
    .await
}

/// Begins one.
///
/// # Errors
/// When it cannot be written.
pub async fn begin(
    conn: &mut SqliteConnection,
    _grant: &Grant<KeepCalm>,
    by: Option<MemberId>,
    now: Timestamp,
    until: Timestamp,
    reason: &str,
) -> sqlx::Result<CalmId> {
    sqlx::query_scalar(
        "INSERT INTO calm (began_at, began_by, until, reason) VALUES (?, ?, ?, ?) RETURNING id",
    )
    .bind(now)
    .bind(by)
    .bind(until)
    .bind(reason)
    .fetch_one(conn)
    .await
}

/// Ends one before its time.
///
/// # Errors
/// When it cannot be written.
pub async fn end(
    conn: &mut SqliteConnection,
    _grant: &Grant<KeepCalm>,
    calm: CalmId,
    by: Option<MemberId>,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query("UPDATE calm SET ended_at = ?, ended_by = ? WHERE id = ?")
        .bind(now)
        .bind(by)
        .bind(calm)
        .execute(conn)
        .await?;
    Ok(())
}
