//! The full-text index: filling it in the background, and searching it.

use sqlx::SqliteConnection;

use crate::domain::ids::{BoardId, MemberId, PostId, PostNo, ThreadId};
use crate::domain::policy::Clearance;
use crate::domain::time::Timestamp;

/// Where a hit begins in a snippet. A control character, so no stored text can hold it.
pub const HIT_START: char = '\u{2}';
/// Where a hit ends in a snippet.
pub const HIT_END: char = '\u{3}';

/// A post waiting in the queue, with what the index holds for it now.
#[derive(sqlx::FromRow)]
struct Waiting {
    post_id: PostId,
    indexed_title: Option<String>,
    indexed_body: Option<String>,
}

/// Brings at most `limit` waiting posts into the index and returns how many there were.
///
/// # Errors
/// When they cannot be written; the caller's transaction then changes nothing.
pub async fn index_waiting(conn: &mut SqliteConnection, limit: i64) -> sqlx::Result<usize> {
    let waiting: Vec<Waiting> = sqlx::query_as(
        "SELECT post_id, indexed_title, indexed_body FROM search_queue ORDER BY post_id LIMIT ?",
    )
    .bind(limit)
    .fetch_all(&mut *conn)
    .await?;
    for post in &waiting {
        if let (Some(title), Some(body)) = (&post.indexed_title, &post.indexed_body) {
            sqlx::query("INSERT INTO post_fts (post_fts, rowid, title, body) VALUES ('delete', ?, ?, ?)")
                .bind(post.post_id)
                .bind(title)
                .bind(body)
                .execute(&mut *conn)
                .await?;
        }
        sqlx::query(
            "INSERT INTO post_fts (rowid, title, body)
             SELECT text.id, text.title, text.body FROM post_text AS text JOIN post ON post.id = text.id
              WHERE text.id = ? AND post.state IN ('shown', 'collapsed')",
        )
        .bind(post.post_id)
        .execute(&mut *conn)
        .await?;
        sqlx::query("DELETE FROM search_queue WHERE post_id = ?")
            .bind(post.post_id)
            .execute(&mut *conn)
            .await?;
    }
    Ok(waiting.len())
}

/// What to search for. Every part narrows.
#[derive(Clone, Debug, Default)]
pub struct SearchFilter<'a> {
    /// An FTS5 expression, already quoted; `None` finds every post.
    pub matching: Option<&'a str>,
    /// Only posts of this member.
    pub author: Option<MemberId>,
    /// Only posts on this board.
    pub board: Option<BoardId>,
    /// Only posts before this one, for the next page.
    pub before: Option<PostId>,
}

/// A post that was found.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Hit {
    /// The post.
    pub post_id: PostId,
    /// Its thread.
    pub thread_id: ThreadId,
    /// Its number.
    pub no: PostNo,
    /// Its board's name in commands.
    pub board: String,
    /// Its thread's title.
    pub title: String,
    /// Who wrote it.
    pub author: String,
    /// When.
    pub created_at: Timestamp,
    /// A piece of the text around the first hit, hits between [`HIT_START`] and [`HIT_END`].
    pub snippet: String,
}

/// Finds posts, newest first. Only what the clearance covers; nothing removed.
///
/// # Errors
/// When it cannot be read, or the expression is not one of FTS5.
pub async fn newest_first(
    conn: &mut SqliteConnection,
    filter: &SearchFilter<'_>,
    clearance: Clearance,
    limit: i64,
) -> sqlx::Result<Vec<Hit>> {
    // Two statements: without a word to match, the full-text table has nothing to offer. Newest first walks the
    // index from its end and stops at the limit, so that any word is found in about a millisecond.
    let sql = if filter.matching.is_some() {
        "SELECT post.id AS post_id, post.thread_id, post.no, board.slug AS board, thread.title,
                member.handle AS author, post.created_at,
                snippet(post_fts, 1, char(2), char(3), '…', 16) AS snippet
           FROM post_fts
           JOIN post ON post.id = post_fts.rowid
           JOIN thread ON thread.id = post.thread_id
           JOIN board ON board.id = thread.board_id
           JOIN member ON member.id = post.author_id
          WHERE post_fts MATCH ?1 AND post_fts.rowid < ?2
            AND (?3 IS NULL OR post.author_id = ?3) AND (?4 IS NULL OR thread.board_id = ?4)
            AND board.see_rank <= ?5 AND thread.removed = 0 AND post.state = 'shown'
          ORDER BY post_fts.rowid DESC LIMIT ?6"
    } else {
        "SELECT post.id AS post_id, post.thread_id, post.no, board.slug AS board, thread.title,
                member.handle AS author, post.created_at, substr(post.body, 1, 160) AS snippet
           FROM post
           JOIN thread ON thread.id = post.thread_id
           JOIN board ON board.id = thread.board_id
           JOIN member ON member.id = post.author_id
          WHERE ?1 IS NULL AND post.id < ?2
            AND (?3 IS NULL OR post.author_id = ?3) AND (?4 IS NULL OR thread.board_id = ?4)
            AND board.see_rank <= ?5 AND thread.removed = 0 AND post.state = 'shown'
          ORDER BY post.id DESC LIMIT ?6"
    };
    sqlx::query_as(sql)
        .bind(filter.matching)
        .bind(filter.before.map_or(i64::MAX, |id| id.0))
        .bind(filter.author)
        .bind(filter.board)
        .bind(clearance.rank())
        .bind(limit)
        .fetch_all(conn)
        .await
}
