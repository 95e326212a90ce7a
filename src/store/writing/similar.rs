//! Threads whose titles have words in common with one that is being written.

use sqlx::SqliteConnection;

use crate::domain::ids::ThreadId;
use crate::domain::policy::Clearance;

/// Titles with a word in common from which on they are taken newest first, not by how well they fit: ranking costs as
/// much as there are, and every title that fits is a candidate only while there are few.
const RANKED_MAX: i64 = 2_000;

/// A thread that may be about the same.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct SimilarRow {
    /// The thread.
    pub thread: ThreadId,
    /// Its title.
    pub title: String,
    /// Its board's name.
    pub board: String,
    /// Its posts.
    pub posts: i64,
}

/// The threads whose titles match best. `matching` is an FTS5 expression, already quoted. Only what the clearance
/// covers; nothing removed.
///
/// # Errors
/// When it cannot be read, or the expression is not one of FTS5.
pub async fn similar(
    conn: &mut SqliteConnection,
    matching: &str,
    clearance: Clearance,
    limit: i64,
) -> sqlx::Result<Vec<SimilarRow>> {
    let candidates: i64 =
        sqlx::query_scalar("SELECT count(*) FROM (SELECT 1 FROM post_fts WHERE post_fts MATCH ? LIMIT ?)")
            .bind(matching)
            .bind(RANKED_MAX)
            .fetch_one(&mut *conn)
            .await?;
    let sql = if candidates < RANKED_MAX {
        "SELECT thread.id AS thread, thread.title, board.name AS board, thread.post_count AS posts
           FROM post_fts
           JOIN post ON post.id = post_fts.rowid
           JOIN thread ON thread.id = post.thread_id
           JOIN board ON board.id = thread.board_id
          WHERE post_fts MATCH ?1 AND board.see_rank <= (?2 & 7) AND (?2 >> (3 + board.circle)) & 1 AND thread.removed = 0 AND post.state = 'shown'
          ORDER BY rank LIMIT ?3"
    } else {
        "SELECT thread.id AS thread, thread.title, board.name AS board, thread.post_count AS posts
           FROM post_fts
           JOIN post ON post.id = post_fts.rowid
           JOIN thread ON thread.id = post.thread_id
           JOIN board ON board.id = thread.board_id
          WHERE post_fts MATCH ?1 AND board.see_rank <= (?2 & 7) AND (?2 >> (3 + board.circle)) & 1 AND thread.removed = 0 AND post.state = 'shown'
          ORDER BY post_fts.rowid DESC LIMIT ?3"
    };
    sqlx::query_as(sql).bind(matching).bind(clearance.rank()).bind(limit).fetch_all(conn).await
}
