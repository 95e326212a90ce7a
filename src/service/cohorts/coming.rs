//! What comes up for a member in their cohorts: for home.

use super::CohortId;
use crate::domain::ids::{MemberId, ThreadId};
use crate::domain::time::{DAY_S, Timestamp};
use crate::service::{Access, Cx, Result};
use crate::store::{cohort_checkpoints, cohorts};

/// How far ahead home looks: a week.
const AHEAD_S: i64 = 7 * DAY_S;

/// Something that comes up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComingUp {
    /// The cohort.
    pub cohort: CohortId,
    /// Its name.
    pub name: String,
    /// What.
    pub what: What,
}

/// What comes up in a cohort.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// One is invited.
    Invited,
    /// It begins.
    Begins(Timestamp),
    /// A checkpoint is open, and one has not answered it.
    Open(i64, ThreadId),
    /// A checkpoint opens.
    Opens(i64, Timestamp),
}

/// What comes up for a member within a week, one thing a cohort: the checkpoint that is open comes first.
pub(in crate::service) async fn coming_up<A: Access>(
    cx: &mut Cx<'_, A>,
    me: MemberId,
) -> Result<Vec<ComingUp>> {
    let (now, until) = (cx.now, cx.now.plus(AHEAD_S));
    let mut list = Vec::new();
    for (cohort, joined) in cohorts::of_member(cx.conn(), me).await? {
        let Some(row) = cohorts::get(cx.conn(), cohort).await? else { continue };
        if row.ended_at.is_some() || row.called_off_at.is_some() {
            continue;
        }
        let what = match (joined, row.started_at) {
            (false, None) => Some(What::Invited),
            (true, None) if row.starts_at <= until => Some(What::Begins(row.starts_at)),
            (true, Some(_)) => checkpoint(cx, cohort, me, (now, until)).await?,
            _ => None,
        };
        list.extend(what.map(|what| ComingUp { cohort, name: row.name, what }));
    }
    Ok(list)
}

/// The checkpoint that opened last, if one has not answered it; else the next one.
async fn checkpoint<A: Access>(
    cx: &mut Cx<'_, A>,
    cohort: CohortId,
    me: MemberId,
    (now, until): (Timestamp, Timestamp),
) -> Result<Option<What>> {
    let list = cohort_checkpoints::list(cx.conn(), cohort).await?;
    let answers = cohort_checkpoints::answers(cx.conn(), cohort).await?;
    let open = list.iter().rev().find_map(|row| row.thread_id.map(|thread| (row.week, thread)));
    if let Some((week, thread)) = open
        && !answers.contains(&(week, me))
    {
        return Ok(Some(What::Open(week, thread)));
    }
    let next = list.iter().find(|row| row.thread_id.is_none() && row.opens_at > now && row.opens_at <= until);
    Ok(next.map(|row| What::Opens(row.week, row.opens_at)))
}
