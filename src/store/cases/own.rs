//! A member's own reports, and whether they know the outcomes.

use sqlx::SqliteConnection;

use crate::domain::ids::{CaseId, MemberId};
use crate::domain::moderation::ThingKind;
use crate::domain::time::Timestamp;

/// A report as its reporter sees it.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct OwnReportRow {
    /// The case it is part of.
    pub case_id: CaseId,
    /// What kind of thing was reported.
    pub thing: ThingKind,
    /// Which.
    pub thing_id: i64,
    /// Whose it is.
    pub author: String,
    /// The rule that was named.
    pub rule_no: i64,
    /// When it was reported.
    pub created_at: Timestamp,
    /// When the case was decided.
    pub decided_at: Option<Timestamp>,
    /// What came of it; empty until then.
    pub outcome: String,
    /// When the reporter saw that.
    pub told_at: Option<Timestamp>,
}

/// A member's own reports, the newest first.
///
/// # Errors
/// When they cannot be read.
pub async fn own_reports(
    conn: &mut SqliteConnection,
    reporter: MemberId,
    limit: i64,
) -> sqlx::Result<Vec<OwnReportRow>> {
    sqlx::query_as(
        "SELECT report.case_id, mod_case.thing, mod_case.thing_id, author.handle AS author, report.rule_no,
                report.created_at, mod_case.decided_at, mod_case.outcome, report.told_at
           FROM report
           JOIN mod_case ON mod_case.id = report.case_id
           JOIN member AS author ON author.id = mod_case.author_id
          WHERE report.reporter_id = ? ORDER BY report.id DESC LIMIT ?",
    )
    .bind(reporter)
    .bind(limit)
    .fetch_all(conn)
    .await
}

/// SQL: how many reports of the member `?1` were decided since they last looked.
macro_rules! untold_reports {
    () => {
        "(SELECT count(*) FROM report JOIN mod_case ON mod_case.id = report.case_id
           WHERE report.reporter_id = ?1 AND report.told_at IS NULL AND mod_case.decided_at IS NOT NULL)"
    };
}

pub(in crate::store) use untold_reports;

/// How many of a member's reports were decided since they last looked.
///
/// # Errors
/// When it cannot be counted.
pub async fn untold(conn: &mut SqliteConnection, reporter: MemberId) -> sqlx::Result<i64> {
    sqlx::query_scalar(concat!("SELECT ", untold_reports!())).bind(reporter).fetch_one(conn).await
}

/// Notes that a reporter saw the outcomes of all own reports that are decided. Says how many were news.
///
/// # Errors
/// When it cannot be written.
pub async fn set_told(conn: &mut SqliteConnection, reporter: MemberId, now: Timestamp) -> sqlx::Result<u64> {
    let done = sqlx::query(
        "UPDATE report SET told_at = ?
          WHERE reporter_id = ? AND told_at IS NULL
            AND EXISTS (SELECT 1 FROM mod_case WHERE id = report.case_id AND decided_at IS NOT NULL)",
    )
    .bind(now)
    .bind(reporter)
    .execute(conn)
    .await?;
    Ok(done.rows_affected())
}
