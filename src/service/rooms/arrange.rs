//! Opening and closing the room of a board.

use crate::domain::ids::{BoardId, RoomId};
use crate::domain::policy::{LookAround, TidyBoard};
use crate::service::{Cx, DomainEvent, Error, Request, Result, Writes};
use crate::store::audit::NewAudit;
use crate::store::{boards, rooms};

/// Opens a board's room, or closes it: its host or staff. What was said in a closed one fades as it would have.
#[derive(Clone, Copy, Debug)]
pub struct ArrangeRoom {
    /// The board.
    pub board: BoardId,
    /// Open it, or close it.
    pub open: bool,
}

impl Request for ArrangeRoom {
    type Reply = RoomId;
    type Access = Writes;
    const NAME: &'static str = "arrange room";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<RoomId> {
        cx.allow(&LookAround)?;
        let board = boards::get(cx.conn(), self.board).await?.ok_or(Error::NotFound("board"))?;
        let grant = cx.allow(&TidyBoard { board: board.facts() })?;
        let now_open = rooms::of_board(cx.conn(), board.id).await?.is_some_and(|room| room.open);
        if now_open == self.open {
            let words = if self.open { "This board has a room already." } else { "This board has no room." };
            return Err(Error::conflict(words));
        }
        if self.open && board.archived {
            return Err(Error::conflict("This board is archived: nothing is added to it."));
        }
        let now = cx.now;
        let room = rooms::arrange(cx.conn(), &grant, board.id, self.open, now).await?;
        cx.audit(NewAudit {
            action: if self.open { "room.open" } else { "room.close" },
            thing: "board",
            thing_id: board.id.0,
            target: None,
            rule_no: None,
            reason: "",
            detail: "",
            public: false,
        })
        .await?;
        cx.publish(DomainEvent::RoomChanged { room });
        Ok(room)
    }
}
