//! Invites. Codes are never here: only their hashes.

use sqlx::SqliteConnection;

use crate::domain::ids::{InviteId, MemberId};
use crate::domain::member::Role;
use crate::domain::policy::{Action, EnterInvite, Grant, RevokeInvite};
use crate::domain::time::Timestamp;

/// An invite, with the handles of the people it concerns.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct InviteRow {
    /// Its id.
    pub id: InviteId,
    /// SHA-256 of its code, hex.
    pub code_hash: String,
    /// What it makes of the one who uses it.
    pub role: Role,
    /// Who made it; none when it was made on the host.
    pub created_by: Option<MemberId>,
    /// The maker's handle.
    pub created_by_handle: Option<String>,
    /// Whether its maker is a member still (true for the host).
    pub maker_active: bool,
    /// A word to the friend.
    pub note: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it ends.
    pub expires_at: Timestamp,
    /// Who used it.
    pub used_by: Option<MemberId>,
    /// The user's handle.
    pub used_by_handle: Option<String>,
    /// When it was used.
    pub used_at: Option<Timestamp>,
    /// When it was taken back.
    pub revoked_at: Option<Timestamp>,
}

/// An invite to make.
#[derive(Clone, Copy, Debug)]
pub struct NewInvite<'a> {
    /// SHA-256 of its code, hex.
    pub code_hash: &'a str,
    /// What it makes of the one who uses it.
    pub role: Role,
    /// Who makes it; none for the host.
    pub created_by: Option<MemberId>,
    /// A word to the friend.
    pub note: &'a str,
    /// When it ends.
    pub expires_at: Timestamp,
}

/// A member, for the invite tree.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct TreeMember {
    /// Who.
    pub id: MemberId,
    /// Their handle.
    pub handle: String,
    /// Whether they belong here still.
    pub is_here: bool,
    /// Who invited them.
    pub invited_by: Option<MemberId>,
    /// When they became a member.
    pub joined_at: Timestamp,
}

/// All who are or were members, in the order of coming in.
///
/// # Errors
/// When they cannot be read.
pub async fn tree(conn: &mut SqliteConnection) -> sqlx::Result<Vec<TreeMember>> {
    sqlx::query_as(
        "SELECT id, handle, standing IN ('active', 'suspended', 'asleep') AS is_here, invited_by, joined_at
           FROM member WHERE joined_at IS NOT NULL AND origin = 'human' ORDER BY joined_at, id",
    )
    .fetch_all(conn)
    .await
}

/// All columns of [`InviteRow`]; what follows is the condition. A macro, because a query must be one literal.
macro_rules! select_invites {
    ($rest:literal) => {
        concat!(
            "SELECT invite.id, invite.code_hash, invite.role, invite.created_by,
                    maker.handle AS created_by_handle,
                    invite.created_by IS NULL OR maker.standing IN ('active', 'suspended') AS maker_active,
                    invite.note, invite.created_at, invite.expires_at, invite.used_by,
                    guest.handle AS used_by_handle, invite.used_at, invite.revoked_at
               FROM invite
               LEFT JOIN member AS maker ON maker.id = invite.created_by
               LEFT JOIN member AS guest ON guest.id = invite.used_by ",
            $rest
        )
    };
}

/// The invite whose code has this hash, in whatever state.
///
/// # Errors
/// When it cannot be read.
pub async fn by_hash(conn: &mut SqliteConnection, code_hash: &str) -> sqlx::Result<Option<InviteRow>> {
    sqlx::query_as(select_invites!("WHERE invite.code_hash = ?")).bind(code_hash).fetch_optional(conn).await
}

/// One invite by id.
///
/// # Errors
/// When it cannot be read.
pub async fn get(conn: &mut SqliteConnection, invite: InviteId) -> sqlx::Result<Option<InviteRow>> {
    sqlx::query_as(select_invites!("WHERE invite.id = ?")).bind(invite).fetch_optional(conn).await
}

/// The newest invites that a member made.
///
/// # Errors
/// When they cannot be read.
pub async fn made_by(
    conn: &mut SqliteConnection,
    member: MemberId,
    limit: i64,
) -> sqlx::Result<Vec<InviteRow>> {
    sqlx::query_as(select_invites!("WHERE invite.created_by = ? ORDER BY invite.id DESC LIMIT ?"))
        .bind(member)
        .bind(limit)
        .fetch_all(conn)
        .await
}

/// How many invites of a member can still be used.
///
/// # Errors
/// When they cannot be read.
pub async fn open_count(conn: &mut SqliteConnection, member: MemberId, now: Timestamp) -> sqlx::Result<i64> {
    sqlx::query_scalar(
        "SELECT count(*) FROM invite
          WHERE created_by = ? AND used_by IS NULL AND revoked_at IS NULL AND expires_at > ?",
    )
    .bind(member)
    .bind(now)
    .fetch_one(conn)
    .await
}

/// Makes an invite. The grant is the member's own or that of the host's tools.
///
/// # Errors
/// When it cannot be written.
pub async fn insert<A: Action>(
    conn: &mut SqliteConnection,
    _grant: &Grant<A>,
    now: Timestamp,
    new: &NewInvite<'_>,
) -> sqlx::Result<InviteId> {
    sqlx::query_scalar(
        "INSERT INTO invite (code_hash, role, created_by, note, created_at, expires_at)
         VALUES (?, ?, ?, ?, ?, ?) RETURNING id",
    )
    .bind(new.code_hash)
    .bind(new.role)
    .bind(new.created_by)
    .bind(new.note)
    .bind(now)
    .bind(new.expires_at)
    .fetch_one(conn)
    .await
}

/// Uses an invite up. False when it was not open any more: nothing was written then.
///
/// # Errors
/// When it cannot be written.
pub async fn use_up(
    conn: &mut SqliteConnection,
    _grant: &Grant<EnterInvite>,
    now: Timestamp,
    invite: InviteId,
    by: MemberId,
) -> sqlx::Result<bool> {
    let used = sqlx::query(
        "UPDATE invite SET used_by = ?1, used_at = ?2
          WHERE id = ?3 AND used_by IS NULL AND revoked_at IS NULL AND expires_at > ?2",
    )
    .bind(by)
    .bind(now)
    .bind(invite)
    .execute(conn)
    .await?;
    Ok(used.rows_affected() == 1)
}

/// Takes an invite back. False when it was used or taken back before.
///
/// # Errors
/// When it cannot be written.
pub async fn revoke(
    conn: &mut SqliteConnection,
    _grant: &Grant<RevokeInvite>,
    now: Timestamp,
    invite: InviteId,
) -> sqlx::Result<bool> {
    let revoked = sqlx::query(
        "UPDATE invite SET revoked_at = ? WHERE id = ? AND used_by IS NULL AND revoked_at IS NULL",
    )
    .bind(now)
    .bind(invite)
    .execute(conn)
    .await?;
    Ok(revoked.rows_affected() == 1)
}
