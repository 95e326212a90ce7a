//! The nightly part: terms that are over end, and whose term ends soon is told.

use super::{Change, record, tell};
use crate::domain::board::Audience;
use crate::domain::notification::NotificationKind;
use crate::domain::policy;
use crate::domain::time::DAY_S;
use crate::service::{Caller, Cx, Request, Result, Service, Writes};
use crate::store::roles;

/// How long before its end a member is told of it, in seconds: two weeks.
const TOLD_BEFORE_S: i64 = 14 * DAY_S;

/// Ends what is over and tells what will be.
struct KeepTerms;

impl Request for KeepTerms {
    /// How many ended, and how many were told.
    type Reply = (usize, usize);
    type Access = Writes;
    const NAME: &'static str = "keep terms";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<(usize, usize)> {
        let grant = cx.allow(&policy::KeepTerms)?;
        let now = cx.now;
        let over = roles::ending(cx.conn(), now, false).await?;
        for row in &over {
            let (member, duty) = (row.member_id, row.duty());
            roles::take(cx.conn(), &grant, member, duty).await?;
            roles::end(cx.conn(), &grant, row.id, "term over", now).await?;
            tell(cx, &grant, member, NotificationKind::RoleEnded, row.id).await?;
            let named = roles::name_of(cx.conn(), duty).await?;
            let (name, see) = named.unwrap_or_else(|| (String::new(), Audience::Members));
            record(cx, Change::Ended, (member, duty), (&name, see), "the term is over").await?;
            super::publish(cx, member, duty);
        }
        let soon = roles::ending(cx.conn(), now.plus(TOLD_BEFORE_S), true).await?;
        for row in &soon {
            roles::note_told(cx.conn(), &grant, row.id, now).await?;
            tell(cx, &grant, row.member_id, NotificationKind::RoleEnding, row.id).await?;
        }
        Ok((over.len(), soon.len()))
    }
}

/// Ends the roles whose term is over and tells those whose term ends in two weeks. Says how many of each.
///
/// # Errors
/// When the database fails; nothing is changed then.
pub async fn keep_terms(service: &Service) -> Result<(usize, usize)> {
    service.call(&Caller::host(), KeepTerms).await
}
