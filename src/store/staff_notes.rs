//! What the staff note about members.

use sqlx::SqliteConnection;

use crate::domain::ids::{MemberId, NoteId};
use crate::domain::policy::{Grant, KeepStaffNotes};
use crate::domain::time::Timestamp;

/// A note, also one that was taken out.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct StaffNoteRow {
    /// Which.
    pub id: NoteId,
    /// Whom it is about.
    pub member_id: MemberId,
    /// Who wrote it.
    pub author: String,
    /// The note.
    pub body: String,
    /// When it was written.
    pub written_at: Timestamp,
    /// When it was taken out.
    pub removed_at: Option<Timestamp>,
    /// By whom.
    pub remover: Option<String>,
}

macro_rules! select_notes {
    ($rest:literal) => {
        concat!(
            "SELECT staff_note.id, staff_note.member_id, author.handle AS author, staff_note.body,
                    staff_note.written_at, staff_note.removed_at, remover.handle AS remover
               FROM staff_note JOIN member AS author ON author.id = staff_note.author_id
               LEFT JOIN member AS remover ON remover.id = staff_note.removed_by ",
            $rest
        )
    };
}

/// All notes about a member: those that stand first, the newest first.
///
/// # Errors
/// When they cannot be read.
pub async fn about(conn: &mut SqliteConnection, member: MemberId) -> sqlx::Result<Vec<StaffNoteRow>> {
    sqlx::query_as(select_notes!(
        "WHERE staff_note.member_id = ? ORDER BY staff_note.removed_at IS NOT NULL, staff_note.id DESC"
    ))
    .bind(member)
    .fetch_all(conn)
    .await
}

/// How many stand.
///
/// # Errors
/// When they cannot be counted.
pub async fn count(conn: &mut SqliteConnection, member: MemberId) -> sqlx::Result<i64> {
    sqlx::query_scalar("SELECT count(*) FROM staff_note WHERE member_id = ? AND removed_at IS NULL")
        .bind(member)
        .fetch_one(conn)
        .await
}

/// One note.
///
/// # Errors
/// When it cannot be read.
pub async fn get(conn: &mut SqliteConnection, note: NoteId) -> sqlx::Result<Option<StaffNoteRow>> {
    sqlx::query_as(select_notes!("WHERE staff_note.id = ?")).bind(note).fetch_optional(conn).await
}

/// Writes one.
///
/// # Errors
/// When it cannot be written.
pub async fn insert(
    conn: &mut SqliteConnection,
    _grant: &Grant<KeepStaffNotes>,
    member: MemberId,
    by: MemberId,
    body: &str,
    now: Timestamp,
) -> sqlx::Result<NoteId> {
    sqlx::query_scalar(
        "INSERT INTO staff_note (member_id, author_id, body, written_at) VALUES (?, ?, ?, ?) RETURNING id",
    )
    .bind(member)
    .bind(by)
    .bind(body)
    .bind(now)
    .fetch_one(conn)
    .await
}

/// Takes one out; it stays as history. False when it was out already.
///
/// # Errors
/// When it cannot be written.
pub async fn remove(
    conn: &mut SqliteConnection,
    _grant: &Grant<KeepStaffNotes>,
    note: NoteId,
    by: Option<MemberId>,
    now: Timestamp,
) -> sqlx::Result<bool> {
    let done = sqlx::query(
        "UPDATE staff_note SET removed_at = ?, removed_by = ? WHERE id = ? AND removed_at IS NULL",
    )
    .bind(now)
    .bind(by)
    .bind(note)
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}
