//! What members show of themselves, and their choices.

use sqlx::SqliteConnection;

use crate::domain::ids::MemberId;
use crate::domain::member::{Level, Role};
use crate::domain::policy::{EditProfile, Grant};
use crate::domain::time::Timestamp;

/// A member in the list.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct ListedMember {
    /// The member.
    pub id: MemberId,
    /// The handle.
    pub handle: String,
    /// The level.
    pub level: Level,
    /// The role.
    pub role: Role,
    /// When they became a member.
    pub joined_at: Option<Timestamp>,
    /// When they were last here; none when they hide it or never were.
    pub last_seen_at: Option<Timestamp>,
    /// The handle of who invited them.
    pub invited_by: Option<String>,
    /// "I can help with".
    pub can_help: String,
}

/// A member's profile.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct ProfileRow {
    /// The member.
    pub id: MemberId,
    /// The handle.
    pub handle: String,
    /// The level.
    pub level: Level,
    /// The role.
    pub role: Role,
    /// When they became a member.
    pub joined_at: Option<Timestamp>,
    /// When they were last here; none when they hide it or never were.
    pub last_seen_at: Option<Timestamp>,
    /// The handle of who invited them.
    pub invited_by: Option<String>,
    /// Pronouns.
    pub pronouns: String,
    /// IANA time zone.
    pub zone: String,
    /// About themselves.
    pub about: String,
    /// "I can help with".
    pub can_help: String,
    /// "I am looking for".
    pub looking_for: String,
    /// One line, as finger had.
    pub plan: String,
}

/// The parts of a profile that its owner writes; all cleaned.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProfileTexts {
    /// Pronouns.
    pub pronouns: String,
    /// IANA time zone.
    pub zone: String,
    /// About themselves.
    pub about: String,
    /// "I can help with".
    pub can_help: String,
    /// "I am looking for".
    pub looking_for: String,
    /// One line.
    pub plan: String,
}

/// A thread in a profile.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct ProfileThread {
    /// The thread.
    pub id: crate::domain::ids::ThreadId,
    /// Its title.
    pub title: String,
    /// Its board's name.
    pub board: String,
    /// When it was last written in.
    pub last_at: Timestamp,
}

/// All active members by handle. Everybody fits: a hob is small, and 2,000 are still one frame's time.
///
/// # Errors
/// When they cannot be read.
pub async fn list(conn: &mut SqliteConnection, now: Timestamp) -> sqlx::Result<Vec<ListedMember>> {
    sqlx::query_as(
        "SELECT member.id, member.handle, member.level, member.role, member.joined_at,
                CASE WHEN hidden.value = 'yes' OR presence.value = 'invisible' THEN NULL
                     ELSE member.last_seen_at END AS last_seen_at,
                inviter.handle AS invited_by, member.can_help
           FROM member
           LEFT JOIN member AS inviter ON inviter.id = member.invited_by
           LEFT JOIN setting AS hidden ON hidden.member_id = member.id AND hidden.name = 'hide_last_seen'
           LEFT JOIN setting AS presence ON presence.member_id = member.id AND presence.name = 'presence'
          WHERE (member.standing = 'active' OR (member.standing = 'suspended' AND member.suspended_until <= ?))
            AND member.origin = 'human'
          ORDER BY member.handle_fold",
    )
    .bind(now)
    .fetch_all(conn)
    .await
}

/// One profile.
///
/// # Errors
/// When it cannot be read.
pub async fn get(conn: &mut SqliteConnection, member: MemberId) -> sqlx::Result<Option<ProfileRow>> {
    sqlx::query_as(
        "SELECT member.id, member.handle, member.level, member.role, member.joined_at,
                CASE WHEN hidden.value = 'yes' OR presence.value = 'invisible' THEN NULL
                     ELSE member.last_seen_at END AS last_seen_at,
                inviter.handle AS invited_by, member.pronouns, member.zone, member.about, member.can_help,
                member.looking_for, member.plan
           FROM member
           LEFT JOIN member AS inviter ON inviter.id = member.invited_by
           LEFT JOIN setting AS hidden ON hidden.member_id = member.id AND hidden.name = 'hide_last_seen'
           LEFT JOIN setting AS presence ON presence.member_id = member.id AND presence.name = 'presence'
          WHERE member.id = ? AND member.joined_at IS NOT NULL",
    )
    .bind(member)
    .fetch_optional(conn)
    .await
}

/// The handles of those whom a member invited, for the invite branch.
///
/// # Errors
/// When they cannot be read.
pub async fn invited(conn: &mut SqliteConnection, member: MemberId) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar(
        "SELECT handle FROM member WHERE invited_by = ? AND joined_at IS NOT NULL ORDER BY joined_at",
    )
    .bind(member)
    .fetch_all(conn)
    .await
}

/// The newest threads that a member started and the reader may see.
///
/// # Errors
/// When they cannot be read.
pub async fn threads(
    conn: &mut SqliteConnection,
    member: MemberId,
    clearance: crate::domain::policy::Clearance,
    limit: i64,
) -> sqlx::Result<Vec<ProfileThread>> {
    sqlx::query_as(
        "SELECT thread.id, thread.title, board.name AS board, thread.last_at
           FROM post JOIN thread ON thread.id = post.thread_id JOIN board ON board.id = thread.board_id
          WHERE post.author_id = ?1 AND post.no = 1 AND thread.removed = 0 AND board.see_rank <= (?2 & 7) AND (?2 >> (3 + board.circle)) & 1
          ORDER BY post.id DESC LIMIT ?3",
    )
    .bind(member)
    .bind(clearance.rank())
    .bind(limit)
    .fetch_all(conn)
    .await
}

/// The threads in which two members have written and the reader may see, the newest first.
///
/// # Errors
/// When they cannot be read.
pub async fn shared(
    conn: &mut SqliteConnection,
    (one, other): (MemberId, MemberId),
    clearance: crate::domain::policy::Clearance,
    limit: i64,
) -> sqlx::Result<Vec<ProfileThread>> {
    sqlx::query_as(
        "SELECT thread.id, thread.title, board.name AS board, thread.last_at
           FROM thread JOIN board ON board.id = thread.board_id
          WHERE thread.id IN (SELECT thread_id FROM post WHERE author_id = ?1 AND state IN ('shown', 'collapsed')
                              INTERSECT
                              SELECT thread_id FROM post WHERE author_id = ?2 AND state IN ('shown', 'collapsed'))
            AND thread.removed = 0 AND board.see_rank <= (?3 & 7) AND (?3 >> (3 + board.circle)) & 1
          ORDER BY thread.last_post_id DESC LIMIT ?4",
    )
    .bind(one)
    .bind(other)
    .bind(clearance.rank())
    .bind(limit)
    .fetch_all(conn)
    .await
}

/// Writes what a member says of themselves.
///
/// # Errors
/// When it cannot be written.
pub async fn update(
    conn: &mut SqliteConnection,
    _grant: &Grant<EditProfile>,
    member: MemberId,
    texts: &ProfileTexts,
) -> sqlx::Result<()> {
    sqlx::query(
        "UPDATE member SET pronouns = ?, zone = ?, about = ?, can_help = ?, looking_for = ?, plan = ? WHERE id = ?",
    )
    .bind(&texts.pronouns)
    .bind(&texts.zone)
    .bind(&texts.about)
    .bind(&texts.can_help)
    .bind(&texts.looking_for)
    .bind(&texts.plan)
    .bind(member)
    .execute(conn)
    .await?;
    Ok(())
}

/// Sets one of a member's choices; an empty value goes back to the default.
///
/// # Errors
/// When it cannot be written.
pub async fn choose(
    conn: &mut SqliteConnection,
    _grant: &Grant<EditProfile>,
    member: MemberId,
    name: &str,
    value: &str,
) -> sqlx::Result<()> {
    let query = if value.is_empty() {
        sqlx::query("DELETE FROM setting WHERE member_id = ? AND name = ?").bind(member).bind(name)
    } else {
        sqlx::query(
            "INSERT INTO setting (member_id, name, value) VALUES (?, ?, ?)
             ON CONFLICT (member_id, name) DO UPDATE SET value = excluded.value",
        )
        .bind(member)
        .bind(name)
        .bind(value)
    };
    query.execute(conn).await?;
    Ok(())
}

/// Sets a member's time zone: the IANA name.
///
/// # Errors
/// When it cannot be written.
pub async fn set_zone(
    conn: &mut SqliteConnection,
    _grant: &Grant<EditProfile>,
    member: MemberId,
    zone: &str,
) -> sqlx::Result<()> {
    sqlx::query("UPDATE member SET zone = ? WHERE id = ?").bind(zone).bind(member).execute(conn).await?;
    Ok(())
}

/// After so long an absence a member has come back, in seconds: a month.
const AWAY_S: i64 = 31 * 24 * 60 * 60;

/// Notes that a member was here, and whether that is after a long time.
///
/// # Errors
/// When it cannot be written.
pub async fn note_seen(conn: &mut SqliteConnection, member: MemberId, now: Timestamp) -> sqlx::Result<()> {
    sqlx::query(
        "UPDATE member SET returned_at = CASE WHEN last_seen_at < ?1 - ?3 THEN ?1 ELSE returned_at END,
                           last_seen_at = ?1
          WHERE id = ?2",
    )
    .bind(now)
    .bind(member)
    .bind(AWAY_S)
    .execute(conn)
    .await?;
    Ok(())
}
