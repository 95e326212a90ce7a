//! Marking a whole board as read, and taking it back.

use crate::domain::ids::{BoardId, PostId};
use crate::domain::policy::{Denied, KeepMarks, SeeBoard};
use crate::service::{Cx, DomainEvent, Error, Request, Result, Writes};
use crate::store::boards;
use crate::store::reading::{self, BoardMarks};

/// Marks a board as read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MarkBoardRead {
    /// The board.
    pub board: BoardId,
    /// The newest post when the member's list was read: what was written since was never in it and stays unread.
    pub upto: PostId,
}

/// What was marked on a board before, to be put back by [`UndoBoardRead`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BoardUndo {
    board: BoardId,
    before: BoardMarks,
}

impl BoardUndo {
    /// The board.
    pub fn board(&self) -> BoardId {
        self.board
    }
}

impl Request for MarkBoardRead {
    type Reply = BoardUndo;
    type Access = Writes;
    const NAME: &'static str = "mark board read";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<BoardUndo> {
        let grant = cx.allow(&KeepMarks)?;
        let me = cx.me()?;
        see(cx, self.board).await?;
        let newest = reading::newest_post(cx.conn()).await?;
        let upto = self.upto.min(newest);
        let before = reading::mark_board_read(cx.conn(), &grant, me, self.board, upto).await?;
        cx.publish(DomainEvent::MarksChanged { member: me });
        Ok(BoardUndo { board: self.board, before })
    }
}

/// Puts a board's marks back as they were. What was read since stays read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UndoBoardRead(pub BoardUndo);

impl Request for UndoBoardRead {
    type Reply = ();
    type Access = Writes;
    const NAME: &'static str = "undo mark board";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<()> {
        let grant = cx.allow(&KeepMarks)?;
        let me = cx.me()?;
        let BoardUndo { board, before } = self.0;
        see(cx, board).await?;
        reading::restore_board(cx.conn(), &grant, me, board, &before).await?;
        cx.publish(DomainEvent::MarksChanged { member: me });
        Ok(())
    }
}

/// Refuses boards that the actor does not see, in the words for a board that is not there.
pub(super) async fn see(cx: &mut Cx<'_, Writes>, board: BoardId) -> Result<()> {
    let row = boards::get(cx.conn(), board).await?.ok_or(Error::NotFound("board"))?;
    cx.allow(&SeeBoard { board: row.facts() }).map_err(|why| match why {
        Error::Denied(Denied::NotVisible) => Error::NotFound("board"),
        other => other,
    })?;
    Ok(())
}
