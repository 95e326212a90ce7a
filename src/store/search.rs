//! The full-text index: filling it in the background, and searching it.
//!
//! Beside a post's words the index holds its marks (`post_mark`, migration 0009): who wrote it, on which board, the tags
//! of its thread, what is in it. So words and filters are one walk through sorted lists, newest first, that begins with
//! the rarest and stops at the limit: about a millisecond on a million posts, whatever is asked. Ranking looks at every
//! match instead, so it is for few of them, and for a time that is bounded.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use futures_util::StreamExt;
use sqlx::SqliteConnection;

use crate::domain::ids::{BoardId, MemberId, PostId, PostNo, TagId, ThreadId};
use crate::domain::policy::Clearance;
use crate::domain::search::Content;
use crate::domain::time::Timestamp;

/// Where a hit begins in a snippet. A control character, so no stored text can hold it.
pub const HIT_START: char = '\u{2}';
/// Where a hit ends in a snippet.
pub const HIT_END: char = '\u{3}';

/// What is done with the posts in the queue up to `?1`: what the index holds for them is taken out, their marks are made
/// anew, and what is to be found is indexed with them. All of them in each step: whenever another table is written in
/// between, the index writes out what it gathered as a piece of its own, and has to merge the pieces later.
const INDEX_POSTS: [&str; 5] = [
    "INSERT INTO post_fts (post_fts, rowid, title, body, marks)
     SELECT 'delete', post_id, indexed_title, indexed_body,
            (SELECT marks FROM post_mark WHERE post_mark.post_id = search_queue.post_id)
       FROM search_queue WHERE post_id <= ?1 AND indexed_title IS NOT NULL AND indexed_body IS NOT NULL",
    "DELETE FROM post_mark WHERE post_id IN (SELECT post_id FROM search_queue WHERE post_id <= ?1)",
    "INSERT INTO post_mark (post_id, marks)
     SELECT now.id, now.marks
       FROM search_queue CROSS JOIN post ON post.id = search_queue.post_id
      CROSS JOIN post_mark_now AS now ON now.id = post.id
      WHERE search_queue.post_id <= ?1 AND post.state IN ('shown', 'collapsed')",
    "INSERT INTO post_fts (rowid, title, body, marks)
     SELECT text.id, text.title, text.body, text.marks
       FROM search_queue CROSS JOIN post_mark ON post_mark.post_id = search_queue.post_id
      CROSS JOIN post_text AS text ON text.id = post_mark.post_id
      WHERE search_queue.post_id <= ?1",
    "DELETE FROM search_queue WHERE post_id <= ?1",
];

/// Brings at most `limit` waiting posts into the index and returns how many there were.
///
/// # Errors
/// When they cannot be written; the caller's transaction then changes nothing.
pub async fn index_waiting(conn: &mut SqliteConnection, limit: i64) -> sqlx::Result<usize> {
    let waiting: Vec<PostId> =
        sqlx::query_scalar("SELECT post_id FROM search_queue ORDER BY post_id LIMIT ?")
            .bind(limit)
            .fetch_all(&mut *conn)
            .await?;
    if let Some(last) = waiting.last() {
        for step in INDEX_POSTS {
            sqlx::query(step).bind(*last).execute(&mut *conn).await?;
        }
    }
    Ok(waiting.len())
}

/// Something that a post has in the index besides its words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Every post.
    Any,
    /// Who wrote it.
    Author(MemberId),
    /// Its board.
    Board(BoardId),
    /// A tag of its thread.
    Tag(TagId),
    /// What is in it.
    Has(Content),
}

impl Mark {
    /// The mark as an FTS5 expression: only in its own column, so that no word in a text passes for one.
    pub fn expression(self) -> String {
        match self {
            Self::Any => "marks : \"0p\"".to_owned(),
            Self::Author(id) => format!("marks : \"0a{id}\""),
            Self::Board(id) => format!("marks : \"0b{id}\""),
            Self::Tag(id) => format!("marks : \"0t{id}\""),
            Self::Has(content) => format!("marks : \"0{}\"", content.as_str()),
        }
    }
}

/// What to search for. Every part narrows.
#[derive(Clone, Copy, Debug)]
pub struct SearchFilter<'a> {
    /// An FTS5 expression, already quoted.
    pub matching: &'a str,
    /// Only posts before this one, for the next page.
    pub before: Option<PostId>,
    /// Only posts written from this moment on.
    pub since: Option<Timestamp>,
    /// Only posts written before this moment.
    pub until: Option<Timestamp>,
    /// What the reader may see.
    pub clearance: Clearance,
    /// Whose mutes and blocks count; none: nobody is left out.
    pub reader: Option<MemberId>,
    /// Most hits.
    pub limit: i64,
}

/// A post that was found.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Hit {
    /// The post.
    pub post_id: PostId,
    /// Its thread.
    pub thread_id: ThreadId,
    /// Its number.
    pub no: PostNo,
    /// Its board's name in commands.
    pub board: String,
    /// Its thread's title.
    pub title: String,
    /// Who wrote it.
    pub author: String,
    /// When.
    pub created_at: Timestamp,
    /// A piece of the text around the first hit, hits between [`HIT_START`] and [`HIT_END`].
    pub snippet: String,
}

/// SQL: hits in an order. CROSS JOIN keeps SQLite to the walk through the index.
macro_rules! hits {
    ($order:literal) => {
        concat!(
            "SELECT post.id AS post_id, post.thread_id, post.no, board.slug AS board, thread.title,
                    member.handle AS author, post.created_at,
                    snippet(post_fts, 1, char(2), char(3), '…', 16) AS snippet
               FROM post_fts
              CROSS JOIN post ON post.id = post_fts.rowid
              CROSS JOIN thread ON thread.id = post.thread_id
              CROSS JOIN board ON board.id = thread.board_id
              CROSS JOIN member ON member.id = post.author_id
              WHERE post_fts MATCH ?1 AND post_fts.rowid < ?2 AND post_fts.rowid >= ?3
                AND post.created_at >= ?4 AND post.created_at < ?5
                AND board.see_rank <= (?6 & 7) AND (?6 >> (3 + board.circle)) & 1 AND thread.removed = 0 AND post.state = 'shown'
                AND NOT EXISTS (SELECT 1 FROM unseen_by
                                 WHERE unseen_by.member_id = ?8 AND unseen_by.other_id = post.author_id) ",
            $order,
            " LIMIT ?7"
        )
    };
}

const NEWEST: &str = hits!("ORDER BY post_fts.rowid DESC");
/// A word in the title weighs as much as eight in the text; marks are no words.
const BEST: &str = hits!("AND rank MATCH 'bm25(8.0, 1.0, 0.0)' ORDER BY rank");

/// Hits, and whether the time sufficed for all that were asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hits {
    /// What was found.
    pub hits: Vec<Hit>,
    /// The time did not suffice: there may be more behind the last one.
    pub cut: bool,
}

/// How many posts an expression matches, counted up to `most`.
///
/// # Errors
/// When it cannot be read, or the expression is not one of FTS5.
pub async fn count(conn: &mut SqliteConnection, matching: &str, most: i64) -> sqlx::Result<i64> {
    sqlx::query_scalar("SELECT count(*) FROM (SELECT 1 FROM post_fts WHERE post_fts MATCH ? LIMIT ?)")
        .bind(matching)
        .bind(most)
        .fetch_one(conn)
        .await
}

/// Finds posts, newest first, until `deadline`. Only what the clearance covers; nothing removed.
///
/// # Errors
/// When they cannot be read, or the expression is not one of FTS5.
pub async fn newest(
    conn: &mut SqliteConnection,
    filter: &SearchFilter<'_>,
    deadline: Instant,
) -> sqlx::Result<Hits> {
    run(conn, NEWEST, filter, deadline).await
}

/// Finds posts, the best first, until `deadline`; when that does not suffice, `cut` is set and there are no hits.
///
/// # Errors
/// When they cannot be read, or the expression is not one of FTS5.
pub async fn best(
    conn: &mut SqliteConnection,
    filter: &SearchFilter<'_>,
    deadline: Instant,
) -> sqlx::Result<Hits> {
    run(conn, BEST, filter, deadline).await
}

async fn run(
    conn: &mut SqliteConnection,
    sql: &'static str,
    filter: &SearchFilter<'_>,
    deadline: Instant,
) -> sqlx::Result<Hits> {
    let first = match filter.since {
        Some(since) => first_since(conn, since).await?,
        None => 0,
    };
    let mut end = filter.before.map_or(i64::MAX, |id| id.0);
    if let Some(until) = filter.until {
        end = end.min(first_since(conn, until).await?);
    }
    let _patience = Patience::until(conn, deadline).await?;
    let mut rows = sqlx::query_as(sql)
        .bind(filter.matching)
        .bind(end)
        .bind(first)
        .bind(filter.since.unwrap_or(Timestamp(i64::MIN)))
        .bind(filter.until.unwrap_or(Timestamp(i64::MAX)))
        .bind(filter.clearance.rank())
        .bind(filter.limit)
        .bind(filter.reader)
        .fetch(conn);
    let mut found = Hits::default();
    while let Some(row) = rows.next().await {
        match row {
            Ok(hit) => found.hits.push(hit),
            Err(error) if is_interrupt(&error) => {
                found.cut = true;
                break;
            }
            Err(error) => return Err(error),
        }
    }
    Ok(found)
}

/// The first post from a moment on, looked for by halves: ids grow with time. (A post that is brought in later with an
/// older time is found by everything but a date.)
async fn first_since(conn: &mut SqliteConnection, moment: Timestamp) -> sqlx::Result<i64> {
    sqlx::query_scalar(
        "WITH RECURSIVE look (low, high) AS (
            SELECT 0, (SELECT coalesce(max(id), 0) + 1 FROM post)
            UNION ALL
            SELECT iif(at.created_at >= ?1, low, (low + high) / 2 + 1), iif(at.created_at >= ?1, (low + high) / 2, high)
              FROM look CROSS JOIN post AS at
                ON at.id = (SELECT id FROM post WHERE id >= (look.low + look.high) / 2 ORDER BY id LIMIT 1)
             WHERE low < high)
         SELECT low FROM look WHERE low >= high",
    )
    .bind(moment)
    .fetch_one(conn)
    .await
}

/// How often the time is looked at, in steps of SQLite's virtual machine: some microseconds to a few milliseconds.
const STEPS_BETWEEN_LOOKS: i32 = 500;
/// SQLite's result code for a statement that was ended from outside.
const SQLITE_INTERRUPT: &str = "9";

/// Ends what runs on a connection once its time is over, for as long as this is alive.
struct Patience(Arc<AtomicBool>);

impl Patience {
    async fn until(conn: &mut SqliteConnection, deadline: Instant) -> sqlx::Result<Self> {
        let watching = Arc::new(AtomicBool::new(true));
        let still = Arc::clone(&watching);
        let goes_on = move || !still.load(Ordering::Relaxed) || Instant::now() < deadline;
        conn.lock_handle().await?.set_progress_handler(STEPS_BETWEEN_LOOKS, goes_on);
        Ok(Self(watching))
    }
}

impl Drop for Patience {
    // Dropped also when the search is given up half way: the next statement of the connection is not ended by it.
    fn drop(&mut self) {
        self.0.store(false, Ordering::Relaxed);
    }
}

fn is_interrupt(error: &sqlx::Error) -> bool {
    let code = error.as_database_error().and_then(sqlx::error::DatabaseError::code);
    code.as_deref() == Some(SQLITE_INTERRUPT)
}

/// How long a search may take (SPEED.md): so that one that matches everything and shows nothing does not keep a reader
/// busy.
pub const SEARCH_WITHIN: Duration = Duration::from_millis(100);

#[cfg(test)]
#[path = "search_tests.rs"]
mod tests;
