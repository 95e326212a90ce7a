//! Reports and cases: what members report, the queue of the staff, claiming and deciding. Nobody sees, let alone
//! handles, a case they are part of (M4): each request asks `policy::HandleCase` about each case.

mod appeals;
mod claim;
mod decide;
mod invite;
mod jury;
#[cfg(test)]
mod jury_tests;
mod matters;
#[cfg(test)]
mod matters_tests;
mod mine;
mod open;
mod queue;
mod report;

#[cfg(test)]
mod fairness_tests;
#[cfg(test)]
mod graph_tests;
#[cfg(test)]
mod loose_tests;
#[cfg(test)]
mod message_tests;
#[cfg(test)]
pub(crate) mod scene;
#[cfg(test)]
mod tests;

pub use appeals::{APPEAL_CHARS_MAX, Appeal, AppealAct, AppealTo, AppealWays, AppealWith, Ways};
pub use claim::{Claim, ClaimCase, ReleaseCase};
pub use decide::{DecideCase, Decided};
pub use invite::{InviteReportForm, ReportInvite};
pub use jury::{DeclineJury, JuryFile, KeepJuries, OpenJury, VoteOnAppeal};
pub use matters::{AskForSecond, DecideMatter, MatterDecided, MatterFile, OpenMatter};
pub use mine::{MyReports, OwnReport};
pub use open::{CaseFile, CaseReport, ContextPost, OpenCase, PastAct};
pub use queue::{ListQueue, Queue, QueueItem, QueueKind};
pub use report::{ReportForm, ReportSubject, ReportThing, Reported};

pub(super) use appeals::appeal_state;
pub(super) use claim::claim_standing;

use crate::domain::ids::CaseId;
use crate::domain::policy::{Grant, HandleCase};
use crate::service::{Access, Cx, Error, Result};
use crate::store::cases::{self, CaseRow};

/// Loads a case that the actor may handle. For one they are part of the words are those of one that is not there.
pub(in crate::service) async fn load<A: Access>(
    cx: &mut Cx<'_, A>,
    case: CaseId,
) -> Result<(CaseRow, Grant<HandleCase>)> {
    cx.allow(&crate::domain::policy::SeeQueue)?;
    let me = cx.actor.id();
    let row = cases::get(cx.conn(), case, me).await?.ok_or(Error::NotFound("case"))?;
    let grant = cx.allow(&row.facts()).map_err(|_| Error::NotFound("case"))?;
    Ok((row, grant))
}
