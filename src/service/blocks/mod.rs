//! Mutes and blocks between members (P7), not announced. A mute: one does not see them. A block: no contact either way.
//! Whoever is blocked reads the same words as for somebody who lets nobody begin; nothing here tells one member about
//! another one's list. What follows from them everywhere else hangs on three views of the schema: `unseen_by` (whose
//! words one does not want to see), `kept_apart` (who does not reach one) and `room_hidden`. `matrix_tests.rs` is the
//! whole table.

#[cfg(test)]
mod matrix_tests;
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

/// Mutes a member, or no longer: what they do is not shown to the caller. Nobody is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MuteMember {
    /// Whom.
    pub member: MemberId,
    /// Muted, or no longer.
    pub muted: bool,
}

impl Request for MuteMember {
    type Reply = ();
    type Access = Writes;
    const NAME: &'static str = "mute member";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<()> {
        let Self { member, muted } = self;
        let grant = cx.allow(&policy::MuteMember { member })?;
        let (me, now) = (cx.me()?, cx.now);
        members::account(cx.conn(), member, now).await?.ok_or(Error::NotFound("member"))?;
        if muted {
            contacts::mute(cx.conn(), &grant, me, member, now).await?;
        } else {
            contacts::unmute(cx.conn(), &grant, me, member).await?;
        }
        // Only one's own sessions hear of it.
        cx.publish(DomainEvent::MemberChanged { member: me });
        Ok(())
    }
}

/// Asks whom one has muted and blocked.
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
    /// Muted; else blocked. Somebody may be both.
    pub muted: bool,
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
            muted: row.muted,
        };
        Ok(rows.into_iter().map(blocked).collect())
    }
}
