//! How members grow: the facts that the rule of levels asks for, the level they have, and its dated history.
//!
//! Counts stop at their mark, so that somebody with thousands of posts costs no more than somebody with five.

use sqlx::SqliteConnection;

use crate::domain::ids::MemberId;
use crate::domain::level::{Facts, Held, LevelRules};
use crate::domain::member::{Level, Role, Standing};
use crate::domain::policy::{Grant, KeepMarks, SettleLevels};
use crate::domain::time::{DAY_S, Timestamp};

/// Who has a level, and how it is held.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct HeldRow {
    /// The handle.
    pub handle: String,
    /// The level.
    pub level: Level,
    /// The role: whoever looks after the place has a level by that.
    pub role: Role,
    /// Where the account stands.
    pub standing: Standing,
    /// Since when the numbers lie under what keeps the level.
    pub below_since: Option<Timestamp>,
}

impl HeldRow {
    /// What the rule asks for.
    pub fn held(&self) -> Held {
        Held { level: self.level, below_since: self.below_since }
    }
}

/// A rise or a fall.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct LevelChange {
    /// The level before.
    pub from_level: Level,
    /// The level after.
    pub to_level: Level,
    /// When.
    pub at: Timestamp,
}

#[derive(sqlx::FromRow)]
struct FactsRow {
    charter: bool,
    days_here: i64,
    posts_read: i64,
    posts: i64,
    replies: i64,
    days_seen: i64,
    threads: i64,
    people: i64,
}

/// The day of a moment, in UTC, as `member_day` has it.
pub fn day_of(at: Timestamp) -> i64 {
    at.0.div_euclid(DAY_S)
}

/// What is known of a member who has come in.
///
/// # Errors
/// When it cannot be read, or there is no such member.
pub async fn facts(
    conn: &mut SqliteConnection,
    member: MemberId,
    rules: &LevelRules,
    now: Timestamp,
) -> sqlx::Result<Facts> {
    // Whoever was made on the host never stood at the door, and the host answers for them. People exchange replies when
    // each has answered a post of the other.
    let row: FactsRow = sqlx::query_as(
        "SELECT EXISTS (SELECT 1 FROM charter_acceptance WHERE member_id = ?1)
                OR NOT EXISTS (SELECT 1 FROM application WHERE member_id = ?1)
                OR NOT EXISTS (SELECT 1 FROM charter_rule) AS charter,
                max(0, (?2 - coalesce(joined_at, ?2)) / 86400) AS days_here,
                coalesce((SELECT posts_read FROM progress WHERE member_id = ?1), 0) AS posts_read,
                (SELECT count(*) FROM (SELECT 1 FROM post
                  WHERE author_id = ?1 AND state IN ('shown', 'collapsed') AND origin = 'human' LIMIT ?3)) AS posts,
                (SELECT count(*) FROM (SELECT 1 FROM post_address JOIN post ON post.id = post_address.post_id
                  WHERE post_address.member_id = ?1 AND kind = 'reply' AND post.author_id <> ?1
                    AND post.state IN ('shown', 'collapsed') AND post.origin = 'human' LIMIT ?4)) AS replies,
                (SELECT count(*) FROM member_day WHERE member_id = ?1 AND day > ?5 AND day <= ?6) AS days_seen,
                (SELECT count(*) FROM (SELECT DISTINCT thread_id FROM post
                  WHERE author_id = ?1 AND state IN ('shown', 'collapsed') AND origin = 'human' LIMIT ?7)) AS threads,
                (SELECT count(*) FROM (
                    SELECT DISTINCT answered.author_id FROM post
                      JOIN post AS answered
                        ON answered.thread_id = post.thread_id AND answered.no = post.reply_to_no
                     WHERE post.author_id = ?1 AND answered.author_id <> ?1 AND post.origin = 'human'
                       AND post.state IN ('shown', 'collapsed')
                       AND answered.author_id IN (
                           SELECT theirs.author_id FROM post_address JOIN post AS theirs ON theirs.id = post_address.post_id
                            WHERE post_address.member_id = ?1 AND kind = 'reply' AND theirs.origin = 'human'
                              AND theirs.state IN ('shown', 'collapsed'))
                     LIMIT ?8)) AS people
           FROM member WHERE id = ?1",
    )
    .bind(member)
    .bind(now)
    .bind(rules.member_posts)
    .bind(rules.member_replies)
    .bind(day_of(now) - rules.regular_days)
    .bind(day_of(now))
    .bind(rules.regular_threads)
    .bind(rules.regular_people)
    .fetch_one(conn)
    .await?;
    let FactsRow { charter, days_here, posts_read, posts, replies, days_seen, threads, people } = row;
    Ok(Facts { charter, days_here, posts_read, posts, replies, days_seen, threads, people })
}

/// The level that a member has; none for accounts that never came in, and for bots and ghosts.
///
/// # Errors
/// When it cannot be read.
pub async fn held(conn: &mut SqliteConnection, member: MemberId) -> sqlx::Result<Option<HeldRow>> {
    sqlx::query_as(
        "SELECT handle, level, role, standing, progress.below_since
           FROM member LEFT JOIN progress ON progress.member_id = member.id
          WHERE member.id = ? AND member.joined_at IS NOT NULL AND member.origin = 'human'",
    )
    .bind(member)
    .fetch_optional(conn)
    .await
}

/// All whose level follows the rule: active people without a role.
///
/// # Errors
/// When they cannot be read.
pub async fn to_settle(conn: &mut SqliteConnection) -> sqlx::Result<Vec<MemberId>> {
    sqlx::query_scalar(
        "SELECT id FROM member
          WHERE standing = 'active' AND role = 'member' AND joined_at IS NOT NULL AND origin = 'human'",
    )
    .fetch_all(conn)
    .await
}

/// Notes that a member is here today. True at the first visit of a day.
///
/// # Errors
/// When it cannot be written.
pub async fn note_day(conn: &mut SqliteConnection, member: MemberId, now: Timestamp) -> sqlx::Result<bool> {
    let done = sqlx::query("INSERT OR IGNORE INTO member_day (member_id, day) VALUES (?, ?)")
        .bind(member)
        .bind(day_of(now))
        .execute(conn)
        .await?;
    Ok(done.rows_affected() > 0)
}

/// Forgets the days before one, which no rule asks for any more.
///
/// # Errors
/// When it cannot be written.
pub async fn forget_days(conn: &mut SqliteConnection, before_day: i64) -> sqlx::Result<u64> {
    let done = sqlx::query("DELETE FROM member_day WHERE day < ?").bind(before_day).execute(conn).await?;
    Ok(done.rows_affected())
}

/// Counts what a member has read in a thread, from after one number up to another, without their own posts. What was
/// marked unread again is not counted a second time. Call it before the mark is moved.
///
/// # Errors
/// When it cannot be written.
pub async fn count_read(
    conn: &mut SqliteConnection,
    _grant: &Grant<KeepMarks>,
    member: MemberId,
    thread: crate::domain::ids::ThreadId,
    (after, upto): (crate::domain::ids::PostNo, crate::domain::ids::PostNo),
) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO progress (member_id, posts_read)
         SELECT ?1, count(*) FROM post
          WHERE thread_id = ?2 AND no > ?3 AND no <= ?4 AND author_id <> ?1
            AND NOT EXISTS (SELECT 1 FROM read_thread WHERE member_id = ?1 AND thread_id = ?2 AND held = 1)
         ON CONFLICT (member_id) DO UPDATE SET posts_read = posts_read + excluded.posts_read",
    )
    .bind(member)
    .bind(thread)
    .bind(after)
    .bind(upto)
    .execute(conn)
    .await?;
    Ok(())
}

/// Writes what the rule said: the level with a line of history if it is another one, and since when it is falling.
///
/// # Errors
/// When it cannot be written.
pub async fn set(
    conn: &mut SqliteConnection,
    _grant: &Grant<SettleLevels>,
    member: MemberId,
    before: Level,
    now_held: Held,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO progress (member_id, below_since) VALUES (?, ?)
         ON CONFLICT (member_id) DO UPDATE SET below_since = excluded.below_since",
    )
    .bind(member)
    .bind(now_held.below_since)
    .execute(&mut *conn)
    .await?;
    if now_held.level == before {
        return Ok(());
    }
    sqlx::query("UPDATE member SET level = ? WHERE id = ?")
        .bind(now_held.level)
        .bind(member)
        .execute(&mut *conn)
        .await?;
    sqlx::query("INSERT INTO level_change (member_id, from_level, to_level, at) VALUES (?, ?, ?, ?)")
        .bind(member)
        .bind(before)
        .bind(now_held.level)
        .bind(now)
        .execute(conn)
        .await?;
    Ok(())
}

/// A member's rises and falls, the newest first.
///
/// # Errors
/// When they cannot be read.
pub async fn history(conn: &mut SqliteConnection, member: MemberId) -> sqlx::Result<Vec<LevelChange>> {
    sqlx::query_as("SELECT from_level, to_level, at FROM level_change WHERE member_id = ? ORDER BY id DESC")
        .bind(member)
        .fetch_all(conn)
        .await
}

/// How many newcomers were absorbed since a time: those who became members for the first time.
///
/// # Errors
/// When they cannot be counted.
pub async fn absorbed_since(conn: &mut SqliteConnection, since: Timestamp) -> sqlx::Result<i64> {
    sqlx::query_scalar(
        "SELECT count(DISTINCT member_id) FROM level_change AS risen
          WHERE from_level = 'newcomer' AND to_level <> 'newcomer' AND at >= ?1
            AND NOT EXISTS (SELECT 1 FROM level_change AS earlier
                             WHERE earlier.member_id = risen.member_id AND earlier.at < ?1
                               AND earlier.from_level = 'newcomer')",
    )
    .bind(since)
    .fetch_one(conn)
    .await
}
