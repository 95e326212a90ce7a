//! Seats and the line for them (D7).

use sqlx::SqliteConnection;

use crate::domain::ids::{ApplicationId, MemberId};
use crate::domain::policy::{Action, Grant, LetSeatsSleep, MoveLine};
use crate::domain::time::Timestamp;
use crate::domain::waitlist::Turn;

/// Somebody in the line.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct LineRow {
    /// Who.
    pub member_id: MemberId,
    /// Their handle.
    pub handle: String,
    /// Whose turn comes before whose.
    pub turn: Turn,
    /// Since when they wait.
    pub since: Timestamp,
    /// Their application; none for a member who comes back and never applied.
    pub application_id: Option<ApplicationId>,
    /// The handle of who invited them.
    pub inviter: Option<String>,
}

/// How somebody came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// In turn.
    Line,
    /// By a sysop's word, past the cap or the governor.
    Sysop,
}

/// Everybody in the line, whoever is next first.
///
/// # Errors
/// When it cannot be read.
pub async fn line(conn: &mut SqliteConnection) -> sqlx::Result<Vec<LineRow>> {
    sqlx::query_as(
        "SELECT waitlist.member_id, member.handle, waitlist.turn, waitlist.since, application.id AS application_id,
                inviter.handle AS inviter
           FROM waitlist
           JOIN member ON member.id = waitlist.member_id
           LEFT JOIN application ON application.member_id = member.id
           LEFT JOIN member AS inviter ON inviter.id = member.invited_by
          WHERE member.standing IN ('applied', 'active', 'suspended')
          ORDER BY CASE waitlist.turn WHEN 'returning' THEN 0 WHEN 'invited' THEN 1 ELSE 2 END, waitlist.id",
    )
    .fetch_all(conn)
    .await
}

/// Whether anybody waits.
///
/// # Errors
/// When it cannot be read.
pub async fn is_anybody_waiting(conn: &mut SqliteConnection) -> sqlx::Result<bool> {
    sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM waitlist)").fetch_one(conn).await
}

/// Seats that are taken: by people, suspended ones too, whose seat does not sleep. Imported authors, bots and hob
/// itself need none.
///
/// # Errors
/// When they cannot be counted.
pub async fn taken(conn: &mut SqliteConnection) -> sqlx::Result<i64> {
    sqlx::query_scalar(
        "SELECT count(*) FROM member
          WHERE standing IN ('active', 'suspended') AND asleep_at IS NULL AND origin = 'human'",
    )
    .fetch_one(conn)
    .await
}

/// When those came in whom the governor counts, the earliest first.
///
/// # Errors
/// When it cannot be read.
pub async fn admitted_since(conn: &mut SqliteConnection, since: Timestamp) -> sqlx::Result<Vec<Timestamp>> {
    sqlx::query_scalar("SELECT at FROM admission WHERE at > ? ORDER BY at").bind(since).fetch_all(conn).await
}

/// Newcomers who were absorbed since a time. The one place that says what that means: people who are here still and
/// came up from newcomer for the first time since then (P4).
///
/// # Errors
/// When they cannot be counted.
pub async fn absorbed_since(conn: &mut SqliteConnection, since: Timestamp) -> sqlx::Result<i64> {
    sqlx::query_scalar(
        "SELECT count(*) FROM
             (SELECT member_id FROM level_change WHERE from_level = 'newcomer'
               GROUP BY member_id HAVING min(at) > ?) AS risen
           JOIN member ON member.id = risen.member_id
          WHERE member.standing = 'active' AND member.asleep_at IS NULL",
    )
    .bind(since)
    .fetch_one(conn)
    .await
}

/// Puts somebody at the end of the line of their turn; one who is in it already may come into a better turn and keeps
/// their time. The grant is that of whatever approved them.
///
/// # Errors
/// When it cannot be written.
pub async fn enter<A: Action>(
    conn: &mut SqliteConnection,
    _grant: &Grant<A>,
    now: Timestamp,
    member: MemberId,
    turn: Turn,
) -> sqlx::Result<()> {
    sqlx::query("UPDATE member SET standing = 'applied' WHERE id = ? AND standing = 'joining'")
        .bind(member)
        .execute(&mut *conn)
        .await?;
    sqlx::query(
        "INSERT INTO waitlist (member_id, turn, since) VALUES (?, ?, ?)
         ON CONFLICT (member_id) DO UPDATE SET turn = excluded.turn",
    )
    .bind(member)
    .bind(turn)
    .bind(now)
    .execute(conn)
    .await?;
    Ok(())
}

/// Takes somebody out of the line.
///
/// # Errors
/// When it cannot be written.
pub async fn leave<A: Action>(
    conn: &mut SqliteConnection,
    _grant: &Grant<A>,
    member: MemberId,
) -> sqlx::Result<()> {
    sqlx::query("DELETE FROM waitlist WHERE member_id = ?").bind(member).execute(conn).await?;
    Ok(())
}

/// Notes how somebody came in, for the governor.
///
/// # Errors
/// When it cannot be written.
pub async fn note_admission<A: Action>(
    conn: &mut SqliteConnection,
    _grant: &Grant<A>,
    now: Timestamp,
    member: MemberId,
    way: Way,
) -> sqlx::Result<()> {
    sqlx::query("INSERT OR REPLACE INTO admission (member_id, at, way) VALUES (?, ?, ?)")
        .bind(member)
        .bind(now)
        .bind(if way == Way::Line { "line" } else { "sysop" })
        .execute(conn)
        .await?;
    Ok(())
}

/// Notes what somebody is told at the next login.
///
/// # Errors
/// When it cannot be written.
pub async fn set_news<A: Action>(
    conn: &mut SqliteConnection,
    _grant: &Grant<A>,
    member: MemberId,
    turn: Turn,
) -> sqlx::Result<()> {
    sqlx::query("INSERT OR REPLACE INTO seat_news (member_id, turn) VALUES (?, ?)")
        .bind(member)
        .bind(turn)
        .execute(conn)
        .await?;
    Ok(())
}

/// A member who is here was told.
///
/// # Errors
/// When it cannot be written.
pub async fn news_told(conn: &mut SqliteConnection, member: MemberId) -> sqlx::Result<()> {
    sqlx::query(
        "DELETE FROM seat_news
          WHERE member_id = ?1
            AND EXISTS (SELECT 1 FROM member WHERE id = ?1 AND standing = 'active' AND asleep_at IS NULL)",
    )
    .bind(member)
    .execute(conn)
    .await?;
    Ok(())
}

/// A seat is awake again.
///
/// # Errors
/// When it cannot be written.
pub async fn wake<A: Action>(
    conn: &mut SqliteConnection,
    _grant: &Grant<A>,
    member: MemberId,
) -> sqlx::Result<()> {
    sqlx::query("UPDATE member SET asleep_at = NULL WHERE id = ?").bind(member).execute(conn).await?;
    Ok(())
}

/// Lets the seats sleep of people who were not here since a time, and says whose. Those of staff never sleep: a place
/// must not lose the one who runs it.
///
/// # Errors
/// When it cannot be written.
pub async fn let_sleep(
    conn: &mut SqliteConnection,
    _grant: &Grant<LetSeatsSleep>,
    now: Timestamp,
    absent_since: Timestamp,
) -> sqlx::Result<Vec<MemberId>> {
    sqlx::query_scalar(
        "UPDATE member SET asleep_at = ?1
          WHERE standing = 'active' AND asleep_at IS NULL AND role = 'member' AND origin = 'human'
            AND coalesce(last_seen_at, joined_at, created_at) < ?2
          RETURNING id",
    )
    .bind(now)
    .bind(absent_since)
    .fetch_all(conn)
    .await
}

/// Makes somebody in the line a member again whose seat slept, and takes them out of the line.
///
/// # Errors
/// When it cannot be written.
pub async fn wake_from_line(
    conn: &mut SqliteConnection,
    grant: &Grant<MoveLine>,
    member: MemberId,
) -> sqlx::Result<()> {
    wake(conn, grant, member).await?;
    leave(conn, grant, member).await
}
