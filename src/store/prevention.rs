//! What prevention and slow mode look back at: what was posted lately, and when.

use sqlx::SqliteConnection;

use crate::domain::ids::{MemberId, ThreadId};
use crate::domain::time::Timestamp;

/// Posts of one member that are looked at.
const OWN_MAX: i64 = 300;
/// Posts of newcomers that are looked at, over all of them.
const NEWCOMERS_MAX: i64 = 500;

/// A text of a member's own.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct OwnText {
    /// The text.
    pub body: String,
    /// When it was posted.
    pub created_at: Timestamp,
    /// The title of its thread.
    pub title: String,
}

/// SQL: the posts of the member `?1` since `?2` as `own (id, at, thread_id)`, and one more that may be older. Walks from the
/// newest to the first that is older: who wrote much over the years wrote little since. What a clock that ran behind dated
/// back hides what is before it.
macro_rules! own_since {
    () => {
        "own (id, at, thread_id) AS (
             SELECT * FROM (SELECT id, created_at, thread_id FROM post WHERE author_id = ?1 ORDER BY id DESC LIMIT 1)
              UNION ALL
             SELECT before.id, before.created_at, before.thread_id
               FROM own JOIN post AS before
                 ON before.id = (SELECT max(id) FROM post WHERE author_id = ?1 AND id < own.id)
              WHERE own.at >= ?2) "
    };
}

/// What a member posted since a time and still stands, the newest first.
///
/// # Errors
/// When it cannot be read.
pub async fn own_texts(
    conn: &mut SqliteConnection,
    member: MemberId,
    since: Timestamp,
) -> sqlx::Result<Vec<OwnText>> {
    sqlx::query_as(concat!(
        "WITH RECURSIVE ",
        own_since!(),
        "SELECT post.body, post.created_at, thread.title
           FROM own JOIN post ON post.id = own.id JOIN thread ON thread.id = post.thread_id
          WHERE own.at >= ?2 AND post.state IN ('shown', 'collapsed')
          ORDER BY own.id DESC LIMIT ?3"
    ))
    .bind(member)
    .bind(since)
    .bind(OWN_MAX)
    .fetch_all(conn)
    .await
}

/// What other newcomers posted or handed in since a time: the author's handle and the text. Removed texts count.
///
/// # Errors
/// When it cannot be read.
pub async fn newcomers_texts(
    conn: &mut SqliteConnection,
    but: MemberId,
    since: Timestamp,
) -> sqlx::Result<Vec<(String, String)>> {
    // From the few newcomers to their posts: their number, not that of all posts, is what it costs.
    sqlx::query_as(
        "SELECT member.handle, text.body FROM member CROSS JOIN (
             SELECT author_id, body, created_at FROM post
              UNION ALL
             SELECT author_id, body, held_at FROM held_post WHERE state = 'waiting') AS text
             ON text.author_id = member.id
          WHERE member.level = 'newcomer' AND member.role = 'member' AND member.id <> ?1 AND text.created_at >= ?2
          LIMIT ?3",
    )
    .bind(but)
    .bind(since)
    .bind(NEWCOMERS_MAX)
    .fetch_all(conn)
    .await
}

/// When a member wrote last, newest first, with whether each post started a thread. Tombstones count, and so does what
/// waits for a moderator.
///
/// # Errors
/// When it cannot be read.
pub async fn recent(
    conn: &mut SqliteConnection,
    member: MemberId,
    limit: i64,
) -> sqlx::Result<Vec<(Timestamp, bool)>> {
    sqlx::query_as(
        "SELECT at, first FROM (
             SELECT * FROM (SELECT created_at AS at, no = 1 AS first FROM post
                             WHERE author_id = ?1 ORDER BY id DESC LIMIT ?2)
              UNION ALL
             SELECT * FROM (SELECT held_at, thread_id IS NULL FROM held_post
                             WHERE author_id = ?1 AND state = 'waiting' ORDER BY id DESC LIMIT ?2))
          ORDER BY at DESC LIMIT ?2",
    )
    .bind(member)
    .bind(limit)
    .fetch_all(conn)
    .await
}

/// The same of everything since a time, without a limit.
///
/// # Errors
/// When it cannot be read.
pub async fn recent_since(
    conn: &mut SqliteConnection,
    member: MemberId,
    since: Timestamp,
) -> sqlx::Result<Vec<(Timestamp, bool)>> {
    sqlx::query_as(concat!(
        "WITH RECURSIVE ",
        own_since!(),
        "SELECT own.at AS at, post.no = 1 FROM own JOIN post ON post.id = own.id WHERE own.at >= ?2
          UNION ALL
         SELECT held_at, thread_id IS NULL FROM held_post
          WHERE author_id = ?1 AND state = 'waiting' AND held_at >= ?2
          ORDER BY at DESC"
    ))
    .bind(member)
    .bind(since)
    .fetch_all(conn)
    .await
}

/// When a member last wrote in a thread, if that was not before a time.
///
/// # Errors
/// When it cannot be read.
pub async fn last_in_thread(
    conn: &mut SqliteConnection,
    member: MemberId,
    thread: ThreadId,
    since: Timestamp,
) -> sqlx::Result<Option<Timestamp>> {
    sqlx::query_scalar(concat!(
        "WITH RECURSIVE ",
        own_since!(),
        "SELECT at FROM own WHERE thread_id = ?3 AND at >= ?2 ORDER BY id DESC LIMIT 1"
    ))
    .bind(member)
    .bind(since)
    .bind(thread)
    .fetch_optional(conn)
    .await
}
