//! Who comes and goes: joining until it begins, leaving at any time, invitations.

use super::{CohortId, find, redraw, tell};
use crate::domain::ids::MemberId;
use crate::domain::member::Standing;
use crate::domain::notification::{NotificationKind, NotificationPlace, PlaceKind};
use crate::domain::policy::{self, KeepMarks};
use crate::service::notifications::see_place;
use crate::service::{Cx, DomainEvent, Error, Request, Result, Writes};
use crate::store::{cohorts, contacts, members};

/// Joins a cohort, which is open until it begins; or leaves it, or says no to an invitation, at any time.
#[derive(Clone, Copy, Debug)]
pub struct JoinCohort {
    /// Which.
    pub cohort: CohortId,
    /// Join it; else leave it.
    pub join: bool,
}

impl Request for JoinCohort {
    type Reply = ();
    type Access = Writes;
    const NAME: &'static str = "join cohort";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<()> {
        let grant = cx.allow(&policy::JoinCohort)?;
        let cohort = find(cx, self.cohort).await?;
        let (me, now) = (cx.me()?, cx.now);
        let mine = cohorts::of_member(cx.conn(), me).await?;
        let joined = mine.iter().find(|(id, _)| *id == cohort.id).map(|(_, joined)| *joined);
        if joined == Some(true) && self.join {
            return Ok(());
        }
        if cohort.ended_at.is_some() || cohort.called_off_at.is_some() {
            return Err(Error::conflict("It is over. The list of cohorts says which one comes next."));
        }
        if self.join {
            if cohort.started_at.is_some() || now >= cohort.starts_at {
                return Err(Error::conflict(
                    "It has begun, and stays with those who are in it. The list of cohorts says which one comes next.",
                ));
            }
            if cohort.people >= cohort.places {
                return Err(Error::conflict(format!(
                    "All {} places are taken. One may become free before it begins; {} knows of the next cohort.",
                    cohort.places, cohort.host
                )));
            }
            cohorts::join(cx.conn(), &grant, now, cohort.id).await?;
        } else if joined.is_some() {
            let begun = cohort.started_at.is_some();
            cohorts::leave(cx.conn(), &grant, now, cohort.id, begun).await?;
            if begun {
                redraw(cx, &grant, &cohort).await?;
            }
        } else {
            return Err(Error::conflict("You are not in it."));
        }
        let keep = cx.allow(&KeepMarks)?;
        see_place(cx, &keep, NotificationPlace::new(PlaceKind::Cohort, cohort.id.0)).await?;
        cx.publish(DomainEvent::CohortsChanged);
        // The boards that one sees may be others now.
        cx.publish(DomainEvent::MemberChanged { member: me });
        Ok(())
    }
}

/// Invites a member to a cohort that has not begun.
#[derive(Clone, Debug)]
pub struct InviteToCohort {
    /// Which.
    pub cohort: CohortId,
    /// Whom, by handle.
    pub handle: String,
}

impl Request for InviteToCohort {
    type Reply = MemberId;
    type Access = Writes;
    const NAME: &'static str = "invite to cohort";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<MemberId> {
        let cohort = find(cx, self.cohort).await?;
        let grant = cx.allow(&policy::TendCohort { host: cohort.host_id })?;
        let now = cx.now;
        if cohort.started_at.is_some() || cohort.called_off_at.is_some() || now >= cohort.starts_at {
            return Err(Error::conflict("It has begun, or is called off: nobody comes in any more."));
        }
        let fold = self.handle.trim().trim_start_matches('@').to_lowercase();
        let account = members::by_fold(cx.conn(), &fold).await?;
        let member = account.filter(|account| account.standing == Standing::Active);
        let member = member.ok_or(Error::NotFound("member"))?.id;
        // A block is not announced: the words are those for somebody who has been asked.
        let apart = match cx.actor.id() {
            Some(me) => contacts::is_blocked(cx.conn(), me, member).await?,
            None => false,
        };
        if !apart && cohorts::invite(cx.conn(), &grant, now, cohort.id, member).await? {
            tell(cx, &grant, member, NotificationKind::CohortInvited, cohort.id).await?;
            cx.publish(DomainEvent::CohortsChanged);
        }
        Ok(member)
    }
}
