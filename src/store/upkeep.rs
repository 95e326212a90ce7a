//! Housekeeping of the file itself.

use sqlx::SqliteConnection;

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
