//! All boards under their categories, with what is unread on each.

mod view;

#[cfg(test)]
pub(super) mod tests;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::domain::board::BoardChoice;
use crate::domain::ids::{BoardId, PostId};
use crate::service::Answer;
use crate::service::boards::{BoardList, BoardSummary, ListBoards};
use crate::service::reading::{BoardUndo, MarkBoardRead, MuteBoard, UndoBoardRead};
use crate::service::threads::ListThreads;
use crate::ui::keys::{Command, Scope};
use crate::ui::look::Look;
use crate::ui::route::Route;
use crate::ui::screen::{Msg, Screen, Ui};
use crate::ui::screens::board::Board;
use crate::ui::screens::changes_counts;
use crate::ui::widgets::preview::PREVIEW;
use crate::ui::widgets::{Preview, Sections};

/// A step that `u` takes back.
enum Undo {
    Marked(BoardUndo),
    Choice(BoardId, BoardChoice),
}

/// The boards screen.
#[derive(Default)]
pub struct Boards {
    list: Option<BoardList>,
    sections: Sections,
    undo: Vec<Undo>,
    /// The threads of the chosen board beside the list; read afresh with it, whenever anything was written.
    preview: Preview<(BoardId, PostId)>,
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
        self.list.is_none()
    }

    fn status(&self, _look: &Look) -> String {
        let posts = self.list.as_ref().map_or(0, BoardList::unread_posts);
        match posts {
            0 => String::new(),
            1 => "1 unread post".to_owned(),
            more => format!("{more} unread posts"),
        }
    }

    fn offers(&self, command: Command, look: &Look) -> bool {
        match command {
            Command::Undo => !self.undo.is_empty(),
            Command::MuteBoard | Command::MarkBoardRead => look.actor().is_active(),
            _ => true,
        }
    }

    fn update(&mut self, msg: Msg, cx: &mut Ui<'_>) {
        match msg {
            Msg::Start | Msg::Returned | Msg::Resync => cx.call(ListBoards),
            Msg::Event(event) if changes_counts(&event, cx.look) => cx.call(ListBoards),
            Msg::Answer(answer) => self.answer(answer, cx),
            Msg::Shown => {
                let wish = self.chosen().zip(self.list.as_ref()).map(|(board, list)| (board.id, list.newest));
                self.preview.wish(wish, cx);
            }
            Msg::Timer(PREVIEW) => match self.chosen().map(|board| board.id) {
                Some(board) => cx.call(ListThreads { board, after: None }),
                None => self.preview.show(None),
            },
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
    fn boards(&self) -> &[BoardSummary] {
        self.list.as_ref().map_or(&[], |list| &list.boards)
    }

    fn chosen(&self) -> Option<&BoardSummary> {
        self.boards().get(self.sections.chosen())
    }

    fn answer(&mut self, answer: Answer, cx: &mut Ui<'_>) {
        let answer = match answer.take::<ListBoards>() {
            Ok(Ok(list)) => return self.came(list),
            Ok(Err(why)) => return cx.refuse(why),
            Err(other) => other,
        };
        let answer = match answer.take::<ListThreads>() {
            // Of a board that is not for one any more there is nothing to show.
            Ok(list) => {
                let chosen = self.chosen().map(|board| board.id);
                let list = list.ok().filter(|list| Some(list.board) == chosen);
                return self.preview.show(list.map(|list| Box::new(Board::preview(list)) as Box<dyn Screen>));
            }
            Err(other) => other,
        };
        let answer = match answer.take::<MarkBoardRead>() {
            Ok(Ok(before)) => {
                self.undo.push(Undo::Marked(before));
                return cx.good("The board is marked as read. u takes it back.");
            }
            Ok(Err(why)) => return cx.refuse(why),
            Err(other) => other,
        };
        let answer = match answer.take::<UndoBoardRead>() {
            Ok(Ok(())) => return cx.good("Marked as it was before."),
            Ok(Err(why)) => return cx.refuse(why),
            Err(other) => other,
        };
        if let Ok(Err(why)) = answer.take::<MuteBoard>() {
            cx.refuse(why);
        }
    }

    /// The choice stays on the same board, wherever it went; at first it is the first board with something unread.
    fn came(&mut self, list: BoardList) {
        let before = self.chosen().map(|board| board.id);
        let first = self.list.is_none();
        self.list = Some(list);
        let same = |board: &BoardSummary| Some(board.id) == before;
        let unread = |board: &BoardSummary| first && board.unread_posts > 0;
        if let Some(row) = self.boards().iter().position(|board| same(board) || unread(board)) {
            self.sections.choose(row);
        }
    }

    fn command(&mut self, command: Command, cx: &mut Ui<'_>) {
        if self.sections.command(command, self.boards().len()) {
            return;
        }
        match (command, self.chosen().map(|board| (board.id, board.choice))) {
            (Command::Undo, _) => self.undo_last(cx),
            (Command::Open, Some((board, _))) => cx.open(Route::Board(board)),
            (Command::MarkBoardRead, Some((board, _))) => {
                if let Some(list) = &self.list {
                    cx.call(MarkBoardRead { board, upto: list.newest });
                }
            }
            (Command::MuteBoard, Some((board, choice))) => {
                let muted = choice == BoardChoice::Subscribed;
                self.undo.push(Undo::Choice(board, choice));
                cx.call(MuteBoard { board, muted });
                cx.good(if muted { "Muted: this board is no longer counted." } else { "No longer muted." });
            }
            _ => {}
        }
    }

    fn undo_last(&mut self, cx: &mut Ui<'_>) {
        match self.undo.pop() {
            Some(Undo::Marked(before)) => cx.call(UndoBoardRead(before)),
            Some(Undo::Choice(board, before)) => {
                cx.call(MuteBoard { board, muted: before == BoardChoice::Muted });
                cx.good("Taken back.");
            }
            None => cx.say("There is nothing to undo."),
        }
    }
}
