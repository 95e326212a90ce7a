//! Certificates by which people came in (D10).

use sqlx::SqliteConnection;

use crate::domain::ids::MemberId;
use crate::domain::policy::{Grant, StartJoining};
use crate::domain::time::Timestamp;

/// A certificate that let somebody in.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct PassRow {
    /// The authority's name.
    pub authority: String,
    /// What the authority called it.
    pub key_id: String,
    /// Its number.
    pub serial: String,
    /// The fingerprint of the key that it is about.
    pub fingerprint: String,
    /// When it ends; none when it never does.
    pub valid_until: Option<Timestamp>,
}

/// Notes by which certificate a new account came.
///
/// # Errors
/// When it cannot be written.
pub async fn insert(
    conn: &mut SqliteConnection,
    _grant: &Grant<StartJoining>,
    now: Timestamp,
    member: MemberId,
    pass: &PassRow,
) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO pass (member_id, authority, key_id, serial, fingerprint, valid_until, used_at)
         VALUES (?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(member)
    .bind(&pass.authority)
    .bind(&pass.key_id)
    .bind(&pass.serial)
    .bind(&pass.fingerprint)
    .bind(pass.valid_until)
    .bind(now)
    .execute(conn)
    .await?;
    Ok(())
}

/// The certificate by which somebody came; none for everybody else.
///
/// # Errors
/// When it cannot be read.
pub async fn of_member(conn: &mut SqliteConnection, member: MemberId) -> sqlx::Result<Option<PassRow>> {
    sqlx::query_as("SELECT authority, key_id, serial, fingerprint, valid_until FROM pass WHERE member_id = ?")
        .bind(member)
        .fetch_optional(conn)
        .await
}
