//! Accounts.

use sqlx::SqliteConnection;

use crate::domain::ids::MemberId;
use crate::domain::member::{Level, Role, Standing};
use crate::domain::time::Timestamp;

/// What the policy looks at.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Account {
    /// The account.
    pub id: MemberId,
    /// The handle as its owner writes it.
    pub handle: String,
    /// Where it stands. A suspension whose time is over reads as active.
    pub standing: Standing,
    /// How well it is known.
    pub level: Level,
    /// What it is trusted with.
    pub role: Role,
}

/// One account by id, as it stands at `now`.
///
/// # Errors
/// When it cannot be read.
pub async fn account(
    conn: &mut SqliteConnection,
    member: MemberId,
    now: Timestamp,
) -> sqlx::Result<Option<Account>> {
    sqlx::query_as(
        "SELECT id, handle, level, role,
                CASE WHEN standing = 'suspended' AND suspended_until <= ?2 THEN 'active' ELSE standing END AS standing
           FROM member WHERE id = ?1",
    )
    .bind(member)
    .bind(now)
    .fetch_optional(conn)
    .await
}

/// The account and its password hash, by folded handle: for logging in.
///
/// # Errors
/// When it cannot be read.
pub async fn password_of(
    conn: &mut SqliteConnection,
    handle_fold: &str,
) -> sqlx::Result<Option<(MemberId, Option<String>)>> {
    sqlx::query_as("SELECT id, password_hash FROM member WHERE handle_fold = ?")
        .bind(handle_fold)
        .fetch_optional(conn)
        .await
}

/// A member's handle and time zone.
///
/// # Errors
/// When they cannot be read, or there is no such member.
pub async fn name_and_zone(conn: &mut SqliteConnection, member: MemberId) -> sqlx::Result<(String, String)> {
    sqlx::query_as("SELECT handle, zone FROM member WHERE id = ?").bind(member).fetch_one(conn).await
}

/// A member's choices, by name.
///
/// # Errors
/// When they cannot be read.
pub async fn choices(conn: &mut SqliteConnection, member: MemberId) -> sqlx::Result<Vec<(String, String)>> {
    sqlx::query_as("SELECT name, value FROM setting WHERE member_id = ? ORDER BY name")
        .bind(member)
        .fetch_all(conn)
        .await
}
