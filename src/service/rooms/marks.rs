//! What a member has seen, and whom they ignore.

use super::find_room;
use crate::domain::ids::{LineId, RoomId};
use crate::domain::policy::KeepMarks;
use crate::service::notifications::{NotificationPlace, PlaceKind, see_place};
use crate::service::{Cx, DomainEvent, Error, Request, Result, Writes};
use crate::store::{members, rooms};

/// Unread lines are counted up to here: "99+" says enough after that.
pub const UNREAD_COUNTED_MAX: i64 = 100;

/// Notes that everything in a room up to a line was shown; what was said to one there is no news any longer.
#[derive(Clone, Copy, Debug)]
pub struct MarkRoom {
    /// The room.
    pub room: RoomId,
    /// The last line that was shown.
    pub upto: LineId,
}

impl Request for MarkRoom {
    type Reply = ();
    type Access = Writes;
    const NAME: &'static str = "mark room";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<()> {
        find_room(cx, self.room).await?;
        let grant = cx.allow(&KeepMarks)?;
        let me = cx.me()?;
        // A mark behind the last line would hide lines that are still to come.
        let newest = rooms::newest(cx.conn(), self.room).await?;
        let moved = rooms::mark(cx.conn(), &grant, me, self.room, self.upto.min(newest)).await?;
        see_place(cx, &grant, NotificationPlace::new(PlaceKind::Room, self.room.0)).await?;
        if moved {
            cx.publish(DomainEvent::MarksChanged { member: me });
        }
        Ok(())
    }
}

/// Hides somebody's lines in all rooms from oneself, or shows them again. Nobody is told.
#[derive(Clone, Debug)]
pub struct Ignore {
    /// Whose lines.
    pub handle: String,
    /// Hide them, or show them again.
    pub on: bool,
}

impl Request for Ignore {
    /// The handle as its owner writes it, and whether their lines are hidden now.
    type Reply = (String, bool);
    type Access = Writes;
    const NAME: &'static str = "ignore";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<(String, bool)> {
        let grant = cx.allow(&KeepMarks)?;
        let me = cx.me()?;
        let fold = self.handle.trim().to_ascii_lowercase();
        let found = members::by_fold(cx.conn(), &fold).await?.ok_or(Error::NotFound("member"))?;
        if found.id == me {
            return Err(Error::invalid("You cannot ignore yourself."));
        }
        rooms::ignore(cx.conn(), &grant, me, found.id, self.on).await?;
        cx.publish(DomainEvent::MarksChanged { member: me });
        Ok((found.handle, self.on))
    }
}
