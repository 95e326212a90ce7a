//! Threads: one by id, and a board's list.

use sqlx::SqliteConnection;

use super::reading::{mark_joins, read_to_sql};
use crate::domain::board::{ThreadChoice, ThreadFacts};
use crate::domain::ids::{BoardId, MemberId, PostId, PostNo, TagId, ThreadId};
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
    /// Its question has its answer.
    pub solved: bool,
    /// The post that is it, if one was named.
    pub solved_no: Option<PostNo>,
    /// The names of its tags in alphabetical order, with a space between two.
    pub tags: String,
}

impl ThreadRow {
    /// The names of its tags.
    pub fn tag_names(&self) -> Vec<String> {
        self.tags.split(' ').filter(|name| !name.is_empty()).map(str::to_owned).collect()
    }

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
         thread.pinned, thread.locked, thread.slow_s, thread.removed, thread.solved, thread.solved_no,
         (SELECT coalesce(group_concat(tag.name, ' ' ORDER BY tag.name), '')
            FROM thread_tag JOIN tag ON tag.id = thread_tag.tag_id
           WHERE thread_tag.thread_id = thread.id) AS tags"
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

/// A thread in the list of a tag: from whatever board.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct TaggedThread {
    /// The thread.
    #[sqlx(flatten)]
    pub listed: ListedThread,
    /// Its board's name.
    pub board: String,
    /// The reader muted that board.
    pub board_muted: bool,
}

/// A page of the threads with a tag that a member sees, those written in last first; `before` is the last post of the
/// last one of the page before.
///
/// # Errors
/// When they cannot be read.
pub async fn tagged(
    conn: &mut SqliteConnection,
    reader: MemberId,
    clearance: Clearance,
    tag: TagId,
    before: Option<PostId>,
    limit: i64,
) -> sqlx::Result<Vec<TaggedThread>> {
    sqlx::query_as(concat!(
        "SELECT ",
        thread_columns!(),
        ", ",
        read_to_sql!(),
        " AS read_to,
          (SELECT choice FROM thread_choice WHERE member_id = ?1 AND thread_choice.thread_id = thread.id) AS choice,
          board.name AS board,
          EXISTS (SELECT 1 FROM board_choice AS muted WHERE muted.member_id = ?1
                     AND muted.board_id = thread.board_id AND muted.choice = 'muted') AS board_muted
           FROM thread_tag AS tagged
           JOIN thread ON thread.id = tagged.thread_id
           JOIN board ON board.id = thread.board_id ",
        mark_joins!(),
        " WHERE tagged.tag_id = ?3 AND thread.removed = 0 AND board.see_rank <= (?2 & 7) AND (?2 >> (3 + board.circle)) & 1 AND thread.last_post_id < ?4
          ORDER BY thread.last_post_id DESC LIMIT ?5"
    ))
    .bind(reader)
    .bind(clearance.rank())
    .bind(tag)
    .bind(before.map_or(i64::MAX, |post| post.0))
    .bind(limit)
    .fetch_all(conn)
    .await
}

/// The last move of a thread.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct TrailRow {
    /// The board that it came from.
    pub board_id: BoardId,
    /// That board's name; none where the reader does not see it.
    pub board: Option<String>,
    /// When it came.
    pub moved_at: Timestamp,
}

/// Where a thread was before it came to its board, if it was moved.
///
/// # Errors
/// When it cannot be read.
pub async fn trail(
    conn: &mut SqliteConnection,
    thread: ThreadId,
    clearance: Clearance,
) -> sqlx::Result<Option<TrailRow>> {
    sqlx::query_as(
        "SELECT board.id AS board_id, CASE WHEN board.see_rank <= (?2 & 7) AND (?2 >> (3 + board.circle)) & 1 THEN board.name END AS board, trail.moved_at
           FROM thread_trail AS trail JOIN board ON board.id = trail.from_board
          WHERE trail.thread_id = ?1 ORDER BY trail.rowid DESC LIMIT 1",
    )
    .bind(thread)
    .bind(clearance.rank())
    .fetch_optional(conn)
    .await
}

/// A thread that was moved out of a board.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct MovedThread {
    /// The thread.
    #[sqlx(flatten)]
    pub thread: ThreadRow,
    /// The name of the board that it is on now.
    pub board: String,
    /// When it left.
    pub moved_at: Timestamp,
}

/// The threads that left a board since some time and are where the reader sees them, those that left last first.
/// Moves are rare: the table of them is looked through whole.
///
/// # Errors
/// When they cannot be read.
pub async fn moved_away(
    conn: &mut SqliteConnection,
    clearance: Clearance,
    board: BoardId,
    since: Timestamp,
    limit: i64,
) -> sqlx::Result<Vec<MovedThread>> {
    sqlx::query_as(concat!(
        "SELECT ",
        thread_columns!(),
        ", board.name AS board, max(trail.moved_at) AS moved_at
           FROM thread_trail AS trail
           JOIN thread ON thread.id = trail.thread_id
           JOIN board ON board.id = thread.board_id
          WHERE trail.from_board = ?1 AND trail.moved_at >= ?2 AND thread.board_id <> ?1
            AND thread.removed = 0 AND board.see_rank <= (?3 & 7) AND (?3 >> (3 + board.circle)) & 1
          GROUP BY thread.id ORDER BY moved_at DESC, thread.id DESC LIMIT ?4"
    ))
    .bind(board)
    .bind(since)
    .bind(clearance.rank())
    .bind(limit)
    .fetch_all(conn)
    .await
}

/// When a post was written.
///
/// # Errors
/// When it cannot be read.
pub async fn written_at(conn: &mut SqliteConnection, post: PostId) -> sqlx::Result<Option<Timestamp>> {
    sqlx::query_scalar("SELECT created_at FROM post WHERE id = ?").bind(post).fetch_optional(conn).await
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
          WHERE thread.removed = 0 AND board.see_rank <= (?1 & 7) AND (?1 >> (3 + board.circle)) & 1
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

/// A thread by its id, if the clearance covers it.
///
/// # Errors
/// When it cannot be read.
pub async fn found(
    conn: &mut SqliteConnection,
    clearance: Clearance,
    thread: ThreadId,
) -> sqlx::Result<Option<FoundThread>> {
    sqlx::query_as(
        "SELECT thread.id, thread.title, board.name AS board
           FROM thread JOIN board ON board.id = thread.board_id
          WHERE thread.id = ?1 AND thread.removed = 0 AND board.see_rank <= (?2 & 7) AND (?2 >> (3 + board.circle)) & 1",
    )
    .bind(thread)
    .bind(clearance.rank())
    .fetch_optional(conn)
    .await
}

#[cfg(test)]
#[path = "threads_tests.rs"]
mod tests;
