//! Accounts that somebody began at the door and never finished.

use sqlx::SqliteConnection;

use crate::domain::ids::MemberId;
use crate::domain::time::Timestamp;

/// Accounts still on their way in whose last step was taken at or before a time: the account itself, a rule, an answer,
/// a text, a draft.
///
/// # Errors
/// When they cannot be read.
pub async fn list(conn: &mut SqliteConnection, before: Timestamp) -> sqlx::Result<Vec<MemberId>> {
    sqlx::query_scalar(
        "SELECT member.id
           FROM member LEFT JOIN application ON application.member_id = member.id
          WHERE member.standing = 'joining' AND member.created_at <= ?1 AND application.submitted_at IS NULL
            AND coalesce(application.stepped_at, 0) <= ?1
            AND NOT EXISTS (SELECT 1 FROM charter_acceptance WHERE member_id = member.id AND at > ?1)
            AND NOT EXISTS (SELECT 1 FROM application_answer
                             WHERE application_id = application.id AND answered_at > ?1)
            AND NOT EXISTS (SELECT 1 FROM draft WHERE member_id = member.id AND saved_at > ?1)
          ORDER BY member.id",
    )
    .bind(before)
    .fetch_all(conn)
    .await
}

/// What such an account can have left behind, in an order that keeps the references whole. An invite that it entered is
/// open again until its own time is over.
const STATEMENTS: &[&str] = &[
    "DELETE FROM application_choice WHERE application_id IN (SELECT id FROM application WHERE member_id = ?)",
    "DELETE FROM application_answer WHERE application_id IN (SELECT id FROM application WHERE member_id = ?)",
    "DELETE FROM vouch WHERE application_id IN (SELECT id FROM application WHERE member_id = ?)",
    "DELETE FROM application_question WHERE application_id IN (SELECT id FROM application WHERE member_id = ?)",
    "DELETE FROM application WHERE member_id = ?",
    "UPDATE invite SET used_by = NULL, used_at = NULL WHERE used_by = ?",
    "DELETE FROM charter_acceptance WHERE member_id = ?",
    "DELETE FROM draft WHERE member_id = ?",
    "DELETE FROM left_off WHERE member_id = ?",
    "DELETE FROM setting WHERE member_id = ?",
    "DELETE FROM notification WHERE member_id = ?",
    "DELETE FROM member_key WHERE member_id = ?",
    "DELETE FROM member_day WHERE member_id = ?",
    "DELETE FROM member WHERE id = ? AND standing = 'joining'",
];

/// Forgets one of them, and frees its handle.
///
/// # Errors
/// When it cannot be written, or when something else still names the account; then nothing is to be kept of this.
pub async fn forget(conn: &mut SqliteConnection, member: MemberId) -> sqlx::Result<()> {
    for statement in STATEMENTS {
        sqlx::query(*statement).bind(member).execute(&mut *conn).await?;
    }
    Ok(())
}
