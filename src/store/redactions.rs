//! Parts that were taken out of posts. The text before is kept for the staff and the undo, 90 days.

use sqlx::SqliteConnection;

use super::writing::requeue;
use crate::domain::ids::{ActId, PostId};
use crate::domain::policy::{Grant, ModerateContent};
use crate::domain::time::Timestamp;

/// What was done to a post last.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct RedactionRow {
    /// A part was taken out; otherwise it was put back.
    pub takes: bool,
    /// The whole text before; none once its time is over.
    pub body: Option<String>,
    /// The whole text after.
    pub after: Option<String>,
}

/// What was done to a post last, if anything was.
///
/// # Errors
/// When it cannot be read.
pub async fn last(conn: &mut SqliteConnection, post: PostId) -> sqlx::Result<Option<RedactionRow>> {
    sqlx::query_as("SELECT takes, body, after FROM redaction WHERE post_id = ? ORDER BY act_id DESC LIMIT 1")
        .bind(post)
        .fetch_optional(conn)
        .await
}

/// Gives a post the text without a part, or the whole one again, and keeps what it said before.
///
/// # Errors
/// When it cannot be written.
pub async fn write(
    conn: &mut SqliteConnection,
    _grant: &Grant<ModerateContent>,
    act: ActId,
    post: PostId,
    takes: bool,
    after: &str,
    now: Timestamp,
) -> sqlx::Result<()> {
    requeue(&mut *conn, post).await?;
    sqlx::query(
        "INSERT INTO redaction (act_id, post_id, takes, body, after, at)
         SELECT ?1, id, ?3, body, ?4, ?5 FROM post WHERE id = ?2",
    )
    .bind(act)
    .bind(post)
    .bind(takes)
    .bind(after)
    .bind(now)
    .execute(&mut *conn)
    .await?;
    sqlx::query("UPDATE post SET body = ? WHERE id = ?").bind(after).bind(post).execute(conn).await?;
    Ok(())
}

/// Whether a post still says what an act left it with.
///
/// # Errors
/// When it cannot be read.
pub async fn stands(conn: &mut SqliteConnection, act: ActId) -> sqlx::Result<bool> {
    sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM redaction JOIN post ON post.id = redaction.post_id
                         WHERE act_id = ? AND post.body = redaction.after AND redaction.body IS NOT NULL)",
    )
    .bind(act)
    .fetch_one(conn)
    .await
}

/// Gives a post the text back that it had before an act. The caller holds the undo's grant.
pub(super) async fn put_back(conn: &mut SqliteConnection, act: ActId, post: PostId) -> sqlx::Result<()> {
    requeue(&mut *conn, post).await?;
    sqlx::query(
        "UPDATE post SET body = (SELECT body FROM redaction WHERE act_id = ?1)
          WHERE id = ?2 AND EXISTS (SELECT 1 FROM redaction WHERE act_id = ?1 AND body IS NOT NULL)",
    )
    .bind(act)
    .bind(post)
    .execute(&mut *conn)
    .await?;
    sqlx::query("DELETE FROM redaction WHERE act_id = ?").bind(act).execute(conn).await?;
    Ok(())
}

/// Lets go of the texts of those from before a time.
///
/// # Errors
/// When it cannot be written.
pub async fn forget(conn: &mut SqliteConnection, before: Timestamp) -> sqlx::Result<u64> {
    let done =
        sqlx::query("UPDATE redaction SET body = NULL, after = NULL WHERE at < ? AND body IS NOT NULL")
            .bind(before)
            .execute(conn)
            .await?;
    Ok(done.rows_affected())
}
