//! A member's choices for threads: followed, muted, or neither.

use sqlx::SqliteConnection;

use crate::domain::board::ThreadChoice;
use crate::domain::ids::{MemberId, ThreadId};
use crate::domain::policy::{Grant, KeepMarks};

/// A member's choice for a thread.
///
/// # Errors
/// When it cannot be read.
pub async fn thread_choice(
    conn: &mut SqliteConnection,
    member: MemberId,
    thread: ThreadId,
) -> sqlx::Result<Option<ThreadChoice>> {
    sqlx::query_scalar("SELECT choice FROM thread_choice WHERE member_id = ? AND thread_id = ?")
        .bind(member)
        .bind(thread)
        .fetch_optional(conn)
        .await
}

/// Sets a member's choice for a thread; `None` takes it back.
///
/// # Errors
/// When it cannot be written.
pub async fn choose_thread(
    conn: &mut SqliteConnection,
    _grant: &Grant<KeepMarks>,
    member: MemberId,
    thread: ThreadId,
    choice: Option<ThreadChoice>,
) -> sqlx::Result<()> {
    let query = match choice {
        Some(choice) => sqlx::query(
            "INSERT INTO thread_choice (member_id, thread_id, choice) VALUES (?, ?, ?)
             ON CONFLICT (member_id, thread_id) DO UPDATE SET choice = excluded.choice",
        )
        .bind(member)
        .bind(thread)
        .bind(choice),
        None => sqlx::query("DELETE FROM thread_choice WHERE member_id = ? AND thread_id = ?")
            .bind(member)
            .bind(thread),
    };
    query.execute(conn).await?;
    Ok(())
}
