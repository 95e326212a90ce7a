//! Whom the staff watch, why, and who looks like somebody who had to go.

use sqlx::SqliteConnection;

use crate::domain::ids::{MemberId, WatchId};
use crate::domain::member::Standing;
use crate::domain::policy::{ChangeWatch, Grant, KeepBan, KeepWatch};
use crate::domain::prevention::BanKind;
use crate::domain::time::Timestamp;

/// Somebody who is watched.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct WatchRow {
    /// Which.
    pub id: WatchId,
    /// Who; none: it is on a key or a network.
    pub member_id: Option<MemberId>,
    /// Their handle.
    pub handle: Option<String>,
    /// What kind of thing it is on instead.
    pub kind: Option<BanKind>,
    /// A key's fingerprint, or a network.
    pub subject: Option<String>,
    /// Why.
    pub reason: String,
    /// The handle of who began it.
    pub by: String,
    /// When.
    pub made_at: Timestamp,
    /// When it ends by itself.
    pub until: Timestamp,
}

/// What speaks for it.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct EvidenceRow {
    /// For which.
    pub watch_id: WatchId,
    /// What it is.
    pub label: String,
    /// What it said.
    pub body: String,
    /// The handle of who added it.
    pub by: String,
    /// When.
    pub added_at: Timestamp,
}

macro_rules! select_watches {
    ($rest:literal) => {
        concat!(
            "SELECT watch.id, watch.member_id, member.handle, watch.kind, watch.subject, watch.reason, maker.handle AS by,
                    watch.made_at, watch.until
               FROM watch LEFT JOIN member ON member.id = watch.member_id JOIN member AS maker ON maker.id = watch.made_by
              WHERE watch.ended_at IS NULL AND watch.until > ?1 ",
            $rest
        )
    };
}

/// All that go on, but one about the reader or a key of theirs: the one that ends first comes first.
///
/// # Errors
/// When they cannot be read.
pub async fn list(
    conn: &mut SqliteConnection,
    reader: Option<MemberId>,
    now: Timestamp,
) -> sqlx::Result<Vec<WatchRow>> {
    sqlx::query_as(select_watches!(
        "AND (?2 IS NULL OR (coalesce(watch.member_id, 0) <> ?2 AND NOT EXISTS (
                 SELECT 1 FROM member_key WHERE member_key.member_id = ?2 AND member_key.fingerprint = watch.subject)))
         ORDER BY watch.until, watch.id"
    ))
        .bind(now)
        .bind(reader)
        .fetch_all(conn)
        .await
}

/// The one about a member that goes on.
///
/// # Errors
/// When it cannot be read.
pub async fn of(
    conn: &mut SqliteConnection,
    member: MemberId,
    now: Timestamp,
) -> sqlx::Result<Option<WatchRow>> {
    sqlx::query_as(select_watches!("AND watch.member_id = ?2 ORDER BY watch.id DESC LIMIT 1"))
        .bind(now)
        .bind(member)
        .fetch_optional(conn)
        .await
}

/// What speaks for one, or for all: the oldest first.
///
/// # Errors
/// When it cannot be read.
pub async fn evidence(conn: &mut SqliteConnection, watch: Option<WatchId>) -> sqlx::Result<Vec<EvidenceRow>> {
    sqlx::query_as(
        "SELECT watch_evidence.watch_id, watch_evidence.label, watch_evidence.body, member.handle AS by,
                watch_evidence.added_at
           FROM watch_evidence JOIN member ON member.id = watch_evidence.added_by
           JOIN watch ON watch.id = watch_evidence.watch_id
          WHERE watch.ended_at IS NULL AND (?1 IS NULL OR watch_evidence.watch_id = ?1) ORDER BY watch_evidence.id",
    )
    .bind(watch)
    .fetch_all(conn)
    .await
}

/// A watch to begin.
#[derive(Clone, Copy, Debug)]
pub struct NewWatch<'a> {
    /// Who begins it.
    pub by: MemberId,
    /// Why.
    pub reason: &'a str,
    /// When.
    pub now: Timestamp,
    /// When it ends by itself.
    pub until: Timestamp,
}

/// Begins one on a member.
///
/// # Errors
/// When it cannot be written.
pub async fn insert(
    conn: &mut SqliteConnection,
    _grant: &Grant<KeepWatch>,
    member: MemberId,
    new: NewWatch<'_>,
) -> sqlx::Result<WatchId> {
    begin(conn, (Some(member), None, None), new).await
}

/// Begins one on a key or a network.
///
/// # Errors
/// When it cannot be written.
pub async fn insert_subject(
    conn: &mut SqliteConnection,
    _grant: &Grant<KeepBan>,
    kind: BanKind,
    subject: &str,
    new: NewWatch<'_>,
) -> sqlx::Result<WatchId> {
    begin(conn, (None, Some(kind), Some(subject)), new).await
}

async fn begin(
    conn: &mut SqliteConnection,
    (member, kind, subject): (Option<MemberId>, Option<BanKind>, Option<&str>),
    new: NewWatch<'_>,
) -> sqlx::Result<WatchId> {
    sqlx::query_scalar(
        "INSERT INTO watch (member_id, kind, subject, reason, made_by, made_at, until) VALUES (?, ?, ?, ?, ?, ?, ?)
         RETURNING id",
    )
    .bind(member)
    .bind(kind)
    .bind(subject)
    .bind(new.reason)
    .bind(new.by)
    .bind(new.now)
    .bind(new.until)
    .fetch_one(conn)
    .await
}

/// Somebody who has a key that is watched.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct KeyCameRow {
    /// Which watch it is.
    pub watch_id: WatchId,
    /// Who.
    pub member_id: MemberId,
    /// Their handle.
    pub handle: String,
    /// When they last came with it, or added it.
    pub at: Timestamp,
}

/// Who has a key that is watched, or had it, or came by a certificate about it: one member, or all.
///
/// # Errors
/// When it cannot be read.
pub async fn with_keys(
    conn: &mut SqliteConnection,
    member: Option<MemberId>,
    now: Timestamp,
) -> sqlx::Result<Vec<KeyCameRow>> {
    sqlx::query_as(
        "SELECT watch.id AS watch_id, had.member_id, member.handle, max(had.at) AS at
           FROM watch
           JOIN (SELECT member_id, fingerprint, coalesce(last_used_at, added_at) AS at FROM member_key
                 UNION ALL SELECT member_id, fingerprint, used_at FROM pass) AS had ON had.fingerprint = watch.subject
           JOIN member ON member.id = had.member_id
          WHERE watch.kind = 'key' AND watch.ended_at IS NULL AND watch.until > ?1
            AND (?2 IS NULL OR had.member_id = ?2)
          GROUP BY watch.id, had.member_id ORDER BY watch.id, had.member_id",
    )
    .bind(now)
    .bind(member)
    .fetch_all(conn)
    .await
}

/// Forgets the watches on networks that were over before a time, as addresses are forgotten.
///
/// # Errors
/// When it cannot be written.
pub async fn forget_networks(conn: &mut SqliteConnection, before: Timestamp) -> sqlx::Result<u64> {
    let gone = sqlx::query(
        "DELETE FROM watch WHERE kind = 'network' AND min(until, coalesce(ended_at, until)) <= ?",
    )
    .bind(before)
    .execute(conn)
    .await?;
    Ok(gone.rows_affected())
}

/// Adds what speaks for it.
///
/// # Errors
/// When it cannot be written.
pub async fn add_evidence(
    conn: &mut SqliteConnection,
    _grant: &Grant<KeepWatch>,
    watch: WatchId,
    by: MemberId,
    label: &str,
    body: &str,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO watch_evidence (watch_id, label, body, added_by, added_at) VALUES (?, ?, ?, ?, ?)",
    )
    .bind(watch)
    .bind(label)
    .bind(body)
    .bind(by)
    .bind(now)
    .execute(conn)
    .await?;
    Ok(())
}

/// Lets one go on until another time.
///
/// # Errors
/// When it cannot be written.
pub async fn renew(
    conn: &mut SqliteConnection,
    _grant: &Grant<ChangeWatch>,
    watch: WatchId,
    until: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query("UPDATE watch SET until = ? WHERE id = ?").bind(until).bind(watch).execute(conn).await?;
    Ok(())
}

/// Ends one. It stays as history.
///
/// # Errors
/// When it cannot be written.
pub async fn end(
    conn: &mut SqliteConnection,
    _grant: &Grant<ChangeWatch>,
    watch: WatchId,
    by: Option<MemberId>,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query("UPDATE watch SET ended_at = ?, ended_by = ? WHERE id = ? AND ended_at IS NULL")
        .bind(now)
        .bind(by)
        .bind(watch)
        .execute(conn)
        .await?;
    Ok(())
}

/// Somebody who had to go, or is watched, and has a key or an address in common with somebody else.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct LikeRow {
    /// Who has it in common with them.
    pub member_id: MemberId,
    /// Their handle.
    pub handle: String,
    /// How they stand.
    pub standing: Standing,
    /// It is a key; otherwise an address.
    pub by_key: bool,
}

/// Who has a key or an address in common with somebody who was removed or suspended, or whose ban holds or held: one
/// member, or everybody. Loopback is everybody's who comes by a tunnel and says nothing.
///
/// # Errors
/// When it cannot be read.
pub async fn alike(
    conn: &mut SqliteConnection,
    member: Option<MemberId>,
    since: Timestamp,
) -> sqlx::Result<Vec<LikeRow>> {
    sqlx::query_as(
        "SELECT DISTINCT mine.member_id, other.handle, other.standing, 1 AS by_key
           FROM member_key AS mine JOIN member_key AS theirs
             ON theirs.fingerprint = mine.fingerprint AND theirs.member_id <> mine.member_id
           JOIN member AS other ON other.id = theirs.member_id
          WHERE other.standing IN ('removed', 'suspended') AND (?1 IS NULL OR mine.member_id = ?1)
         UNION
         SELECT mine.member_id, other.handle, other.standing, 0
           FROM seen_from AS mine JOIN seen_from AS theirs
             ON theirs.network = mine.network AND theirs.member_id <> mine.member_id
           JOIN member AS other ON other.id = theirs.member_id
          WHERE other.standing IN ('removed', 'suspended') AND theirs.last_at > ?2 AND mine.last_at > ?2
            AND mine.network NOT LIKE '127.%' AND mine.network <> '::1' AND (?1 IS NULL OR mine.member_id = ?1)
          ORDER BY 1, 4 DESC, 2",
    )
    .bind(member)
    .bind(since)
    .fetch_all(conn)
    .await
}
