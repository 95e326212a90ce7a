//! What a member follows and mutes (R8).

use crate::domain::board::{BoardChoice, ThreadChoice};
use crate::domain::ids::{BoardId, ThreadId};
use crate::domain::policy::KeepMarks;
use crate::service::threads::see;
use crate::service::{Cx, DomainEvent, Request, Result, Writes};
use crate::store::{boards, reading};

/// Follows a thread, mutes it, or neither.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChooseThread {
    /// The thread.
    pub thread: ThreadId,
    /// The choice; none takes an earlier one back.
    pub choice: Option<ThreadChoice>,
}

impl Request for ChooseThread {
    type Reply = ();
    type Access = Writes;
    const NAME: &'static str = "choose thread";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<()> {
        let grant = cx.allow(&KeepMarks)?;
        let me = cx.me()?;
        see(cx, self.thread).await?;
        reading::choose_thread(cx.conn(), &grant, me, self.thread, self.choice).await?;
        cx.publish(DomainEvent::MarksChanged { member: me });
        Ok(())
    }
}

/// Mutes a board, or subscribes to it again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MuteBoard {
    /// The board.
    pub board: BoardId,
    /// Mute it; otherwise subscribe.
    pub muted: bool,
}

impl Request for MuteBoard {
    type Reply = ();
    type Access = Writes;
    const NAME: &'static str = "mute board";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<()> {
        let grant = cx.allow(&KeepMarks)?;
        let me = cx.me()?;
        super::board::see(cx, self.board).await?;
        let choice = if self.muted { BoardChoice::Muted } else { BoardChoice::Subscribed };
        boards::choose(cx.conn(), &grant, me, self.board, choice).await?;
        cx.publish(DomainEvent::MarksChanged { member: me });
        Ok(())
    }
}
