//! Which rooms there are.

use super::marks::UNREAD_COUNTED_MAX;
use super::{name_of, oldest};
use crate::domain::ids::{BoardId, RoomId};
use crate::domain::policy::LookAround;
use crate::service::{Cx, Reads, Request, Result};
use crate::store::rooms;

/// Lists the rooms that the actor may be in: the hall first, then those of boards in the boards' order.
#[derive(Clone, Copy, Debug)]
pub struct ListRooms;

/// A room in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoomSummary {
    /// Its id.
    pub id: RoomId,
    /// Its board; none for the hall.
    pub board: Option<BoardId>,
    /// Its name on screens: the board's, or `hall`.
    pub name: String,
    /// Its name in commands: the board's, or `hall`.
    pub slug: String,
    /// Lines that the member has not seen, counted up to [`UNREAD_COUNTED_MAX`]: as many as the room shows below "new
    /// since you were here".
    pub unread: i64,
    /// How many are in it now, oneself included.
    pub here: usize,
}

impl Request for ListRooms {
    type Reply = Vec<RoomSummary>;
    type Access = Reads;
    const NAME: &'static str = "list rooms";

    async fn run(self, cx: &mut Cx<'_, Reads>) -> Result<Vec<RoomSummary>> {
        cx.allow(&LookAround)?;
        let (me, since) = (cx.me()?, oldest(cx.now));
        let clearance = cx.actor.clearance();
        let here = cx.presence().members();
        let mut list = Vec::new();
        for room in rooms::list(cx.conn(), clearance, me, since, UNREAD_COUNTED_MAX).await? {
            let rooms::ListedRoom { row, unread } = room;
            let here = here.iter().filter(|present| present.room == Some(row.id)).count();
            let name = name_of(&row);
            let slug = row.slug.unwrap_or_else(|| super::HALL.to_owned());
            list.push(RoomSummary { id: row.id, board: row.board_id, name, slug, unread, here });
        }
        Ok(list)
    }
}
