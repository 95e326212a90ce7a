//! All boards, with what is unread on each.

mod view;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::service::boards::{BoardSummary, ListBoards};
use crate::service::{Answer, DomainEvent};
use crate::ui::keys::{Command, Scope};
use crate::ui::look::Look;
use crate::ui::route::Route;
use crate::ui::screen::{Msg, Screen, Ui};
use crate::ui::widgets::ListState;

/// The boards screen.
#[derive(Default)]
pub struct Boards {
    boards: Option<Vec<BoardSummary>>,
    list: ListState,
}

impl Screen for Boards {
    fn route(&self) -> Route {
        Route::Boards
    }

    fn title(&self) -> String {
        "boards".to_owned()
    }

    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Boards, Scope::List]
    }

    fn is_waiting(&self) -> bool {
        self.boards.is_none()
    }

    fn update(&mut self, msg: Msg, cx: &mut Ui<'_>) {
        match msg {
            Msg::Start | Msg::Returned | Msg::Resync => cx.call(ListBoards),
            Msg::Event(event) if changes_boards(&event) => cx.call(ListBoards),
            Msg::Answer(answer) => self.answer(answer, cx),
            Msg::Command(command) => self.command(command, cx),
            _ => {}
        }
    }

    fn draw(&mut self, area: Rect, buf: &mut Buffer, look: &Look) -> Option<Position> {
        view::draw(self, area, buf, look);
        None
    }
}

impl Boards {
    fn answer(&mut self, answer: Answer, cx: &mut Ui<'_>) {
        if let Ok(result) = answer.take::<ListBoards>() {
            match result {
                Ok(list) => self.boards = Some(list.boards),
                Err(why) => cx.refuse(why),
            }
        }
    }

    fn command(&mut self, command: Command, cx: &mut Ui<'_>) {
        let boards = self.boards.as_deref().unwrap_or_default();
        if self.list.command(command, boards.len()) {
            return;
        }
        if let (Command::Open, Some(board)) = (command, boards.get(self.list.chosen())) {
            cx.open(Route::Board(board.id));
        }
    }
}

/// Whether an event can change what this screen shows.
fn changes_boards(event: &DomainEvent) -> bool {
    matches!(
        event,
        DomainEvent::PostAdded { .. }
            | DomainEvent::PostChanged { .. }
            | DomainEvent::ThreadChanged { .. }
            | DomainEvent::BoardsChanged
            | DomainEvent::MarksChanged { .. }
    )
}
