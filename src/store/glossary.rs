//! The place's own words: what they mean, where they were used first, what they meant before.

use sqlx::SqliteConnection;

use crate::domain::board::Audience;
use crate::domain::ids::{MemberId, PostId, PostNo, ThreadId, WordId};
use crate::domain::policy::{Clearance, DefineTerm, Grant, RemoveTerm};
use crate::domain::time::Timestamp;

/// A word as a reader sees it.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct TermRow {
    /// Its id.
    pub id: WordId,
    /// As it was written.
    pub word: String,
    /// As it is looked up.
    pub fold: String,
    /// What it means.
    pub meaning: String,
    /// Who added it.
    pub author: String,
    /// When.
    pub created_at: Timestamp,
    /// Who said last what it means.
    pub changed_by: String,
    /// When.
    pub changed_at: Timestamp,
    /// The thread of its first use, if that is shown to the reader.
    pub thread_id: Option<ThreadId>,
    /// The thread's title.
    pub title: Option<String>,
    /// The post's number in it.
    pub no: Option<PostNo>,
}

/// What a word meant before.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct MeaningRow {
    /// The meaning.
    pub meaning: String,
    /// Who wrote it.
    pub author: String,
    /// When.
    pub written_at: Timestamp,
}

/// SQL: words with what a reader of the clearance `?1` may know of their first use.
macro_rules! select_terms {
    ($rest:literal) => {
        concat!(
            "SELECT term.id, term.word, term.fold, term.meaning, author.handle AS author, term.created_at,
                    changer.handle AS changed_by, term.changed_at,
                    thread.id AS thread_id, thread.title, iif(thread.id IS NULL, NULL, post.no) AS no
               FROM glossary_term AS term
               JOIN member AS author ON author.id = term.author_id
               JOIN member AS changer ON changer.id = term.changed_by
               LEFT JOIN post ON post.id = term.post_id AND post.state IN ('shown', 'collapsed')
               LEFT JOIN thread ON thread.id = post.thread_id AND thread.removed = 0
                    AND EXISTS (SELECT 1 FROM board WHERE board.id = thread.board_id AND board.see_rank <= (?1 & 7) AND (?1 >> (3 + board.circle)) & 1)
              WHERE term.removed_at IS NULL ",
            $rest
        )
    };
}

/// All words, in their order.
///
/// # Errors
/// When they cannot be read.
pub async fn list(conn: &mut SqliteConnection, clearance: Clearance) -> sqlx::Result<Vec<TermRow>> {
    sqlx::query_as(select_terms!("ORDER BY term.fold")).bind(clearance.rank()).fetch_all(conn).await
}

/// One word.
///
/// # Errors
/// When it cannot be read.
pub async fn get(
    conn: &mut SqliteConnection,
    clearance: Clearance,
    term: WordId,
) -> sqlx::Result<Option<TermRow>> {
    sqlx::query_as(select_terms!("AND term.id = ?2"))
        .bind(clearance.rank())
        .bind(term)
        .fetch_optional(conn)
        .await
}

/// The word with this fold.
///
/// # Errors
/// When it cannot be read.
pub async fn by_fold(
    conn: &mut SqliteConnection,
    clearance: Clearance,
    fold: &str,
) -> sqlx::Result<Option<TermRow>> {
    sqlx::query_as(select_terms!("AND term.fold = ?2"))
        .bind(clearance.rank())
        .bind(fold)
        .fetch_optional(conn)
        .await
}

/// How many words there are.
///
/// # Errors
/// When they cannot be counted.
pub async fn count(conn: &mut SqliteConnection) -> sqlx::Result<i64> {
    sqlx::query_scalar("SELECT count(*) FROM glossary_term WHERE removed_at IS NULL").fetch_one(conn).await
}

/// The oldest post with these words that an audience sees, as far as posts are indexed.
///
/// # Errors
/// When it cannot be read.
pub async fn first_use(
    conn: &mut SqliteConnection,
    audience: Audience,
    word: &str,
) -> sqlx::Result<Option<PostId>> {
    let matching = format!("{{title body}} : \"{}\"", word.replace('"', "\"\""));
    sqlx::query_scalar(
        "SELECT post.id FROM post_fts
          CROSS JOIN post ON post.id = post_fts.rowid
          CROSS JOIN thread ON thread.id = post.thread_id
          CROSS JOIN board ON board.id = thread.board_id
          WHERE post_fts MATCH ?1 AND board.see_rank <= (?2 & 7) AND (?2 >> (3 + board.circle)) & 1 AND thread.removed = 0 AND post.state = 'shown'
          ORDER BY post_fts.rowid LIMIT 1",
    )
    .bind(matching)
    .bind(Clearance::of(audience).rank())
    .fetch_optional(conn)
    .await
}

/// A word to add.
#[derive(Clone, Copy, Debug)]
pub struct NewTerm<'a> {
    /// As it was written.
    pub word: &'a str,
    /// As it is looked up.
    pub fold: &'a str,
    /// What it means.
    pub meaning: &'a str,
    /// Where it was used first.
    pub post: Option<PostId>,
}

/// Adds a word.
///
/// # Errors
/// When it cannot be written; a second one with the same fold breaks a constraint.
pub async fn insert(
    conn: &mut SqliteConnection,
    _grant: &Grant<DefineTerm>,
    new: NewTerm<'_>,
    author: MemberId,
    now: Timestamp,
) -> sqlx::Result<WordId> {
    sqlx::query_scalar(
        "INSERT INTO glossary_term (word, fold, meaning, post_id, author_id, created_at, changed_by, changed_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?5, ?6) RETURNING id",
    )
    .bind(new.word)
    .bind(new.fold)
    .bind(new.meaning)
    .bind(new.post)
    .bind(author)
    .bind(now)
    .fetch_one(conn)
    .await
}

/// Gives a word another meaning; the one before is kept.
///
/// # Errors
/// When it cannot be written.
pub async fn change(
    conn: &mut SqliteConnection,
    _grant: &Grant<DefineTerm>,
    term: WordId,
    meaning: &str,
    by: MemberId,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO glossary_meaning (term_id, meaning, written_by, written_at)
         SELECT id, meaning, changed_by, changed_at FROM glossary_term WHERE id = ?",
    )
    .bind(term)
    .execute(&mut *conn)
    .await?;
    sqlx::query("UPDATE glossary_term SET meaning = ?, changed_by = ?, changed_at = ? WHERE id = ?")
        .bind(meaning)
        .bind(by)
        .bind(now)
        .bind(term)
        .execute(conn)
        .await?;
    Ok(())
}

/// Takes a word out.
///
/// # Errors
/// When it cannot be written.
pub async fn remove(
    conn: &mut SqliteConnection,
    _grant: &Grant<RemoveTerm>,
    term: WordId,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query("UPDATE glossary_term SET removed_at = ? WHERE id = ?")
        .bind(now)
        .bind(term)
        .execute(conn)
        .await?;
    Ok(())
}

/// What a word meant before, the oldest meaning first.
///
/// # Errors
/// When it cannot be read.
pub async fn history(conn: &mut SqliteConnection, term: WordId) -> sqlx::Result<Vec<MeaningRow>> {
    sqlx::query_as(
        "SELECT glossary_meaning.meaning, member.handle AS author, glossary_meaning.written_at
           FROM glossary_meaning JOIN member ON member.id = glossary_meaning.written_by
          WHERE glossary_meaning.term_id = ? ORDER BY glossary_meaning.id",
    )
    .bind(term)
    .fetch_all(conn)
    .await
}
