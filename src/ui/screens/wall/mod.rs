//! The wall (L6): a line from each who came by, the newest first.

mod view;

#[cfg(test)]
mod tests;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::domain::draft::{Form, LineFor};
use crate::domain::moderation::Thing;
use crate::domain::room::WALL_CHARS_MAX;
use crate::service::wall::{ReadWall, TakeOffWall, WallLine, WallView, WriteOnWall};
use crate::service::{Answer, DomainEvent};
use crate::ui::keys::{Command, Scope};
use crate::ui::look::Look;
use crate::ui::route::Route;
use crate::ui::screen::{DialogResult, Effect, Msg, Screen, Ui};
use crate::ui::widgets::{Confirm, ListState, Prompt};

/// The questions that this screen asks.
const WRITE: u32 = 1;
const TAKE_DOWN: u32 = 2;

/// The wall screen.
#[derive(Default)]
pub struct Wall {
    view: Option<WallView>,
    list: ListState,
    /// The line that the open question is about.
    asked: Option<WallLine>,
}

impl Screen for Wall {
    fn route(&self) -> Route {
        Route::Wall
    }

    fn title(&self) -> String {
        "wall".to_owned()
    }

    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Wall, Scope::List]
    }

    fn is_waiting(&self) -> bool {
        self.view.is_none()
    }

    fn status(&self, _look: &Look) -> String {
        match self.lines().len() {
            0 => String::new(),
            1 => "one line; it fades after 30 days".to_owned(),
            lines => format!("{lines} lines; each fades after 30 days"),
        }
    }

    fn offers(&self, command: Command, look: &Look) -> bool {
        let line = self.chosen();
        match command {
            Command::TakeDown => line.is_some_and(|line| line.mine || look.actor().is_staff()),
            Command::Report => line.is_some_and(|line| !line.mine),
            Command::Open => line.is_some(),
            _ => true,
        }
    }

    fn update(&mut self, msg: Msg, cx: &mut Ui<'_>) {
        match msg {
            Msg::Start | Msg::Returned | Msg::Resync | Msg::Event(DomainEvent::WallChanged) => {
                cx.call(ReadWall);
            }
            Msg::Answer(answer) => self.answer(answer, cx),
            Msg::Command(command) => self.command(command, cx),
            Msg::Dialog(DialogResult::Text(WRITE, text)) if !text.is_empty() => cx.call(WriteOnWall { text }),
            Msg::Dialog(DialogResult::Yes(TAKE_DOWN)) => {
                if let Some(line) = self.asked.take() {
                    cx.call(TakeOffWall { line: line.id });
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

impl Wall {
    fn lines(&self) -> &[WallLine] {
        self.view.as_ref().map_or(&[], |view| &view.lines)
    }

    fn chosen(&self) -> Option<&WallLine> {
        self.lines().get(self.list.chosen())
    }

    fn answer(&mut self, answer: Answer, cx: &mut Ui<'_>) {
        let answer = match answer.take::<ReadWall>() {
            Ok(Ok(view)) => return self.came(view),
            Ok(Err(why)) => return cx.refuse(why),
            Err(other) => other,
        };
        let answer = match answer.take::<WriteOnWall>() {
            Ok(Ok(_)) => {
                cx.good("It is on the wall.");
                self.list.choose(0);
                return cx.call(ReadWall);
            }
            Ok(Err(why)) => return cx.refuse(why),
            Err(other) => other,
        };
        match answer.take::<TakeOffWall>() {
            Ok(Ok(())) => {
                cx.say("Your line is off the wall.");
                cx.call(ReadWall);
            }
            Ok(Err(why)) => cx.refuse(why),
            Err(_) => {}
        }
    }

    fn came(&mut self, view: WallView) {
        let before = self.chosen().map(|line| line.id);
        self.list.stay_at(view.lines.iter().position(|line| Some(line.id) == before));
        self.view = Some(view);
    }

    fn command(&mut self, command: Command, cx: &mut Ui<'_>) {
        if self.list.command(command, self.lines().len()) {
            return;
        }
        if command == Command::WriteOnWall {
            return self.write(cx);
        }
        let Some(line) = self.chosen().cloned() else { return };
        match command {
            Command::Open => cx.open(Route::Profile(line.author_id)),
            Command::Report => cx.open(Route::Report(Thing::Wall(line.id))),
            Command::TakeDown if line.mine => {
                let question = "Take your line off the wall?";
                cx.effect(Effect::Push(Box::new(Confirm::new(TAKE_DOWN, question))));
                self.asked = Some(line);
            }
            Command::TakeDown if cx.look.actor().is_staff() => {
                cx.open(Route::TakeDown(Thing::Wall(line.id)));
            }
            Command::TakeDown => cx.refuse("That is somebody else's line. ! reports it to the staff."),
            _ => {}
        }
    }

    /// One line a visit: what was written in this visit is there to be changed.
    fn write(&self, cx: &mut Ui<'_>) {
        let before = self.view.as_ref().and_then(|view| view.this_visit);
        let text = self.lines().iter().find(|line| Some(line.id) == before).map_or("", |line| &line.text);
        let question = if text.is_empty() {
            format!("Your line, at most {WALL_CHARS_MAX} characters:")
        } else {
            "Your line of this visit, in other words:".to_owned()
        };
        cx.effect(Effect::Push(Box::new(
            Prompt::new(WRITE, question, text).kept(Form::Line(LineFor::Wall, 0)),
        )));
    }
}
