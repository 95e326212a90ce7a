//! Asking to leave, and staying after all. Nobody else is told before it is carried out.

use crate::domain::leaving::{CHANGE_OF_MIND_S, LeavingWay};
use crate::domain::member::Role;
use crate::domain::policy::LeaveHob;
use crate::domain::time::Timestamp;
use crate::service::{Cx, DomainEvent, Error, Request, Result, Writes};
use crate::store::leaving::{self, LeavingRow};
use crate::store::members;

/// Asks to leave, in one of three ways. It is carried out in seven days; asking again begins them anew.
#[derive(Clone, Debug)]
pub struct AskToLeave {
    /// What is to remain.
    pub way: LeavingWay,
    /// The caller's handle, typed: nobody leaves by a slip of the hand.
    pub handle: String,
}

/// That the caller is leaving.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Leaving {
    /// What is to remain.
    pub way: LeavingWay,
    /// When it is carried out: the first night from then on.
    pub due_at: Timestamp,
}

impl From<LeavingRow> for Leaving {
    fn from(row: LeavingRow) -> Self {
        Self { way: row.way, due_at: row.due_at }
    }
}

impl Request for AskToLeave {
    type Reply = Leaving;
    type Access = Writes;
    const NAME: &'static str = "ask to leave";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<Leaving> {
        let grant = cx.allow(&LeaveHob)?;
        let (me, now) = (cx.me()?, cx.now);
        let (handle, _) = members::name_and_zone(cx.conn(), me).await?;
        if !self.handle.trim().eq_ignore_ascii_case(&handle) {
            return Err(Error::invalid(format!(
                "That is not your handle, so nothing is done. Type {handle} to leave."
            )));
        }
        refuse_last_sysop(cx).await?;
        let row =
            LeavingRow { member_id: me, way: self.way, asked_at: now, due_at: now.plus(CHANGE_OF_MIND_S) };
        leaving::ask(cx.conn(), &grant, &row).await?;
        cx.publish(DomainEvent::MemberChanged { member: me });
        Ok(row.into())
    }
}

/// A place without a sysop could not be looked after from within.
async fn refuse_last_sysop(cx: &mut Cx<'_, Writes>) -> Result<()> {
    let me = cx.me()?;
    if cx.actor.role() == Role::Sysop && !leaving::other_sysop(cx.conn(), me).await? {
        return Err(Error::conflict("You are the only sysop. Make somebody else one first, then leave."));
    }
    Ok(())
}

/// Stays after all.
#[derive(Clone, Copy, Debug)]
pub struct Stay;

impl Request for Stay {
    type Reply = ();
    type Access = Writes;
    const NAME: &'static str = "stay";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<()> {
        let grant = cx.allow(&LeaveHob)?;
        let me = cx.me()?;
        if !leaving::stay(cx.conn(), &grant, me).await? {
            return Err(Error::conflict("You were not leaving: all is as it was."));
        }
        cx.publish(DomainEvent::MemberChanged { member: me });
        Ok(())
    }
}
