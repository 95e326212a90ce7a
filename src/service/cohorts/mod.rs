//! Cohorts (P5): a group that goes through something together, with a start and an end, a board of its own, a checkpoint
//! every week and buddies. What happens by the calendar is done by the nightly upkeep, each thing once, however late.

pub(in crate::service) mod checkpoint;
mod coming;
mod join;
mod keep;
mod make;
mod over;
mod read;
mod words;

#[cfg(test)]
mod tests;

pub use checkpoint::SetCheckpoint;
pub use coming::{ComingUp, What};
pub use join::{InviteToCohort, JoinCohort};
pub use keep::keep_cohorts;
pub use make::{CallOffCohort, CohortTexts, MakeCohort};
pub use read::{CheckpointView, CohortPage, CohortSummary, ListCohorts, Mine, Phase, ReadCohort};

pub use words::day;

pub(in crate::service) use coming::coming_up;

pub use crate::domain::cohort::{PROMPT_CHARS_MAX, STANDARD_PROMPT, Weekday};
pub use crate::domain::ids::CohortId;

use crate::domain::cohort::Buddies;
use crate::domain::ids::MemberId;
use crate::domain::notification::{NotificationKind, NotificationPlace, PlaceKind};
use crate::domain::policy::{Action, Grant};
use crate::service::notifications::notify;
use crate::service::{Access, Cx, DomainEvent, Error, Result, Writes};
use crate::store::audit::NewAudit;
use crate::store::cohorts::{self, CohortRow, PersonRow};

/// A cohort; that there are cohorts is known to all members.
async fn find<A: Access>(cx: &mut Cx<'_, A>, cohort: CohortId) -> Result<CohortRow> {
    cohorts::get(cx.conn(), cohort).await?.ok_or(Error::NotFound("cohort"))
}

/// Writes what was done into the audit log, and says that cohorts have changed.
async fn record(cx: &mut Cx<'_, Writes>, action: &str, cohort: CohortId, detail: &str) -> Result<()> {
    cx.audit(NewAudit {
        action,
        thing: "cohort",
        thing_id: cohort.0,
        target: None,
        rule_no: None,
        reason: "",
        detail,
        public: false,
    })
    .await?;
    cx.publish(DomainEvent::CohortsChanged);
    Ok(())
}

/// Tells a member something about a cohort, which it leads to.
async fn tell<A: Action>(
    cx: &mut Cx<'_, Writes>,
    grant: &Grant<A>,
    member: MemberId,
    kind: NotificationKind,
    cohort: CohortId,
) -> Result<()> {
    notify(cx, grant, member, kind, NotificationPlace::new(PlaceKind::Cohort, cohort.0)).await
}

/// Who is whose buddy, from what is kept of the people.
fn groups_of(people: &[PersonRow]) -> Buddies {
    let mut numbers: Vec<i64> = people.iter().filter_map(|person| person.pair).collect();
    numbers.sort_unstable();
    numbers.dedup();
    let group = |number: i64| {
        let of = people.iter().filter(move |person| person.pair == Some(number));
        of.map(|person| person.member_id).collect()
    };
    numbers.into_iter().map(group).collect()
}

/// Draws again for those of a cohort that runs who have nobody any more, and tells whoever has somebody else now.
async fn redraw<A: Action>(cx: &mut Cx<'_, Writes>, grant: &Grant<A>, cohort: &CohortRow) -> Result<()> {
    let people = cohorts::people(cx.conn(), cohort.id).await?;
    let kept_apart = cohorts::apart(cx.conn(), cohort.id).await?;
    let apart = |one: MemberId, other: MemberId| kept_apart.contains(&(one, other));
    let before = groups_of(&people);
    let ids: Vec<MemberId> = people.iter().map(|person| person.member_id).collect();
    let seed = cohort.seed.cast_unsigned().wrapping_add(cx.now.0.cast_unsigned());
    let after = crate::domain::cohort::redraw(&before, &ids, apart, seed);
    let of = |groups: &Buddies, member: MemberId| {
        let mut group = groups.iter().find(|group| group.contains(&member)).cloned().unwrap_or_default();
        group.sort_unstable();
        group
    };
    let changed = |member: &MemberId| of(&before, *member) != of(&after, *member);
    let changed: Vec<MemberId> = ids.into_iter().filter(changed).collect();
    if changed.is_empty() {
        return Ok(());
    }
    cohorts::set_buddies(cx.conn(), grant, cohort.id, &after).await?;
    for member in changed {
        if !of(&after, member).is_empty() {
            tell(cx, grant, member, NotificationKind::NewBuddy, cohort.id).await?;
        }
    }
    cx.publish(DomainEvent::CohortsChanged);
    Ok(())
}
