//! The end of a role before its term: by stepping down, or by whoever may offer it. And an offer that is taken back.

use super::{Change, Duty, TermId, publish, record, tell};
use crate::domain::board::Audience;
use crate::domain::ids::MemberId;
use crate::domain::moderation::Reason;
use crate::domain::notification::NotificationKind;
use crate::domain::policy;
use crate::service::{Cx, DomainEvent, Error, Request, Result, Writes};
use crate::store::roles;

/// Ends a role.
#[derive(Clone, Debug)]
pub struct EndRole {
    /// Whose.
    pub member: MemberId,
    /// Which.
    pub duty: Duty,
    /// Why, in words that all members read. One's own role ends without any.
    pub reason: String,
}

impl Request for EndRole {
    type Reply = ();
    type Access = Writes;
    const NAME: &'static str = "end role";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<()> {
        let Self { member, duty, reason } = self;
        let grant = cx.allow(&policy::EndRole { kind: duty.kind(), holder: member })?;
        if !roles::holds(cx.conn(), member, duty).await? {
            return Err(Error::conflict("That role has ended already. Nothing was changed."));
        }
        let own = cx.actor.id() == Some(member);
        let reason = if own { Reason::optional(&reason) } else { Reason::required(&reason) };
        let reason = reason.map_err(|why| Error::invalid(why.to_string()))?;
        let now = cx.now;
        let (name, see) =
            roles::name_of(cx.conn(), duty).await?.unwrap_or_else(|| (String::new(), Audience::Members));
        roles::take(cx.conn(), &grant, member, duty).await?;
        let term = roles::term_of(cx.conn(), member, duty, false).await?;
        if let Some(term) = &term {
            roles::end(cx.conn(), &grant, term.id, if own { "stepped down" } else { "ended" }, now).await?;
        }
        if !own {
            let term = term.map_or(TermId(0), |term| term.id);
            tell(cx, &grant, member, NotificationKind::RoleEnded, term).await?;
        }
        let more = match (own, reason.as_str()) {
            (true, "") => "stepped down".to_owned(),
            (true, why) => format!("stepped down: {why}"),
            (false, why) => format!("ended: {why}"),
        };
        record(cx, Change::Ended, (member, duty), (&name, see), &more).await?;
        publish(cx, member, duty);
        Ok(())
    }
}

/// Takes back an offer that nobody has answered.
#[derive(Clone, Copy, Debug)]
pub struct TakeBackOffer {
    /// The offer.
    pub term: TermId,
}

impl Request for TakeBackOffer {
    type Reply = ();
    type Access = Writes;
    const NAME: &'static str = "take back offer";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<()> {
        let gone = || Error::conflict("That offer is not open any more. Nothing was changed.");
        let row = roles::term(cx.conn(), self.term).await?.ok_or_else(gone)?;
        let (member, duty, now) = (row.member_id, row.duty(), cx.now);
        let grant = cx.allow(&policy::OfferRole { kind: duty.kind(), target: member })?;
        if row.answered_at.is_some() {
            return Err(gone());
        }
        roles::end(cx.conn(), &grant, row.id, "taken back", now).await?;
        let (name, see) =
            roles::name_of(cx.conn(), duty).await?.unwrap_or_else(|| (String::new(), Audience::Members));
        record(cx, Change::TakenBack, (member, duty), (&name, see), "").await?;
        cx.publish(DomainEvent::MemberChanged { member });
        Ok(())
    }
}
