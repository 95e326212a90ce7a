//! The cohorts (P5): those one is in or invited to first, then what begins or runs, then what is over.

mod view;

#[cfg(test)]
mod tests;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::domain::ids::CohortId;
use crate::domain::policy::{Action, MakeCohort};
use crate::service::cohorts::{CohortSummary, JoinCohort, ListCohorts, Mine, Phase};
use crate::service::{Answer, DomainEvent};
use crate::ui::keys::{Command, Scope};
use crate::ui::look::Look;
use crate::ui::route::Route;
use crate::ui::screen::{DialogResult, Effect, Msg, Screen, Ui};
use crate::ui::widgets::{Confirm, Listed};

/// The question whether to leave the chosen one.
const LEAVE: u32 = 1;

/// The screen.
#[derive(Default)]
pub struct Cohorts {
    cohorts: Listed<CohortSummary>,
    /// Which one is about to be left: the list may be another one when the question is answered.
    leaving: Option<CohortId>,
}

/// What is asked before one leaves.
pub(super) fn leave_question(cohort: &CohortSummary) -> String {
    match cohort.phase {
        Phase::Running(_) => {
            format!("Leave {}? Your buddies get somebody else, and you cannot come back.", cohort.name)
        }
        _ => format!("Leave {}? You can join again until it begins.", cohort.name),
    }
}

impl Cohorts {
    fn answer(&mut self, answer: Answer, cx: &mut Ui<'_>) {
        let answer = match answer.take::<ListCohorts>() {
            Ok(Ok(cohorts)) => return self.cohorts.came(cohorts, |cohort| cohort.id),
            Ok(Err(why)) => {
                cx.back();
                return cx.refuse(why);
            }
            Err(answer) => answer,
        };
        match answer.take::<JoinCohort>() {
            Ok(Ok(())) => {
                cx.good("Done.");
                cx.call(ListCohorts);
            }
            Ok(Err(why)) => cx.refuse(why),
            Err(_) => {}
        }
    }

    fn command(&mut self, command: Command, cx: &mut Ui<'_>) {
        if self.cohorts.command(command) {
            return;
        }
        if command == Command::NewCohort {
            return match MakeCohort.decide(cx.look.actor()) {
                Ok(()) => cx.open(Route::NewCohort),
                Err(_) => cx.say("The staff make cohorts. Ask them for one: g k reaches whoever is on duty."),
            };
        }
        let Some(cohort) = self.cohorts.chosen() else { return };
        match (command, cohort.mine) {
            (Command::Open, _) => cx.open(Route::Cohort(cohort.id)),
            (Command::JoinCohort, Mine::In) => {
                self.leaving = Some(cohort.id);
                cx.effect(Effect::Push(Box::new(Confirm::new(LEAVE, leave_question(cohort)))));
            }
            (Command::JoinCohort, _) => cx.call(JoinCohort { cohort: cohort.id, join: true }),
            _ => {}
        }
    }
}

impl Screen for Cohorts {
    fn route(&self) -> Route {
        Route::Cohorts
    }

    fn title(&self) -> String {
        "cohorts".to_owned()
    }

    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Cohorts, Scope::List]
    }

    fn is_waiting(&self) -> bool {
        !self.cohorts.has_come()
    }

    fn offers(&self, command: Command, look: &Look) -> bool {
        match command {
            Command::NewCohort => MakeCohort.decide(look.actor()).is_ok(),
            Command::Open => self.cohorts.chosen().is_some(),
            Command::JoinCohort => self.cohorts.chosen().is_some_and(|cohort| {
                let over = matches!(cohort.phase, Phase::Over | Phase::CalledOff);
                cohort.is_open(look.now) || (cohort.mine == Mine::In && !over)
            }),
            _ => true,
        }
    }

    fn label(&self, command: Command) -> Option<&'static str> {
        let joined = self.cohorts.chosen().is_some_and(|cohort| cohort.mine == Mine::In);
        (command == Command::JoinCohort && joined).then_some("leave it")
    }

    fn update(&mut self, msg: Msg, cx: &mut Ui<'_>) {
        match msg {
            Msg::Start | Msg::Returned | Msg::Resync => cx.call(ListCohorts),
            Msg::Event(DomainEvent::CohortsChanged) => cx.call(ListCohorts),
            Msg::Dialog(DialogResult::Yes(LEAVE)) => {
                if let Some(cohort) = self.leaving.take() {
                    cx.call(JoinCohort { cohort, join: false });
                }
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
