//! What members say for those who wait at the door, and who is shown to them.

use sqlx::SqliteConnection;

use crate::domain::ids::{ApplicationId, MemberId};
use crate::domain::policy::{Grant, ShowOneself, Vouch};
use crate::domain::time::Timestamp;

/// Somebody at the door, as one member sees it.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct AtDoorRow {
    /// The application.
    pub id: ApplicationId,
    /// The applicant's handle.
    pub handle: String,
    /// When the application was sent.
    pub since: Timestamp,
    /// The introduction.
    pub introduction: String,
    /// How many members vouch.
    pub vouches: i64,
    /// What this member said.
    pub mine: Option<String>,
}

/// What a member said for an applicant.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct VouchRow {
    /// Who.
    pub member_id: MemberId,
    /// Their handle.
    pub handle: String,
    /// How they know the applicant.
    pub words: String,
    /// When.
    pub at: Timestamp,
}

/// Who waits at the door and agreed to be shown, the longest waiting first, as `me` sees it.
///
/// # Errors
/// When they cannot be read.
pub async fn at_door(conn: &mut SqliteConnection, me: MemberId, limit: i64) -> sqlx::Result<Vec<AtDoorRow>> {
    sqlx::query_as(
        "SELECT application.id, applicant.handle, application.submitted_at AS since, application.introduction,
                (SELECT count(*) FROM vouch WHERE vouch.application_id = application.id) AS vouches,
                (SELECT words FROM vouch WHERE vouch.application_id = application.id AND vouch.member_id = ?1)
                    AS mine
           FROM application JOIN member AS applicant ON applicant.id = application.member_id
          WHERE application.decided_at IS NULL AND application.submitted_at IS NOT NULL AND application.shown = 1
          ORDER BY application.submitted_at, application.id LIMIT ?2",
    )
    .bind(me)
    .bind(limit)
    .fetch_all(conn)
    .await
}

/// What members said for an applicant, oldest first.
///
/// # Errors
/// When it cannot be read.
pub async fn of(conn: &mut SqliteConnection, application: ApplicationId) -> sqlx::Result<Vec<VouchRow>> {
    sqlx::query_as(
        "SELECT vouch.member_id, member.handle, vouch.words, vouch.at
           FROM vouch JOIN member ON member.id = vouch.member_id
          WHERE vouch.application_id = ? ORDER BY vouch.at, vouch.member_id",
    )
    .bind(application)
    .fetch_all(conn)
    .await
}

/// Whether a member said something for an applicant.
///
/// # Errors
/// When it cannot be read.
pub async fn has(
    conn: &mut SqliteConnection,
    application: ApplicationId,
    member: MemberId,
) -> sqlx::Result<bool> {
    sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM vouch WHERE application_id = ? AND member_id = ?)")
        .bind(application)
        .bind(member)
        .fetch_one(conn)
        .await
}

/// The staff who may decide an application: who invited the applicant or vouches for them stands aside.
///
/// # Errors
/// When they cannot be read.
pub async fn staff_for(
    conn: &mut SqliteConnection,
    application: ApplicationId,
) -> sqlx::Result<Vec<MemberId>> {
    sqlx::query_scalar(
        "SELECT staff.id FROM member AS staff
          WHERE staff.role <> 'member' AND staff.standing = 'active'
            AND NOT EXISTS (SELECT 1 FROM vouch WHERE application_id = ?1 AND member_id = staff.id)
            AND NOT EXISTS (SELECT 1 FROM application JOIN member AS applicant
                                ON applicant.id = application.member_id
                             WHERE application.id = ?1 AND applicant.invited_by = staff.id)
          ORDER BY staff.id",
    )
    .bind(application)
    .fetch_all(conn)
    .await
}

/// Keeps what a member says in place of what they said before. True when they had said nothing.
///
/// # Errors
/// When it cannot be written.
pub async fn put(
    conn: &mut SqliteConnection,
    _grant: &Grant<Vouch>,
    now: Timestamp,
    application: ApplicationId,
    member: MemberId,
    words: &str,
) -> sqlx::Result<bool> {
    let first = !has(conn, application, member).await?;
    sqlx::query(
        "INSERT INTO vouch (application_id, member_id, words, at) VALUES (?, ?, ?, ?)
         ON CONFLICT (application_id, member_id) DO UPDATE SET words = excluded.words, at = excluded.at",
    )
    .bind(application)
    .bind(member)
    .bind(words)
    .bind(now)
    .execute(conn)
    .await?;
    Ok(first)
}

/// Takes back what a member said. False when there was nothing.
///
/// # Errors
/// When it cannot be written.
pub async fn remove(
    conn: &mut SqliteConnection,
    _grant: &Grant<Vouch>,
    application: ApplicationId,
    member: MemberId,
) -> sqlx::Result<bool> {
    let removed = sqlx::query("DELETE FROM vouch WHERE application_id = ? AND member_id = ?")
        .bind(application)
        .bind(member)
        .execute(conn)
        .await?;
    Ok(removed.rows_affected() > 0)
}

/// Shows an applicant to members, or hides them.
///
/// # Errors
/// When it cannot be written.
pub async fn set_shown(
    conn: &mut SqliteConnection,
    _grant: &Grant<ShowOneself>,
    applicant: MemberId,
    shown: bool,
) -> sqlx::Result<()> {
    sqlx::query("UPDATE application SET shown = ? WHERE member_id = ?")
        .bind(shown)
        .bind(applicant)
        .execute(conn)
        .await?;
    Ok(())
}
