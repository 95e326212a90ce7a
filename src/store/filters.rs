//! Filters of the staff.

use sqlx::SqliteConnection;

use crate::domain::ids::{BoardId, FilterId, MemberId, PostNo, ThreadId};
use crate::domain::policy::{Clearance, Grant, KeepFilters};
use crate::domain::prevention::{FilterAction, FilterScope};
use crate::domain::time::Timestamp;

/// A filter.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct FilterRow {
    /// Which.
    pub id: FilterId,
    /// Words, or a regular expression.
    pub pattern: String,
    /// It is words.
    pub is_words: bool,
    /// What happens to a text that it finds.
    pub action: FilterAction,
    /// Whose texts it looks at.
    pub scope: FilterScope,
    /// On which board; none: everywhere.
    pub board_id: Option<BoardId>,
    /// The board's name.
    pub board: Option<String>,
    /// What the author reads.
    pub reason: String,
    /// The charter's rule.
    pub rule_no: i64,
    /// It is switched on.
    pub enabled: bool,
    /// The handle of who made it; none for the host.
    pub by: Option<String>,
    /// When.
    pub made_at: Timestamp,
}

/// A filter to make. It is off.
#[derive(Clone, Copy, Debug)]
pub struct NewFilter<'a> {
    /// Words, or a regular expression.
    pub pattern: &'a str,
    /// It is words.
    pub is_words: bool,
    /// What happens to a text that it finds.
    pub action: FilterAction,
    /// Whose texts it looks at.
    pub scope: FilterScope,
    /// On which board; none: everywhere.
    pub board: Option<BoardId>,
    /// What the author reads.
    pub reason: &'a str,
    /// The charter's rule.
    pub rule_no: i64,
}

macro_rules! select_filters {
    ($rest:literal) => {
        concat!(
            "SELECT text_filter.id, text_filter.pattern, text_filter.is_words, text_filter.action, text_filter.scope,
                    text_filter.board_id, board.name AS board, text_filter.reason, text_filter.rule_no,
                    text_filter.enabled, member.handle AS by, text_filter.made_at
               FROM text_filter LEFT JOIN board ON board.id = text_filter.board_id
               LEFT JOIN member ON member.id = text_filter.made_by
              WHERE text_filter.removed_at IS NULL ",
            $rest
        )
    };
}

/// All that there are, the oldest first.
///
/// # Errors
/// When they cannot be read.
pub async fn list(conn: &mut SqliteConnection) -> sqlx::Result<Vec<FilterRow>> {
    sqlx::query_as(select_filters!("ORDER BY text_filter.id")).fetch_all(conn).await
}

/// Those that are on and look at this board, or at what is on none.
///
/// # Errors
/// When they cannot be read.
pub async fn enabled(conn: &mut SqliteConnection, board: Option<BoardId>) -> sqlx::Result<Vec<FilterRow>> {
    sqlx::query_as(select_filters!(
        "AND text_filter.enabled = 1 AND (text_filter.board_id IS NULL OR text_filter.board_id = ?)
         ORDER BY text_filter.id"
    ))
    .bind(board)
    .fetch_all(conn)
    .await
}

/// One of them.
///
/// # Errors
/// When it cannot be read.
pub async fn get(conn: &mut SqliteConnection, filter: FilterId) -> sqlx::Result<Option<FilterRow>> {
    sqlx::query_as(select_filters!("AND text_filter.id = ?")).bind(filter).fetch_optional(conn).await
}

/// Makes one, switched off.
///
/// # Errors
/// When it cannot be written.
pub async fn insert(
    conn: &mut SqliteConnection,
    _grant: &Grant<KeepFilters>,
    by: Option<MemberId>,
    now: Timestamp,
    new: NewFilter<'_>,
) -> sqlx::Result<FilterId> {
    sqlx::query_scalar(
        "INSERT INTO text_filter (pattern, is_words, action, scope, board_id, reason, rule_no, made_by, made_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
    )
    .bind(new.pattern)
    .bind(new.is_words)
    .bind(new.action)
    .bind(new.scope)
    .bind(new.board)
    .bind(new.reason)
    .bind(new.rule_no)
    .bind(by)
    .bind(now)
    .fetch_one(conn)
    .await
}

/// Switches one on or off.
///
/// # Errors
/// When it cannot be written.
pub async fn switch(
    conn: &mut SqliteConnection,
    _grant: &Grant<KeepFilters>,
    filter: FilterId,
    on: bool,
) -> sqlx::Result<()> {
    sqlx::query("UPDATE text_filter SET enabled = ? WHERE id = ?")
        .bind(on)
        .bind(filter)
        .execute(conn)
        .await?;
    Ok(())
}

/// Takes one out. Its row stays, for the log.
///
/// # Errors
/// When it cannot be written.
pub async fn remove(
    conn: &mut SqliteConnection,
    _grant: &Grant<KeepFilters>,
    filter: FilterId,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query("UPDATE text_filter SET removed_at = ?, enabled = 0 WHERE id = ?")
        .bind(now)
        .bind(filter)
        .execute(conn)
        .await?;
    Ok(())
}

/// A post that a dry run looks at.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct PastPost {
    /// Its thread.
    pub thread_id: ThreadId,
    /// Its number.
    pub no: PostNo,
    /// The thread's title.
    pub title: String,
    /// Who wrote it.
    pub author: String,
    /// The text.
    pub body: String,
    /// When.
    pub created_at: Timestamp,
    /// Its id, to go on from.
    pub id: i64,
}

/// Posts of people before another, the newest first, as far as the clearance covers them: of newcomers' alone only those
/// of who is one now.
///
/// # Errors
/// When they cannot be read.
pub async fn past_posts(
    conn: &mut SqliteConnection,
    clearance: Clearance,
    board: Option<BoardId>,
    newcomers: bool,
    before: i64,
    limit: i64,
) -> sqlx::Result<Vec<PastPost>> {
    sqlx::query_as(
        "SELECT post.thread_id, post.no, thread.title, member.handle AS author, post.body, post.created_at, post.id
           FROM post JOIN thread ON thread.id = post.thread_id JOIN board ON board.id = thread.board_id
           JOIN member ON member.id = post.author_id
          WHERE post.id < ?1 AND board.see_rank <= (?2 & 7) AND (?2 >> (3 + board.circle)) & 1 AND (?3 IS NULL OR board.id = ?3)
            AND (?4 = 0 OR member.level = 'newcomer') AND post.origin = 'human' AND member.role = 'member'
            AND post.state IN ('shown', 'collapsed')
          ORDER BY post.id DESC LIMIT ?5",
    )
    .bind(before)
    .bind(clearance.rank())
    .bind(board)
    .bind(newcomers)
    .bind(limit)
    .fetch_all(conn)
    .await
}
