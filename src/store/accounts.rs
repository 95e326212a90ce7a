//! Accounts on their way in: whether a handle is free, and the steps from joining to member. What an account is
//! once it is in stands in `members.rs`.

use sqlx::SqliteConnection;

use crate::domain::ids::MemberId;
use crate::domain::member::{Level, Role};
use crate::domain::policy::{DecideApplication, EnterInvite, GoOnJoining, Grant, MakeAccount, MoveLine};
use crate::domain::time::Timestamp;
use crate::store::leaving;

/// Whether somebody has this handle, or one that looks like it, or had it and left without a name.
///
/// # Errors
/// When it cannot be read.
pub async fn is_taken(conn: &mut SqliteConnection, fold: &str, skeleton: &str) -> sqlx::Result<bool> {
    sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM member WHERE handle_fold = ? OR handle_skeleton = ?)
             OR EXISTS (SELECT 1 FROM handle_kept WHERE skeleton_hash = ?)",
    )
    .bind(fold)
    .bind(skeleton)
    .bind(leaving::skeleton_hash(skeleton))
    .fetch_one(conn)
    .await
}

/// Whether there is an active member with this role.
///
/// # Errors
/// When it cannot be read.
pub async fn has_role(conn: &mut SqliteConnection, role: Role) -> sqlx::Result<bool> {
    sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM member WHERE role = ? AND standing = 'active')")
        .bind(role)
        .fetch_one(conn)
        .await
}

/// Whether an account can be opened with a password.
///
/// # Errors
/// When it cannot be read, or there is no such account.
pub async fn has_password(conn: &mut SqliteConnection, member: MemberId) -> sqlx::Result<bool> {
    sqlx::query_scalar("SELECT password_hash IS NOT NULL FROM member WHERE id = ?")
        .bind(member)
        .fetch_one(conn)
        .await
}

/// Sets what a member is trusted with, at the host's word.
///
/// # Errors
/// When it cannot be written.
pub async fn set_role(
    conn: &mut SqliteConnection,
    _grant: &Grant<MakeAccount>,
    member: MemberId,
    role: Role,
) -> sqlx::Result<()> {
    sqlx::query("UPDATE member SET role = ? WHERE id = ?").bind(role).bind(member).execute(conn).await?;
    Ok(())
}

/// An applicant's application is sent: from joining to applied.
///
/// # Errors
/// When it cannot be written.
pub async fn set_applied(
    conn: &mut SqliteConnection,
    _grant: &Grant<GoOnJoining>,
    member: MemberId,
) -> sqlx::Result<()> {
    sqlx::query("UPDATE member SET standing = 'applied' WHERE id = ? AND standing = 'joining'")
        .bind(member)
        .execute(conn)
        .await?;
    Ok(())
}

/// An applicant is declined.
///
/// # Errors
/// When it cannot be written.
pub async fn set_declined(
    conn: &mut SqliteConnection,
    _grant: &Grant<DecideApplication>,
    member: MemberId,
) -> sqlx::Result<()> {
    sqlx::query("UPDATE member SET standing = 'declined' WHERE id = ? AND standing = 'applied'")
        .bind(member)
        .execute(conn)
        .await?;
    Ok(())
}

/// What lets somebody in.
#[derive(Clone, Copy)]
pub enum Admission<'a> {
    /// A code from the host that the applicant entered.
    Invite(&'a Grant<EnterInvite>),
    /// A seat came free, and it was their turn.
    Line(&'a Grant<MoveLine>),
}

/// Makes an applicant a member.
///
/// # Errors
/// When it cannot be written.
pub async fn admit(
    conn: &mut SqliteConnection,
    _admission: Admission<'_>,
    now: Timestamp,
    member: MemberId,
    level: Level,
    role: Role,
) -> sqlx::Result<()> {
    sqlx::query(
        "UPDATE member SET standing = 'active', joined_at = ?, level = ?, role = ?
          WHERE id = ? AND standing IN ('joining', 'applied')",
    )
    .bind(now)
    .bind(level)
    .bind(role)
    .bind(member)
    .execute(conn)
    .await?;
    Ok(())
}
