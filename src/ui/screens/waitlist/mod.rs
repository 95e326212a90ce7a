//! The line for a seat, for staff (D7): who waits, what holds the line, and a sysop's word past it.

mod view;

#[cfg(test)]
mod tests;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::domain::draft::{Form, LineFor};
use crate::domain::ids::MemberId;
use crate::service::waitlist::{ListWaitlist, SeatNow, Waiter, Waitlist};
use crate::service::{Answer, DomainEvent};
use crate::ui::keys::{Command, Scope};
use crate::ui::look::Look;
use crate::ui::route::Route;
use crate::ui::screen::{DialogResult, Effect, Msg, Screen, Ui};
use crate::ui::widgets::{ListState, Prompt};

/// The tag of the question for a reason.
const REASON: u32 = 1;

/// The waitlist screen.
#[derive(Default)]
pub struct WaitlistScreen {
    line: Option<Waitlist>,
    list: ListState,
    /// Whom the sysop is about to let in.
    about: Option<MemberId>,
}

impl WaitlistScreen {
    fn waiters(&self) -> &[Waiter] {
        self.line.as_ref().map_or(&[], |line| &line.waiters)
    }

    fn chosen(&self) -> Option<&Waiter> {
        self.waiters().get(self.list.chosen())
    }

    fn answer(&mut self, answer: Answer, cx: &mut Ui<'_>) {
        let answer = match answer.take::<ListWaitlist>() {
            Ok(Ok(line)) => {
                let chosen = self.chosen().map(|waiter| waiter.member);
                self.line = Some(line);
                self.list.stay_at(self.waiters().iter().position(|waiter| Some(waiter.member) == chosen));
                return;
            }
            Ok(Err(why)) => {
                cx.refuse(why);
                return cx.back();
            }
            Err(answer) => answer,
        };
        match answer.take::<SeatNow>() {
            Ok(Ok(())) => {
                cx.good("They are in. The mod log says that you let them in, and why.");
                cx.call(ListWaitlist);
            }
            Ok(Err(why)) => cx.refuse(why),
            Err(_) => {}
        }
    }

    fn ask_reason(&mut self, cx: &mut Ui<'_>) {
        let Some(waiter) = self.chosen() else { return };
        let (member, handle) = (waiter.member, waiter.handle.clone());
        self.about = Some(member);
        let question = format!("Let {handle} in past the line: why? All members read it.");
        cx.effect(Effect::Push(Box::new(
            Prompt::new(REASON, question, "").kept(Form::Line(LineFor::LetIn, member.0)),
        )));
    }

    fn open(&self, cx: &mut Ui<'_>) {
        match self.chosen().map(|waiter| (waiter.application, waiter.member)) {
            Some((Some(application), _)) => cx.open(Route::Application(application)),
            Some((None, member)) => cx.open(Route::Profile(member)),
            None => {}
        }
    }
}

impl Screen for WaitlistScreen {
    fn route(&self) -> Route {
        Route::Waitlist
    }

    fn title(&self) -> String {
        "waitlist".to_owned()
    }

    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Waitlist, Scope::List]
    }

    fn is_waiting(&self) -> bool {
        self.line.is_none()
    }

    fn offers(&self, command: Command, look: &Look) -> bool {
        match command {
            Command::SeatNow => look.actor().is_sysop() && !self.waiters().is_empty(),
            Command::Open => !self.waiters().is_empty(),
            _ => true,
        }
    }

    fn update(&mut self, msg: Msg, cx: &mut Ui<'_>) {
        match msg {
            Msg::Start | Msg::Returned | Msg::Resync | Msg::Event(DomainEvent::WaitlistChanged) => {
                cx.call(ListWaitlist);
            }
            Msg::Answer(answer) => self.answer(answer, cx),
            Msg::Dialog(DialogResult::Text(REASON, reason)) => {
                if let Some(member) = self.about.take() {
                    cx.call(SeatNow { member, reason });
                }
            }
            Msg::Command(Command::SeatNow) => self.ask_reason(cx),
            Msg::Command(Command::Open) => self.open(cx),
            Msg::Command(command) => {
                let len = self.waiters().len();
                self.list.command(command, len);
            }
            _ => {}
        }
    }

    fn draw(&mut self, area: Rect, buf: &mut Buffer, look: &Look) -> Option<Position> {
        view::draw(self, area, buf, look);
        None
    }
}
