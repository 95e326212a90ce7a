//! What is for one member and kept by itself (replies and mentions are in `post_address`, acts and reports with
//! moderation), and what seeing all of it at once changes.

use sqlx::SqliteConnection;

use crate::domain::ids::{MemberId, NotificationId, PostId, PostNo, ThreadId};
use crate::domain::notification::{NotificationKind, NotificationPlace, PlaceKind};
use crate::domain::policy::{Action, Clearance, Grant, KeepMarks};
use crate::domain::time::Timestamp;
use crate::store::acts::untold_acts;
use crate::store::cases::untold_reports;

/// Something to be told to a member.
#[derive(Clone, Copy, Debug)]
pub struct NewNotification {
    /// Who is told.
    pub member: MemberId,
    /// What happened.
    pub kind: NotificationKind,
    /// What it leads to.
    pub place: NotificationPlace,
    /// Who caused it; none for the staff and the machine.
    pub actor: Option<MemberId>,
    /// When.
    pub at: Timestamp,
}

/// A notification as it stands.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct NotificationRow {
    /// Its id.
    pub id: NotificationId,
    /// What happened.
    pub kind: NotificationKind,
    /// What it leads to.
    pub place: PlaceKind,
    /// Which one.
    pub place_id: i64,
    /// The handle of who caused it last.
    pub actor: Option<String>,
    /// How often it happened.
    pub times: i64,
    /// The last time.
    pub at: Timestamp,
    /// Whether it is news.
    pub unseen: bool,
    /// The thread that it leads to or into.
    pub thread_id: Option<ThreadId>,
    /// That thread's title, or the name of the board whose room it leads to.
    pub title: Option<String>,
    /// The number of the post.
    pub no: Option<PostNo>,
}

/// SQL: the notifications of the member `?1` with clearance `?2`, without those that lead to what they do not see.
macro_rules! notifications {
    () => {
        " FROM notification
          LEFT JOIN post ON notification.place = 'post' AND post.id = notification.place_id
          LEFT JOIN thread ON thread.id = CASE notification.place WHEN 'post' THEN post.thread_id
                                                                  WHEN 'thread' THEN notification.place_id END
          LEFT JOIN room ON notification.place = 'room' AND room.id = notification.place_id
          LEFT JOIN board ON board.id = coalesce(thread.board_id, room.board_id)
          LEFT JOIN cohort ON notification.place = 'cohort' AND cohort.id = notification.place_id
         WHERE notification.member_id = ?1 AND coalesce(board.see_rank, 0) <= (?2 & 7) AND (?2 >> (3 + coalesce(board.circle, 0))) & 1
           AND NOT EXISTS (SELECT 1 FROM kept_apart
                            WHERE kept_apart.member_id = ?1 AND kept_apart.other_id = notification.actor_id)
           AND (notification.place NOT IN ('post', 'thread')
                OR (thread.removed = 0 AND coalesce(post.state, 'shown') IN ('shown', 'collapsed'))) "
    };
}

/// Tells a member something. What is unseen for the same place already is counted up instead.
///
/// # Errors
/// When it cannot be written.
pub async fn put<A: Action>(
    conn: &mut SqliteConnection,
    _grant: &Grant<A>,
    new: &NewNotification,
) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO notification (member_id, kind, place, place_id, actor_id, at) VALUES (?, ?, ?, ?, ?, ?)
         ON CONFLICT (member_id, kind, place, place_id) WHERE seen_at IS NULL
         DO UPDATE SET times = times + 1, at = excluded.at, actor_id = excluded.actor_id",
    )
    .bind(new.member)
    .bind(new.kind)
    .bind(new.place.kind)
    .bind(new.place.id)
    .bind(new.actor)
    .bind(new.at)
    .execute(conn)
    .await?;
    Ok(())
}

/// Takes back what its actor caused: one less of several that are unseen, or the line itself. True when there was one.
///
/// # Errors
/// When it cannot be written.
pub async fn withdraw<A: Action>(
    conn: &mut SqliteConnection,
    _grant: &Grant<A>,
    gone: &NewNotification,
) -> sqlx::Result<bool> {
    // Its own line; else one less of several, and no longer in its name; else the line that has no name any more.
    let ways = [
        "DELETE FROM notification
          WHERE member_id = ?1 AND kind = ?2 AND place = ?3 AND place_id = ?4 AND actor_id = ?5 AND times = 1",
        "UPDATE notification SET times = times - 1, actor_id = nullif(actor_id, ?5)
          WHERE member_id = ?1 AND kind = ?2 AND place = ?3 AND place_id = ?4 AND seen_at IS NULL AND times > 1",
        "DELETE FROM notification
          WHERE member_id = ?1 AND kind = ?2 AND place = ?3 AND place_id = ?4 AND seen_at IS NULL
            AND actor_id IS NULL AND ?5 IS NOT NULL",
    ];
    for way in ways {
        let query = sqlx::query(way).bind(gone.member).bind(gone.kind);
        let query = query.bind(gone.place.kind).bind(gone.place.id).bind(gone.actor);
        if query.execute(&mut *conn).await?.rows_affected() > 0 {
            return Ok(true);
        }
    }
    Ok(false)
}

/// A member's notifications: first what is news, then the rest, each newest first.
///
/// # Errors
/// When they cannot be read.
pub async fn list(
    conn: &mut SqliteConnection,
    member: MemberId,
    clearance: Clearance,
    limit: i64,
) -> sqlx::Result<Vec<NotificationRow>> {
    sqlx::query_as(concat!(
        "SELECT notification.id, notification.kind, notification.place, notification.place_id,
                (SELECT handle FROM member WHERE member.id = notification.actor_id) AS actor,
                notification.times, notification.at, notification.seen_at IS NULL AS unseen,
                thread.id AS thread_id, coalesce(thread.title, board.name, cohort.name) AS title, post.no",
        notifications!(),
        "ORDER BY notification.seen_at IS NOT NULL, notification.at DESC, notification.id DESC LIMIT ?3"
    ))
    .bind(member)
    .bind(clearance.rank())
    .bind(limit)
    .fetch_all(conn)
    .await
}

/// How much is news to a member besides replies and mentions: notifications, what the staff did about them, and what
/// became of their reports.
///
/// # Errors
/// When they cannot be counted.
pub async fn count_unseen(
    conn: &mut SqliteConnection,
    member: MemberId,
    clearance: Clearance,
) -> sqlx::Result<i64> {
    sqlx::query_scalar(concat!(
        "SELECT (SELECT count(*)",
        notifications!(),
        "AND notification.seen_at IS NULL) + ",
        untold_acts!(),
        " + ",
        untold_reports!()
    ))
    .bind(member)
    .bind(clearance.rank())
    .fetch_one(conn)
    .await
}

/// A member has seen what there was for them at a place. True when any of it was news.
///
/// # Errors
/// When it cannot be written.
pub async fn see_place(
    conn: &mut SqliteConnection,
    _grant: &Grant<KeepMarks>,
    member: MemberId,
    place: NotificationPlace,
    now: Timestamp,
) -> sqlx::Result<bool> {
    let done = sqlx::query(
        "UPDATE notification SET seen_at = ?4
          WHERE member_id = ?1 AND place = ?2 AND place_id = ?3 AND seen_at IS NULL",
    )
    .bind(member)
    .bind(place.kind)
    .bind(place.id)
    .bind(now)
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// A member has seen one notification of theirs. True when it was news.
///
/// # Errors
/// When it cannot be written.
pub async fn see(
    conn: &mut SqliteConnection,
    _grant: &Grant<KeepMarks>,
    member: MemberId,
    notification: NotificationId,
    now: Timestamp,
) -> sqlx::Result<bool> {
    let done =
        sqlx::query("UPDATE notification SET seen_at = ? WHERE member_id = ? AND id = ? AND seen_at IS NULL")
            .bind(now)
            .bind(member)
            .bind(notification)
            .execute(conn)
            .await?;
    Ok(done.rows_affected() > 0)
}

/// What was news until all of it was seen at once: the notifications, the acts, the reports.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    notifications: Vec<i64>,
    acts: Vec<i64>,
    reports: Vec<i64>,
}

impl Seen {
    /// How many.
    pub fn count(&self) -> usize {
        self.notifications.len() + self.acts.len() + self.reports.len()
    }
}

/// A member has seen all that there was for them, but for replies and mentions.
///
/// # Errors
/// When it cannot be written.
pub async fn see_all(
    conn: &mut SqliteConnection,
    _grant: &Grant<KeepMarks>,
    member: MemberId,
    now: Timestamp,
) -> sqlx::Result<Seen> {
    let notifications = sqlx::query_scalar(
        "UPDATE notification SET seen_at = ?2 WHERE member_id = ?1 AND seen_at IS NULL RETURNING id",
    );
    let acts = sqlx::query_scalar(
        "UPDATE mod_act SET told_at = ?2 WHERE target_id = ?1 AND told_at IS NULL AND undone_at IS NULL RETURNING id",
    );
    let reports = sqlx::query_scalar(
        "UPDATE report SET told_at = ?2
          WHERE reporter_id = ?1 AND told_at IS NULL
            AND EXISTS (SELECT 1 FROM mod_case WHERE id = report.case_id AND decided_at IS NOT NULL)
         RETURNING id",
    );
    Ok(Seen {
        notifications: notifications.bind(member).bind(now).fetch_all(&mut *conn).await?,
        acts: acts.bind(member).bind(now).fetch_all(&mut *conn).await?,
        reports: reports.bind(member).bind(now).fetch_all(&mut *conn).await?,
    })
}

/// Undoes [`see_all`]. Where something newer is unseen for the same place, that one is enough.
///
/// # Errors
/// When it cannot be written.
pub async fn unsee(
    conn: &mut SqliteConnection,
    _grant: &Grant<KeepMarks>,
    member: MemberId,
    seen: &Seen,
) -> sqlx::Result<()> {
    let list = |ids: &[i64]| serde_json::Value::from(ids.to_vec()).to_string();
    sqlx::query(
        "UPDATE OR IGNORE notification SET seen_at = NULL
          WHERE member_id = ?1 AND id IN (SELECT value FROM json_each(?2));
         UPDATE mod_act SET told_at = NULL WHERE target_id = ?1 AND id IN (SELECT value FROM json_each(?3));
         UPDATE report SET told_at = NULL WHERE reporter_id = ?1 AND id IN (SELECT value FROM json_each(?4))",
    )
    .bind(member)
    .bind(list(&seen.notifications))
    .bind(list(&seen.acts))
    .bind(list(&seen.reports))
    .execute(conn)
    .await?;
    Ok(())
}

/// Whom a post speaks to: not those between whom and its author a mute or a block stands.
///
/// # Errors
/// When it cannot be read.
pub async fn addressed_by(conn: &mut SqliteConnection, post: PostId) -> sqlx::Result<Vec<MemberId>> {
    sqlx::query_scalar(
        "SELECT address.member_id FROM post_address AS address JOIN post ON post.id = address.post_id
          WHERE address.post_id = ?
            AND NOT EXISTS (SELECT 1 FROM kept_apart
                             WHERE kept_apart.member_id = address.member_id
                               AND kept_apart.other_id = post.author_id)",
    )
    .bind(post)
    .fetch_all(conn)
    .await
}

/// Who reported what a case is about.
///
/// # Errors
/// When it cannot be read.
pub async fn reporters(
    conn: &mut SqliteConnection,
    case: crate::domain::ids::CaseId,
) -> sqlx::Result<Vec<MemberId>> {
    sqlx::query_scalar("SELECT reporter_id FROM report WHERE case_id = ?").bind(case).fetch_all(conn).await
}

/// Forgets what was seen before a time. Says how many.
///
/// # Errors
/// When it cannot be written.
pub async fn forget_seen(conn: &mut SqliteConnection, before: Timestamp) -> sqlx::Result<u64> {
    let done = sqlx::query("DELETE FROM notification WHERE seen_at < ?").bind(before).execute(conn).await?;
    Ok(done.rows_affected())
}
