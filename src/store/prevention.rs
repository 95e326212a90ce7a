//! What prevention looks back at: texts that were posted lately.

use sqlx::SqliteConnection;

use crate::domain::ids::MemberId;
use crate::domain::time::Timestamp;
use crate::store::writing::own_since;

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
