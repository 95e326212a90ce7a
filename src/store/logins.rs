//! Counts of failed logins, by account and by address. They survive a restart.

use sqlx::SqliteConnection;

use crate::domain::time::Timestamp;

/// The time in which failures count: after the first and up to the second moment. It reaches as far into the future as
/// into the past, so that after a clock that ran ahead was set back nobody is locked out until it is there again.
pub type Window = (Timestamp, Timestamp);

/// Failures of a subject in a window.
///
/// # Errors
/// When they cannot be read.
pub async fn failures(
    conn: &mut SqliteConnection,
    subject: &str,
    (since, until): Window,
) -> sqlx::Result<i64> {
    let count: Option<i64> = sqlx::query_scalar(
        "SELECT count FROM login_failure WHERE subject = ? AND last_at > ? AND last_at <= ?",
    )
    .bind(subject)
    .bind(since)
    .bind(until)
    .fetch_optional(conn)
    .await?;
    Ok(count.unwrap_or(0))
}

/// Counts one more failure; the count starts anew when the last one was outside the window.
///
/// # Errors
/// When it cannot be written.
pub async fn count_failure(
    conn: &mut SqliteConnection,
    subject: &str,
    now: Timestamp,
    (since, until): Window,
) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO login_failure (subject, count, first_at, last_at) VALUES (?1, 1, ?2, ?2)
         ON CONFLICT (subject) DO UPDATE SET
             count = CASE WHEN last_at > ?3 AND last_at <= ?4 THEN count + 1 ELSE 1 END,
             first_at = CASE WHEN last_at > ?3 AND last_at <= ?4 THEN first_at ELSE ?2 END,
             last_at = ?2",
    )
    .bind(subject)
    .bind(now)
    .bind(since)
    .bind(until)
    .execute(conn)
    .await?;
    Ok(())
}

/// Forgets a subject's failures, after a success, and everybody's that are older than `since`.
///
/// # Errors
/// When it cannot be written.
pub async fn forget(conn: &mut SqliteConnection, subject: &str, since: Timestamp) -> sqlx::Result<()> {
    sqlx::query("DELETE FROM login_failure WHERE subject = ? OR last_at <= ?")
        .bind(subject)
        .bind(since)
        .execute(conn)
        .await?;
    Ok(())
}
