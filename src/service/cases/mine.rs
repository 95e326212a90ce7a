//! What became of one's own reports.

use crate::domain::ids::CaseId;
use crate::domain::moderation::Thing;
use crate::domain::policy::LookAround;
use crate::domain::time::Timestamp;
use crate::service::moderation::label;
use crate::service::{Cx, DomainEvent, Request, Result, Writes};
use crate::store::cases;

/// Most reports that are listed.
const REPORTS_MAX: i64 = 50;

/// Asks what became of the caller's reports, the newest first. Outcomes count as told from then on.
#[derive(Clone, Copy, Debug)]
pub struct MyReports;

/// A report as its reporter sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnReport {
    /// The case it is part of.
    pub case: CaseId,
    /// What was reported.
    pub thing: Thing,
    /// What it is called: `a post by bo`.
    pub what: String,
    /// The rule that was named.
    pub rule_no: i64,
    /// When it was reported.
    pub at: Timestamp,
    /// When it was decided, and what came of it.
    pub outcome: Option<(Timestamp, String)>,
    /// The outcome is news to the reporter.
    pub is_news: bool,
}

impl Request for MyReports {
    type Reply = Vec<OwnReport>;
    type Access = Writes;
    const NAME: &'static str = "my reports";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<Vec<OwnReport>> {
        cx.allow(&LookAround)?;
        let (me, now) = (cx.me()?, cx.now);
        let rows = cases::own_reports(cx.conn(), me, REPORTS_MAX).await?;
        if cases::set_told(cx.conn(), me, now).await? > 0 {
            cx.publish(DomainEvent::MarksChanged { member: me });
        }
        let reports = rows.into_iter().map(|row| {
            let thing = Thing::new(row.thing, row.thing_id);
            let what = match thing {
                Thing::Member(_) => label(row.thing, None, None, &row.author),
                _ => format!("{} by {}", row.thing.one(), row.author),
            };
            OwnReport {
                case: row.case_id,
                thing,
                what,
                rule_no: row.rule_no,
                at: row.created_at,
                is_news: row.decided_at.is_some() && row.told_at.is_none(),
                outcome: row.decided_at.map(|at| (at, row.outcome)),
            }
        });
        Ok(reports.collect())
    }
}
