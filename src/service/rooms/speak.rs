//! Saying a line, changing it, taking it back.

use super::{find_line, find_room, pace};
use crate::domain::draft::DraftTarget;
use crate::domain::ids::{LineId, RoomId};
use crate::domain::policy::{self, ChangeLine, Grant, KeepDrafts, SeeRoom, Speak};
use crate::domain::room::{LINE_CHARS_MAX, LineKind, line};
use crate::service::cx::load_actor;
use crate::service::filters;
use crate::service::notifications::{NotificationKind, NotificationPlace, PlaceKind, notify};
use crate::service::writing::mentions;
use crate::service::{Cx, DomainEvent, Error, Request, Result, Who, Writes};
use crate::store::rooms::{self, NewLine, RoomRow};
use crate::store::{contacts, drafts, members};

/// Says a line in a room. Whoever was away is back.
#[derive(Clone, Debug)]
pub struct Say {
    /// The room.
    pub room: RoomId,
    /// How it is said.
    pub kind: LineKind,
    /// The line, at most 500 characters.
    pub text: String,
    /// It was written in the room's field, whose draft is dropped with it.
    pub from_field: bool,
}

impl Request for Say {
    type Reply = LineId;
    type Access = Writes;
    const NAME: &'static str = "say";

    fn filtered_text(&self) -> Option<String> {
        checked(&self.text).ok()
    }

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<LineId> {
        let room = find_room(cx, self.room).await?;
        let grant = cx.allow(&Speak { board: room.board_facts() })?;
        let text = checked(&self.text)?;
        filters::check_words(cx, room.board_id, &text).await?;
        pace::may_speak(cx).await?;
        let (me, now) = (cx.me()?, cx.now);
        let new = NewLine { room: room.id, author: me, kind: self.kind, body: &text, at: now };
        let line = rooms::insert(cx.conn(), &grant, new).await?;
        tell_named(cx, &grant, &room, &text).await?;
        if self.from_field {
            let keep = cx.allow(&KeepDrafts)?;
            drafts::remove(cx.conn(), &keep, me, &DraftTarget::Room(room.id)).await?;
        }
        if cx.presence().set_away(me, None) {
            cx.publish(DomainEvent::PresenceChanged);
        }
        cx.publish(DomainEvent::LineSaid { room: room.id, line, author: me });
        Ok(line)
    }
}

fn checked(text: &str) -> Result<String> {
    line(text, LINE_CHARS_MAX).map_err(|why| Error::invalid(why.to_string()))
}

/// Tells those who are named, if they may be in the room, are not in it, and nothing stands between them and the one who
/// speaks: neither an ignore nor a block.
async fn tell_named(cx: &mut Cx<'_, Writes>, grant: &Grant<Speak>, room: &RoomRow, text: &str) -> Result<()> {
    let me = cx.me()?;
    let place = NotificationPlace::new(PlaceKind::Room, room.id.0);
    for fold in mentions(text) {
        let Some(named) = members::by_fold(cx.conn(), &fold).await? else { continue };
        let now = cx.now;
        let actor = load_actor(cx.conn(), &Who::Member(named.id), now).await?;
        let may = actor.is_active() && policy::allow(&actor, &SeeRoom { board: room.board_facts() }).is_ok();
        if !may || cx.presence().is_in_room(named.id, room.id) {
            continue;
        }
        let hidden = rooms::ignores(cx.conn(), named.id, me).await?
            || contacts::is_blocked(cx.conn(), me, named.id).await?;
        if !hidden {
            notify(cx, grant, named.id, NotificationKind::Mention, place).await?;
        }
    }
    Ok(())
}

/// Gives one's own line another text. It is marked as edited.
#[derive(Clone, Debug)]
pub struct EditLine {
    /// Which.
    pub line: LineId,
    /// The text.
    pub text: String,
}

impl Request for EditLine {
    type Reply = ();
    type Access = Writes;
    const NAME: &'static str = "edit line";

    fn filtered_text(&self) -> Option<String> {
        checked(&self.text).ok()
    }

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<()> {
        let (row, room) = find_line(cx, self.line).await?;
        let board = room.board_facts();
        let grant = cx.allow(&ChangeLine { board, author: row.author_id, removed: row.removed })?;
        // Who may not speak here any more may still take a line back, but not say something else.
        cx.allow(&Speak { board })?;
        let text = checked(&self.text)?;
        if text == row.body {
            return Ok(());
        }
        filters::check_words(cx, room.board_id, &text).await?;
        let now = cx.now;
        rooms::update(cx.conn(), &grant, row.id, &text, now).await?;
        cx.publish(DomainEvent::LineChanged { room: room.id, line: row.id });
        Ok(())
    }
}

/// Deletes one's own line. Nothing is left of it; a report that quotes it keeps what it quotes.
#[derive(Clone, Copy, Debug)]
pub struct DeleteLine {
    /// Which.
    pub line: LineId,
}

impl Request for DeleteLine {
    type Reply = ();
    type Access = Writes;
    const NAME: &'static str = "delete line";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<()> {
        let (row, room) = find_line(cx, self.line).await?;
        let board = room.board_facts();
        let grant = cx.allow(&ChangeLine { board, author: row.author_id, removed: row.removed })?;
        rooms::delete(cx.conn(), &grant, row.id).await?;
        cx.publish(DomainEvent::LineChanged { room: room.id, line: row.id });
        Ok(())
    }
}
