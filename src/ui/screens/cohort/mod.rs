//! One cohort (P5): its board, one's buddies, its checkpoints with who answered, its people. What somebody did not write
//! stands nowhere.

mod rows;
mod view;

#[cfg(test)]
mod tests;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::domain::ids::CohortId;
use crate::service::cohorts::{
    CallOffCohort, CohortPage, InviteToCohort, JoinCohort, Mine, Phase, ReadCohort,
};
use crate::service::{Answer, DomainEvent};
use crate::ui::keys::{Command, Scope};
use crate::ui::look::Look;
use crate::ui::route::{ComposeTarget, Route};
use crate::ui::screen::{DialogResult, Effect, Msg, Screen, Ui};
use crate::ui::screens::cohorts::leave_question;
use crate::ui::widgets::{Confirm, Prompt, Sections};
use rows::Target;

/// The question whether to leave.
const LEAVE: u32 = 1;
/// The question whom to invite.
const INVITE: u32 = 2;
/// The question whether to call it off.
const CALL_OFF: u32 = 3;

/// The screen.
pub struct CohortScreen {
    id: CohortId,
    page: Option<CohortPage>,
    sections: Sections,
}

impl CohortScreen {
    /// The page of a cohort.
    pub fn new(id: CohortId) -> Self {
        Self { id, page: None, sections: Sections::default() }
    }

    fn targets(&self) -> Vec<Target> {
        self.page.as_ref().map(rows::targets).unwrap_or_default()
    }

    fn chosen(&self) -> Option<Target> {
        self.targets().get(self.sections.chosen()).copied()
    }

    fn answer(&mut self, answer: Answer, cx: &mut Ui<'_>) {
        let answer = match answer.take::<ReadCohort>() {
            Ok(Ok(page)) => {
                let chosen = self.chosen();
                self.page = Some(page);
                if let Some(at) = self.targets().iter().position(|target| Some(*target) == chosen) {
                    self.sections.choose(at);
                }
                return;
            }
            Ok(Err(why)) => {
                cx.back();
                return cx.refuse(why);
            }
            Err(answer) => answer,
        };
        let joins = self.page.as_ref().is_some_and(|page| page.summary.mine != Mine::In);
        let (result, words) = match answer.take::<JoinCohort>() {
            Ok(result) if joins => {
                (result, "You are in. You are told when it begins, and who your buddies are.")
            }
            Ok(result) => (result, "You have left it. Thank you for having been there."),
            Err(answer) => match answer.take::<InviteToCohort>() {
                Ok(result) => (result.map(drop), "Asked. They join in their own time, until it begins."),
                Err(answer) => match answer.take::<CallOffCohort>() {
                    Ok(result) => (result, "Called off. Whoever had joined is told."),
                    Err(_) => return,
                },
            },
        };
        match result {
            Ok(()) => cx.good(words),
            Err(why) => cx.refuse(why),
        }
        cx.call(ReadCohort { cohort: self.id });
    }

    fn command(&mut self, command: Command, cx: &mut Ui<'_>) {
        if self.sections.command(command, self.targets().len()) {
            return;
        }
        let Some(page) = &self.page else { return };
        let id = self.id;
        match command {
            Command::Open => self.open(cx),
            Command::JoinCohort if page.summary.mine == Mine::In => {
                let question = leave_question(&page.summary);
                cx.effect(Effect::Push(Box::new(Confirm::new(LEAVE, question))));
            }
            Command::JoinCohort => cx.call(JoinCohort { cohort: id, join: true }),
            _ if !page.may_tend => {
                cx.say(format!("That is for {}, who looks after it, and the staff.", page.summary.host))
            }
            Command::InviteToCohort => {
                cx.effect(Effect::Push(Box::new(Prompt::new(INVITE, "Whom? Write a handle.", ""))));
            }
            Command::CallOffCohort => {
                let question = format!(
                    "Call {} off? Whoever had joined is told, and its board closes.",
                    page.summary.name
                );
                cx.effect(Effect::Push(Box::new(Confirm::new(CALL_OFF, question))));
            }
            Command::EditCheckpoint => self.edit_checkpoint(cx),
            _ => {}
        }
    }

    fn open(&self, cx: &mut Ui<'_>) {
        let Some(page) = &self.page else { return };
        match self.chosen() {
            Some(Target::Board(board)) => cx.open(Route::Board(board)),
            Some(Target::Tag(tag)) => cx.open(Route::Tag(tag)),
            Some(Target::Member(member)) => cx.open(Route::Profile(member)),
            Some(Target::Checkpoint(week)) => {
                let Some(checkpoint) = page.checkpoints.iter().find(|row| row.week == week) else { return };
                match (checkpoint.thread, checkpoint.open) {
                    (Some(thread), _) => cx.open(Route::Thread { thread, at: None }),
                    (None, true) => cx.say("Only its people see its board."),
                    (None, false) => {
                        let day = crate::service::cohorts::day(checkpoint.opens_at);
                        cx.say(format!("It opens by itself on {day}."));
                    }
                }
            }
            None => {}
        }
    }

    fn edit_checkpoint(&self, cx: &mut Ui<'_>) {
        let Some(page) = &self.page else { return };
        let Some(Target::Checkpoint(week)) = self.chosen() else {
            return cx.say("Choose a checkpoint first: e says what it asks.");
        };
        let Some(checkpoint) = page.checkpoints.iter().find(|row| row.week == week) else { return };
        if checkpoint.open {
            return cx.say("It is open already: Enter leads to it.");
        }
        cx.open(Route::Compose(ComposeTarget::Checkpoint(self.id, week)));
    }

    fn dialog(&mut self, result: DialogResult, cx: &mut Ui<'_>) {
        let cohort = self.id;
        match result {
            DialogResult::Yes(LEAVE) => cx.call(JoinCohort { cohort, join: false }),
            DialogResult::Yes(CALL_OFF) => cx.call(CallOffCohort { cohort }),
            DialogResult::Text(INVITE, handle) => cx.call(InviteToCohort { cohort, handle }),
            _ => {}
        }
    }
}

impl Screen for CohortScreen {
    fn route(&self) -> Route {
        Route::Cohort(self.id)
    }

    fn title(&self) -> String {
        self.page.as_ref().map_or_else(String::new, |page| page.summary.name.clone())
    }

    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Cohort, Scope::List]
    }

    fn is_waiting(&self) -> bool {
        self.page.is_none()
    }

    fn offers(&self, command: Command, look: &Look) -> bool {
        let Some(page) = &self.page else { return true };
        let gathering = page.summary.phase == Phase::Gathering;
        let over = matches!(page.summary.phase, Phase::Over | Phase::CalledOff);
        match command {
            Command::JoinCohort => page.summary.is_open(look.now) || (page.summary.mine == Mine::In && !over),
            Command::InviteToCohort | Command::CallOffCohort => page.may_tend && gathering,
            Command::EditCheckpoint => page.may_tend && !over,
            _ => true,
        }
    }

    fn label(&self, command: Command) -> Option<&'static str> {
        let joined = self.page.as_ref().is_some_and(|page| page.summary.mine == Mine::In);
        (command == Command::JoinCohort && joined).then_some("leave it")
    }

    fn update(&mut self, msg: Msg, cx: &mut Ui<'_>) {
        match msg {
            Msg::Start | Msg::Returned | Msg::Resync => cx.call(ReadCohort { cohort: self.id }),
            Msg::Event(DomainEvent::CohortsChanged) => cx.call(ReadCohort { cohort: self.id }),
            Msg::Event(DomainEvent::PostAdded { board, .. } | DomainEvent::PostChanged { board, .. }) => {
                let here = self.page.as_ref().and_then(|page| page.board.as_ref());
                if here.is_some_and(|(id, _)| *id == board) {
                    cx.call(ReadCohort { cohort: self.id });
                }
            }
            Msg::Dialog(result) => self.dialog(result, cx),
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
