//! Appeals, and removals that need a second pair of eyes: what waits for somebody else than whoever began it (M4).

use sqlx::SqliteConnection;

use crate::domain::ids::{ActId, MatterId, MemberId};
use crate::domain::moderation::MatterKind;
use crate::domain::policy::{AskForEyes, Grant, HandleMatter, SeeOwnSanction, UndoAct};
use crate::domain::time::Timestamp;

/// One matter, as a member of the staff stands to it.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct MatterRow {
    /// Its id.
    pub id: MatterId,
    /// What it is.
    pub kind: MatterKind,
    /// Whom it concerns.
    pub member_id: MemberId,
    /// Their handle.
    pub member: String,
    /// Who began it.
    pub asked_by: MemberId,
    /// Their handle.
    pub asker: String,
    /// When.
    pub asked_at: Timestamp,
    /// The act that is appealed against.
    pub act_id: Option<ActId>,
    /// The rule of the removal.
    pub rule_no: i64,
    /// The appeal, or the reason of the removal.
    pub words: String,
    /// Who decided it.
    pub decider: Option<String>,
    /// When.
    pub decided_at: Option<Timestamp>,
    /// How.
    pub granted: Option<bool>,
    /// Why.
    pub answer: String,
    /// The member who looks is part of it.
    pub part_of_it: bool,
}

/// The columns of a [`MatterRow`] for the member `?1`, and what follows in a statement.
macro_rules! select_matters {
    ($rest:literal) => {
        concat!(
            "SELECT matter.id, matter.kind, matter.member_id, member.handle AS member, matter.asked_by,
                    asker.handle AS asker, matter.asked_at, matter.act_id, matter.rule_no, matter.words,
                    decider.handle AS decider, matter.decided_at, matter.granted, matter.answer,
                    (EXISTS (SELECT 1 FROM matter_part AS part WHERE part.matter_id = matter.id AND part.member_id = ?1)
                     OR (EXISTS (SELECT 1 FROM stands_near AS near
                                  WHERE near.member_id = matter.member_id AND near.other_id = ?1)
                         AND EXISTS (SELECT 1 FROM member AS other
                                      WHERE other.role <> 'member' AND other.standing = 'active'
                                        AND other.id NOT IN (SELECT part.member_id FROM matter_part AS part
                                                              WHERE part.matter_id = matter.id)
                                        AND other.id NOT IN (SELECT near.other_id FROM stands_near AS near
                                                              WHERE near.member_id = matter.member_id)))) AS part_of_it
               FROM matter JOIN member ON member.id = matter.member_id JOIN member AS asker ON asker.id = matter.asked_by
               LEFT JOIN member AS decider ON decider.id = matter.decided_by ",
            $rest
        )
    };
}

/// One matter.
///
/// # Errors
/// When it cannot be read.
pub async fn get(
    conn: &mut SqliteConnection,
    matter: MatterId,
    me: Option<MemberId>,
) -> sqlx::Result<Option<MatterRow>> {
    sqlx::query_as(select_matters!("WHERE matter.id = ?2")).bind(me).bind(matter).fetch_optional(conn).await
}

/// What waits, the oldest first. The caller asks the policy about each.
///
/// # Errors
/// When it cannot be read.
pub async fn waiting(
    conn: &mut SqliteConnection,
    me: Option<MemberId>,
    limit: i64,
) -> sqlx::Result<Vec<MatterRow>> {
    sqlx::query_as(select_matters!(
        "WHERE matter.decided_at IS NULL ORDER BY matter.asked_at, matter.id LIMIT ?2"
    ))
    .bind(me)
    .bind(limit)
    .fetch_all(conn)
    .await
}

/// The appeal against an act, if there is one.
///
/// # Errors
/// When it cannot be read.
pub async fn appeal_of(conn: &mut SqliteConnection, act: ActId) -> sqlx::Result<Option<MatterRow>> {
    sqlx::query_as(select_matters!("WHERE matter.act_id = ?2"))
        .bind(None::<MemberId>)
        .bind(act)
        .fetch_optional(conn)
        .await
}

/// Writes an appeal down. False when there is one against the act already.
///
/// # Errors
/// When it cannot be written.
pub async fn insert_appeal(
    conn: &mut SqliteConnection,
    _grant: &Grant<SeeOwnSanction>,
    me: MemberId,
    act: ActId,
    words: &str,
    now: Timestamp,
) -> sqlx::Result<bool> {
    let done = sqlx::query(
        "INSERT INTO matter (kind, member_id, asked_by, asked_at, act_id, rule_no, words)
         SELECT 'appeal', ?1, ?1, ?4, id, rule_no, ?3 FROM mod_act WHERE id = ?2 AND target_id = ?1
             ON CONFLICT DO NOTHING",
    )
    .bind(me)
    .bind(act)
    .bind(words)
    .bind(now)
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// A removal that waits for a second pair of eyes.
#[derive(Clone, Copy, Debug)]
pub struct NewRemoval<'a> {
    /// Who would be removed.
    pub member: MemberId,
    /// Who would remove them.
    pub by: MemberId,
    /// Under which rule.
    pub rule_no: i64,
    /// Why.
    pub reason: &'a str,
    /// When.
    pub at: Timestamp,
}

/// Writes a removal down that waits. None when one waits already.
///
/// # Errors
/// When it cannot be written.
pub async fn insert_removal(
    conn: &mut SqliteConnection,
    _grant: &Grant<AskForEyes>,
    new: NewRemoval<'_>,
) -> sqlx::Result<Option<MatterId>> {
    sqlx::query_scalar(
        "INSERT INTO matter (kind, member_id, asked_by, asked_at, rule_no, words)
         VALUES ('removal', ?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING RETURNING id",
    )
    .bind(new.member)
    .bind(new.by)
    .bind(new.at)
    .bind(new.rule_no)
    .bind(new.reason)
    .fetch_optional(conn)
    .await
}

/// Decides a matter. False when somebody else was faster.
///
/// # Errors
/// When it cannot be written.
pub async fn decide(
    conn: &mut SqliteConnection,
    _grant: &Grant<HandleMatter>,
    matter: MatterId,
    by: MemberId,
    granted: bool,
    answer: &str,
    now: Timestamp,
) -> sqlx::Result<bool> {
    let done = sqlx::query(
        "UPDATE matter SET decided_by = ?, decided_at = ?, granted = ?, answer = ? WHERE id = ? AND decided_at IS NULL",
    )
    .bind(by)
    .bind(now)
    .bind(granted)
    .bind(answer)
    .bind(matter)
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Lets an act that was overturned count for nothing: it is undone, and no warning waits because of it.
///
/// # Errors
/// When it cannot be written.
pub async fn overturn(
    conn: &mut SqliteConnection,
    _grant: &Grant<HandleMatter>,
    act: ActId,
    now: Timestamp,
) -> sqlx::Result<()> {
    for sql in [
        "UPDATE mod_act SET undone_at = ?1 WHERE id = ?2 AND undone_at IS NULL",
        "UPDATE warning SET withdrawn_at = ?1 WHERE act_id = ?2 AND withdrawn_at IS NULL",
    ] {
        sqlx::query(sql).bind(now).bind(act).execute(&mut *conn).await?;
    }
    Ok(())
}

/// Opens the removal of a member again whose decision is undone.
///
/// # Errors
/// When it cannot be written.
pub async fn reopen_removal(
    conn: &mut SqliteConnection,
    _grant: &Grant<UndoAct>,
    member: MemberId,
    at: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query(
        "UPDATE matter SET decided_by = NULL, decided_at = NULL, granted = NULL, answer = ''
          WHERE kind = 'removal' AND member_id = ? AND decided_at = ? AND granted = 1",
    )
    .bind(member)
    .bind(at)
    .execute(conn)
    .await?;
    Ok(())
}

/// How many of the staff besides `me` could be a second pair of eyes for a member: active, not the member, not their
/// inviter, with no open report on them, with no block between the two.
///
/// # Errors
/// When it cannot be counted.
pub async fn free_eyes(conn: &mut SqliteConnection, me: MemberId, member: MemberId) -> sqlx::Result<i64> {
    sqlx::query_scalar(
        "SELECT count(*) FROM member AS other
          WHERE other.role <> 'member' AND other.standing = 'active' AND other.id NOT IN (?1, ?2)
            AND other.id IS NOT (SELECT invited_by FROM member WHERE id = ?2)
            AND (other.role = 'sysop' OR (SELECT role FROM member WHERE id = ?2) = 'member')
            AND NOT EXISTS (SELECT 1 FROM report JOIN mod_case ON mod_case.id = report.case_id
                             WHERE mod_case.author_id = ?2 AND mod_case.decided_at IS NULL AND report.reporter_id = other.id)
            AND NOT EXISTS (SELECT 1 FROM member_block WHERE (member_id = other.id AND blocked_id = ?2)
                                                          OR (member_id = ?2 AND blocked_id = other.id))",
    )
    .bind(me)
    .bind(member)
    .fetch_one(conn)
    .await
}
