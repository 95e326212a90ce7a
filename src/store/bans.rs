//! The ban list, and from where accounts were here lately.

use sqlx::SqliteConnection;

use crate::domain::ids::{BanId, MemberId};
use crate::domain::member::Role;
use crate::domain::policy::{Grant, KeepBan};
use crate::domain::prevention::BanKind;
use crate::domain::time::Timestamp;

/// A ban.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct BanRow {
    /// Which.
    pub id: BanId,
    /// What it is about.
    pub kind: BanKind,
    /// The fingerprint, or the network.
    pub subject: String,
    /// Why.
    pub reason: String,
    /// The handle of who made it; none for the host.
    pub by: Option<String>,
    /// When.
    pub made_at: Timestamp,
    /// When it ends by itself.
    pub until: Option<Timestamp>,
    /// Whose key it is, or was.
    pub owner: Option<String>,
}

/// A ban to make.
#[derive(Clone, Copy, Debug)]
pub struct NewBan<'a> {
    /// What it is about.
    pub kind: BanKind,
    /// The fingerprint, or the network.
    pub subject: &'a str,
    /// Why.
    pub reason: &'a str,
    /// When it ends by itself.
    pub until: Option<Timestamp>,
}

macro_rules! select_bans {
    ($rest:literal) => {
        concat!(
            "SELECT ban.id, ban.kind, ban.subject, ban.reason, maker.handle AS by, ban.made_at, ban.until,
                    (SELECT owner.handle FROM member_key JOIN member AS owner ON owner.id = member_key.member_id
                      WHERE ban.kind = 'key' AND member_key.fingerprint = ban.subject
                      ORDER BY member_key.revoked_at IS NULL DESC, member_key.id DESC LIMIT 1) AS owner
               FROM ban LEFT JOIN member AS maker ON maker.id = ban.made_by
              WHERE ban.lifted_at IS NULL AND (ban.until IS NULL OR ban.until > ?1) ",
            $rest
        )
    };
}

/// Those that hold, the newest first.
///
/// # Errors
/// When they cannot be read.
pub async fn list(conn: &mut SqliteConnection, now: Timestamp) -> sqlx::Result<Vec<BanRow>> {
    sqlx::query_as(select_bans!("ORDER BY ban.id DESC")).bind(now).fetch_all(conn).await
}

/// One that holds.
///
/// # Errors
/// When it cannot be read.
pub async fn get(conn: &mut SqliteConnection, ban: BanId, now: Timestamp) -> sqlx::Result<Option<BanRow>> {
    sqlx::query_as(select_bans!("AND ban.id = ?2")).bind(now).bind(ban).fetch_optional(conn).await
}

/// The one that holds about this very subject.
///
/// # Errors
/// When it cannot be read.
pub async fn about(
    conn: &mut SqliteConnection,
    kind: BanKind,
    subject: &str,
    now: Timestamp,
) -> sqlx::Result<Option<BanRow>> {
    sqlx::query_as(select_bans!("AND ban.kind = ?2 AND ban.subject = ?3"))
        .bind(now)
        .bind(kind)
        .bind(subject)
        .fetch_optional(conn)
        .await
}

/// Makes one.
///
/// # Errors
/// When it cannot be written.
pub async fn insert(
    conn: &mut SqliteConnection,
    _grant: &Grant<KeepBan>,
    by: Option<MemberId>,
    now: Timestamp,
    new: NewBan<'_>,
) -> sqlx::Result<BanId> {
    sqlx::query_scalar(
        "INSERT INTO ban (kind, subject, reason, made_by, made_at, until) VALUES (?, ?, ?, ?, ?, ?) RETURNING id",
    )
    .bind(new.kind)
    .bind(new.subject)
    .bind(new.reason)
    .bind(by)
    .bind(now)
    .bind(new.until)
    .fetch_one(conn)
    .await
}

/// Lifts one. Its row stays, for the record.
///
/// # Errors
/// When it cannot be written.
pub async fn lift(
    conn: &mut SqliteConnection,
    _grant: &Grant<KeepBan>,
    ban: BanId,
    by: Option<MemberId>,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query("UPDATE ban SET lifted_at = ?, lifted_by = ? WHERE id = ? AND lifted_at IS NULL")
        .bind(now)
        .bind(by)
        .bind(ban)
        .execute(conn)
        .await?;
    Ok(())
}

/// Whose key this is: proved or pasted, and not revoked.
///
/// # Errors
/// When it cannot be read.
pub async fn owner(
    conn: &mut SqliteConnection,
    fingerprint: &str,
) -> sqlx::Result<Option<(MemberId, Role, String)>> {
    sqlx::query_as(
        "SELECT member.id, member.role, member.handle FROM member_key JOIN member ON member.id = member_key.member_id
          WHERE member_key.fingerprint = ? AND member_key.revoked_at IS NULL
          ORDER BY member_key.proved_at IS NULL LIMIT 1",
    )
    .bind(fingerprint)
    .fetch_optional(conn)
    .await
}

/// The keys of a member that are not revoked: fingerprint and name.
///
/// # Errors
/// When they cannot be read.
pub async fn keys_of(conn: &mut SqliteConnection, member: MemberId) -> sqlx::Result<Vec<(String, String)>> {
    sqlx::query_as(
        "SELECT fingerprint, name FROM member_key WHERE member_id = ? AND revoked_at IS NULL ORDER BY id DESC",
    )
    .bind(member)
    .fetch_all(conn)
    .await
}

/// Notes from where an account is here.
///
/// # Errors
/// When it cannot be written.
pub async fn note_seen(
    conn: &mut SqliteConnection,
    member: MemberId,
    network: &str,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO seen_from (member_id, network, first_at, last_at) VALUES (?1, ?2, ?3, ?3)
         ON CONFLICT (member_id, network) DO UPDATE SET last_at = max(last_at, excluded.last_at)",
    )
    .bind(member)
    .bind(network)
    .bind(now)
    .execute(conn)
    .await?;
    Ok(())
}

/// From where an account was here.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct SeenRow {
    /// The account.
    pub member_id: MemberId,
    /// Its handle.
    pub handle: String,
    /// Active staff.
    pub is_staff: bool,
    /// The address.
    pub network: String,
    /// When last.
    pub last_at: Timestamp,
}

/// From where accounts, or one of them, were here since a time: the newest first.
///
/// # Errors
/// When they cannot be read.
pub async fn seen_since(
    conn: &mut SqliteConnection,
    member: Option<MemberId>,
    since: Timestamp,
) -> sqlx::Result<Vec<SeenRow>> {
    sqlx::query_as(
        "SELECT seen_from.member_id, member.handle,
                member.role <> 'member' AND member.standing = 'active' AS is_staff, seen_from.network, seen_from.last_at
           FROM seen_from JOIN member ON member.id = seen_from.member_id
          WHERE seen_from.last_at > ?1 AND (?2 IS NULL OR seen_from.member_id = ?2)
          ORDER BY seen_from.last_at DESC, seen_from.member_id, seen_from.network",
    )
    .bind(since)
    .bind(member)
    .fetch_all(conn)
    .await
}

/// Forgets from where accounts were last here before a time.
///
/// # Errors
/// When it cannot be written.
pub async fn forget_seen(conn: &mut SqliteConnection, before: Timestamp) -> sqlx::Result<u64> {
    let gone = sqlx::query("DELETE FROM seen_from WHERE last_at <= ?").bind(before).execute(conn).await?;
    Ok(gone.rows_affected())
}
