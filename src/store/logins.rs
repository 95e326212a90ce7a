//! Counts of failed logins, by account and by address. They survive a restart.

use sqlx::SqliteConnection;

use crate::domain::time::Timestamp;

/// Failures of a subject since `since`.
///
/// # Errors
/// When they cannot be read.
pub async fn failures(conn: &mut SqliteConnection, subject: &str, since: Timestamp) -> sqlx::Result<i64> {
    let count: Option<i64> =
        sqlx::query_scalar("SELECT count FROM login_failure WHERE subject = ? AND last_at > ?")
            .bind(subject)
            .bind(since)
            .fetch_optional(conn)
            .await?;
    Ok(count.unwrap_or(0))
}

/// Counts one more failure; the count starts anew when the last one was before `since`.
///
/// # Errors
/// When it cannot be written.
pub async fn count_failure(
    conn: &mut SqliteConnection,
    subject: &str,
    now: Timestamp,
    since: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO login_failure (subject, count, first_at, last_at) VALUES (?1, 1, ?2, ?2)
         ON CONFLICT (subject) DO UPDATE SET
             count = CASE WHEN last_at > ?3 THEN count + 1 ELSE 1 END,
             first_at = CASE WHEN last_at > ?3 THEN first_at ELSE ?2 END,
             last_at = ?2",
    )
    .bind(subject)
    .bind(now)
    .bind(since)
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
