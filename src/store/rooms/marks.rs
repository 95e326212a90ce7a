//! Up to where members have seen a room, and whose lines they do not want to see.

use sqlx::SqliteConnection;

use crate::domain::ids::{LineId, MemberId, RoomId};
use crate::domain::policy::{Grant, KeepMarks};

/// Up to where a member has seen a room; 0 before the first time.
///
/// # Errors
/// When it cannot be read.
pub async fn read_to(conn: &mut SqliteConnection, member: MemberId, room: RoomId) -> sqlx::Result<LineId> {
    sqlx::query_scalar(
        "SELECT coalesce((SELECT last_line FROM room_mark WHERE member_id = ? AND room_id = ?), 0)",
    )
    .bind(member)
    .bind(room)
    .fetch_one(conn)
    .await
}

/// Notes that a member has seen a room up to a line. A mark never goes back. True when it moved.
///
/// # Errors
/// When it cannot be written.
pub async fn mark(
    conn: &mut SqliteConnection,
    _grant: &Grant<KeepMarks>,
    member: MemberId,
    room: RoomId,
    line: LineId,
) -> sqlx::Result<bool> {
    let done = sqlx::query(
        "INSERT INTO room_mark (member_id, room_id, last_line) VALUES (?, ?, ?)
         ON CONFLICT (member_id, room_id) DO UPDATE SET last_line = excluded.last_line
         WHERE last_line < excluded.last_line",
    )
    .bind(member)
    .bind(room)
    .bind(line)
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Ignores somebody in rooms, or no longer.
///
/// # Errors
/// When it cannot be written.
pub async fn ignore(
    conn: &mut SqliteConnection,
    _grant: &Grant<KeepMarks>,
    member: MemberId,
    ignored: MemberId,
    on: bool,
) -> sqlx::Result<()> {
    let query = if on {
        sqlx::query("INSERT OR IGNORE INTO room_ignore (member_id, ignored_id) VALUES (?, ?)")
    } else {
        sqlx::query("DELETE FROM room_ignore WHERE member_id = ? AND ignored_id = ?")
    };
    query.bind(member).bind(ignored).execute(conn).await?;
    Ok(())
}

/// The handles of those whom a member ignores.
///
/// # Errors
/// When they cannot be read.
pub async fn ignored(conn: &mut SqliteConnection, member: MemberId) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar(
        "SELECT member.handle FROM room_ignore JOIN member ON member.id = room_ignore.ignored_id
          WHERE room_ignore.member_id = ? ORDER BY member.handle_fold",
    )
    .bind(member)
    .fetch_all(conn)
    .await
}

/// Whether one member does not see another's lines in rooms: ignored, muted or blocked.
///
/// # Errors
/// When it cannot be read.
pub async fn ignores(conn: &mut SqliteConnection, member: MemberId, other: MemberId) -> sqlx::Result<bool> {
    sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM room_hidden WHERE member_id = ? AND other_id = ?)")
        .bind(member)
        .bind(other)
        .fetch_one(conn)
        .await
}
