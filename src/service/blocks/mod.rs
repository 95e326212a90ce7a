//! Blocks between members: no contact either way by message or nudge, not announced (P7). Whoever is blocked reads
//! the same words as for somebody who lets nobody begin; nothing here tells one member about another one's list.

#[cfg(test)]
mod tests;

use crate::domain::ids::MemberId;
use crate::domain::policy::{self, LookAround};
use crate::domain::time::Timestamp;
use crate::service::{Cx, DomainEvent, Error, Reads, Request, Result, Writes};
use crate::store::{contacts, members};

/// Blocks a member, or no longer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BlockMember {
    /// Whom.
    pub member: MemberId,
    /// Blocked, or no longer.
    pub blocked: bool,
}

impl Request for BlockMember {
    type Reply = ();
    type Access = Writes;
    const NAME: &'static str = "block member";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<()> {
        let Self { member, blocked } = self;
        let grant = cx.allow(&policy::BlockMember { member })?;
        let (me, now) = (cx.me()?, cx.now);
        members::account(cx.conn(), member, now).await?.ok_or(Error::NotFound("member"))?;
        if blocked {
            contacts::block(cx.conn(), &grant, me, member, now).await?;
        } else {
            contacts::unblock(cx.conn(), &grant, me, member).await?;
        }
        // Only one's own sessions hear of it.
        cx.publish(DomainEvent::MemberChanged { member: me });
        Ok(())
    }
}

/// Asks whom one has blocked.
#[derive(Clone, Copy, Debug)]
pub struct ListBlocks;

/// Somebody on one's own list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blocked {
    /// Who.
    pub member: MemberId,
    /// Their handle.
    pub handle: String,
    /// Since when.
    pub since: Timestamp,
}

impl Request for ListBlocks {
    /// In order of handle.
    type Reply = Vec<Blocked>;
    type Access = Reads;
    const NAME: &'static str = "list blocks";

    async fn run(self, cx: &mut Cx<'_, Reads>) -> Result<Vec<Blocked>> {
        cx.allow(&LookAround)?;
        let me = cx.me()?;
        let rows = contacts::blocks(cx.conn(), me).await?;
        let blocked = |row: contacts::BlockRow| Blocked {
            member: row.member,
            handle: row.handle,
            since: row.created_at,
        };
        Ok(rows.into_iter().map(blocked).collect())
    }
}
