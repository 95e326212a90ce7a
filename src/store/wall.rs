//! The wall: lines that fade.

use sqlx::SqliteConnection;

use crate::domain::ids::{MemberId, WallId};
use crate::domain::policy::{Action, Grant, WriteOnWall};
use crate::domain::time::Timestamp;

/// A line on the wall.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct WallRow {
    /// Its id.
    pub id: WallId,
    /// Who wrote it.
    pub author_id: MemberId,
    /// Their handle.
    pub author: String,
    /// What it says.
    pub body: String,
    /// When it was written.
    pub written_at: Timestamp,
}

/// The lines since a time, newest first.
///
/// # Errors
/// When they cannot be read.
pub async fn list(conn: &mut SqliteConnection, since: Timestamp, limit: i64) -> sqlx::Result<Vec<WallRow>> {
    sqlx::query_as(
        "SELECT wall_line.id, author_id, member.handle AS author, body, written_at
           FROM wall_line JOIN member ON member.id = author_id
          WHERE written_at >= ? AND removed_at IS NULL ORDER BY written_at DESC, wall_line.id DESC LIMIT ?",
    )
    .bind(since)
    .bind(limit)
    .fetch_all(conn)
    .await
}

/// One line that is on the wall.
///
/// # Errors
/// When it cannot be read.
pub async fn get(conn: &mut SqliteConnection, line: WallId) -> sqlx::Result<Option<WallRow>> {
    sqlx::query_as(
        "SELECT wall_line.id, author_id, member.handle AS author, body, written_at
           FROM wall_line JOIN member ON member.id = author_id WHERE wall_line.id = ? AND removed_at IS NULL",
    )
    .bind(line)
    .fetch_optional(conn)
    .await
}

/// A member's newest line that is not older than `since`.
///
/// # Errors
/// When it cannot be read.
pub async fn newest_of(
    conn: &mut SqliteConnection,
    member: MemberId,
    since: Timestamp,
) -> sqlx::Result<Option<WallId>> {
    sqlx::query_scalar(
        "SELECT id FROM wall_line WHERE author_id = ? AND written_at >= ? AND removed_at IS NULL
          ORDER BY written_at DESC, id DESC LIMIT 1",
    )
    .bind(member)
    .bind(since)
    .fetch_optional(conn)
    .await
}

/// Writes a line.
///
/// # Errors
/// When it cannot be written.
pub async fn insert(
    conn: &mut SqliteConnection,
    _grant: &Grant<WriteOnWall>,
    author: MemberId,
    body: &str,
    now: Timestamp,
) -> sqlx::Result<WallId> {
    sqlx::query_scalar("INSERT INTO wall_line (author_id, body, written_at) VALUES (?, ?, ?) RETURNING id")
        .bind(author)
        .bind(body)
        .bind(now)
        .fetch_one(conn)
        .await
}

/// Takes one's own line off the wall: nothing is left of it. Staff take lines down in `store::loose`.
///
/// # Errors
/// When it cannot be written.
pub async fn delete<A: Action>(
    conn: &mut SqliteConnection,
    _grant: &Grant<A>,
    line: WallId,
) -> sqlx::Result<()> {
    sqlx::query("DELETE FROM wall_line WHERE id = ?").bind(line).execute(conn).await?;
    Ok(())
}

/// Whether a line is older than this.
///
/// # Errors
/// When it cannot be read.
pub async fn has_faded(conn: &mut SqliteConnection, before: Timestamp) -> sqlx::Result<bool> {
    sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM wall_line WHERE written_at < ?)")
        .bind(before)
        .fetch_one(conn)
        .await
}

/// Background upkeep: forgets lines older than this. Gives how many there were.
///
/// # Errors
/// When it cannot be written.
pub async fn forget(conn: &mut SqliteConnection, before: Timestamp) -> sqlx::Result<u64> {
    let done = sqlx::query("DELETE FROM wall_line WHERE written_at < ?").bind(before).execute(conn).await?;
    Ok(done.rows_affected())
}
