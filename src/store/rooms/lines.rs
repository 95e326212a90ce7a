//! What was said.

use sqlx::SqliteConnection;

use crate::domain::ids::{LineId, MemberId, RoomId};
use crate::domain::policy::{ChangeLine, Grant, Speak};
use crate::domain::room::LineKind;
use crate::domain::time::Timestamp;

/// A line.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct LineRow {
    /// Its id.
    pub id: LineId,
    /// Its room.
    pub room_id: RoomId,
    /// Who said it.
    pub author_id: MemberId,
    /// Their handle.
    pub author: String,
    /// How it is said.
    pub kind: LineKind,
    /// What it says; empty when it was removed.
    pub body: String,
    /// When it was said.
    pub said_at: Timestamp,
    /// When it was edited last.
    pub edited_at: Option<Timestamp>,
    /// Staff removed it.
    pub removed: bool,
}

/// A line to say.
#[derive(Clone, Copy, Debug)]
pub struct NewLine<'a> {
    /// The room.
    pub room: RoomId,
    /// Who says it.
    pub author: MemberId,
    /// How.
    pub kind: LineKind,
    /// What.
    pub body: &'a str,
    /// When.
    pub at: Timestamp,
}

macro_rules! select_line {
    ($rest:literal) => {
        concat!(
            "SELECT line.id, line.room_id, line.author_id, member.handle AS author, line.kind,
                    CASE WHEN line.removed THEN '' ELSE line.body END AS body, line.said_at, line.edited_at,
                    line.removed
               FROM room_line AS line JOIN member ON member.id = line.author_id ",
            $rest
        )
    };
}

/// A line that is over: older than `?1`, and not among those that somebody has proposed to keep just now.
macro_rules! over {
    () => {
        "said_at < ?1 AND NOT EXISTS (
             SELECT 1 FROM room_keep_line AS kept JOIN room_keep ON room_keep.id = kept.keep_id
              WHERE kept.line_id = room_line.id AND room_keep.settled_at IS NULL)"
    };
}

/// The lines of a room behind `line` that are not older than `since`, in order, without those of people whom `me`
/// ignores, mutes or blocks.
///
/// # Errors
/// When they cannot be read.
pub async fn after(
    conn: &mut SqliteConnection,
    room: RoomId,
    line: LineId,
    since: Timestamp,
    me: MemberId,
    limit: i64,
) -> sqlx::Result<Vec<LineRow>> {
    sqlx::query_as(select_line!(
        "WHERE line.room_id = ?1 AND line.id > ?2 AND line.said_at >= ?3
           AND NOT EXISTS (SELECT 1 FROM room_hidden WHERE member_id = ?4 AND other_id = line.author_id)
         ORDER BY line.id LIMIT ?5"
    ))
    .bind(room)
    .bind(line)
    .bind(since)
    .bind(me)
    .bind(limit)
    .fetch_all(conn)
    .await
}

/// The lines of a room before `line`, the newest of them, in order; the rest as in [`after`].
///
/// # Errors
/// When they cannot be read.
pub async fn before(
    conn: &mut SqliteConnection,
    room: RoomId,
    line: LineId,
    since: Timestamp,
    me: MemberId,
    limit: i64,
) -> sqlx::Result<Vec<LineRow>> {
    let mut rows: Vec<LineRow> = sqlx::query_as(select_line!(
        "WHERE line.room_id = ?1 AND line.id < ?2 AND line.said_at >= ?3
           AND NOT EXISTS (SELECT 1 FROM room_hidden WHERE member_id = ?4 AND other_id = line.author_id)
         ORDER BY line.id DESC LIMIT ?5"
    ))
    .bind(room)
    .bind(line)
    .bind(since)
    .bind(me)
    .bind(limit)
    .fetch_all(conn)
    .await?;
    rows.reverse();
    Ok(rows)
}

/// One line, removed or not.
///
/// # Errors
/// When it cannot be read.
pub async fn find(conn: &mut SqliteConnection, line: LineId) -> sqlx::Result<Option<LineRow>> {
    sqlx::query_as(select_line!("WHERE line.id = ?")).bind(line).fetch_optional(conn).await
}

/// A member's newest line in a room that is not older than `since` and was not removed.
///
/// # Errors
/// When it cannot be read.
pub async fn last_of(
    conn: &mut SqliteConnection,
    room: RoomId,
    member: MemberId,
    since: Timestamp,
) -> sqlx::Result<Option<LineRow>> {
    sqlx::query_as(select_line!(
        "WHERE line.author_id = ?1 AND line.room_id = ?2 AND line.said_at >= ?3 AND line.removed = 0
         ORDER BY line.id DESC LIMIT 1"
    ))
    .bind(member)
    .bind(room)
    .bind(since)
    .fetch_optional(conn)
    .await
}

/// The newest line of a room, whoever said it; 0 where none was.
///
/// # Errors
/// When it cannot be read.
pub async fn newest(conn: &mut SqliteConnection, room: RoomId) -> sqlx::Result<LineId> {
    sqlx::query_scalar("SELECT coalesce(max(id), 0) FROM room_line WHERE room_id = ?")
        .bind(room)
        .fetch_one(conn)
        .await
}

/// When a member said something since a time, in any room, the newest first.
///
/// # Errors
/// When it cannot be read.
pub async fn said_since(
    conn: &mut SqliteConnection,
    member: MemberId,
    since: Timestamp,
    limit: i64,
) -> sqlx::Result<Vec<Timestamp>> {
    sqlx::query_scalar(
        "SELECT said_at FROM room_line WHERE author_id = ? AND said_at > ? ORDER BY id DESC LIMIT ?",
    )
    .bind(member)
    .bind(since)
    .bind(limit)
    .fetch_all(conn)
    .await
}

/// Says a line.
///
/// # Errors
/// When it cannot be written.
pub async fn insert(
    conn: &mut SqliteConnection,
    _grant: &Grant<Speak>,
    new: NewLine<'_>,
) -> sqlx::Result<LineId> {
    sqlx::query_scalar(
        "INSERT INTO room_line (room_id, author_id, kind, body, said_at) VALUES (?, ?, ?, ?, ?) RETURNING id",
    )
    .bind(new.room)
    .bind(new.author)
    .bind(new.kind)
    .bind(new.body)
    .bind(new.at)
    .fetch_one(conn)
    .await
}

/// Gives a line another text.
///
/// # Errors
/// When it cannot be written.
pub async fn update(
    conn: &mut SqliteConnection,
    _grant: &Grant<ChangeLine>,
    line: LineId,
    body: &str,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query("UPDATE room_line SET body = ?, edited_at = ? WHERE id = ?")
        .bind(body)
        .bind(now)
        .bind(line)
        .execute(conn)
        .await?;
    Ok(())
}

/// Deletes a line: nothing is left of it.
///
/// # Errors
/// When it cannot be written.
pub async fn delete(
    conn: &mut SqliteConnection,
    _grant: &Grant<ChangeLine>,
    line: LineId,
) -> sqlx::Result<()> {
    sqlx::query("DELETE FROM room_line WHERE id = ?").bind(line).execute(conn).await?;
    Ok(())
}

/// Whether [`forget`] would forget anything.
///
/// # Errors
/// When it cannot be read.
pub async fn forgets_any(conn: &mut SqliteConnection, before: Timestamp) -> sqlx::Result<bool> {
    sqlx::query_scalar(concat!("SELECT EXISTS (SELECT 1 FROM room_line WHERE ", over!(), ")"))
        .bind(before)
        .fetch_one(conn)
        .await
}

/// Background upkeep: forgets the lines that are older than this, but for those that somebody has proposed to keep as
/// long as that is open. Gives how many there were.
///
/// # Errors
/// When it cannot be written.
pub async fn forget(conn: &mut SqliteConnection, before: Timestamp) -> sqlx::Result<u64> {
    let done =
        sqlx::query(concat!("DELETE FROM room_line WHERE ", over!())).bind(before).execute(conn).await?;
    Ok(done.rows_affected())
}
