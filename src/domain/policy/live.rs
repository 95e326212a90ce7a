//! Rules for live talk: rooms and the wall.

use super::writing::may_write;
use super::{Action, Actor, Denied, SeeBoard, StartThread, active, writes};
use crate::domain::board::BoardFacts;
use crate::domain::ids::MemberId;

/// Be in a room. A board's room is for those who see the board, the hall for all members.
pub struct SeeRoom {
    /// The room's board; none for the hall.
    pub board: Option<BoardFacts>,
}

impl Action for SeeRoom {
    const NAME: &'static str = "see room";

    fn decide(&self, actor: &Actor) -> Result<(), Denied> {
        active(actor)?;
        self.board.map_or(Ok(()), |board| SeeBoard { board }.decide(actor))
    }
}

/// Say something in a room: on a board's room, whoever may write on the board.
pub struct Speak {
    /// The room's board; none for the hall.
    pub board: Option<BoardFacts>,
}

impl Action for Speak {
    const NAME: &'static str = "speak in room";

    fn decide(&self, actor: &Actor) -> Result<(), Denied> {
        SeeRoom { board: self.board }.decide(actor)?;
        self.board.map_or_else(|| writes(actor), |board| may_write(actor, &board))
    }
}

/// Edit or delete one's own line.
pub struct ChangeLine {
    /// The room's board; none for the hall.
    pub board: Option<BoardFacts>,
    /// Who said it.
    pub author: MemberId,
    /// Staff removed it.
    pub removed: bool,
}

impl Action for ChangeLine {
    const NAME: &'static str = "change line";

    fn decide(&self, actor: &Actor) -> Result<(), Denied> {
        SeeRoom { board: self.board }.decide(actor)?;
        if actor.id() != Some(self.author) {
            return Err(Denied::NotYours);
        }
        if self.removed { Err(Denied::Gone) } else { Ok(()) }
    }
}

/// Propose to keep lines of a room as a thread on a board. A board's room is kept on that board or not at all, so that
/// nothing gets out to those who cannot be in the room.
pub struct ProposeKeep {
    /// The room's board; none for the hall.
    pub room: Option<BoardFacts>,
    /// The board that the thread would be on.
    pub to: BoardFacts,
}

impl Action for ProposeKeep {
    const NAME: &'static str = "propose keeping lines";

    fn decide(&self, actor: &Actor) -> Result<(), Denied> {
        SeeRoom { board: self.room }.decide(actor)?;
        StartThread { board: self.to }.decide(actor)
    }
}

/// Answer whether one's own lines may be kept. While it is open.
pub struct AnswerKeep {
    /// The actor is among those who are asked.
    pub asked: bool,
}

impl Action for AnswerKeep {
    const NAME: &'static str = "answer keeping lines";

    fn decide(&self, actor: &Actor) -> Result<(), Denied> {
        active(actor)?;
        if self.asked { Ok(()) } else { Err(Denied::NotYours) }
    }
}

/// Settle a proposal to keep lines: the machine does it in the name of whoever proposed it, in whatever standing they
/// are by then. Whether there will be a thread is for [`StartThread`].
pub struct SettleKeep {
    /// Who proposed it.
    pub proposer: MemberId,
}

impl Action for SettleKeep {
    const NAME: &'static str = "settle keeping lines";

    fn decide(&self, actor: &Actor) -> Result<(), Denied> {
        if actor.id() == Some(self.proposer) { Ok(()) } else { Err(Denied::NotYours) }
    }
}

/// Write a line on the wall.
pub struct WriteOnWall;

impl Action for WriteOnWall {
    const NAME: &'static str = "write on wall";

    fn decide(&self, actor: &Actor) -> Result<(), Denied> {
        writes(actor)
    }
}

/// Take one's own line off the wall.
pub struct TakeOffWall {
    /// Who wrote it.
    pub author: MemberId,
}

impl Action for TakeOffWall {
    const NAME: &'static str = "take off wall";

    fn decide(&self, actor: &Actor) -> Result<(), Denied> {
        active(actor)?;
        if actor.id() == Some(self.author) { Ok(()) } else { Err(Denied::NotYours) }
    }
}
