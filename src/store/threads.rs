//! Threads: one by id, and a board's list.

use sqlx::SqliteConnection;

use super::reading::{mark_joins, read_to_sql};
use crate::domain::board::{ThreadChoice, ThreadFacts};
use crate::domain::ids::{BoardId, MemberId, PostId, ThreadId};
use crate::domain::policy::Clearance;
use crate::domain::time::Timestamp;

/// A thread.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct ThreadRow {
    /// Its id.
    pub id: ThreadId,
    /// The board it is in now.
    pub board_id: BoardId,
    /// Its title.
    pub title: String,
    /// Who started it.
    pub author_id: MemberId,
    /// Their handle.
    pub author: String,
    /// When it was started.
    pub created_at: Timestamp,
    /// The last number given: tombstones keep theirs.
    pub post_count: i64,
    /// Its last post.
    pub last_post_id: PostId,
    /// Who wrote that.
    pub last_author: String,
    /// When.
    pub last_at: Timestamp,
    /// Stands first in its board.
    pub pinned: bool,
    /// No new posts.
    pub locked: bool,
    /// Seconds between two posts of one member.
    pub slow_s: i64,
    /// Hidden by staff.
    pub removed: bool,
}

impl ThreadRow {
    /// What the policy needs.
    pub fn facts(&self) -> ThreadFacts {
        ThreadFacts { locked: self.locked, removed: self.removed, author: self.author_id }
    }
}

/// A thread in a board's list, with what it is to the reader.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct ListedThread {
    /// The thread.
    #[sqlx(flatten)]
    pub thread: ThreadRow,
    /// The number up to which the reader has read it.
    pub read_to: i64,
    /// The reader's choice for it.
    pub choice: Option<ThreadChoice>,
}

/// Where a page of a board's list begins: after this thread, in the list's order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ThreadCursor {
    /// Whether the last thread of the page before is pinned.
    pub pinned: bool,
    /// Its last post.
    pub last_post: PostId,
}

/// SQL: the columns of [`ThreadRow`].
macro_rules! thread_columns {
    () => {
        "thread.id, thread.board_id, thread.title, thread.author_id,
         (SELECT handle FROM member WHERE member.id = thread.author_id) AS author, thread.created_at,
         thread.post_count, thread.last_post_id,
         (SELECT handle FROM member WHERE member.id = thread.last_author_id) AS last_author, thread.last_at,
         thread.pinned, thread.locked, thread.slow_s, thread.removed"
    };
}

/// One thread. What is shown of it is for the policy.
///
/// # Errors
/// When it cannot be read.
pub async fn get(conn: &mut SqliteConnection, thread: ThreadId) -> sqlx::Result<Option<ThreadRow>> {
    sqlx::query_as(concat!("SELECT ", thread_columns!(), " FROM thread WHERE thread.id = ?"))
        .bind(thread)
        .fetch_optional(conn)
        .await
}

/// A page of a board's threads: pinned ones first, then those written in last. `reader` is whose marks count;
/// `removed_too` also gives the threads that staff removed.
///
/// # Errors
/// When they cannot be read.
pub async fn list(
    conn: &mut SqliteConnection,
    reader: Option<MemberId>,
    board: BoardId,
    removed_too: bool,
    after: Option<ThreadCursor>,
    limit: i64,
) -> sqlx::Result<Vec<ListedThread>> {
    let (pinned, last_post) = after.map_or((true, i64::MAX), |cursor| (cursor.pinned, cursor.last_post.0));
    sqlx::query_as(concat!(
        "SELECT ",
        thread_columns!(),
        ", ",
        read_to_sql!(),
        " AS read_to,
          (SELECT choice FROM thread_choice WHERE member_id = ?1 AND thread_choice.thread_id = thread.id) AS choice
           FROM thread ",
        mark_joins!(),
        " WHERE thread.board_id = ?2 AND (thread.pinned, thread.last_post_id) < (?4, ?5)
            AND (thread.removed = 0 OR ?3)
          ORDER BY thread.pinned DESC, thread.last_post_id DESC LIMIT ?6"
    ))
    // No member has the id 0: a guest has read nothing and chosen nothing.
    .bind(reader.unwrap_or(MemberId(0)))
    .bind(board)
    .bind(removed_too)
    .bind(pinned)
    .bind(last_post)
    .bind(limit)
    .fetch_all(conn)
    .await
}

/// A thread that was looked for by its title.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct FoundThread {
    /// The thread.
    pub id: ThreadId,
    /// Its title.
    pub title: String,
    /// Its board's name.
    pub board: String,
}

/// Threads whose titles fit all the LIKE patterns (escaped with a backslash), those written in last first. Removed ones
/// are left out.
///
/// # Errors
/// When they cannot be read.
pub async fn find(
    conn: &mut SqliteConnection,
    clearance: Clearance,
    patterns: &[String; 3],
    limit: i64,
) -> sqlx::Result<Vec<FoundThread>> {
    sqlx::query_as(
        "SELECT thread.id, thread.title, board.name AS board
           FROM thread JOIN board ON board.id = thread.board_id
          WHERE thread.removed = 0 AND board.see_rank <= ?1
            AND thread.title LIKE ?2 ESCAPE '\\' AND thread.title LIKE ?3 ESCAPE '\\'
            AND thread.title LIKE ?4 ESCAPE '\\'
          ORDER BY thread.last_post_id DESC LIMIT ?5",
    )
    .bind(clearance.rank())
    .bind(&patterns[0])
    .bind(&patterns[1])
    .bind(&patterns[2])
    .bind(limit)
    .fetch_all(conn)
    .await
}

#[cfg(test)]
#[path = "threads_tests.rs"]
mod tests;
