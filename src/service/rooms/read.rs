//! Reading a room: opening it, what came since, what was before, one line again, who is in it.

use super::{find_line, find_room, name_of, oldest};
use crate::domain::ids::{BoardId, LineId, MemberId, RoomId};
use crate::domain::policy::{Speak, TidyBoard};
use crate::domain::room::LineKind;
use crate::domain::time::Timestamp;
use crate::service::{Access, Cx, Error, Reads, Request, Result};
use crate::store::people;
use crate::store::rooms::{self, AskRow, LineRow, RoomRow};

/// Lines that come at once.
const PAGE: i64 = 200;
/// People in the room who are named.
const NAMED_MAX: usize = 60;

/// Opens a room with its newest lines.
#[derive(Clone, Copy, Debug)]
pub struct OpenRoom {
    /// Which.
    pub room: RoomId,
}

/// A room, without its lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoomHead {
    /// Its id.
    pub id: RoomId,
    /// Its board; none for the hall.
    pub board: Option<BoardId>,
    /// Its name on screens.
    pub name: String,
    /// Why one may not speak here, if so.
    pub mute: Option<String>,
    /// Whether one may close it.
    pub may_arrange: bool,
}

/// A room with its newest lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoomView {
    /// The room.
    pub head: RoomHead,
    /// The newest lines, in order.
    pub lines: Vec<LineView>,
    /// Whether there are lines before them.
    pub more_above: bool,
    /// Up to where the member has seen the room.
    pub read_to: LineId,
    /// Who is in it.
    pub here: Vec<InRoom>,
    /// What the member is asked about lines of this room.
    pub asks: Vec<AskRow>,
    /// Whom the member ignores.
    pub ignored: Vec<String>,
}

/// A line, as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineView {
    /// Its id.
    pub id: LineId,
    /// Who said it.
    pub author_id: MemberId,
    /// Their handle.
    pub author: String,
    /// How.
    pub kind: LineKind,
    /// What; empty when staff removed it.
    pub text: String,
    /// When.
    pub at: Timestamp,
    /// It was edited.
    pub edited: bool,
    /// Staff removed it.
    pub removed: bool,
    /// The one who asks said it.
    pub mine: bool,
}

/// Somebody in a room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InRoom {
    /// Who.
    pub member: MemberId,
    /// Their handle.
    pub handle: String,
    /// They are away.
    pub away: bool,
}

impl Request for OpenRoom {
    type Reply = RoomView;
    type Access = Reads;
    const NAME: &'static str = "open room";

    async fn run(self, cx: &mut Cx<'_, Reads>) -> Result<RoomView> {
        let room = find_room(cx, self.room).await?;
        let (me, now) = (cx.me()?, cx.now);
        let end = LineId(i64::MAX);
        let mut rows = rooms::before(cx.conn(), self.room, end, oldest(now), me, PAGE + 1).await?;
        let more_above = has_more(&rows);
        if more_above {
            rows.remove(0);
        }
        let mut asks = rooms::asked_of(cx.conn(), me, now).await?;
        asks.retain(|ask| ask.room_id == self.room);
        Ok(RoomView {
            lines: rows.into_iter().map(|row| view(row, me)).collect(),
            more_above,
            read_to: rooms::read_to(cx.conn(), me, self.room).await?,
            here: in_room(cx, self.room).await?,
            asks,
            ignored: rooms::ignored(cx.conn(), me).await?,
            head: head(cx, room),
        })
    }
}

fn head(cx: &Cx<'_, Reads>, room: RoomRow) -> RoomHead {
    let board = room.board_facts();
    let mute = cx.allow(&Speak { board }).err().map(|why| why.to_string());
    let may_arrange = board.is_some_and(|board| cx.allow(&TidyBoard { board }).is_ok());
    RoomHead { id: room.id, board: room.board_id, name: name_of(&room), mute, may_arrange }
}

fn has_more(rows: &[LineRow]) -> bool {
    i64::try_from(rows.len()).unwrap_or(i64::MAX) > PAGE
}

fn view(row: LineRow, me: MemberId) -> LineView {
    LineView {
        id: row.id,
        mine: row.author_id == me,
        author_id: row.author_id,
        author: row.author,
        kind: row.kind,
        text: row.body,
        at: row.said_at,
        edited: row.edited_at.is_some(),
        removed: row.removed,
    }
}

/// Asks for what was said behind a line: what a session reads when it hears that something was said.
#[derive(Clone, Copy, Debug)]
pub struct ReadLines {
    /// The room.
    pub room: RoomId,
    /// The last line that the session has.
    pub after: LineId,
}

impl Request for ReadLines {
    /// The lines in order; as many as come at once where more have come, and then the session asks again.
    type Reply = Vec<LineView>;
    type Access = Reads;
    const NAME: &'static str = "read lines";

    async fn run(self, cx: &mut Cx<'_, Reads>) -> Result<Vec<LineView>> {
        find_room(cx, self.room).await?;
        let (me, since) = (cx.me()?, oldest(cx.now));
        let rows = rooms::after(cx.conn(), self.room, self.after, since, me, PAGE).await?;
        Ok(rows.into_iter().map(|row| view(row, me)).collect())
    }
}

/// Asks for what was said before a line.
#[derive(Clone, Copy, Debug)]
pub struct ReadEarlier {
    /// The room.
    pub room: RoomId,
    /// The first line that the session has.
    pub before: LineId,
}

impl Request for ReadEarlier {
    /// The lines in order, and whether there are more before them.
    type Reply = (Vec<LineView>, bool);
    type Access = Reads;
    const NAME: &'static str = "read earlier lines";

    async fn run(self, cx: &mut Cx<'_, Reads>) -> Result<(Vec<LineView>, bool)> {
        find_room(cx, self.room).await?;
        let (me, since) = (cx.me()?, oldest(cx.now));
        let mut rows = rooms::before(cx.conn(), self.room, self.before, since, me, PAGE + 1).await?;
        let more = has_more(&rows);
        if more {
            rows.remove(0);
        }
        Ok((rows.into_iter().map(|row| view(row, me)).collect(), more))
    }
}

/// Asks for one line again, because it was changed.
#[derive(Clone, Copy, Debug)]
pub struct ReadLine {
    /// Which.
    pub line: LineId,
}

impl Request for ReadLine {
    /// The line; none when it is not there any more, or not shown to the one who asks.
    type Reply = (LineId, Option<LineView>);
    type Access = Reads;
    const NAME: &'static str = "read line";

    async fn run(self, cx: &mut Cx<'_, Reads>) -> Result<(LineId, Option<LineView>)> {
        let me = cx.me()?;
        let found = match find_line(cx, self.line).await {
            Ok((row, _)) => Some(row),
            Err(Error::NotFound(_)) => None,
            Err(other) => return Err(other),
        };
        let shown = match found {
            Some(row) if !rooms::ignores(cx.conn(), me, row.author_id).await? => Some(view(row, me)),
            _ => None,
        };
        Ok((self.line, shown))
    }
}

/// Asks who is in a room.
#[derive(Clone, Copy, Debug)]
pub struct WhoIsInRoom {
    /// Which.
    pub room: RoomId,
}

impl Request for WhoIsInRoom {
    type Reply = Vec<InRoom>;
    type Access = Reads;
    const NAME: &'static str = "who is in room";

    async fn run(self, cx: &mut Cx<'_, Reads>) -> Result<Vec<InRoom>> {
        find_room(cx, self.room).await?;
        in_room(cx, self.room).await
    }
}

async fn in_room<A: Access>(cx: &mut Cx<'_, A>, room: RoomId) -> Result<Vec<InRoom>> {
    let now = cx.now;
    let here = cx.presence().members().into_iter().filter(|here| here.room == Some(room));
    let here: Vec<_> = here.take(NAMED_MAX).collect();
    let ids: Vec<MemberId> = here.iter().map(|one| one.member).collect();
    let handles = people::active_handles(cx.conn(), &ids, now).await?;
    let named = here.into_iter().filter_map(|one| {
        let (member, handle) = handles.iter().find(|(member, _)| *member == one.member)?.clone();
        Some(InRoom { member, handle, away: one.away_at(now).is_some() })
    });
    Ok(named.collect())
}
