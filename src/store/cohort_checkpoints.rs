//! The checkpoints of cohorts: what they ask, when they open, and who answered.

use sqlx::SqliteConnection;

use crate::domain::ids::{CohortId, MemberId, ThreadId};
use crate::domain::policy::{Grant, KeepCohorts, TendCohort};
use crate::domain::time::Timestamp;

/// A checkpoint.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct CheckpointRow {
    /// Which week, from 1.
    pub week: i64,
    /// When it opens.
    pub opens_at: Timestamp,
    /// What it asks; empty for the standard text.
    pub prompt: String,
    /// When its people were told that it comes.
    pub told_at: Option<Timestamp>,
    /// Its thread, once it is open.
    pub thread_id: Option<ThreadId>,
}

/// The checkpoints of a cohort, in order.
///
/// # Errors
/// When they cannot be read.
pub async fn list(conn: &mut SqliteConnection, cohort: CohortId) -> sqlx::Result<Vec<CheckpointRow>> {
    sqlx::query_as(
        "SELECT week, opens_at, prompt, told_at, thread_id FROM cohort_checkpoint WHERE cohort_id = ? ORDER BY week",
    )
    .bind(cohort)
    .fetch_all(conn)
    .await
}

/// Who answered which checkpoint: a post of theirs stands in its thread, besides the one that opened it.
///
/// # Errors
/// When they cannot be read.
pub async fn answers(conn: &mut SqliteConnection, cohort: CohortId) -> sqlx::Result<Vec<(i64, MemberId)>> {
    sqlx::query_as(
        "SELECT DISTINCT checkpoint.week, post.author_id
           FROM cohort_checkpoint AS checkpoint
           JOIN thread ON thread.id = checkpoint.thread_id AND thread.removed = 0
           JOIN post ON post.thread_id = thread.id
          WHERE checkpoint.cohort_id = ? AND post.origin = 'human' AND post.state IN ('shown', 'collapsed')
          ORDER BY checkpoint.week, post.author_id",
    )
    .bind(cohort)
    .fetch_all(conn)
    .await
}

/// Says what a checkpoint that is not open yet asks.
///
/// # Errors
/// When it cannot be written.
pub async fn set_prompt(
    conn: &mut SqliteConnection,
    _grant: &Grant<TendCohort>,
    cohort: CohortId,
    week: i64,
    prompt: &str,
) -> sqlx::Result<()> {
    sqlx::query(
        "UPDATE cohort_checkpoint SET prompt = ? WHERE cohort_id = ? AND week = ? AND thread_id IS NULL",
    )
    .bind(prompt)
    .bind(cohort)
    .bind(week)
    .execute(conn)
    .await?;
    Ok(())
}

/// Notes that a checkpoint's people were told that it comes.
///
/// # Errors
/// When it cannot be written.
pub async fn note_told(
    conn: &mut SqliteConnection,
    _grant: &Grant<KeepCohorts>,
    now: Timestamp,
    cohort: CohortId,
    week: i64,
) -> sqlx::Result<()> {
    sqlx::query("UPDATE cohort_checkpoint SET told_at = ? WHERE cohort_id = ? AND week = ?")
        .bind(now)
        .bind(cohort)
        .bind(week)
        .execute(conn)
        .await?;
    Ok(())
}

/// Notes the thread of a checkpoint that is open now.
///
/// # Errors
/// When it cannot be written.
pub async fn note_opened(
    conn: &mut SqliteConnection,
    _grant: &Grant<KeepCohorts>,
    cohort: CohortId,
    week: i64,
    thread: ThreadId,
) -> sqlx::Result<()> {
    sqlx::query("UPDATE cohort_checkpoint SET thread_id = ? WHERE cohort_id = ? AND week = ?")
        .bind(thread)
        .bind(cohort)
        .bind(week)
        .execute(conn)
        .await?;
    Ok(())
}
