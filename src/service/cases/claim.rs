//! Claims: who looks at a case, so that two do not work on the same one. A claim holds for two hours.

use super::load;
use crate::domain::ids::{CaseId, MemberId};
use crate::domain::time::{Timestamp, time_left};
use crate::service::{Cx, DomainEvent, Error, Request, Result, Writes};
use crate::store::cases::{self, CaseRow};

/// A claim that stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// Who claimed it.
    pub by: MemberId,
    /// Their handle.
    pub handle: String,
    /// Since when.
    pub since: Timestamp,
    /// Until when it holds.
    pub until: Timestamp,
}

impl Claim {
    /// The claim that these columns mean at `now`, if it still holds.
    pub fn standing(
        by: Option<MemberId>,
        handle: Option<&str>,
        since: Option<Timestamp>,
        now: Timestamp,
        claim_s: i64,
    ) -> Option<Self> {
        let (by, since) = by.zip(since)?;
        let until = since.plus(claim_s);
        let handle = handle.unwrap_or_default().to_owned();
        (until > now).then_some(Self { by, handle, since, until })
    }

    /// Why somebody else cannot have it now.
    pub(super) fn refusal(&self, now: Timestamp) -> Error {
        let left = time_left(self.until, now);
        Error::conflict(format!("{} has claimed this case; it is free again in {left}.", self.handle))
    }
}

/// The claim on a case that stands now.
pub(in crate::service) fn claim_standing(case: &CaseRow, now: Timestamp, claim_s: i64) -> Option<Claim> {
    Claim::standing(case.claimed_by, case.claimer.as_deref(), case.claimed_at, now, claim_s)
}

/// Claims a case. A claim of one's own is renewed; another's can be taken over once it is over.
#[derive(Clone, Copy, Debug)]
pub struct ClaimCase {
    /// The case.
    pub case: CaseId,
}

impl Request for ClaimCase {
    type Reply = ();
    type Access = Writes;
    const NAME: &'static str = "claim case";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<()> {
        let (row, grant) = load(cx, self.case).await?;
        let (me, now, claim_s) = (cx.me()?, cx.now, cx.settings().claim_s);
        if let Some(refusal) = decided_refusal(&row) {
            return Err(refusal);
        }
        if let Some(claim) = claim_standing(&row, now, claim_s).filter(|claim| claim.by != me) {
            return Err(claim.refusal(now));
        }
        if !cases::claim(cx.conn(), &grant, self.case, me, now, now.plus(-claim_s)).await? {
            return Err(Error::conflict("Somebody else has claimed this case just now."));
        }
        cx.publish(DomainEvent::CaseChanged { case: self.case });
        Ok(())
    }
}

/// Gives an own claim back.
#[derive(Clone, Copy, Debug)]
pub struct ReleaseCase {
    /// The case.
    pub case: CaseId,
}

impl Request for ReleaseCase {
    type Reply = ();
    type Access = Writes;
    const NAME: &'static str = "release case";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<()> {
        let (_, grant) = load(cx, self.case).await?;
        let me = cx.me()?;
        if cases::release(cx.conn(), &grant, self.case, me).await? {
            cx.publish(DomainEvent::CaseChanged { case: self.case });
        }
        Ok(())
    }
}

/// Why a case that was decided cannot be decided or claimed.
pub(super) fn decided_refusal(row: &CaseRow) -> Option<Error> {
    row.decided_at?;
    let by = row.decider.as_deref().unwrap_or("somebody");
    Some(Error::conflict(format!("{by} has decided this case already. {}", row.outcome)))
}
