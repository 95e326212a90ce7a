//! Asking a member to take on a role.

use super::{Change, Duty, TermId, record, tell};
use crate::domain::ids::MemberId;
use crate::domain::member::{Level, Role};
use crate::domain::notification::NotificationKind;
use crate::domain::policy::{self, Actor};
use crate::domain::time::DAY_S;
use crate::service::cx::load_actor;
use crate::service::{Cx, DomainEvent, Error, Request, Result, Who, Writes};
use crate::store::{boards, roles, tags};

/// Longest term that can be offered, in days.
const TERM_DAYS_MAX: i64 = 730;

/// Offers a member a role, or, to whoever has it, another term in it.
#[derive(Clone, Copy, Debug)]
pub struct OfferRole {
    /// Who is asked.
    pub member: MemberId,
    /// What for.
    pub duty: Duty,
    /// For how long, in days; none for what is usual here.
    pub days: Option<i64>,
}

impl Request for OfferRole {
    type Reply = TermId;
    type Access = Writes;
    const NAME: &'static str = "offer role";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<TermId> {
        let Self { member, duty, days } = self;
        let grant = cx.allow(&policy::OfferRole { kind: duty.kind(), target: member })?;
        let days = days.unwrap_or(cx.settings().role_term_s / DAY_S);
        if !(1..=TERM_DAYS_MAX).contains(&days) {
            return Err(Error::invalid(format!("A term has 1 to {TERM_DAYS_MAX} days.")));
        }
        if !roles::is_a_person(cx.conn(), member).await? {
            return Err(Error::NotFound("member"));
        }
        let now = cx.now;
        let target = load_actor(cx.conn(), &Who::Member(member), now).await?;
        if !target.is_active() {
            return Err(Error::invalid("They are no active member just now. Ask somebody else."));
        }
        if target.level() == Level::Newcomer && target.role() == Role::Member {
            return Err(Error::invalid("Newcomers settle in first. Ask them once they are a member."));
        }
        if duty == Duty::Moderator && target.role() == Role::Sysop {
            return Err(Error::invalid("A sysop does a moderator's work already."));
        }
        let named = named(cx, duty, &target).await?;
        if roles::term_of(cx.conn(), member, duty, true).await?.is_some() {
            return Err(Error::conflict("They have been asked that already. They have not answered yet."));
        }
        let term = roles::offer(cx.conn(), &grant, member, duty, days, now).await?;
        tell(cx, &grant, member, NotificationKind::RoleOffered, term).await?;
        let more = format!("for {days} days");
        record(cx, Change::Offered, (member, duty), (&named.0, named.1), &more).await?;
        cx.publish(DomainEvent::MemberChanged { member });
        Ok(term)
    }
}

/// The name of what the duty is about and who sees it, if both who asks and who is asked do.
async fn named(
    cx: &mut Cx<'_, Writes>,
    duty: Duty,
    target: &Actor,
) -> Result<(String, crate::domain::board::Audience)> {
    let clearance = cx.actor.clearance();
    let seen = match duty {
        Duty::Moderator => true,
        Duty::Host(board) => {
            let row = boards::get(cx.conn(), board).await?.ok_or(Error::NotFound("board"))?;
            if !clearance.sees(row.see, row.circle) {
                return Err(Error::NotFound("board"));
            }
            if row.archived {
                return Err(Error::invalid("That board is archived: there is nothing to look after."));
            }
            target.clearance().sees(row.see, row.circle)
        }
        Duty::Champion(tag) => {
            tags::get(cx.conn(), clearance, tag).await?.ok_or(Error::NotFound("tag"))?;
            tags::get(cx.conn(), target.clearance(), tag).await?.is_some()
        }
    };
    if !seen {
        return Err(Error::invalid("That is not shown to them, so they cannot look after it."));
    }
    roles::name_of(cx.conn(), duty).await?.ok_or(Error::NotFound("board or tag"))
}
