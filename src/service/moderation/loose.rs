//! Loose things: lines in rooms and on the wall, tags, invites. Who may name one, and what it is once it is not there
//! any more: a line lives for a day, a case about it for longer.

use crate::domain::ids::{BoardId, InviteId, MemberId, RoomId};
use crate::domain::moderation::{Thing, ThingKind};
use crate::domain::policy::{LookAround, SeeQueue};
use crate::domain::room::WALL_LIVES_S;
use crate::domain::time::{Timestamp, Zone, date};
use crate::service::rooms::find_line;
use crate::service::{Access, Cx, DomainEvent, Error, Result};
use crate::store::loose::{self, LooseRow};
use crate::store::{cases, tag_people};

/// A loose thing.
pub(in crate::service) struct Loose {
    /// Whose it is.
    pub author_id: MemberId,
    /// What it says, as a report keeps it.
    pub text: String,
    /// A tag's name, with its `#`.
    pub name: Option<String>,
    /// The room of a line.
    pub room_id: Option<RoomId>,
    /// That room's board.
    pub board_id: Option<BoardId>,
    /// How it stands.
    pub state: LooseState,
    /// Since when it is taken away, if it is.
    pub gone_at: Option<Timestamp>,
    /// The actor came with the invite, or looks after the tag.
    pub takes_part: bool,
}

/// How a loose thing stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::service) enum LooseState {
    /// It is there.
    There,
    /// Staff took it away, or whoever made an invite took it back.
    Gone,
    /// An invite that somebody came with.
    Used,
    /// It ended by itself or its author took it back: nothing is left to act on.
    Over,
}

impl LooseState {
    /// In words, for a case; none while it is there.
    pub fn words(self, kind: ThingKind) -> Option<&'static str> {
        match (self, kind) {
            (Self::There, _) => None,
            (Self::Gone, ThingKind::Invite) => Some("taken back now"),
            (Self::Gone, ThingKind::Tag) => Some("taken away now"),
            (Self::Gone, _) => Some("taken down now"),
            (Self::Used, _) => Some("used by now"),
            (Self::Over, ThingKind::Invite) => Some("expired by now"),
            (Self::Over, _) => Some("no longer there"),
        }
    }
}

impl Loose {
    /// A loose thing that the actor may name: one that they see, or one of a case or an act of the staff's.
    pub async fn load<A: Access>(cx: &mut Cx<'_, A>, thing: Thing) -> Result<Self> {
        let me = cx.actor.id();
        let row = loose::get(cx.conn(), thing, me).await?;
        if let Some(row) = row {
            if !is_shown(cx, thing, &row).await? {
                staff_may(cx, thing).await?;
            }
            return Self::of(cx, thing, row);
        }
        let (author_id, text) = staff_may(cx, thing).await?;
        Ok(Self {
            author_id,
            text,
            name: None,
            room_id: None,
            board_id: None,
            state: LooseState::Over,
            gone_at: None,
            takes_part: false,
        })
    }

    /// The invite whose code somebody has shown: the code is the leave to name it.
    pub async fn of_invite<A: Access>(cx: &mut Cx<'_, A>, invite: InviteId) -> Result<Self> {
        let (thing, me) = (Thing::Invite(invite), cx.actor.id());
        let row = loose::get(cx.conn(), thing, me).await?.ok_or(Error::NotFound("invite"))?;
        Self::of(cx, thing, row)
    }

    /// What everybody who is connected is told when it goes or comes back.
    pub fn news(&self, thing: Thing) -> DomainEvent {
        match (thing, self.room_id) {
            (Thing::Line(line), Some(room)) => DomainEvent::LineChanged { room, line },
            (Thing::Wall(_), _) => DomainEvent::WallChanged,
            (Thing::Tag(tag), _) => DomainEvent::TagChanged { tag },
            // Who made an invite sees what became of it.
            _ => DomainEvent::MemberChanged { member: self.author_id },
        }
    }

    pub fn of<A: Access>(cx: &Cx<'_, A>, thing: Thing, row: LooseRow) -> Result<Self> {
        let author_id = row.author_id.ok_or_else(|| {
            Error::conflict("This invite was made on the host, not by a member: tell the sysop of it.")
        })?;
        let expired = row.ends_at.is_some_and(|ends| ends <= cx.now);
        let state = match () {
            () if row.used_by.is_some() => LooseState::Used,
            () if row.gone_at.is_some() => LooseState::Gone,
            () if expired => LooseState::Over,
            () => LooseState::There,
        };
        Ok(Self {
            author_id,
            text: text(thing.kind(), &row),
            name: row.name.map(|name| format!("#{name}")),
            room_id: row.room_id,
            board_id: row.board_id,
            state,
            gone_at: row.gone_at,
            takes_part: row.takes_part,
        })
    }
}

/// What a report keeps of it.
fn text(kind: ThingKind, row: &LooseRow) -> String {
    match kind {
        ThingKind::Tag => {
            let name = row.name.as_deref().unwrap_or_default();
            if row.body.is_empty() { format!("#{name}") } else { format!("#{name}: {}", row.body) }
        }
        ThingKind::Invite => {
            let day = |at| date(at, &Zone::utc());
            let ends = row.ends_at.map(|at| format!(", good until {}", day(at))).unwrap_or_default();
            let used = row.used_by.as_ref().map(|by| format!(" {by} came with it.")).unwrap_or_default();
            let note = if row.body.is_empty() { String::new() } else { format!(" Its note: {}", row.body) };
            format!("An invite made {}{ends}.{used}{note}", day(row.made_at))
        }
        _ => row.body.clone(),
    }
}

/// Whether the actor sees it where it stands.
async fn is_shown<A: Access>(cx: &mut Cx<'_, A>, thing: Thing, row: &LooseRow) -> Result<bool> {
    cx.allow(&LookAround)?;
    Ok(match thing {
        Thing::Line(line) => match find_line(cx, line).await {
            Ok(_) => true,
            Err(Error::NotFound(_)) => false,
            Err(other) => return Err(other),
        },
        Thing::Wall(_) => row.gone_at.is_none() && row.made_at >= cx.now.plus(-WALL_LIVES_S),
        Thing::Tag(tag) => {
            let clearance = cx.actor.clearance();
            let known = tag_people::known(cx.conn(), clearance).await?;
            known.iter().any(|(id, _)| *id == tag)
        }
        // Only its code shows an invite.
        _ => false,
    })
}

/// Lets staff name what they do not see where it stands: the thing of a case that they may handle, or of an act. Gives
/// whose it is and what the case kept of it.
async fn staff_may<A: Access>(cx: &mut Cx<'_, A>, thing: Thing) -> Result<(MemberId, String)> {
    let missing = || Error::NotFound(thing.kind().noun());
    cx.allow(&SeeQueue).map_err(|_| missing())?;
    let me = cx.actor.id();
    if let Some(case) = cases::last_on(cx.conn(), thing, me).await? {
        cx.allow(&case.facts()).map_err(|_| missing())?;
        return Ok((case.author_id, case.snapshot));
    }
    let author = loose::acted_on(cx.conn(), thing.kind(), thing.id()).await?.ok_or_else(missing)?;
    Ok((author, String::new()))
}
