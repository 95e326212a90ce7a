//! What the composer's notes look at, and which of them a member has met.

use sqlx::SqliteConnection;

use crate::domain::ids::{MemberId, ThreadId};
use crate::domain::note::{Note, SHARE_POSTS_COUNTED, TURNS};
use crate::domain::policy::{Grant, KeepDrafts};
use crate::domain::time::Timestamp;

/// How many posts a member has written, counted up to `most`. Tombstones count.
///
/// # Errors
/// When they cannot be counted.
pub async fn written(conn: &mut SqliteConnection, member: MemberId, most: i64) -> sqlx::Result<i64> {
    sqlx::query_scalar("SELECT count(*) FROM (SELECT 1 FROM post WHERE author_id = ? LIMIT ?)")
        .bind(member)
        .bind(most)
        .fetch_one(conn)
        .await
}

/// A thread as the notes look at it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct SceneRow {
    /// When its last post was written; none without a post.
    pub last_at: Option<Timestamp>,
    /// Posts at its end that the member has written.
    pub last_mine: i64,
    /// Its newest posts, as many as are counted.
    pub posts: i64,
    /// How many of those the member has written.
    pub mine: i64,
}

/// A thread as the notes look at it, for one member. Tombstones are nobody's turn.
///
/// # Errors
/// When it cannot be read.
pub async fn scene(
    conn: &mut SqliteConnection,
    member: MemberId,
    thread: ThreadId,
) -> sqlx::Result<SceneRow> {
    sqlx::query_as(
        "WITH newest AS (
              SELECT no, author_id, created_at FROM post
               WHERE thread_id = ?2 AND state IN ('shown', 'collapsed') ORDER BY no DESC LIMIT ?3)
         SELECT (SELECT max(created_at) FROM newest) AS last_at,
                (SELECT count(*) FROM (SELECT no FROM newest ORDER BY no DESC LIMIT ?4) AS last
                  WHERE last.no > coalesce((SELECT max(no) FROM newest WHERE author_id <> ?1), 0)) AS last_mine,
                (SELECT count(*) FROM newest) AS posts,
                (SELECT count(*) FROM newest WHERE author_id = ?1) AS mine",
    )
    .bind(member)
    .bind(thread)
    .bind(SHARE_POSTS_COUNTED)
    .bind(TURNS)
    .fetch_one(conn)
    .await
}

/// Whether a member has met a note about something.
///
/// # Errors
/// When it cannot be read.
pub async fn met(
    conn: &mut SqliteConnection,
    member: MemberId,
    note: Note,
    about: &str,
) -> sqlx::Result<bool> {
    sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM note_met WHERE member_id = ? AND note = ? AND about = ?)",
    )
    .bind(member)
    .bind(note)
    .bind(about)
    .fetch_one(conn)
    .await
}

/// Remembers that a member has met a note about something.
///
/// # Errors
/// When it cannot be written.
pub async fn meet(
    conn: &mut SqliteConnection,
    _grant: &Grant<KeepDrafts>,
    now: Timestamp,
    member: MemberId,
    note: Note,
    about: &str,
) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO note_met (member_id, note, about, met_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
    )
    .bind(member)
    .bind(note)
    .bind(about)
    .bind(now)
    .execute(conn)
    .await?;
    Ok(())
}
