//! What staff did: acts with what their undo needs, and warnings.

use sqlx::SqliteConnection;

use super::before::Before;
use crate::domain::ids::{ActId, CaseId, MemberId};
use crate::domain::moderation::{ActKind, Thing, ThingKind};
use crate::domain::policy::{Grant, SeeOwnSanction, UndoAct};
use crate::domain::time::Timestamp;

/// An act to write down. That it was allowed is shown by the write that it describes, which took the grant.
#[derive(Clone, Copy, Debug)]
pub struct NewAct<'a> {
    /// The case it decides, if it decides one.
    pub case: Option<CaseId>,
    /// Who acts.
    pub actor: MemberId,
    /// What is done.
    pub kind: ActKind,
    /// To what.
    pub thing: Thing,
    /// The member concerned.
    pub target: Option<MemberId>,
    /// Under which rule; `NO_RULE` for none.
    pub rule_no: i64,
    /// Why.
    pub reason: &'a str,
    /// Hours of a suspension, the board that a thread goes to, the post that a warning is about.
    pub param: Option<i64>,
    /// What the undo puts back.
    pub before: Before,
    /// How many regulars decided it as a jury; 0: the actor did. Then the actor is whose appeal it was, and nobody is named.
    pub jury: i64,
    /// When.
    pub at: Timestamp,
}

/// An act as it stands.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct ActRow {
    /// Its id.
    pub id: ActId,
    /// The case it decided.
    pub case_id: Option<CaseId>,
    /// Who acted.
    pub actor_id: MemberId,
    /// Their handle, or what a jury is called.
    pub actor: String,
    /// How many regulars decided it as a jury; 0: the actor did.
    pub jury: i64,
    /// What was done.
    pub action: ActKind,
    /// To what kind of thing.
    pub thing: ThingKind,
    /// To which.
    pub thing_id: i64,
    /// The member concerned.
    pub target_id: Option<MemberId>,
    /// Under which rule.
    pub rule_no: i64,
    /// Why.
    pub reason: String,
    /// Hours of a suspension, the board that a thread went to, the post that a warning is about.
    pub param: Option<i64>,
    /// What the undo puts back, as JSON.
    before: String,
    /// When.
    pub at: Timestamp,
    /// When the member concerned saw it.
    pub told_at: Option<Timestamp>,
    /// When it was undone.
    pub undone_at: Option<Timestamp>,
}

impl ActRow {
    /// What it was done to.
    pub fn thing(&self) -> Thing {
        Thing::new(self.thing, self.thing_id)
    }

    /// What the undo puts back.
    ///
    /// # Errors
    /// When the row is damaged.
    pub fn before(&self) -> sqlx::Result<Before> {
        Before::from_json(&self.before, self.thing_id)
    }
}

/// The columns of an [`ActRow`], and what follows in a statement.
macro_rules! select_acts {
    ($rest:literal) => {
        concat!(
            "SELECT mod_act.id, case_id, actor_id,
                    CASE jury WHEN 0 THEN member.handle WHEN 1 THEN 'a regular who was drawn'
                              WHEN 2 THEN 'a jury of two regulars' ELSE 'a jury of three regulars' END AS actor,
                    jury, action, thing, thing_id, target_id, rule_no,
                    reason, param, before, at, told_at, undone_at
               FROM mod_act JOIN member ON member.id = mod_act.actor_id ",
            $rest
        )
    };
}

/// Writes an act down.
///
/// # Errors
/// When it cannot be written.
pub async fn insert(conn: &mut SqliteConnection, new: &NewAct<'_>) -> sqlx::Result<ActId> {
    sqlx::query_scalar(
        "INSERT INTO mod_act (case_id, actor_id, action, thing, thing_id, target_id, rule_no, reason, param, before, jury, at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
    )
    .bind(new.case)
    .bind(new.actor)
    .bind(new.kind)
    .bind(new.thing.kind())
    .bind(new.thing.id())
    .bind(new.target)
    .bind(new.rule_no)
    .bind(new.reason)
    .bind(new.param)
    .bind(new.before.to_json())
    .bind(new.jury)
    .bind(new.at)
    .fetch_one(conn)
    .await
}

/// One act.
///
/// # Errors
/// When it cannot be read.
pub async fn get(conn: &mut SqliteConnection, act: ActId) -> sqlx::Result<Option<ActRow>> {
    sqlx::query_as(select_acts!("WHERE mod_act.id = ?")).bind(act).fetch_optional(conn).await
}

/// The acts that were decided together with this one (itself included) and are not undone, the last one first.
///
/// # Errors
/// When they cannot be read.
pub async fn decided_with(conn: &mut SqliteConnection, act: &ActRow) -> sqlx::Result<Vec<ActRow>> {
    sqlx::query_as(select_acts!(
        "WHERE (mod_act.id = ?1 OR (case_id = ?2 AND actor_id = ?3 AND at = ?4)) AND undone_at IS NULL
         ORDER BY mod_act.id DESC"
    ))
    .bind(act.id)
    .bind(act.case_id)
    .bind(act.actor_id)
    .bind(act.at)
    .fetch_all(conn)
    .await
}

/// The last act of a case's decision that is not undone.
///
/// # Errors
/// When it cannot be read.
pub async fn of_case(conn: &mut SqliteConnection, case: CaseId) -> sqlx::Result<Option<ActId>> {
    sqlx::query_scalar(
        "SELECT id FROM mod_act WHERE case_id = ? AND undone_at IS NULL ORDER BY id DESC LIMIT 1",
    )
    .bind(case)
    .fetch_optional(conn)
    .await
}

/// Acts on a thing that came after an act and are not undone.
///
/// # Errors
/// When they cannot be read.
pub async fn later_on(conn: &mut SqliteConnection, act: &ActRow) -> sqlx::Result<Vec<ActRow>> {
    sqlx::query_as(select_acts!(
        "WHERE thing = ? AND thing_id = ? AND mod_act.id > ? AND undone_at IS NULL ORDER BY mod_act.id"
    ))
    .bind(act.thing)
    .bind(act.thing_id)
    .bind(act.id)
    .fetch_all(conn)
    .await
}

/// What a member of staff did to a thing since a time and has not undone, the newest first.
///
/// # Errors
/// When they cannot be read.
pub async fn recent_on(
    conn: &mut SqliteConnection,
    thing: Thing,
    actor: MemberId,
    since: Timestamp,
    limit: i64,
) -> sqlx::Result<Vec<ActRow>> {
    sqlx::query_as(select_acts!(
        "WHERE thing = ? AND thing_id = ? AND actor_id = ? AND at >= ? AND undone_at IS NULL
         ORDER BY mod_act.id DESC LIMIT ?"
    ))
    .bind(thing.kind())
    .bind(thing.id())
    .bind(actor)
    .bind(since)
    .bind(limit)
    .fetch_all(conn)
    .await
}

/// What concerned a member, the newest first.
///
/// # Errors
/// When it cannot be read.
pub async fn about(conn: &mut SqliteConnection, member: MemberId, limit: i64) -> sqlx::Result<Vec<ActRow>> {
    sqlx::query_as(select_acts!("WHERE target_id = ? ORDER BY mod_act.id DESC LIMIT ?"))
        .bind(member)
        .bind(limit)
        .fetch_all(conn)
        .await
}

/// Notes that the member concerned saw what was done. Says how much of it was news.
///
/// # Errors
/// When it cannot be written.
pub async fn set_told(
    conn: &mut SqliteConnection,
    _grant: &Grant<SeeOwnSanction>,
    member: MemberId,
    now: Timestamp,
) -> sqlx::Result<u64> {
    let done = sqlx::query("UPDATE mod_act SET told_at = ? WHERE target_id = ? AND told_at IS NULL")
        .bind(now)
        .bind(member)
        .execute(conn)
        .await?;
    Ok(done.rows_affected())
}

/// SQL: how much of what stands the member `?1`, whom it concerned, has not seen yet.
macro_rules! untold_acts {
    () => {
        "(SELECT count(*) FROM mod_act WHERE target_id = ?1 AND told_at IS NULL AND undone_at IS NULL)"
    };
}

pub(super) use untold_acts;

/// How much of what stands the member concerned has not seen yet.
///
/// # Errors
/// When it cannot be counted.
pub async fn untold(conn: &mut SqliteConnection, member: MemberId) -> sqlx::Result<i64> {
    sqlx::query_scalar(concat!("SELECT ", untold_acts!())).bind(member).fetch_one(conn).await
}

/// Whether anything that stands concerned a member before a time.
///
/// # Errors
/// When it cannot be read.
pub async fn concerned_before(
    conn: &mut SqliteConnection,
    member: MemberId,
    time: Timestamp,
) -> sqlx::Result<bool> {
    sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM mod_act WHERE target_id = ? AND at < ? AND undone_at IS NULL)",
    )
    .bind(member)
    .bind(time)
    .fetch_one(conn)
    .await
}

/// The latest act of a kind on a thing that is not undone: why a post is a tombstone, why a member is suspended.
///
/// # Errors
/// When it cannot be read.
pub async fn latest(
    conn: &mut SqliteConnection,
    thing: Thing,
    kind: ActKind,
) -> sqlx::Result<Option<ActRow>> {
    sqlx::query_as(select_acts!(
        "WHERE thing = ? AND thing_id = ? AND action = ? AND undone_at IS NULL ORDER BY mod_act.id DESC LIMIT 1"
    ))
    .bind(thing.kind())
    .bind(thing.id())
    .bind(kind)
    .fetch_optional(conn)
    .await
}

/// Marks an act as undone. False when it already was.
///
/// # Errors
/// When it cannot be written.
pub async fn set_undone(
    conn: &mut SqliteConnection,
    _grant: &Grant<UndoAct>,
    act: ActId,
    now: Timestamp,
) -> sqlx::Result<bool> {
    let done = sqlx::query("UPDATE mod_act SET undone_at = ? WHERE id = ? AND undone_at IS NULL")
        .bind(now)
        .bind(act)
        .execute(&mut *conn)
        .await?;
    sqlx::query("UPDATE warning SET withdrawn_at = ? WHERE act_id = ? AND withdrawn_at IS NULL")
        .bind(now)
        .bind(act)
        .execute(conn)
        .await?;
    Ok(done.rows_affected() > 0)
}

/// Lets a warning wait for the member's acknowledgement.
///
/// # Errors
/// When it cannot be written.
pub async fn insert_warning(conn: &mut SqliteConnection, act: ActId, member: MemberId) -> sqlx::Result<()> {
    sqlx::query("INSERT INTO warning (act_id, member_id) VALUES (?, ?)")
        .bind(act)
        .bind(member)
        .execute(conn)
        .await?;
    Ok(())
}

/// The warnings that a member has not acknowledged, the oldest first, as the acts they came from.
///
/// # Errors
/// When they cannot be read.
pub async fn warnings_waiting(conn: &mut SqliteConnection, member: MemberId) -> sqlx::Result<Vec<ActRow>> {
    sqlx::query_as(select_acts!(
        "JOIN warning ON warning.act_id = mod_act.id
          WHERE warning.member_id = ? AND warning.acknowledged_at IS NULL AND warning.withdrawn_at IS NULL
          ORDER BY mod_act.id"
    ))
    .bind(member)
    .fetch_all(conn)
    .await
}

/// Acknowledges a warning. False when the member has no such warning waiting.
///
/// # Errors
/// When it cannot be written.
pub async fn acknowledge(
    conn: &mut SqliteConnection,
    _grant: &Grant<SeeOwnSanction>,
    act: ActId,
    member: MemberId,
    now: Timestamp,
) -> sqlx::Result<bool> {
    let done = sqlx::query(
        "UPDATE warning SET acknowledged_at = ?
          WHERE act_id = ? AND member_id = ? AND acknowledged_at IS NULL AND withdrawn_at IS NULL",
    )
    .bind(now)
    .bind(act)
    .bind(member)
    .execute(&mut *conn)
    .await?;
    // Whoever acknowledged it need not be told of it again.
    sqlx::query("UPDATE mod_act SET told_at = ? WHERE id = ? AND target_id = ? AND told_at IS NULL")
        .bind(now)
        .bind(act)
        .bind(member)
        .execute(conn)
        .await?;
    Ok(done.rows_affected() > 0)
}
