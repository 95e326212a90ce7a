//! The rooms (L2): the list, or straight into the hall when there is no other; and the way from a board to its room.

mod view;

#[cfg(test)]
mod tests;

use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::domain::ids::BoardId;
use crate::service::rooms::{ArrangeRoom, ListRooms, RoomSummary, UNREAD_COUNTED_MAX};
use crate::service::{Answer, DomainEvent};
use crate::ui::keys::{Command, Scope};
use crate::ui::look::Look;
use crate::ui::route::Route;
use crate::ui::screen::{DialogResult, Effect, Msg, Screen, Ui};
use crate::ui::widgets::{Confirm, ListState};

/// How long changes gather before the list is read again.
const GATHER: Duration = Duration::from_millis(300);
const GATHERED: u32 = 1;
/// The question whether to open a board's room.
const OPEN: u32 = 1;

/// The rooms screen.
#[derive(Default)]
pub struct Rooms {
    rooms: Option<Vec<RoomSummary>>,
    /// The board whose room is looked for; none for the list.
    of: Option<BoardId>,
    list: ListState,
    gathering: bool,
}

impl Rooms {
    /// The room of a board; where there is none, whoever looks after the board is asked whether to open one.
    pub fn of(board: BoardId) -> Self {
        Self { of: Some(board), ..Self::default() }
    }

    fn rooms(&self) -> &[RoomSummary] {
        self.rooms.as_deref().unwrap_or_default()
    }

    fn answer(&mut self, answer: Answer, cx: &mut Ui<'_>) {
        let answer = match answer.take::<ListRooms>() {
            Ok(Ok(rooms)) => return self.came(rooms, cx),
            Ok(Err(why)) => {
                cx.refuse(why);
                if self.rooms.is_none() {
                    cx.back();
                }
                return;
            }
            Err(other) => other,
        };
        match answer.take::<ArrangeRoom>() {
            Ok(Ok(room)) => cx.effect(Effect::Replace(Route::Room(room))),
            Ok(Err(why)) => {
                cx.refuse(why);
                cx.back();
            }
            Err(_) => {}
        }
    }

    fn came(&mut self, rooms: Vec<RoomSummary>, cx: &mut Ui<'_>) {
        let first = self.rooms.is_none();
        let before = self.rooms().get(self.list.chosen()).map(|room| room.id);
        if let Some(board) = self.of {
            if let Some(room) = rooms.iter().find(|room| room.board == Some(board)) {
                return cx.effect(Effect::Replace(Route::Room(room.id)));
            }
            if first {
                let question =
                    "This board has no room for live talk. Open one? (Its host and the staff can.)";
                cx.effect(Effect::Push(Box::new(Confirm::new(OPEN, question))));
            }
        } else if let (true, [only]) = (first, rooms.as_slice()) {
            return cx.effect(Effect::Replace(Route::Room(only.id)));
        }
        let same = rooms.iter().position(|room| Some(room.id) == before);
        let unread = rooms.iter().position(|room| first && room.unread > 0);
        self.rooms = Some(rooms);
        // The choice stays on the same room; at first it is the first one with something new.
        if let Some(row) = same.or(unread) {
            self.list.choose(row);
        }
    }
}

impl Screen for Rooms {
    fn route(&self) -> Route {
        self.of.map_or(Route::Rooms, Route::RoomOf)
    }

    fn title(&self) -> String {
        "rooms".to_owned()
    }

    fn scopes(&self) -> &'static [Scope] {
        &[Scope::List]
    }

    fn is_waiting(&self) -> bool {
        self.rooms.is_none()
    }

    fn status(&self, _look: &Look) -> String {
        let unread: i64 = self.rooms().iter().map(|room| room.unread.min(UNREAD_COUNTED_MAX)).sum();
        match unread {
            0 => "what is said in a room stays for a day".to_owned(),
            1 => "one line that you have not seen".to_owned(),
            more => format!("{more} lines that you have not seen"),
        }
    }

    fn hears_rooms(&self) -> bool {
        true
    }

    fn update(&mut self, msg: Msg, cx: &mut Ui<'_>) {
        match msg {
            // Answered with no, the question leaves nothing to show.
            Msg::Returned if self.of.is_some() => cx.back(),
            Msg::Start | Msg::Returned | Msg::Resync => cx.call(ListRooms),
            Msg::Event(event) if concerns(&event, cx.look) && !self.gathering => {
                self.gathering = true;
                cx.effect(Effect::Timer(GATHERED, GATHER));
            }
            Msg::Timer(GATHERED) => {
                self.gathering = false;
                cx.call(ListRooms);
            }
            Msg::Answer(answer) => self.answer(answer, cx),
            Msg::Dialog(DialogResult::Yes(OPEN)) => {
                if let Some(board) = self.of {
                    cx.call(ArrangeRoom { board, open: true });
                }
            }
            Msg::Command(command) if !self.list.command(command, self.rooms().len()) => {
                if let (Command::Open, Some(room)) = (command, self.rooms().get(self.list.chosen())) {
                    cx.open(Route::Room(room.id));
                }
            }
            _ => {}
        }
    }

    fn draw(&mut self, area: Rect, buf: &mut Buffer, look: &Look) -> Option<Position> {
        view::draw(self, area, buf, look);
        None
    }
}

/// Whether an event can change the list.
fn concerns(event: &DomainEvent, look: &Look) -> bool {
    match event {
        DomainEvent::LineSaid { .. }
        | DomainEvent::LineChanged { .. }
        | DomainEvent::RoomChanged { .. }
        | DomainEvent::PresenceChanged
        | DomainEvent::BoardsChanged => true,
        DomainEvent::MarksChanged { member } => Some(*member) == look.actor().id(),
        _ => false,
    }
}
