//! Unfinished texts, one for each account and target.

use sqlx::SqliteConnection;

use crate::domain::draft::DraftTarget;
use crate::domain::ids::{MemberId, PostNo};
use crate::domain::policy::{Clearance, Grant, KeepDrafts};
use crate::domain::time::Timestamp;

#[cfg(test)]
mod tests;

/// A draft to keep.
#[derive(Clone, Copy, Debug)]
pub struct NewDraft<'a> {
    /// Whose.
    pub member: MemberId,
    /// What for.
    pub target: &'a DraftTarget,
    /// The title, where there is one.
    pub title: &'a str,
    /// The text.
    pub body: &'a str,
    /// The post that it answers.
    pub reply_to: Option<PostNo>,
}

/// A draft as it was kept.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct DraftRow {
    /// The title; empty where there is none.
    pub title: String,
    /// The text.
    pub body: String,
    /// The post that it answers.
    pub reply_to_no: Option<PostNo>,
    /// When it was kept last.
    pub saved_at: Timestamp,
}

/// A draft in a list.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct DraftListRow {
    /// What for, as it is stored.
    pub target: String,
    /// Its own title; empty where there is none.
    pub title: String,
    /// The beginning of its text.
    pub excerpt: String,
    /// When it was kept last.
    pub saved_at: Timestamp,
    /// The thread's title, if the thread is there and shown to the author.
    pub thread: Option<String>,
    /// The board's name, if the board is shown to the author.
    pub board: Option<String>,
}

/// Characters of a draft's text that a list gets: more than a row shows, far less than a draft may have.
const EXCERPT_CHARS: i64 = 400;

/// How many drafts a member has besides the one for this target.
///
/// # Errors
/// When they cannot be counted.
pub async fn count_others(
    conn: &mut SqliteConnection,
    member: MemberId,
    target: &DraftTarget,
) -> sqlx::Result<i64> {
    sqlx::query_scalar("SELECT count(*) FROM draft WHERE member_id = ? AND target <> ?")
        .bind(member)
        .bind(target.to_string())
        .fetch_one(conn)
        .await
}

/// Keeps a draft in place of the one before.
///
/// # Errors
/// When it cannot be written.
pub async fn save(
    conn: &mut SqliteConnection,
    _grant: &Grant<KeepDrafts>,
    now: Timestamp,
    new: NewDraft<'_>,
) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO draft (member_id, target, title, body, reply_to_no, saved_at) VALUES (?, ?, ?, ?, ?, ?)
         ON CONFLICT (member_id, target) DO UPDATE
            SET title = excluded.title, body = excluded.body, reply_to_no = excluded.reply_to_no,
                saved_at = excluded.saved_at",
    )
    .bind(new.member)
    .bind(new.target.to_string())
    .bind(new.title)
    .bind(new.body)
    .bind(new.reply_to)
    .bind(now)
    .execute(conn)
    .await?;
    Ok(())
}

/// Drops a draft. True if there was one.
///
/// # Errors
/// When it cannot be written.
pub async fn remove(
    conn: &mut SqliteConnection,
    _grant: &Grant<KeepDrafts>,
    member: MemberId,
    target: &DraftTarget,
) -> sqlx::Result<bool> {
    let removed = sqlx::query("DELETE FROM draft WHERE member_id = ? AND target = ?")
        .bind(member)
        .bind(target.to_string())
        .execute(conn)
        .await?;
    Ok(removed.rows_affected() > 0)
}

/// One draft.
///
/// # Errors
/// When it cannot be read.
pub async fn get(
    conn: &mut SqliteConnection,
    member: MemberId,
    target: &DraftTarget,
) -> sqlx::Result<Option<DraftRow>> {
    sqlx::query_as("SELECT title, body, reply_to_no, saved_at FROM draft WHERE member_id = ? AND target = ?")
        .bind(member)
        .bind(target.to_string())
        .fetch_optional(conn)
        .await
}

/// All drafts of a member, the newest first, with the names of what they are for as far as the clearance covers
/// them. `staff` sees removed threads too.
///
/// # Errors
/// When they cannot be read.
pub async fn list(
    conn: &mut SqliteConnection,
    member: MemberId,
    clearance: Clearance,
    staff: bool,
) -> sqlx::Result<Vec<DraftListRow>> {
    // A target's id stands between the colon and the point; CAST stops at the first character that is no digit.
    sqlx::query_as(
        "SELECT draft.target, draft.title, substr(draft.body, 1, ?4) AS excerpt, draft.saved_at,
                CASE WHEN board.id IS NOT NULL THEN thread.title END AS thread, board.name AS board
           FROM draft
           LEFT JOIN thread ON thread.id = CAST(substr(draft.target, instr(draft.target, ':') + 1) AS INTEGER)
                AND (draft.target LIKE 'reply:%' OR draft.target LIKE 'edit:%') AND (thread.removed = 0 OR ?3)
           LEFT JOIN board ON board.see_rank <= (?2 & 7) AND (?2 >> (3 + board.circle)) & 1 AND board.id = CASE WHEN draft.target LIKE 'board:%'
                THEN CAST(substr(draft.target, instr(draft.target, ':') + 1) AS INTEGER) ELSE thread.board_id END
          WHERE draft.member_id = ?1
          ORDER BY draft.saved_at DESC, draft.target",
    )
    .bind(member)
    .bind(clearance.rank())
    .bind(staff)
    .bind(EXCERPT_CHARS)
    .fetch_all(conn)
    .await
}
