//! One's own posts that wait for a moderator, and those that came back lately: read one, take it back to change it.

mod view;

#[cfg(test)]
mod tests;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::service::held::{MyHeld, OwnHeld, TakeBackHeld, TakenBack};
use crate::service::{Answer, DomainEvent};
use crate::ui::keys::{Command, Scope};
use crate::ui::look::Look;
use crate::ui::route::{ComposeTarget, Route};
use crate::ui::screen::{Msg, Screen, Ui};
use crate::ui::widgets::Listed;

/// The screen.
#[derive(Default)]
pub struct Waiting {
    held: Listed<OwnHeld>,
    /// What was taken back is to be opened in the editor.
    edits: bool,
}

impl Waiting {
    fn answer(&mut self, answer: Answer, cx: &mut Ui<'_>) {
        let answer = match answer.take::<MyHeld>() {
            Ok(Ok(held)) => return self.held.came(held, |item| item.id),
            Ok(Err(why)) => return cx.refuse(why),
            Err(answer) => answer,
        };
        match answer.take::<TakeBackHeld>() {
            Ok(Ok(taken)) if self.edits => cx.open(compose(&taken)),
            Ok(Ok(_)) => cx.good("It is a draft again; g d lists it."),
            Ok(Err(why)) => cx.refuse(why),
            Err(_) => {}
        }
    }

    fn command(&mut self, command: Command, cx: &mut Ui<'_>) {
        if self.held.command(command) {
            return;
        }
        let Some(item) = self.held.chosen() else { return };
        match command {
            Command::Open => cx.open(match item.thread {
                Some(thread) => Route::Thread { thread, at: None },
                None => Route::Board(item.board),
            }),
            // What came back is a draft already.
            Command::EditPost if item.returned.is_some() => {
                let taken = TakenBack { board: item.board, thread: item.thread, reply_to: None };
                cx.open(compose(&taken));
            }
            Command::TakeDown if item.returned.is_some() => cx.say("It is a draft already; g d lists it."),
            Command::EditPost | Command::TakeDown => {
                let held = item.id;
                self.edits = command == Command::EditPost;
                cx.call(TakeBackHeld { held });
            }
            _ => {}
        }
    }
}

/// The editor with the draft that it is again.
fn compose(taken: &TakenBack) -> Route {
    Route::Compose(match taken.thread {
        Some(thread) => ComposeTarget::Reply { thread, to: taken.reply_to, quote: false },
        None => ComposeTarget::NewThread(taken.board),
    })
}

impl Screen for Waiting {
    fn route(&self) -> Route {
        Route::Waiting
    }

    fn title(&self) -> String {
        "your posts that wait".to_owned()
    }

    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Waiting, Scope::List]
    }

    fn is_waiting(&self) -> bool {
        !self.held.has_come()
    }

    fn offers(&self, command: Command, _look: &Look) -> bool {
        match command {
            Command::Open | Command::EditPost => !self.held.rows().is_empty(),
            Command::TakeDown => self.held.chosen().is_some_and(|item| item.returned.is_none()),
            _ => true,
        }
    }

    fn update(&mut self, msg: Msg, cx: &mut Ui<'_>) {
        match msg {
            Msg::Start | Msg::Returned | Msg::Resync => cx.call(MyHeld),
            Msg::Event(DomainEvent::HeldChanged { author, .. }) if cx.look.actor().id() == Some(author) => {
                cx.call(MyHeld);
            }
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
