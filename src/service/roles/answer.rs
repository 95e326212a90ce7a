//! What a member says to an offer.

use super::{Change, TermId, publish, record, tell};
use crate::domain::duty::Duty;
use crate::domain::ids::MemberId;
use crate::domain::notification::{NotificationKind, NotificationPlace, PlaceKind};
use crate::domain::policy::{self, Grant, KeepMarks};
use crate::domain::time::{DAY_S, Zone, date};
use crate::service::notifications::see_place;
use crate::service::{Cx, DomainEvent, Error, Request, Result, Writes};
use crate::store::roles::{self, TermRow};

/// Accepts an offer, or declines it.
#[derive(Clone, Copy, Debug)]
pub struct AnswerOffer {
    /// The offer.
    pub term: TermId,
    /// Yes.
    pub accept: bool,
}

impl Request for AnswerOffer {
    type Reply = ();
    type Access = Writes;
    const NAME: &'static str = "answer offer";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<()> {
        let gone = || Error::conflict("That offer is not open any more. Nothing was changed.");
        let row = roles::term(cx.conn(), self.term).await?.ok_or_else(gone)?;
        let grant = cx.allow(&policy::AnswerOffer { target: row.member_id })?;
        if row.answered_at.is_some() {
            return Err(gone());
        }
        let (member, duty, now) = (row.member_id, row.duty(), cx.now);
        let (name, see) = roles::name_of(cx.conn(), duty).await?.ok_or_else(gone)?;
        if self.accept {
            let ends_at = begin(cx, &grant, &row).await?;
            let more = format!("until {}", date(ends_at, &Zone::utc()));
            record(cx, Change::Accepted, (member, duty), (&name, see), &more).await?;
        } else {
            roles::end(cx.conn(), &grant, self.term, "declined", now).await?;
            record(cx, Change::Declined, (member, duty), (&name, see), "").await?;
        }
        if let Some(asked) = row.offered_by.filter(|asked| *asked != member) {
            tell(cx, &grant, asked, NotificationKind::RoleAnswered, self.term).await?;
        }
        // What was answered is no news any longer.
        let keep = cx.allow(&KeepMarks)?;
        see_place(cx, &keep, NotificationPlace::new(PlaceKind::Roles, self.term.0)).await?;
        publish(cx, member, duty);
        Ok(())
    }
}

/// Begins the term. A term that still runs is renewed: the new one begins where it would have ended. Whoever had the board
/// or tag before is thanked and told.
async fn begin(
    cx: &mut Cx<'_, Writes>,
    grant: &Grant<policy::AnswerOffer>,
    row: &TermRow,
) -> Result<crate::domain::time::Timestamp> {
    let (member, duty, now) = (row.member_id, row.duty(), cx.now);
    let running = roles::term_of(cx.conn(), member, duty, false).await?;
    let from = running.as_ref().and_then(|term| term.ends_at).map_or(now, |end| end.max(now));
    if let Some(running) = running {
        roles::end(cx.conn(), grant, running.id, "renewed", now).await?;
    }
    let ends_at = from.plus(row.days * DAY_S);
    roles::begin(cx.conn(), grant, row.id, now, ends_at).await?;
    if let Some(before) = roles::give(cx.conn(), grant, member, duty).await? {
        hand_over(cx, grant, before, duty).await?;
    }
    Ok(ends_at)
}

async fn hand_over(
    cx: &mut Cx<'_, Writes>,
    grant: &Grant<policy::AnswerOffer>,
    before: MemberId,
    duty: Duty,
) -> Result<()> {
    let now = cx.now;
    if let Some(term) = roles::term_of(cx.conn(), before, duty, false).await? {
        roles::end(cx.conn(), grant, term.id, "ended", now).await?;
        tell(cx, grant, before, NotificationKind::RoleEnded, term.id).await?;
    }
    cx.publish(DomainEvent::MemberChanged { member: before });
    Ok(())
}
