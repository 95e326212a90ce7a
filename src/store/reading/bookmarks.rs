//! Posts that a member keeps to find again (R8). Nobody else's list is ever read here.

use sqlx::SqliteConnection;

use crate::domain::ids::{BoardId, MemberId, PostId, PostNo, ThreadId};
use crate::domain::policy::{Clearance, Grant, KeepMarks};
use crate::domain::post::PostState;
use crate::domain::time::Timestamp;

/// A kept post, with what its owner needs to know it again.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct BookmarkRow {
    /// The thread.
    pub thread_id: ThreadId,
    /// The post's number in it.
    pub no: PostNo,
    /// The thread's title.
    pub title: String,
    /// Its board.
    pub board_id: BoardId,
    /// The board's name.
    pub board: String,
    /// Who wrote the post.
    pub author: String,
    /// When.
    pub created_at: Timestamp,
    /// How the post is shown now.
    pub state: PostState,
    /// How it begins; empty for a tombstone.
    pub excerpt: String,
    /// When it was put on the list.
    pub kept_at: Timestamp,
}

/// Keeps a post, or no longer. True if that changed anything.
///
/// # Errors
/// When it cannot be written.
pub async fn keep(
    conn: &mut SqliteConnection,
    _grant: &Grant<KeepMarks>,
    member: MemberId,
    post: PostId,
    kept_at: Option<Timestamp>,
) -> sqlx::Result<bool> {
    let query = match kept_at {
        Some(at) => sqlx::query(
            "INSERT INTO bookmark (member_id, post_id, kept_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        )
        .bind(member)
        .bind(post)
        .bind(at),
        None => {
            sqlx::query("DELETE FROM bookmark WHERE member_id = ? AND post_id = ?").bind(member).bind(post)
        }
    };
    Ok(query.execute(conn).await?.rows_affected() > 0)
}

/// The posts that a member keeps and still sees, those kept last first.
///
/// # Errors
/// When they cannot be read.
pub async fn bookmarks(
    conn: &mut SqliteConnection,
    member: MemberId,
    clearance: Clearance,
    staff: bool,
    excerpt_chars: i64,
    limit: i64,
) -> sqlx::Result<Vec<BookmarkRow>> {
    sqlx::query_as(
        "SELECT post.thread_id, post.no, thread.title, thread.board_id, board.name AS board, author.handle AS author,
                post.created_at, post.state, bookmark.kept_at,
                CASE WHEN post.state IN ('removed', 'deleted') THEN '' ELSE substr(post.body, 1, ?4) END AS excerpt
           FROM bookmark
           JOIN post ON post.id = bookmark.post_id
           JOIN thread ON thread.id = post.thread_id
           JOIN board ON board.id = thread.board_id
           JOIN member AS author ON author.id = post.author_id
          WHERE bookmark.member_id = ?1 AND board.see_rank <= (?2 & 7) AND (?2 >> (3 + board.circle)) & 1 AND (thread.removed = 0 OR ?3)
          ORDER BY bookmark.kept_at DESC, bookmark.post_id DESC LIMIT ?5",
    )
    .bind(member)
    .bind(clearance.rank())
    .bind(staff)
    .bind(excerpt_chars)
    .bind(limit)
    .fetch_all(conn)
    .await
}
