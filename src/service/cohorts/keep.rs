//! The nightly part: a cohort begins on its day, its checkpoints open on theirs, and it ends. Each happens once, in one
//! transaction with the note that it did; what an outage delayed is done in the first night after it.

use super::over::{announce, call_off, end};
use super::{CohortId, find, record, redraw, tell};
use crate::domain::cohort::{STANDARD_PROMPT, TOLD_BEFORE_S, draw};
use crate::domain::ids::MemberId;
use crate::domain::notification::{NotificationKind, NotificationPlace, PlaceKind};
use crate::domain::policy::{Grant, KeepCohorts};
use crate::service::notifications::notify;
use crate::service::{Caller, Cx, DomainEvent, Reads, Request, Result, Service, Writes};
use crate::store::cohort_checkpoints;
use crate::store::cohorts::{self, CohortRow};

/// Fewest people that a cohort begins with.
const PEOPLE_MIN: i64 = 2;

/// Does what is due in one cohort.
struct KeepCohort {
    cohort: CohortId,
}

impl Request for KeepCohort {
    type Reply = ();
    type Access = Writes;
    const NAME: &'static str = "keep cohort";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<()> {
        let grant = cx.allow(&KeepCohorts)?;
        let now = cx.now;
        let mut cohort = find(cx, self.cohort).await?;
        if cohort.ended_at.is_some() || cohort.called_off_at.is_some() || now < cohort.starts_at {
            return Ok(());
        }
        if cohort.started_at.is_none() {
            if cohort.people < PEOPLE_MIN {
                return call_off(cx, &grant, &cohort).await;
            }
            begin(cx, &grant, &cohort).await?;
            cohort.started_at = Some(now);
        } else if now < cohort.ends_at {
            redraw(cx, &grant, &cohort).await?;
        }
        if now >= cohort.ends_at {
            // Checkpoints that an outage swallowed are not opened in an archive.
            return end(cx, &grant, &cohort).await;
        }
        open_checkpoints(cx, &grant, &cohort).await
    }
}

async fn begin(cx: &mut Cx<'_, Writes>, grant: &Grant<KeepCohorts>, cohort: &CohortRow) -> Result<()> {
    let now = cx.now;
    cohorts::begin(cx.conn(), grant, now, cohort.id).await?;
    let people: Vec<MemberId> =
        cohorts::people(cx.conn(), cohort.id).await?.into_iter().map(|person| person.member_id).collect();
    let kept_apart = cohorts::apart(cx.conn(), cohort.id).await?;
    let apart = |one: MemberId, other: MemberId| kept_apart.contains(&(one, other));
    let groups = draw(&people, apart, cohort.seed.cast_unsigned());
    cohorts::set_buddies(cx.conn(), grant, cohort.id, &groups).await?;
    for member in people {
        tell(cx, grant, member, NotificationKind::CohortBegins, cohort.id).await?;
    }
    record(cx, "cohort.begin", cohort.id, &cohort.name).await
}

/// Opens those that are due, in order, and tells of the one that comes next.
async fn open_checkpoints(
    cx: &mut Cx<'_, Writes>,
    grant: &Grant<KeepCohorts>,
    cohort: &CohortRow,
) -> Result<()> {
    let now = cx.now;
    let people = cohorts::people(cx.conn(), cohort.id).await?;
    for checkpoint in cohort_checkpoints::list(cx.conn(), cohort.id).await? {
        if checkpoint.thread_id.is_some() {
            continue;
        }
        let week = checkpoint.week;
        if checkpoint.opens_at <= now {
            let asks = if checkpoint.prompt.is_empty() { STANDARD_PROMPT } else { &checkpoint.prompt };
            let written = announce(cx, cohort, &format!("Week {week}: checkpoint"), asks).await?;
            cohort_checkpoints::note_opened(cx.conn(), grant, cohort.id, week, written.thread_id).await?;
            let place = NotificationPlace::new(PlaceKind::Thread, written.thread_id.0);
            for person in &people {
                notify(cx, grant, person.member_id, NotificationKind::Checkpoint, place).await?;
            }
            cx.publish(DomainEvent::CohortsChanged);
        } else if checkpoint.told_at.is_none() && checkpoint.opens_at <= now.plus(TOLD_BEFORE_S) {
            cohort_checkpoints::note_told(cx.conn(), grant, now, cohort.id, week).await?;
            for person in &people {
                tell(cx, grant, person.member_id, NotificationKind::CheckpointSoon, cohort.id).await?;
            }
        }
    }
    Ok(())
}

/// The cohorts that are neither over nor called off.
struct UnderWay;

impl Request for UnderWay {
    type Reply = Vec<CohortId>;
    type Access = Reads;
    const NAME: &'static str = "list cohorts to keep";

    async fn run(self, cx: &mut Cx<'_, Reads>) -> Result<Vec<CohortId>> {
        cx.allow(&KeepCohorts)?;
        Ok(cohorts::under_way(cx.conn()).await?)
    }
}

/// Does what is due in every cohort; one that fails waits for the next night and keeps no other.
///
/// # Errors
/// When they cannot be listed.
pub async fn keep_cohorts(service: &Service) -> Result<()> {
    for cohort in service.call(&Caller::host(), UnderWay).await? {
        if let Err(why) = service.call(&Caller::host(), KeepCohort { cohort }).await {
            tracing::warn!(%cohort, %why, "a cohort could not be looked after; trying again next night");
        }
    }
    Ok(())
}
