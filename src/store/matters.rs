//! Appeals, and what needs a second pair of eyes: what waits for somebody else than whoever began it (M4).

use sqlx::SqliteConnection;

use crate::domain::ids::{ActId, MatterId, MemberId};
use crate::domain::moderation::{ActKind, Deed, MatterKind, SuspendFor};
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
    deed: Option<ActKind>,
    hours: Option<i64>,
    /// The rule of what would be done, or of the act.
    pub rule_no: i64,
    /// The appeal, or the reason of what would be done.
    pub words: String,
    /// Since when a jury has it.
    pub jury_at: Option<Timestamp>,
    /// How many regulars sit on the jury.
    pub jurors: i64,
    /// Since when nobody is left to look at it but who decided.
    pub last_resort_at: Option<Timestamp>,
    /// Who decided it; none for a jury.
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

impl MatterRow {
    /// What would be done with a second pair of eyes.
    pub fn deed(&self) -> Option<Deed> {
        match (self.kind, self.deed) {
            (MatterKind::Removal, _) => Some(Deed::RemoveMember),
            (MatterKind::Step, Some(ActKind::Suspend)) => {
                Some(Deed::Suspend(SuspendFor::from_hours(self.hours)?))
            }
            (MatterKind::Step, Some(ActKind::ReadOnly)) => {
                Some(Deed::ReadOnly(SuspendFor::from_hours(self.hours)?))
            }
            _ => None,
        }
    }

    /// What the policy asks; the row must have been read for the member who looks.
    pub fn facts(&self) -> HandleMatter {
        HandleMatter {
            part_of_it: self.part_of_it,
            concerned: self.member_id,
            with_jury: self.jury_at.is_some() && self.decided_at.is_none(),
            last_resort: self.last_resort_at.is_some(),
        }
    }
}

/// The columns of a [`MatterRow`] for the member `?1`, and what follows in a statement.
macro_rules! select_matters {
    ($rest:literal) => {
        concat!(
            "SELECT matter.id, matter.kind, matter.member_id, member.handle AS member, matter.asked_by,
                    asker.handle AS asker, matter.asked_at, matter.act_id, matter.deed, matter.hours, matter.rule_no,
                    matter.words, matter.jury_at, matter.last_resort_at,
                    (SELECT count(*) FROM juror WHERE juror.matter_id = matter.id AND juror.left_at IS NULL) AS jurors,
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

/// What waits for the staff, the oldest first. The caller asks the policy about each.
///
/// # Errors
/// When it cannot be read.
pub async fn waiting(
    conn: &mut SqliteConnection,
    me: Option<MemberId>,
    limit: i64,
) -> sqlx::Result<Vec<MatterRow>> {
    sqlx::query_as(select_matters!(
        "WHERE matter.decided_at IS NULL AND matter.jury_at IS NULL ORDER BY matter.asked_at, matter.id LIMIT ?2"
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

/// Writes an appeal down. None when there is one against the act already.
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
) -> sqlx::Result<Option<MatterId>> {
    sqlx::query_scalar(
        "INSERT INTO matter (kind, member_id, asked_by, asked_at, act_id, rule_no, words)
         SELECT 'appeal', ?1, ?1, ?4, id, rule_no, ?3 FROM mod_act WHERE id = ?2 AND target_id = ?1
             ON CONFLICT DO NOTHING RETURNING id",
    )
    .bind(me)
    .bind(act)
    .bind(words)
    .bind(now)
    .fetch_optional(conn)
    .await
}

/// What waits for a second pair of eyes.
#[derive(Clone, Copy, Debug)]
pub struct NewEyes<'a> {
    /// Whom it would be done to.
    pub member: MemberId,
    /// What would be done.
    pub deed: Deed,
    /// Who would do it.
    pub by: MemberId,
    /// Under which rule.
    pub rule_no: i64,
    /// Why.
    pub reason: &'a str,
    /// When.
    pub at: Timestamp,
}

/// Writes down what waits for a second pair of eyes. None when something about the member waits already.
///
/// # Errors
/// When it cannot be written.
pub async fn insert_eyes(
    conn: &mut SqliteConnection,
    _grant: &Grant<AskForEyes>,
    new: NewEyes<'_>,
) -> sqlx::Result<Option<MatterId>> {
    let removal = new.deed == Deed::RemoveMember;
    sqlx::query_scalar(
        "INSERT INTO matter (kind, member_id, asked_by, asked_at, deed, hours, rule_no, words)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING RETURNING id",
    )
    .bind(if removal { MatterKind::Removal } else { MatterKind::Step })
    .bind(new.member)
    .bind(new.by)
    .bind(new.at)
    .bind((!removal).then_some(new.deed.kind()))
    .bind(new.deed.hours())
    .bind(new.rule_no)
    .bind(new.reason)
    .fetch_optional(conn)
    .await
}

/// Decides a matter; `by` none for a jury. False when somebody else was faster.
///
/// # Errors
/// When it cannot be written.
pub async fn decide(
    conn: &mut SqliteConnection,
    _grant: &Grant<HandleMatter>,
    matter: MatterId,
    by: Option<MemberId>,
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

/// Notes what was done because of a matter.
///
/// # Errors
/// When it cannot be written.
pub async fn set_done(
    conn: &mut SqliteConnection,
    _grant: &Grant<HandleMatter>,
    matter: MatterId,
    act: ActId,
) -> sqlx::Result<()> {
    sqlx::query("UPDATE matter SET done_act_id = ? WHERE id = ?")
        .bind(act)
        .bind(matter)
        .execute(conn)
        .await?;
    Ok(())
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

/// Opens a matter again whose outcome is undone, as it was before it was decided: an act that an appeal had overturned
/// counts again, and its warning waits again. None when the act was no outcome.
///
/// # Errors
/// When it cannot be written.
pub async fn reopen(
    conn: &mut SqliteConnection,
    _grant: &Grant<UndoAct>,
    done: ActId,
) -> sqlx::Result<Option<MatterRow>> {
    let found: Option<MatterRow> =
        sqlx::query_as(select_matters!("WHERE matter.done_act_id = ?2 AND matter.granted = 1"))
            .bind(None::<MemberId>)
            .bind(done)
            .fetch_optional(&mut *conn)
            .await?;
    let Some(row) = found else { return Ok(None) };
    for sql in [
        "UPDATE mod_act SET undone_at = NULL WHERE id = ?2 AND undone_at = ?3",
        "UPDATE warning SET withdrawn_at = NULL WHERE act_id = ?2 AND withdrawn_at = ?3",
        "UPDATE matter SET decided_by = NULL, decided_at = NULL, granted = NULL, answer = '', done_act_id = NULL
          WHERE id = ?1",
    ] {
        sqlx::query(sql).bind(row.id).bind(row.act_id).bind(row.decided_at).execute(&mut *conn).await?;
    }
    Ok(Some(row))
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
