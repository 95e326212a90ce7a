//! The ledger of dues: entries that never change, who asked to be let off, what was said once.

use sqlx::SqliteConnection;

use crate::domain::ids::{DuesId, MemberId};
use crate::domain::policy::{AskWaiver, Grant, KeepDues, TellDues};
use crate::domain::time::Timestamp;

/// How a member's dues stand in the ledger.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct DuesRow {
    /// Who.
    pub member_id: MemberId,
    /// The handle.
    pub handle: String,
    /// When they end, by the last entry that was not taken back.
    pub ends_at: Option<Timestamp>,
    /// The member has asked to be let off.
    pub let_off: bool,
}

/// An entry.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct EntryRow {
    /// Its id.
    pub id: DuesId,
    /// Until when; of an entry that takes one back: what that one said.
    pub ends_at: Timestamp,
    /// A word on it.
    pub note: String,
    /// Who recorded it; none for the host.
    pub by: Option<String>,
    /// When.
    pub at: Timestamp,
    /// The entry that it takes back.
    pub counters: Option<DuesId>,
    /// It was taken back.
    pub countered: bool,
}

/// How dues stand: of all active members by handle, or of one member.
///
/// # Errors
/// When it cannot be read.
pub async fn list(conn: &mut SqliteConnection, member: Option<MemberId>) -> sqlx::Result<Vec<DuesRow>> {
    sqlx::query_as(
        "SELECT member.id AS member_id, member.handle,
                (SELECT entry.ends_at FROM dues_entry AS entry
                  WHERE entry.member_id = member.id AND entry.counters IS NULL
                    AND NOT EXISTS (SELECT 1 FROM dues_entry AS other WHERE other.counters = entry.id)
                  ORDER BY entry.id DESC LIMIT 1) AS ends_at,
                EXISTS (SELECT 1 FROM dues_waiver WHERE dues_waiver.member_id = member.id) AS let_off
           FROM member
          WHERE member.origin = 'human' AND (member.id = ?1 OR (?1 IS NULL AND member.standing IN ('active', 'suspended')))
          ORDER BY member.handle_fold",
    )
    .bind(member)
    .fetch_all(conn)
    .await
}

/// A member's entries, the newest first.
///
/// # Errors
/// When they cannot be read.
pub async fn entries(conn: &mut SqliteConnection, member: MemberId) -> sqlx::Result<Vec<EntryRow>> {
    sqlx::query_as(
        "SELECT entry.id, entry.ends_at, entry.note, by.handle AS by, entry.at, entry.counters,
                EXISTS (SELECT 1 FROM dues_entry AS other WHERE other.counters = entry.id) AS countered
           FROM dues_entry AS entry LEFT JOIN member AS by ON by.id = entry.by_id
          WHERE entry.member_id = ? ORDER BY entry.id DESC",
    )
    .bind(member)
    .fetch_all(conn)
    .await
}

/// Records until when a member's dues run, or that an entry is taken back.
///
/// # Errors
/// When it cannot be written; taking an entry back twice breaks a constraint.
pub async fn record(
    conn: &mut SqliteConnection,
    grant: &Grant<KeepDues>,
    now: Timestamp,
    (member, ends_at): (MemberId, Timestamp),
    note: &str,
    counters: Option<DuesId>,
) -> sqlx::Result<DuesId> {
    sqlx::query_scalar(
        "INSERT INTO dues_entry (member_id, ends_at, note, by_id, at, counters) VALUES (?, ?, ?, ?, ?, ?) RETURNING id",
    )
    .bind(member)
    .bind(ends_at)
    .bind(note)
    .bind(grant.by())
    .bind(now)
    .bind(counters)
    .fetch_one(conn)
    .await
}

/// Notes that the one who was granted it asks to be let off, or no longer.
///
/// # Errors
/// When it cannot be written.
pub async fn ask_waiver(
    conn: &mut SqliteConnection,
    grant: &Grant<AskWaiver>,
    now: Timestamp,
    ask: bool,
) -> sqlx::Result<()> {
    let sql = match ask {
        true => "INSERT OR IGNORE INTO dues_waiver (member_id, asked_at) VALUES (?1, ?2)",
        false => "DELETE FROM dues_waiver WHERE member_id = ?1 AND ?2 IS NOT NULL",
    };
    sqlx::query(sql).bind(grant.by()).bind(now).execute(conn).await?;
    Ok(())
}

/// Notes that something was said about a term. True when it had not been said.
///
/// # Errors
/// When it cannot be written.
pub async fn note_told(
    conn: &mut SqliteConnection,
    _grant: &Grant<TellDues>,
    now: Timestamp,
    (member, ends_at): (MemberId, Timestamp),
    what: &str,
) -> sqlx::Result<bool> {
    let done = sqlx::query(
        "INSERT OR IGNORE INTO dues_told (member_id, ends_at, what, told_at) VALUES (?, ?, ?, ?)",
    )
    .bind(member)
    .bind(ends_at)
    .bind(what)
    .bind(now)
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// The active sysops.
///
/// # Errors
/// When they cannot be read.
pub async fn sysops(conn: &mut SqliteConnection) -> sqlx::Result<Vec<MemberId>> {
    sqlx::query_scalar("SELECT id FROM member WHERE role = 'sysop' AND standing = 'active' ORDER BY id")
        .fetch_all(conn)
        .await
}
