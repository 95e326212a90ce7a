//! Rooms (L2): live talk in lines that live for a day. One hall for all members, and a room for each board whose host
//! or staff want one, with the board's audience. An event says only that a line came; each session then reads the lines
//! behind the last one it has, as its own member.

mod arrange;
mod keep;
mod list;
mod marks;
mod pace;
mod read;
mod speak;

#[cfg(test)]
mod keep_tests;
#[cfg(test)]
mod tests;

pub use arrange::ArrangeRoom;
pub use keep::{AnswerKeep, ProposeKeep, Proposed, SettleKeep};
pub use list::{ListRooms, RoomSummary};
pub use marks::{Ignore, MarkRoom, UNREAD_COUNTED_MAX};
pub use read::{
    InRoom, LineView, OpenRoom, ReadEarlier, ReadLine, ReadLines, RoomHead, RoomView, WhoIsInRoom,
};
pub use speak::{DeleteLine, EditLine, Say};

pub use crate::store::rooms::AskRow as KeepAsk;

use crate::domain::ids::{LineId, RoomId};
use crate::domain::policy::{Denied, LookAround, SeeRoom};
use crate::domain::room::LINE_LIVES_S;
use crate::domain::time::Timestamp;
use crate::service::writing::mentions;
use crate::service::{Access, Cx, Error, Result};
use crate::store::rooms::{self, LineRow, RoomRow};

/// What the hall is called.
pub const HALL: &str = "hall";

/// Whether a line names somebody, by their handle.
pub fn names(text: &str, handle: &str) -> bool {
    mentions(text).iter().any(|named| named.eq_ignore_ascii_case(handle))
}

/// The name of a room on screens: its board's, or that of the hall.
fn name_of(room: &RoomRow) -> String {
    room.name.clone().unwrap_or_else(|| HALL.to_owned())
}

/// A room that is open and that the actor may be in.
async fn find_room<A: Access>(cx: &mut Cx<'_, A>, room: RoomId) -> Result<RoomRow> {
    // First what a room that is there would say, so that the answer does not tell which ones are.
    cx.allow(&LookAround)?;
    let row = rooms::get(cx.conn(), room).await?.filter(|row| row.open).ok_or(Error::NotFound("room"))?;
    cx.allow(&SeeRoom { board: row.board_facts() }).map_err(|why| match why {
        Error::Denied(Denied::NotVisible) => Error::NotFound("room"),
        other => other,
    })?;
    Ok(row)
}

/// A line that is still shown, and its room, for those who may be in it.
pub(in crate::service) async fn find_line<A: Access>(
    cx: &mut Cx<'_, A>,
    line: LineId,
) -> Result<(LineRow, RoomRow)> {
    cx.allow(&LookAround)?;
    let oldest = oldest(cx.now);
    let found = rooms::find(cx.conn(), line).await?.filter(|line| line.said_at >= oldest);
    let found = found.ok_or(Error::NotFound("line"))?;
    let room = find_room(cx, found.room_id).await.map_err(|why| match why {
        Error::NotFound(_) => Error::NotFound("line"),
        other => other,
    })?;
    Ok((found, room))
}

/// Lines from before this are not shown any more.
fn oldest(now: Timestamp) -> Timestamp {
    now.plus(-LINE_LIVES_S)
}
