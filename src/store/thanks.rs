//! Thanks: one per member and post (W4). Nothing here counts them for anybody but the post's author.

use sqlx::SqliteConnection;

use crate::domain::ids::{MemberId, PostId, PostNo, ThreadId};
use crate::domain::policy::{Clearance, GiveThanks, Grant, TakeBackThanks};
use crate::domain::time::Timestamp;

/// Gives thanks for a post. False when they were given already.
///
/// # Errors
/// When they cannot be written.
pub async fn give(
    conn: &mut SqliteConnection,
    _grant: &Grant<GiveThanks>,
    now: Timestamp,
    post: PostId,
    giver: MemberId,
) -> sqlx::Result<bool> {
    let given = sqlx::query(
        "INSERT INTO thanks (post_id, giver_id, given_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
    )
    .bind(post)
    .bind(giver)
    .bind(now)
    .execute(conn)
    .await?;
    Ok(given.rows_affected() > 0)
}

/// Takes thanks back. False when there were none.
///
/// # Errors
/// When that cannot be written.
pub async fn take_back(
    conn: &mut SqliteConnection,
    _grant: &Grant<TakeBackThanks>,
    post: PostId,
    giver: MemberId,
) -> sqlx::Result<bool> {
    let taken = sqlx::query("DELETE FROM thanks WHERE post_id = ? AND giver_id = ?")
        .bind(post)
        .bind(giver)
        .execute(conn)
        .await?;
    Ok(taken.rows_affected() > 0)
}

/// Thanks that somebody got.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct ThanksRow {
    /// For which post.
    pub post_id: PostId,
    /// Its thread.
    pub thread_id: ThreadId,
    /// Its number there.
    pub no: PostNo,
    /// Its thread's title.
    pub title: String,
    /// Who gave them.
    pub giver: String,
    /// When.
    pub given_at: Timestamp,
}

/// What thanks an author got, the newest first, for posts that are still there and shown to the author.
///
/// # Errors
/// When they cannot be read.
pub async fn got(
    conn: &mut SqliteConnection,
    author: MemberId,
    clearance: Clearance,
    limit: i64,
) -> sqlx::Result<Vec<ThanksRow>> {
    // From the author's own posts: few people wrote more than some thousands, and thanks have no index of their own.
    sqlx::query_as(
        "SELECT thanks.post_id, post.thread_id, post.no, thread.title, giver.handle AS giver, thanks.given_at
           FROM post
           JOIN thanks ON thanks.post_id = post.id
           JOIN thread ON thread.id = post.thread_id
           JOIN board ON board.id = thread.board_id
           JOIN member AS giver ON giver.id = thanks.giver_id
          WHERE post.author_id = ?1 AND post.state IN ('shown', 'collapsed') AND thread.removed = 0
            AND board.see_rank <= (?2 & 7) AND (?2 >> (3 + board.circle)) & 1
          ORDER BY thanks.given_at DESC, thanks.post_id DESC, giver.handle_fold LIMIT ?3",
    )
    .bind(author)
    .bind(clearance.rank())
    .bind(limit)
    .fetch_all(conn)
    .await
}
