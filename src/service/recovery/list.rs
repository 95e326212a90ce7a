//! Who asks to get back in.

use super::since;
use crate::domain::ids::{MemberId, RecoveryId};
use crate::domain::policy::{HandOutCode, SeeRecoveries, StopRecovery, VouchRecovery, allow};
use crate::domain::time::Timestamp;
use crate::service::{Cx, Reads, Request, Result};
use crate::store::{contacts, recovery};

/// Asks who says that they lost their key. For members: those who know them vouch.
#[derive(Clone, Copy, Debug)]
pub struct ListRecoveries;

/// Somebody who says that they lost their key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recovery {
    /// The request.
    pub id: RecoveryId,
    /// Whose account.
    pub member: MemberId,
    /// The handle.
    pub handle: String,
    /// When it was asked.
    pub asked_at: Timestamp,
    /// How many have vouched.
    pub vouches: i64,
    /// The caller is one of them.
    pub vouched: bool,
    /// A code was handed out and is good until then.
    pub code_until: Option<Timestamp>,
    /// The caller may vouch.
    pub may_vouch: bool,
    /// The caller may stop it.
    pub may_stop: bool,
    /// The caller may hand out the code.
    pub may_hand_out: bool,
}

impl Request for ListRecoveries {
    type Reply = Vec<Recovery>;
    type Access = Reads;
    const NAME: &'static str = "list recoveries";

    async fn run(self, cx: &mut Cx<'_, Reads>) -> Result<Vec<Recovery>> {
        cx.allow(&SeeRecoveries)?;
        let (me, now) = (cx.actor.id(), cx.now);
        let mut list = Vec::new();
        for row in recovery::open(cx.conn(), me, since(now)).await? {
            let member = row.member_id;
            let blocked = match me {
                Some(me) => contacts::is_blocked(cx.conn(), me, member).await?,
                None => false,
            };
            list.push(Recovery {
                id: row.id,
                member,
                handle: row.handle,
                asked_at: row.asked_at,
                vouches: row.vouches + i64::from(row.vouched),
                vouched: row.vouched,
                code_until: row.code_expires_at.filter(|until| row.code_hash.is_some() && *until > now),
                may_vouch: !row.vouched && allow(&cx.actor, &VouchRecovery { member, blocked }).is_ok(),
                may_stop: allow(&cx.actor, &StopRecovery { member }).is_ok(),
                may_hand_out: allow(&cx.actor, &HandOutCode { member, vouches: row.vouches }).is_ok(),
            });
        }
        Ok(list)
    }
}
