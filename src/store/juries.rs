//! Juries: who is drawn to look at an appeal, and how they vote (M4). Who may be drawn is the view `jury_part`.

use sqlx::SqliteConnection;

use crate::domain::board::Audience;
use crate::domain::ids::{ActId, MatterId, MemberId};
use crate::domain::policy::{CallJury, Clearance, Grant, SitOnJury};
use crate::domain::time::Timestamp;

/// A place on a jury.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct JurorRow {
    /// Who was drawn.
    pub member_id: MemberId,
    /// When they were asked.
    pub asked_at: Timestamp,
    /// When they left it without a vote.
    pub left_at: Option<Timestamp>,
    /// When they voted.
    pub voted_at: Option<Timestamp>,
    /// Whether the act is to be taken back.
    pub undo: Option<bool>,
    /// Why.
    pub reason: String,
    /// They are still among those who may be drawn: a regular without a role, no part of it, not curbed.
    pub may_sit: bool,
}

/// SQL: whether the member `member` may sit on a jury about the act `?1` at the time `?2`.
macro_rules! may_sit {
    () => {
        " member.level = 'regular' AND member.role = 'member' AND member.standing = 'active' AND member.origin = 'human'
          AND NOT EXISTS (SELECT 1 FROM curb WHERE curb.member_id = member.id AND (curb.until IS NULL OR curb.until > ?2))
          AND NOT EXISTS (SELECT 1 FROM jury_part AS part WHERE part.act_id = ?1 AND part.member_id = member.id) "
    };
}

/// Everybody who was drawn for a matter's jury, in the order in which they were asked.
///
/// # Errors
/// When they cannot be read.
pub async fn jurors(
    conn: &mut SqliteConnection,
    matter: MatterId,
    act: ActId,
    now: Timestamp,
) -> sqlx::Result<Vec<JurorRow>> {
    sqlx::query_as(concat!(
        "SELECT juror.member_id, juror.asked_at, juror.left_at, juror.voted_at, juror.undo, juror.reason, (",
        may_sit!(),
        ") AS may_sit FROM juror JOIN member ON member.id = juror.member_id WHERE juror.matter_id = ?3 ORDER BY juror.id"
    ))
    .bind(act)
    .bind(now)
    .bind(matter)
    .fetch_all(conn)
    .await
}

/// Who can be drawn for a jury about an act: regulars without a role and without a part in it, who were here since
/// `here_since` and were not asked before. Those who sit on fewest other juries come first, else by account.
///
/// # Errors
/// When they cannot be read.
pub async fn free(
    conn: &mut SqliteConnection,
    act: ActId,
    now: Timestamp,
    here_since: Timestamp,
) -> sqlx::Result<Vec<(MemberId, i64)>> {
    sqlx::query_as(concat!(
        "SELECT member.id,
                (SELECT count(*) FROM juror JOIN matter ON matter.id = juror.matter_id
                  WHERE juror.member_id = member.id AND juror.left_at IS NULL AND juror.voted_at IS NULL
                    AND matter.decided_at IS NULL) AS sits
           FROM member
          WHERE coalesce(member.last_seen_at, member.joined_at, member.created_at) >= ?3 AND ",
        may_sit!(),
        "   AND member.id NOT IN (SELECT juror.member_id FROM juror JOIN matter ON matter.id = juror.matter_id
                                   WHERE matter.act_id = ?1)
          ORDER BY sits, member.id"
    ))
    .bind(act)
    .bind(now)
    .bind(here_since)
    .fetch_all(conn)
    .await
}

/// Whether regulars may read what an act was about: not a message or an invite, which were shown to the staff alone (M7),
/// and nothing on a board that regulars do not see.
///
/// # Errors
/// When it cannot be read.
pub async fn may_be_shown(conn: &mut SqliteConnection, act: ActId) -> sqlx::Result<bool> {
    sqlx::query_scalar(
        "SELECT mod_act.thing NOT IN ('message', 'invite') AND coalesce(mod_case.thing, '') NOT IN ('message', 'invite')
                AND coalesce(board.see_rank, 0) <= (?2 & 7) AND (?2 >> (3 + coalesce(board.circle, 0))) & 1
           FROM mod_act LEFT JOIN mod_case ON mod_case.id = mod_act.case_id
           LEFT JOIN post ON post.id = CASE
                WHEN mod_act.thing = 'post' THEN mod_act.thing_id
                WHEN mod_case.thing = 'post' THEN mod_case.thing_id
                WHEN mod_act.action IN ('member.warn', 'member.nudge') THEN mod_act.param END
           LEFT JOIN thread ON thread.id = CASE
                WHEN mod_act.thing = 'thread' THEN mod_act.thing_id
                WHEN mod_case.thing = 'thread' THEN mod_case.thing_id ELSE post.thread_id END
           LEFT JOIN room_line ON mod_act.thing = 'line' AND room_line.id = mod_act.thing_id
           LEFT JOIN room ON room.id = room_line.room_id
           LEFT JOIN board ON board.id = coalesce(thread.board_id, mod_case.board_id, room.board_id)
          WHERE mod_act.id = ?1",
    )
    .bind(act)
    .bind(Clearance::of(Audience::Regulars).rank())
    .fetch_one(conn)
    .await
}

/// What an act was about, as it was then: what the report kept, what it said before a part was taken out, or what it says.
///
/// # Errors
/// When it cannot be read.
pub async fn snapshot(conn: &mut SqliteConnection, act: ActId) -> sqlx::Result<Option<Option<String>>> {
    sqlx::query_scalar(
        "SELECT coalesce(mod_case.snapshot, redaction.body,
                         CASE mod_act.thing WHEN 'thread' THEN thread.title || char(10, 10) ELSE '' END
                         || CASE WHEN post.state <> 'deleted' THEN post.body END)
           FROM mod_act LEFT JOIN mod_case ON mod_case.id = mod_act.case_id
           LEFT JOIN redaction ON redaction.act_id = mod_act.id
           LEFT JOIN thread ON mod_act.thing = 'thread' AND thread.id = mod_act.thing_id
           LEFT JOIN post ON post.id = CASE
                WHEN mod_act.thing = 'post' THEN mod_act.thing_id
                WHEN mod_act.thing = 'thread' THEN (SELECT id FROM post AS first WHERE first.thread_id = thread.id AND first.no = 1)
                WHEN mod_act.action IN ('member.warn', 'member.nudge') THEN mod_act.param END
          WHERE mod_act.id = ?",
    )
    .bind(act)
    .fetch_optional(conn)
    .await
}

/// Whether somebody on the staff is free to look at an appeal against an act: no part of it.
///
/// # Errors
/// When it cannot be read.
pub async fn staff_is_free(conn: &mut SqliteConnection, act: ActId) -> sqlx::Result<bool> {
    sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM member
                         WHERE role <> 'member' AND standing = 'active'
                           AND id NOT IN (SELECT member_id FROM act_part WHERE act_id = ?))",
    )
    .bind(act)
    .fetch_one(conn)
    .await
}

/// Draws a member for a jury.
///
/// # Errors
/// When it cannot be written.
pub async fn draw(
    conn: &mut SqliteConnection,
    _grant: &Grant<CallJury>,
    matter: MatterId,
    member: MemberId,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query("INSERT INTO juror (matter_id, member_id, asked_at) VALUES (?, ?, ?)")
        .bind(matter)
        .bind(member)
        .bind(now)
        .execute(conn)
        .await?;
    Ok(())
}

/// Lets a member leave a jury who has not voted, with what asked them to come. False when there is nothing to leave.
///
/// # Errors
/// When it cannot be written.
pub async fn leave(
    conn: &mut SqliteConnection,
    _grant: &Grant<CallJury>,
    matter: MatterId,
    member: MemberId,
    now: Timestamp,
) -> sqlx::Result<bool> {
    let left = sqlx::query(
        "UPDATE juror SET left_at = ? WHERE matter_id = ? AND member_id = ? AND left_at IS NULL AND voted_at IS NULL",
    )
    .bind(now)
    .bind(matter)
    .bind(member)
    .execute(&mut *conn)
    .await?;
    sqlx::query("DELETE FROM notification WHERE member_id = ? AND place = 'jury' AND place_id = ?")
        .bind(member)
        .bind(matter)
        .execute(conn)
        .await?;
    Ok(left.rows_affected() > 0)
}

/// Writes a juror's vote down. False when there is none to give.
///
/// # Errors
/// When it cannot be written.
pub async fn vote(
    conn: &mut SqliteConnection,
    _grant: &Grant<SitOnJury>,
    matter: MatterId,
    member: MemberId,
    undo: bool,
    reason: &str,
    now: Timestamp,
) -> sqlx::Result<bool> {
    let done = sqlx::query(
        "UPDATE juror SET voted_at = ?, undo = ?, reason = ?
          WHERE matter_id = ? AND member_id = ? AND left_at IS NULL AND voted_at IS NULL",
    )
    .bind(now)
    .bind(undo)
    .bind(reason)
    .bind(matter)
    .bind(member)
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Gives an appeal to a jury from a time on, or to the staff with none.
///
/// # Errors
/// When it cannot be written.
pub async fn set_jury(
    conn: &mut SqliteConnection,
    _grant: &Grant<CallJury>,
    matter: MatterId,
    since: Option<Timestamp>,
) -> sqlx::Result<()> {
    sqlx::query("UPDATE matter SET jury_at = ? WHERE id = ? AND decided_at IS NULL")
        .bind(since)
        .bind(matter)
        .execute(conn)
        .await?;
    Ok(())
}

/// Notes since when nobody is left to look at an appeal but who decided; or with none that somebody is there again.
///
/// # Errors
/// When it cannot be written.
pub async fn set_last_resort(
    conn: &mut SqliteConnection,
    _grant: &Grant<CallJury>,
    matter: MatterId,
    since: Option<Timestamp>,
) -> sqlx::Result<()> {
    sqlx::query("UPDATE matter SET last_resort_at = ? WHERE id = ? AND decided_at IS NULL")
        .bind(since)
        .bind(matter)
        .execute(conn)
        .await?;
    Ok(())
}

/// The appeals that are not decided, the oldest first.
///
/// # Errors
/// When they cannot be read.
pub async fn open_appeals(conn: &mut SqliteConnection) -> sqlx::Result<Vec<MatterId>> {
    sqlx::query_scalar(
        "SELECT id FROM matter WHERE kind = 'appeal' AND decided_at IS NULL ORDER BY asked_at, id",
    )
    .fetch_all(conn)
    .await
}
