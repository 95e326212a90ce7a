//! Who is at the door: what applicants agreed to show, and a line for the staff from whoever knows them (D5).

mod view;

#[cfg(test)]
mod tests;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::domain::draft::{Form, LineFor};
use crate::domain::ids::ApplicationId;
use crate::service::applications::{AtDoor, ListAtDoor, TakeBackVouch, Vouch};
use crate::service::{Answer, DomainEvent};
use crate::ui::keys::{Command, Scope};
use crate::ui::look::Look;
use crate::ui::route::Route;
use crate::ui::screen::{DialogResult, Effect, Msg, Screen, Ui};
use crate::ui::widgets::{ListState, Pager, Prompt};

/// The line that one vouches with.
const WORDS: u32 = 1;

/// The screen.
#[derive(Default)]
pub struct AtDoorScreen {
    people: Option<Vec<AtDoor>>,
    list: ListState,
    /// The one whose introduction is read whole.
    open: Option<ApplicationId>,
    pager: Pager,
    /// For whom a line is being typed.
    vouching: Option<ApplicationId>,
}

impl Screen for AtDoorScreen {
    fn route(&self) -> Route {
        Route::AtDoor
    }

    fn title(&self) -> String {
        "at the door".to_owned()
    }

    fn scopes(&self) -> &'static [Scope] {
        match self.open {
            Some(_) => &[Scope::AtDoor, Scope::Pager],
            None => &[Scope::AtDoor, Scope::List],
        }
    }

    fn is_waiting(&self) -> bool {
        self.people.is_none()
    }

    fn offers(&self, command: Command, _look: &Look) -> bool {
        match command {
            Command::Open | Command::Vouch => self.chosen().is_some(),
            Command::TakeDown => self.chosen().is_some_and(|one| one.mine.is_some()),
            _ => true,
        }
    }

    fn pager(&self) -> Option<&Pager> {
        self.open.is_some().then_some(&self.pager)
    }

    fn update(&mut self, msg: Msg, cx: &mut Ui<'_>) {
        match msg {
            Msg::Start | Msg::Returned | Msg::Resync => cx.call(ListAtDoor),
            Msg::Event(DomainEvent::ApplicationChanged { .. }) => cx.call(ListAtDoor),
            Msg::Answer(answer) => self.answer(answer, cx),
            Msg::Dialog(DialogResult::Text(WORDS, words)) => {
                if let Some(id) = self.vouching.take() {
                    cx.call(Vouch { id, words });
                }
            }
            Msg::Command(command) => self.command(command, cx),
            _ => {}
        }
    }

    fn draw(&mut self, area: Rect, buf: &mut Buffer, look: &Look) -> Option<Position> {
        view::draw(self, area, buf, look);
        None
    }
}

impl AtDoorScreen {
    fn people(&self) -> &[AtDoor] {
        self.people.as_deref().unwrap_or_default()
    }

    fn chosen(&self) -> Option<&AtDoor> {
        self.people().get(self.list.chosen())
    }

    fn answer(&mut self, answer: Answer, cx: &mut Ui<'_>) {
        let answer = match answer.take::<ListAtDoor>() {
            Ok(Ok(people)) => {
                let chosen = self.chosen().map(|one| one.id);
                self.people = Some(people);
                if let Some(at) = self.people().iter().position(|one| Some(one.id) == chosen) {
                    self.list.choose(at);
                } else if self.open.take().is_some() {
                    cx.say("They are no longer at the door.");
                }
                return;
            }
            Ok(Err(why)) => {
                cx.refuse(why);
                return cx.back();
            }
            Err(answer) => answer,
        };
        let (done, said) = match answer.take::<Vouch>() {
            Ok(result) => (result, "The staff read it when they decide. Thank you."),
            Err(answer) => match answer.take::<TakeBackVouch>() {
                Ok(result) => (result, "Taken back."),
                Err(_) => return,
            },
        };
        match done {
            Ok(()) => cx.good(said),
            Err(why) => cx.refuse(why),
        }
        cx.call(ListAtDoor);
    }

    fn command(&mut self, command: Command, cx: &mut Ui<'_>) {
        match command {
            Command::Back if self.open.take().is_some() => return,
            Command::Back => return cx.back(),
            Command::Vouch => return self.vouch(cx),
            Command::TakeDown => return self.take_back(cx),
            Command::Open if self.open.is_none() => {
                self.open = self.chosen().map(|one| one.id);
                self.pager = Pager::default();
                return;
            }
            _ => {}
        }
        if self.open.is_some() {
            self.pager.command(command);
        } else {
            let len = self.people().len();
            self.list.command(command, len);
        }
    }

    fn vouch(&mut self, cx: &mut Ui<'_>) {
        let Some(one) = self.chosen() else { return };
        let question = format!("How do you know {}? The staff read it.", one.handle);
        let prompt = Prompt::new(WORDS, question, one.mine.clone().unwrap_or_default())
            .kept(Form::Line(LineFor::Vouch, one.id.0));
        self.vouching = Some(one.id);
        cx.effect(Effect::Push(Box::new(prompt)));
    }

    fn take_back(&self, cx: &mut Ui<'_>) {
        match self.chosen() {
            Some(one) if one.mine.is_some() => cx.call(TakeBackVouch { id: one.id }),
            Some(one) => cx.say(format!("You have said nothing for {} yet. v does.", one.handle)),
            None => {}
        }
    }
}
