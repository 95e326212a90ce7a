//! Who is new, who is back, and how people who are here are called: for home.

use sqlx::SqliteConnection;

use crate::domain::ids::MemberId;
use crate::domain::time::Timestamp;

/// A member by name, with a time that the list is about.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Person {
    /// The member.
    pub id: MemberId,
    /// The handle.
    pub handle: String,
    /// When they joined, or came back.
    pub at: Timestamp,
}

/// Members who joined since a time, newest first.
///
/// # Errors
/// When they cannot be read.
pub async fn joined(conn: &mut SqliteConnection, since: Timestamp, limit: i64) -> sqlx::Result<Vec<Person>> {
    sqlx::query_as(
        "SELECT id, handle, joined_at AS at FROM member
          WHERE joined_at >= ? AND standing = 'active' AND origin = 'human'
          ORDER BY joined_at DESC, id DESC LIMIT ?",
    )
    .bind(since)
    .bind(limit)
    .fetch_all(conn)
    .await
}

/// Members who came back since a time after a long absence, newest first. Who hides their last visit is not named.
///
/// # Errors
/// When they cannot be read.
pub async fn returned(
    conn: &mut SqliteConnection,
    since: Timestamp,
    limit: i64,
) -> sqlx::Result<Vec<Person>> {
    sqlx::query_as(
        "SELECT id, handle, returned_at AS at FROM member
          WHERE returned_at >= ? AND standing = 'active' AND origin = 'human'
            AND NOT EXISTS (SELECT 1 FROM setting WHERE setting.member_id = member.id
                               AND (setting.name, setting.value) IN (VALUES ('hide_last_seen', 'yes'),
                                                                            ('presence', 'invisible')))
          ORDER BY returned_at DESC, id DESC LIMIT ?",
    )
    .bind(since)
    .bind(limit)
    .fetch_all(conn)
    .await
}

/// Members by when they were last here, the last first, without `me`. Who hides their last visit, or is invisible, is
/// not named.
///
/// # Errors
/// When they cannot be read.
pub async fn lately(
    conn: &mut SqliteConnection,
    me: MemberId,
    since: Timestamp,
    limit: i64,
) -> sqlx::Result<Vec<Person>> {
    sqlx::query_as(
        "SELECT id, handle, last_seen_at AS at FROM member
          WHERE last_seen_at >= ? AND id <> ? AND standing = 'active' AND origin = 'human'
            AND NOT EXISTS (SELECT 1 FROM setting WHERE setting.member_id = member.id
                               AND (setting.name, setting.value) IN (VALUES ('hide_last_seen', 'yes'),
                                                                            ('presence', 'invisible')))
          ORDER BY last_seen_at DESC, id DESC LIMIT ?",
    )
    .bind(since)
    .bind(me)
    .bind(limit)
    .fetch_all(conn)
    .await
}

/// The handle of an active member. None for somebody who is at the door, suspended or no longer here: a session of
/// theirs is nobody else's business.
///
/// # Errors
/// When it cannot be read.
pub async fn active_handle(
    conn: &mut SqliteConnection,
    member: MemberId,
    now: Timestamp,
) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar(
        "SELECT handle FROM member
          WHERE id = ? AND (standing = 'active' OR (standing = 'suspended' AND suspended_until <= ?))",
    )
    .bind(member)
    .bind(now)
    .fetch_optional(conn)
    .await
}

/// The handles of those of some accounts that [`active_handle`] names.
///
/// # Errors
/// When they cannot be read.
pub async fn active_handles(
    conn: &mut SqliteConnection,
    members: &[MemberId],
    now: Timestamp,
) -> sqlx::Result<Vec<(MemberId, String)>> {
    let ids: Vec<i64> = members.iter().map(|member| member.0).collect();
    sqlx::query_as(
        "SELECT id, handle FROM member WHERE id IN (SELECT value FROM json_each(?))
            AND (standing = 'active' OR (standing = 'suspended' AND suspended_until <= ?))",
    )
    .bind(serde_json::Value::from(ids).to_string())
    .bind(now)
    .fetch_all(conn)
    .await
}

#[cfg(test)]
#[path = "people_tests.rs"]
mod tests;
