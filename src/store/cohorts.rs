//! Cohorts: what they are and who is in them. Their checkpoints are in `cohort_checkpoints`.

use sqlx::SqliteConnection;

use crate::domain::cohort::Weekday;
use crate::domain::ids::{BoardId, CohortId, MemberId, TagId};
use crate::domain::policy::{Action, Grant, JoinCohort, KeepCohorts, TendCohort};
use crate::domain::time::Timestamp;

/// A cohort.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct CohortRow {
    /// Its id.
    pub id: CohortId,
    /// Its name.
    pub name: String,
    /// What it is for.
    pub purpose: String,
    /// Who looks after it.
    pub host_id: MemberId,
    /// The handle of that member.
    pub host: String,
    /// Its board.
    pub board_id: BoardId,
    /// The tag of those who were in it, once it is over.
    pub tag_id: Option<TagId>,
    /// How many can be in it.
    pub places: i64,
    /// When its checkpoints open.
    pub weekday: Weekday,
    /// When it begins.
    pub starts_at: Timestamp,
    /// When it is over.
    pub ends_at: Timestamp,
    /// What the buddies follow from.
    pub seed: i64,
    /// When it began.
    pub started_at: Option<Timestamp>,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
    /// When it was called off.
    pub called_off_at: Option<Timestamp>,
    /// How many are in it.
    pub people: i64,
}

/// A cohort to make.
#[derive(Clone, Debug)]
pub struct NewCohort<'a> {
    /// Its name.
    pub name: &'a str,
    /// What it is for.
    pub purpose: &'a str,
    /// Who looks after it.
    pub host: MemberId,
    /// Its board.
    pub board: BoardId,
    /// How many can be in it.
    pub places: i64,
    /// When its checkpoints open.
    pub weekday: Weekday,
    /// When it begins.
    pub starts_at: Timestamp,
    /// When it is over.
    pub ends_at: Timestamp,
    /// What the buddies follow from.
    pub seed: i64,
}

/// Somebody who is in a cohort, or invited to it.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct PersonRow {
    /// Who.
    pub member_id: MemberId,
    /// The handle.
    pub handle: String,
    /// In it; else invited only.
    pub joined: bool,
    /// The number of their group of buddies.
    pub pair: Option<i64>,
}

/// SQL: cohorts under a condition.
macro_rules! cohorts {
    ($rest:literal) => {
        concat!(
            "SELECT cohort.id, cohort.name, cohort.purpose, cohort.host_id, host.handle AS host, cohort.board_id,
                    cohort.tag_id, cohort.places, cohort.weekday, cohort.starts_at, cohort.ends_at, cohort.seed,
                    cohort.started_at, cohort.ended_at, cohort.called_off_at,
                    (SELECT count(*) FROM cohort_member AS part JOIN member ON member.id = part.member_id
                      WHERE part.cohort_id = cohort.id AND part.joined_at IS NOT NULL AND part.left_at IS NULL
                        AND member.standing <> 'removed') AS people
               FROM cohort JOIN member AS host ON host.id = cohort.host_id ",
            $rest
        )
    };
}

/// All cohorts: those that are not over by when they begin, then the others, the latest first.
///
/// # Errors
/// When they cannot be read.
pub async fn list(conn: &mut SqliteConnection) -> sqlx::Result<Vec<CohortRow>> {
    sqlx::query_as(cohorts!(
        "ORDER BY coalesce(cohort.ended_at, cohort.called_off_at) DESC NULLS FIRST, cohort.starts_at, cohort.id"
    ))
    .fetch_all(conn)
    .await
}

/// One cohort.
///
/// # Errors
/// When it cannot be read.
pub async fn get(conn: &mut SqliteConnection, cohort: CohortId) -> sqlx::Result<Option<CohortRow>> {
    sqlx::query_as(cohorts!("WHERE cohort.id = ?")).bind(cohort).fetch_optional(conn).await
}

/// The cohorts that are neither over nor called off.
///
/// # Errors
/// When they cannot be read.
pub async fn under_way(conn: &mut SqliteConnection) -> sqlx::Result<Vec<CohortId>> {
    sqlx::query_scalar("SELECT id FROM cohort WHERE ended_at IS NULL AND called_off_at IS NULL ORDER BY id")
        .fetch_all(conn)
        .await
}

/// Which cohorts a member is in (true) or invited to (false).
///
/// # Errors
/// When they cannot be read.
pub async fn of_member(conn: &mut SqliteConnection, member: MemberId) -> sqlx::Result<Vec<(CohortId, bool)>> {
    sqlx::query_as(
        "SELECT cohort_id, joined_at IS NOT NULL FROM cohort_member WHERE member_id = ? AND left_at IS NULL",
    )
    .bind(member)
    .fetch_all(conn)
    .await
}

/// Who is in a cohort or invited to it, by handle: not who has left it, or the place.
///
/// # Errors
/// When they cannot be read.
pub async fn people(conn: &mut SqliteConnection, cohort: CohortId) -> sqlx::Result<Vec<PersonRow>> {
    sqlx::query_as(
        "SELECT part.member_id, member.handle, part.joined_at IS NOT NULL AS joined, part.pair
           FROM cohort_member AS part JOIN member ON member.id = part.member_id
          WHERE part.cohort_id = ? AND part.left_at IS NULL AND member.standing <> 'removed'
          ORDER BY member.handle_fold",
    )
    .bind(cohort)
    .fetch_all(conn)
    .await
}

/// Between which of a cohort's people a mute or a block stands, each pair in both orders.
///
/// # Errors
/// When it cannot be read.
pub async fn apart(conn: &mut SqliteConnection, cohort: CohortId) -> sqlx::Result<Vec<(MemberId, MemberId)>> {
    sqlx::query_as(
        "SELECT kept_apart.member_id, kept_apart.other_id FROM cohort_member AS part
           JOIN kept_apart ON kept_apart.member_id = part.member_id WHERE part.cohort_id = ?1
          UNION
         SELECT kept_apart.other_id, kept_apart.member_id FROM cohort_member AS part
           JOIN kept_apart ON kept_apart.member_id = part.member_id WHERE part.cohort_id = ?1",
    )
    .bind(cohort)
    .fetch_all(conn)
    .await
}

/// Makes a cohort with its checkpoints.
///
/// # Errors
/// When it cannot be written.
pub async fn insert<A: Action>(
    conn: &mut SqliteConnection,
    _grant: &Grant<A>,
    now: Timestamp,
    new: &NewCohort<'_>,
    checkpoints: &[Timestamp],
    prompt: &str,
) -> sqlx::Result<CohortId> {
    let id: CohortId = sqlx::query_scalar(
        "INSERT INTO cohort (name, purpose, host_id, board_id, places, weekday, starts_at, ends_at, seed, made_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
    )
    .bind(new.name)
    .bind(new.purpose)
    .bind(new.host)
    .bind(new.board)
    .bind(new.places)
    .bind(new.weekday)
    .bind(new.starts_at)
    .bind(new.ends_at)
    .bind(new.seed)
    .bind(now)
    .fetch_one(&mut *conn)
    .await?;
    for (opens_at, week) in checkpoints.iter().zip(1_i64..) {
        sqlx::query("INSERT INTO cohort_checkpoint (cohort_id, week, opens_at, prompt) VALUES (?, ?, ?, ?)")
            .bind(id)
            .bind(week)
            .bind(opens_at)
            .bind(prompt)
            .execute(&mut *conn)
            .await?;
    }
    Ok(id)
}

/// Invites a member. False when they are invited or in it already.
///
/// # Errors
/// When it cannot be written.
pub async fn invite(
    conn: &mut SqliteConnection,
    grant: &Grant<TendCohort>,
    now: Timestamp,
    cohort: CohortId,
    member: MemberId,
) -> sqlx::Result<bool> {
    let done = sqlx::query(
        "INSERT OR IGNORE INTO cohort_member (cohort_id, member_id, invited_by, invited_at) VALUES (?, ?, ?, ?)",
    )
    .bind(cohort)
    .bind(member)
    .bind(grant.by())
    .bind(now)
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Lets the one who was granted it join.
///
/// # Errors
/// When it cannot be written.
pub async fn join(
    conn: &mut SqliteConnection,
    grant: &Grant<JoinCohort>,
    now: Timestamp,
    cohort: CohortId,
) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO cohort_member (cohort_id, member_id, joined_at) VALUES (?, ?, ?)
         ON CONFLICT (cohort_id, member_id) DO UPDATE SET joined_at = excluded.joined_at, left_at = NULL",
    )
    .bind(cohort)
    .bind(grant.by())
    .bind(now)
    .execute(conn)
    .await?;
    Ok(())
}

/// Lets the one who was granted it leave, or say no to an invitation. Who was in it once it had begun stays on record.
///
/// # Errors
/// When it cannot be written.
pub async fn leave(
    conn: &mut SqliteConnection,
    grant: &Grant<JoinCohort>,
    now: Timestamp,
    cohort: CohortId,
    begun: bool,
) -> sqlx::Result<()> {
    let sql = match begun {
        true => {
            "UPDATE cohort_member SET left_at = ?3, pair = NULL WHERE cohort_id = ?1 AND member_id = ?2 AND left_at IS NULL"
        }
        false => "DELETE FROM cohort_member WHERE cohort_id = ?1 AND member_id = ?2 AND ?3 IS NOT NULL",
    };
    sqlx::query(sql).bind(cohort).bind(grant.by()).bind(now).execute(conn).await?;
    Ok(())
}

/// Begins a cohort: who was invited and did not come is not in it.
///
/// # Errors
/// When it cannot be written.
pub async fn begin(
    conn: &mut SqliteConnection,
    _grant: &Grant<KeepCohorts>,
    now: Timestamp,
    cohort: CohortId,
) -> sqlx::Result<()> {
    sqlx::query(
        "UPDATE cohort SET started_at = ?2 WHERE id = ?1;
         DELETE FROM cohort_member WHERE cohort_id = ?1 AND joined_at IS NULL AND ?2 IS NOT NULL",
    )
    .bind(cohort)
    .bind(now)
    .execute(conn)
    .await?;
    Ok(())
}

/// Writes who is whose buddy; everybody else has none.
///
/// # Errors
/// When it cannot be written.
pub async fn set_buddies<A: Action>(
    conn: &mut SqliteConnection,
    _grant: &Grant<A>,
    cohort: CohortId,
    groups: &[Vec<MemberId>],
) -> sqlx::Result<()> {
    sqlx::query("UPDATE cohort_member SET pair = NULL WHERE cohort_id = ?")
        .bind(cohort)
        .execute(&mut *conn)
        .await?;
    for (group, number) in groups.iter().zip(1_i64..) {
        for member in group {
            sqlx::query("UPDATE cohort_member SET pair = ? WHERE cohort_id = ? AND member_id = ?")
                .bind(number)
                .bind(cohort)
                .bind(member)
                .execute(&mut *conn)
                .await?;
        }
    }
    Ok(())
}

/// Ends a cohort: its people are in the tag from now on, on top of those that they joined themselves.
///
/// # Errors
/// When it cannot be written.
pub async fn end(
    conn: &mut SqliteConnection,
    _grant: &Grant<KeepCohorts>,
    now: Timestamp,
    cohort: CohortId,
    tag: TagId,
) -> sqlx::Result<()> {
    sqlx::query(
        "UPDATE cohort SET ended_at = ?2, tag_id = ?3 WHERE id = ?1;
         INSERT OR IGNORE INTO member_tag (member_id, tag_id, joined_at)
         SELECT part.member_id, ?3, ?2 FROM cohort_member AS part JOIN member ON member.id = part.member_id
          WHERE part.cohort_id = ?1 AND part.joined_at IS NOT NULL AND part.left_at IS NULL
            AND member.standing <> 'removed'",
    )
    .bind(cohort)
    .bind(now)
    .bind(tag)
    .execute(conn)
    .await?;
    Ok(())
}

/// Calls a cohort off before it has begun.
///
/// # Errors
/// When it cannot be written.
pub async fn call_off<A: Action>(
    conn: &mut SqliteConnection,
    _grant: &Grant<A>,
    now: Timestamp,
    cohort: CohortId,
) -> sqlx::Result<()> {
    sqlx::query("UPDATE cohort SET called_off_at = ? WHERE id = ?")
        .bind(now)
        .bind(cohort)
        .execute(conn)
        .await?;
    Ok(())
}

/// The cohort whose people a tag is for, if it is one of those, and whether a member was in it.
///
/// # Errors
/// When it cannot be read.
pub async fn of_tag(
    conn: &mut SqliteConnection,
    tag: TagId,
    member: MemberId,
) -> sqlx::Result<Option<(String, bool)>> {
    sqlx::query_as(
        "SELECT name, EXISTS (SELECT 1 FROM cohort_member WHERE cohort_id = cohort.id AND member_id = ?2
                                 AND joined_at IS NOT NULL AND left_at IS NULL)
           FROM cohort WHERE tag_id = ?1",
    )
    .bind(tag)
    .bind(member)
    .fetch_optional(conn)
    .await
}
