//! Housekeeping of the file itself, and when it was done last.

use sqlx::SqliteConnection;

use crate::domain::ids::MemberId;
use crate::domain::time::Timestamp;

/// When a task ran last; none if it never did.
///
/// # Errors
/// When it cannot be read.
pub async fn last_run(conn: &mut SqliteConnection, task: &str) -> sqlx::Result<Option<Timestamp>> {
    sqlx::query_scalar("SELECT ran_at FROM upkeep WHERE task = ?").bind(task).fetch_optional(conn).await
}

/// Notes that a task runs.
///
/// # Errors
/// When it cannot be written.
pub async fn note_run(conn: &mut SqliteConnection, task: &str, now: Timestamp) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO upkeep (task, ran_at) VALUES (?, ?)
         ON CONFLICT (task) DO UPDATE SET ran_at = excluded.ran_at",
    )
    .bind(task)
    .bind(now)
    .execute(conn)
    .await?;
    Ok(())
}

/// The members who were here since a time: only what they read can have changed.
///
/// # Errors
/// When they cannot be read.
pub async fn seen_since(conn: &mut SqliteConnection, since: Timestamp) -> sqlx::Result<Vec<MemberId>> {
    sqlx::query_scalar("SELECT id FROM member WHERE last_seen_at >= ? AND standing = 'active'")
        .bind(since)
        .fetch_all(conn)
        .await
}

/// Whether somebody's suspension is over by now and still stands in the file.
///
/// # Errors
/// When it cannot be read.
pub async fn is_a_suspension_over(conn: &mut SqliteConnection, now: Timestamp) -> sqlx::Result<bool> {
    sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM member WHERE standing = 'suspended' AND suspended_until <= ?)",
    )
    .bind(now)
    .fetch_one(conn)
    .await
}

/// Makes those active whose suspension is over by now, and returns who they are. What asks for somebody's standing goes
/// by the time in any case; this is for all that looks at active members only.
///
/// # Errors
/// When it cannot be written.
pub async fn end_suspensions(conn: &mut SqliteConnection, now: Timestamp) -> sqlx::Result<Vec<MemberId>> {
    sqlx::query_scalar(
        "UPDATE member SET standing = 'active', suspended_until = NULL
          WHERE standing = 'suspended' AND suspended_until <= ? RETURNING id",
    )
    .bind(now)
    .fetch_all(conn)
    .await
}

/// Moves what is in the write-ahead log into the file without waiting for anybody, so that no member's write
/// has to do it. Returns the log's frames and how many of them were moved.
///
/// # Errors
/// When the file cannot be written.
pub async fn checkpoint(conn: &mut SqliteConnection) -> sqlx::Result<(i64, i64)> {
    let (_busy, frames, moved): (i64, i64, i64) =
        sqlx::query_as("PRAGMA wal_checkpoint(PASSIVE)").fetch_one(conn).await?;
    Ok((frames, moved))
}

/// The same, and empties the log: for a quiet moment, so that it does not stay as large as its busiest day.
///
/// # Errors
/// When the file cannot be written.
pub async fn checkpoint_and_truncate(conn: &mut SqliteConnection) -> sqlx::Result<()> {
    sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").execute(conn).await?;
    Ok(())
}
