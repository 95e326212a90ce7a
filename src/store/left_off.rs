//! Where members' sessions were, to come back to.

use sqlx::SqliteConnection;

use crate::domain::ids::{LeftOffId, MemberId};
use crate::domain::policy::{Grant, KeepMarks};
use crate::domain::time::Timestamp;

/// Where a session was.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct LeftOffRow {
    /// Its id.
    pub id: LeftOffId,
    /// The places, as JSON that the layers above understand.
    pub places: String,
}

/// Where a member's sessions were since a time, the latest first.
///
/// # Errors
/// When it cannot be read.
pub async fn list(
    conn: &mut SqliteConnection,
    member: MemberId,
    since: Timestamp,
    limit: i64,
) -> sqlx::Result<Vec<LeftOffRow>> {
    sqlx::query_as(
        "SELECT id, places FROM left_off WHERE member_id = ? AND saved_at >= ?
          ORDER BY saved_at DESC, id DESC LIMIT ?",
    )
    .bind(member)
    .bind(since)
    .bind(limit)
    .fetch_all(conn)
    .await
}

/// Keeps where a session is, in its own row or, if it has none yet, in a new one. A row that is no longer there is
/// made anew.
///
/// # Errors
/// When it cannot be written.
pub async fn put(
    conn: &mut SqliteConnection,
    _grant: &Grant<KeepMarks>,
    member: MemberId,
    row: Option<LeftOffId>,
    places: &str,
    now: Timestamp,
) -> sqlx::Result<LeftOffId> {
    let kept =
        match row {
            Some(row) => sqlx::query_scalar(
                "UPDATE left_off SET places = ?, saved_at = ? WHERE id = ? AND member_id = ? RETURNING id",
            )
            .bind(places)
            .bind(now)
            .bind(row)
            .bind(member)
            .fetch_optional(&mut *conn)
            .await?,
            None => None,
        };
    match kept {
        Some(id) => Ok(id),
        None => {
            sqlx::query_scalar(
                "INSERT INTO left_off (member_id, places, saved_at) VALUES (?, ?, ?) RETURNING id",
            )
            .bind(member)
            .bind(places)
            .bind(now)
            .fetch_one(conn)
            .await
        }
    }
}

/// Forgets where a session was: it ended as its member wished.
///
/// # Errors
/// When it cannot be written.
pub async fn remove(
    conn: &mut SqliteConnection,
    _grant: &Grant<KeepMarks>,
    member: MemberId,
    row: LeftOffId,
) -> sqlx::Result<()> {
    sqlx::query("DELETE FROM left_off WHERE id = ? AND member_id = ?")
        .bind(row)
        .bind(member)
        .execute(conn)
        .await?;
    Ok(())
}

/// Forgets all that was saved before a time. Says how many.
///
/// # Errors
/// When it cannot be written.
pub async fn forget(conn: &mut SqliteConnection, before: Timestamp) -> sqlx::Result<u64> {
    let gone = sqlx::query("DELETE FROM left_off WHERE saved_at < ?").bind(before).execute(conn).await?;
    Ok(gone.rows_affected())
}
