//! What was set in the session for the whole place.

use sqlx::SqliteConnection;

use crate::domain::policy::{Grant, RunPlace};
use crate::domain::time::Timestamp;

/// Everything that was set, by name.
///
/// # Errors
/// When it cannot be read.
pub async fn all(conn: &mut SqliteConnection) -> sqlx::Result<Vec<(String, String)>> {
    sqlx::query_as("SELECT name, value FROM place_setting ORDER BY name").fetch_all(conn).await
}

/// One value.
///
/// # Errors
/// When it cannot be read.
pub async fn get(conn: &mut SqliteConnection, name: &str) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar("SELECT value FROM place_setting WHERE name = ?").bind(name).fetch_optional(conn).await
}

/// Sets a value, or takes it away.
///
/// # Errors
/// When it cannot be written.
pub async fn set(
    conn: &mut SqliteConnection,
    _grant: &Grant<RunPlace>,
    now: Timestamp,
    name: &str,
    value: Option<&str>,
) -> sqlx::Result<()> {
    let query = match value {
        Some(value) => sqlx::query(
            "INSERT INTO place_setting (name, value, changed_at) VALUES (?1, ?2, ?3)
             ON CONFLICT (name) DO UPDATE SET value = excluded.value, changed_at = excluded.changed_at",
        )
        .bind(name)
        .bind(value)
        .bind(now),
        None => sqlx::query("DELETE FROM place_setting WHERE name = ?").bind(name),
    };
    query.execute(conn).await?;
    Ok(())
}
