//! Lost keys (D9): somebody says so at the door, members who know them vouch, the member concerned can stop it, and a
//! sysop hands out a code that is good once, for a day, for a new key or password.

mod ask;
mod code;
mod list;
mod vouch;

#[cfg(test)]
mod tests;

pub use ask::AskRecovery;
pub use code::{CheckRecovery, HandOutCode, HandedOut, Recoverable, Recovered, UseRecovery};
pub use list::{ListRecoveries, Recovery};
pub use vouch::{StopRecovery, VouchRecovery};

use crate::domain::ids::RecoveryId;
use crate::domain::time::Timestamp;
use crate::service::settings::DAY_S;
use crate::service::{Access, Cx, Error, Result, Writes};
use crate::store::audit::NewAudit;
use crate::store::recovery::{self, RecoveryRow};

/// For how long a request stays open, in seconds: two weeks, as an invite does.
const OPEN_FOR_S: i64 = 14 * DAY_S;
/// For how long a code is good, in seconds (D9).
const CODE_TTL_S: i64 = DAY_S;

/// Requests that were asked after this are open.
pub(in crate::service) fn since(now: Timestamp) -> Timestamp {
    now.plus(-OPEN_FOR_S)
}

/// An open request, as the caller reads it.
async fn find<A: Access>(cx: &mut Cx<'_, A>, id: RecoveryId) -> Result<RecoveryRow> {
    let (me, since) = (cx.actor.id(), since(cx.now));
    let open = recovery::open(cx.conn(), me, since).await?;
    open.into_iter().find(|row| row.id == id).ok_or(Error::NotFound("request"))
}

/// Writes on record what was done about a lost key: for staff, not for the mod log.
async fn note(cx: &mut Cx<'_, Writes>, action: &str, row: &RecoveryRow, detail: &str) -> Result<()> {
    cx.audit(NewAudit {
        action,
        thing: "recovery",
        thing_id: row.id.0,
        target: Some(row.member_id),
        rule_no: None,
        reason: "",
        detail,
        public: false,
    })
    .await
}
