//! Accounts.

use sqlx::SqliteConnection;

use crate::domain::ids::MemberId;
use crate::domain::member::{Level, Role, Standing};
use crate::domain::moderation::Curbs;
use crate::domain::policy::{Action, Circles, Grant};
use crate::domain::time::Timestamp;
use crate::domain::waitlist::Turn;
use crate::store::charter::unaccepted_rules;

/// What the policy looks at.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Account {
    /// The account.
    pub id: MemberId,
    /// The handle as its owner writes it.
    pub handle: String,
    /// Where it stands. A suspension whose time is over reads as active (or asleep).
    pub standing: Standing,
    /// How well it is known.
    pub level: Level,
    /// What it is trusted with.
    pub role: Role,
    /// Counts up when its ways in are made anew; see `Caller::ways`.
    pub ways_no: i64,
    read_only: bool,
    no_invites: bool,
    no_messages: bool,
    circles: i64,
    calm: bool,
    /// Whether the key that was asked about is a live one of this account.
    pub key_live: bool,
}

impl Account {
    /// The circles that it belongs to.
    pub fn circles(&self) -> Circles {
        Circles::from_bits(self.circles)
    }

    /// What was taken from it for now; calm is for newcomers who are nothing else.
    pub fn curbs(&self) -> Curbs {
        Curbs {
            read_only: self.read_only,
            no_invites: self.no_invites,
            no_messages: self.no_messages,
            calm: self.calm && self.level == Level::Newcomer && self.role == Role::Member,
        }
    }
}

/// SQL: whether the member is under a curb at `?2`.
macro_rules! under {
    ($kind:literal) => {
        concat!(
            "EXISTS (SELECT 1 FROM curb WHERE member_id = member.id AND kind = '",
            $kind,
            "' AND (until IS NULL OR until > ?2))"
        )
    };
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
    account_with_key(conn, member, None, now).await
}

/// The same, and whether a key, given by its fingerprint, is a live one of theirs: one statement, for every request
/// begins with it.
///
/// # Errors
/// When it cannot be read.
pub async fn account_with_key(
    conn: &mut SqliteConnection,
    member: MemberId,
    fingerprint: Option<&str>,
    now: Timestamp,
) -> sqlx::Result<Option<Account>> {
    sqlx::query_as(concat!(
        "SELECT id, handle, level, role, ways_no,
                CASE WHEN standing = 'suspended' AND (suspended_until IS NULL OR suspended_until > ?2) THEN standing
                     WHEN standing IN ('active', 'suspended') THEN iif(asleep_at IS NULL, 'active', 'asleep')
                     WHEN standing = 'applied' AND EXISTS (SELECT 1 FROM waitlist WHERE member_id = member.id)
                         THEN 'waiting'
                     ELSE standing END AS standing, ",
        under!("read-only"),
        " AS read_only, ",
        under!("no invites"),
        " AS no_invites, ",
        under!("no messages"),
        " AS no_messages,
                (SELECT coalesce(sum(1 << (board.circle - 1)), 0)
                   FROM cohort_member AS part JOIN cohort ON cohort.id = part.cohort_id
                   JOIN board ON board.id = cohort.board_id
                  WHERE part.member_id = member.id AND part.joined_at IS NOT NULL AND part.left_at IS NULL
                    AND board.circle > 0) AS circles,
                EXISTS (SELECT 1 FROM calm WHERE ended_at IS NULL AND until > ?2) AS calm,
                EXISTS (SELECT 1 FROM member_key
                         WHERE fingerprint = ?3 AND member_id = member.id AND revoked_at IS NULL
                           AND proved_at IS NOT NULL) AS key_live
           FROM member WHERE id = ?1"
    ))
    .bind(member)
    .bind(now)
    .bind(fingerprint)
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

/// What every session shows of its member, whatever screen is open.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Own {
    /// The handle as its owner writes it.
    pub handle: String,
    /// The time zone's name.
    pub zone: String,
    /// A warning waits to be acknowledged.
    pub warned: bool,
    /// A rule of the charter waits to be accepted.
    pub new_rules: bool,
    /// They are on their way out.
    pub leaving: bool,
    /// Somebody says that they lost the key of this account.
    pub lost_key: bool,
    /// What happened to their seat, when they were not told yet.
    pub seat: Option<Turn>,
}

/// That, in one statement; `lost_since` is the time from which on a lost key counts.
///
/// # Errors
/// When it cannot be read, or there is no such member.
pub async fn own(conn: &mut SqliteConnection, member: MemberId, lost_since: Timestamp) -> sqlx::Result<Own> {
    sqlx::query_as(concat!(
        "SELECT handle, zone,
                EXISTS (SELECT 1 FROM warning
                         WHERE member_id = ?1 AND acknowledged_at IS NULL AND withdrawn_at IS NULL) AS warned,
                EXISTS (",
        unaccepted_rules!("1"),
        ") AS new_rules,
                EXISTS (SELECT 1 FROM leaving WHERE member_id = ?1 AND done_at IS NULL) AS leaving,
                standing IN ('active', 'suspended')
                    AND EXISTS (SELECT 1 FROM recovery
                                 WHERE member_id = ?1 AND closed_at IS NULL AND asked_at > ?2) AS lost_key,
                (SELECT turn FROM seat_news WHERE member_id = ?1) AS seat
           FROM member WHERE id = ?1"
    ))
    .bind(member)
    .bind(lost_since)
    .fetch_one(conn)
    .await
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

/// An account to create.
#[derive(Clone, Debug)]
pub struct NewMember<'a> {
    /// The handle as its owner writes it.
    pub handle: &'a str,
    /// The handle in lower case.
    pub fold: &'a str,
    /// The handle with look-alike characters folded together.
    pub skeleton: &'a str,
    /// Where it stands.
    pub standing: Standing,
    /// How well it is known.
    pub level: Level,
    /// What it is trusted with.
    pub role: Role,
    /// The Argon2id PHC string of its password, if it has one.
    pub password_hash: Option<&'a str>,
    /// Who invited it.
    pub invited_by: Option<MemberId>,
}

/// Creates an account. The grant is that of joining or of the host's tools.
///
/// # Errors
/// When it cannot be written; a taken handle or look-alike breaks a constraint.
pub async fn insert<A: Action>(
    conn: &mut SqliteConnection,
    _grant: &Grant<A>,
    now: Timestamp,
    new: &NewMember<'_>,
) -> sqlx::Result<MemberId> {
    let joined_at = (new.standing == Standing::Active).then_some(now);
    sqlx::query_scalar(
        "INSERT INTO member (handle, handle_fold, handle_skeleton, standing, level, role, password_hash, created_at,
                             joined_at, invited_by)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
    )
    .bind(new.handle)
    .bind(new.fold)
    .bind(new.skeleton)
    .bind(new.standing)
    .bind(new.level)
    .bind(new.role)
    .bind(new.password_hash)
    .bind(now)
    .bind(joined_at)
    .bind(new.invited_by)
    .fetch_one(conn)
    .await
}

/// Puts another hash of the same password in the place of the one that is stored, if that has not changed meanwhile.
///
/// # Errors
/// When it cannot be written.
pub async fn renew_hash(
    conn: &mut SqliteConnection,
    member: MemberId,
    stored: &str,
    hash: &str,
) -> sqlx::Result<()> {
    sqlx::query("UPDATE member SET password_hash = ?3 WHERE id = ?1 AND password_hash = ?2")
        .bind(member)
        .bind(stored)
        .bind(hash)
        .execute(conn)
        .await?;
    Ok(())
}

/// One account by its folded handle, as it stands, without looking at the time or at what was taken from it.
///
/// # Errors
/// When it cannot be read.
pub async fn by_fold(conn: &mut SqliteConnection, handle_fold: &str) -> sqlx::Result<Option<Account>> {
    sqlx::query_as(
        "SELECT id, handle, standing, level, role, ways_no, 0 AS read_only, 0 AS no_invites, 0 AS no_messages,
                0 AS circles, 0 AS calm, 0 AS key_live
           FROM member WHERE handle_fold = ?",
    )
    .bind(handle_fold)
    .fetch_optional(conn)
    .await
}
