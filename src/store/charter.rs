//! The charter in its versions, and who accepted which rule.

use sqlx::SqliteConnection;

use crate::domain::ids::MemberId;
use crate::domain::policy::{Action, EditCharter, Grant};
use crate::domain::time::Timestamp;

/// A version of the charter, without its rules.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct CharterRow {
    /// Counted from 1.
    pub version: i64,
    /// What the place is for.
    pub purpose: String,
    /// Who it is for.
    pub audience: String,
    /// What members give.
    pub gives: String,
    /// What members get.
    pub gets: String,
}

/// A rule of one version.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct RuleRow {
    /// Counted from 1 within its version.
    pub no: i64,
    /// A few words.
    pub title: String,
    /// What it means.
    pub body: String,
}

/// A version to publish; its rules are numbered in their order.
#[derive(Clone, Copy, Debug)]
pub struct NewCharter<'a> {
    /// What the place is for.
    pub purpose: &'a str,
    /// Who it is for.
    pub audience: &'a str,
    /// What members give.
    pub gives: &'a str,
    /// What members get.
    pub gets: &'a str,
    /// Each rule's title and body.
    pub rules: &'a [(&'a str, &'a str)],
}

/// The charter that holds now.
///
/// # Errors
/// When it cannot be read.
pub async fn current(conn: &mut SqliteConnection) -> sqlx::Result<Option<CharterRow>> {
    sqlx::query_as(
        "SELECT version, purpose, audience, gives, gets FROM charter ORDER BY version DESC LIMIT 1",
    )
    .fetch_optional(conn)
    .await
}

/// The rules of a version, in order.
///
/// # Errors
/// When they cannot be read.
pub async fn rules(conn: &mut SqliteConnection, version: i64) -> sqlx::Result<Vec<RuleRow>> {
    sqlx::query_as("SELECT no, title, body FROM charter_rule WHERE version = ? ORDER BY no")
        .bind(version)
        .fetch_all(conn)
        .await
}

/// Publishes a version, which holds from then on, and returns its number.
///
/// # Errors
/// When it cannot be written.
pub async fn insert(
    conn: &mut SqliteConnection,
    _grant: &Grant<EditCharter>,
    now: Timestamp,
    new: &NewCharter<'_>,
) -> sqlx::Result<i64> {
    let version: i64 = sqlx::query_scalar(
        "INSERT INTO charter (purpose, audience, gives, gets, created_at) VALUES (?, ?, ?, ?, ?)
         RETURNING version",
    )
    .bind(new.purpose)
    .bind(new.audience)
    .bind(new.gives)
    .bind(new.gets)
    .bind(now)
    .fetch_one(&mut *conn)
    .await?;
    for ((title, body), no) in new.rules.iter().zip(1_i64..) {
        sqlx::query("INSERT INTO charter_rule (version, no, title, body) VALUES (?, ?, ?, ?)")
            .bind(version)
            .bind(no)
            .bind(title)
            .bind(body)
            .execute(&mut *conn)
            .await?;
    }
    Ok(version)
}

/// The numbers of the rules of a version that somebody accepted, in order.
///
/// # Errors
/// When they cannot be read.
pub async fn accepted(conn: &mut SqliteConnection, member: MemberId, version: i64) -> sqlx::Result<Vec<i64>> {
    sqlx::query_scalar("SELECT no FROM charter_acceptance WHERE member_id = ? AND version = ? ORDER BY no")
        .bind(member)
        .bind(version)
        .fetch_all(conn)
        .await
}

/// Notes that somebody accepted a rule. Accepting it again changes nothing.
///
/// # Errors
/// When it cannot be written, or there is no such rule.
pub async fn accept<A: Action>(
    conn: &mut SqliteConnection,
    _grant: &Grant<A>,
    now: Timestamp,
    member: MemberId,
    version: i64,
    no: i64,
) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO charter_acceptance (member_id, version, no, at) VALUES (?, ?, ?, ?)
         ON CONFLICT (member_id, version, no) DO NOTHING",
    )
    .bind(member)
    .bind(version)
    .bind(no)
    .bind(now)
    .execute(conn)
    .await?;
    Ok(())
}

/// The numbers of the versions there were, the newest first.
///
/// # Errors
/// When they cannot be read.
pub async fn versions(conn: &mut SqliteConnection, limit: i64) -> sqlx::Result<Vec<i64>> {
    sqlx::query_scalar("SELECT version FROM charter ORDER BY version DESC LIMIT ?")
        .bind(limit)
        .fetch_all(conn)
        .await
}

/// The numbers of the versions there were, with when each was published, the newest first.
///
/// # Errors
/// When they cannot be read.
pub async fn versions_dated(conn: &mut SqliteConnection, limit: i64) -> sqlx::Result<Vec<(i64, Timestamp)>> {
    sqlx::query_as("SELECT version, created_at FROM charter ORDER BY version DESC LIMIT ?")
        .bind(limit)
        .fetch_all(conn)
        .await
}

/// One version.
///
/// # Errors
/// When it cannot be read.
pub async fn version(conn: &mut SqliteConnection, version: i64) -> sqlx::Result<Option<CharterRow>> {
    sqlx::query_as("SELECT version, purpose, audience, gives, gets FROM charter WHERE version = ?")
        .bind(version)
        .fetch_optional(conn)
        .await
}

/// SQL: the rules of the charter that holds and that the member `?1` has not accepted in these words, in any version.
/// The first version, and one that is older than the membership, were accepted by coming in.
macro_rules! unaccepted_rules {
    ($columns:literal) => {
        concat!(
            "SELECT ",
            $columns,
            " FROM charter_rule AS rule JOIN charter ON charter.version = rule.version
              WHERE rule.version = (SELECT max(version) FROM charter) AND rule.version > 1
                AND charter.created_at > (SELECT coalesce(joined_at, created_at) FROM member WHERE id = ?1)
                AND NOT EXISTS (SELECT 1 FROM charter_acceptance AS accepted
                                  JOIN charter_rule AS old ON old.version = accepted.version AND old.no = accepted.no
                                 WHERE accepted.member_id = ?1 AND old.title = rule.title AND old.body = rule.body)"
        )
    };
}

pub(super) use unaccepted_rules;

/// The rules that wait for a member, in order.
///
/// # Errors
/// When they cannot be read.
pub async fn unaccepted(conn: &mut SqliteConnection, member: MemberId) -> sqlx::Result<Vec<RuleRow>> {
    sqlx::query_as(concat!(unaccepted_rules!("rule.no, rule.title, rule.body"), " ORDER BY rule.no"))
        .bind(member)
        .fetch_all(conn)
        .await
}
