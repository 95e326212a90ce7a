//! What is kept for a time only (PRODUCT.md section 5), and forgetting it. Which of it when stands in
//! `service/upkeep/retention.rs`.

use sqlx::SqliteConnection;

use crate::domain::ids::PostId;
use crate::domain::policy::{CarryOut, Grant};
use crate::domain::time::Timestamp;
use crate::store::writing::requeue;

/// Forgets addresses from which wrong passwords came, and the counts of wrong passwords with them.
///
/// # Errors
/// When it cannot be written.
pub async fn addresses(
    conn: &mut SqliteConnection,
    _grant: &Grant<CarryOut>,
    before: Timestamp,
) -> sqlx::Result<u64> {
    let gone = sqlx::query("DELETE FROM login_failure WHERE last_at <= ?").bind(before).execute(conn).await?;
    Ok(gone.rows_affected())
}

/// Empties messages that staff removed and posts that were removed by staff, with their thread, or deleted by their author before a time: the tombstone
/// stays, its text and what it said before go. What an open case is about stays until it is decided.
///
/// # Errors
/// When it cannot be written.
pub async fn removed_text(
    conn: &mut SqliteConnection,
    _grant: &Grant<CarryOut>,
    before: Timestamp,
) -> sqlx::Result<u64> {
    let posts: Vec<i64> = sqlx::query_scalar(
        "SELECT post.id FROM post JOIN thread ON thread.id = post.thread_id
          WHERE post.body <> ''
            AND ((post.state = 'deleted' AND post.deleted_at <= ?1)
              OR (post.state = 'removed' AND (
                  SELECT max(at) FROM mod_act WHERE thing = 'post' AND thing_id = post.id) <= ?1)
              OR (thread.removed AND (
                  SELECT max(at) FROM mod_act WHERE thing = 'thread' AND thing_id = thread.id) <= ?1))
            AND NOT EXISTS (SELECT 1 FROM mod_case
                             WHERE decided_at IS NULL AND ((thing = 'post' AND thing_id = post.id)
                                                        OR (thing = 'thread' AND thing_id = thread.id)))",
    )
    .bind(before)
    .fetch_all(&mut *conn)
    .await?;
    for post in &posts {
        requeue(conn, PostId(*post)).await?;
        // A post of a removed thread becomes a tombstone itself: brought back, it would be an empty text.
        sqlx::query(
            "UPDATE post SET body = '', state = CASE state WHEN 'deleted' THEN state ELSE 'removed' END WHERE id = ?1;
             DELETE FROM post_revision WHERE post_id = ?1",
        )
        .bind(post)
        .execute(&mut *conn)
        .await?;
    }
    let held = sqlx::query(
        "UPDATE held_post SET title = '', body = '', note = ''
          WHERE state <> 'waiting' AND decided_at <= ? AND body <> ''",
    )
    .bind(before)
    .execute(&mut *conn)
    .await?;
    sqlx::query("UPDATE redaction SET body = NULL, after = NULL WHERE at <= ?")
        .bind(before)
        .execute(&mut *conn)
        .await?;
    let messages = sqlx::query("UPDATE message SET body = '' WHERE removed_at <= ? AND body <> ''")
        .bind(before)
        .execute(conn)
        .await?;
    Ok(posts.len() as u64 + held.rows_affected() + messages.rows_affected())
}

/// Forgets the reports of cases that were decided before a time, and what was reported; that there was a case, and how
/// it was decided, stays.
///
/// # Errors
/// When it cannot be written.
pub async fn closed_reports(
    conn: &mut SqliteConnection,
    _grant: &Grant<CarryOut>,
    before: Timestamp,
) -> sqlx::Result<u64> {
    sqlx::query(
        "UPDATE mod_case SET snapshot = '' WHERE decided_at <= ?1 AND snapshot <> '';
         DELETE FROM case_line WHERE case_id IN (SELECT id FROM mod_case WHERE decided_at <= ?1)",
    )
    .bind(before)
    .execute(&mut *conn)
    .await?;
    let gone =
        sqlx::query("DELETE FROM report WHERE case_id IN (SELECT id FROM mod_case WHERE decided_at <= ?)")
            .bind(before)
            .execute(conn)
            .await?;
    Ok(gone.rows_affected())
}

/// Forgets posts that waited for a moderator and were decided before a time: what was published is a post, what went back
/// is its author's.
///
/// # Errors
/// When it cannot be written.
pub async fn held_posts(
    conn: &mut SqliteConnection,
    _grant: &Grant<CarryOut>,
    before: Timestamp,
) -> sqlx::Result<u64> {
    let gone = sqlx::query("DELETE FROM held_post WHERE state <> 'waiting' AND decided_at <= ?")
        .bind(before)
        .execute(conn)
        .await?;
    Ok(gone.rows_affected())
}
