//! Who does what here (P4): what one is asked, then moderators, hosts and champions with their terms.

mod view;

#[cfg(test)]
mod tests;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::domain::draft::{Form, LineFor};
use crate::service::roles::{AnswerOffer, EndRole, ListRoles, OfferRole, RoleLine, RoleState, TakeBackOffer};
use crate::service::{Answer, DomainEvent};
use crate::ui::keys::{Command, Scope};
use crate::ui::look::Look;
use crate::ui::route::Route;
use crate::ui::screen::{DialogResult, Effect, Msg, Screen, Ui};
use crate::ui::widgets::{Confirm, ListState, Prompt};

/// The question whether to step down.
const STEP_DOWN: u32 = 1;
/// The question why somebody else's role ends.
const WHY: u32 = 2;

/// The screen.
#[derive(Default)]
pub struct Roles {
    lines: Option<Vec<RoleLine>>,
    list: ListState,
}

impl Roles {
    fn lines(&self) -> &[RoleLine] {
        self.lines.as_deref().unwrap_or_default()
    }

    fn chosen(&self) -> Option<&RoleLine> {
        self.lines().get(self.list.chosen())
    }

    fn answer(&mut self, answer: Answer, cx: &mut Ui<'_>) {
        let answer = match answer.take::<ListRoles>() {
            Ok(Ok(lines)) => {
                let before = self.chosen().map(|line| (line.member, line.duty));
                let same = |line: &RoleLine| Some((line.member, line.duty)) == before;
                if let Some(row) = lines.iter().position(same) {
                    self.list.choose(row);
                }
                self.lines = Some(lines);
                return;
            }
            Ok(Err(why)) => return cx.refuse(why),
            Err(answer) => answer,
        };
        let answer = match answer.take::<AnswerOffer>() {
            Ok(result) => return self.done(result, "Thank you for saying so.", cx),
            Err(answer) => answer,
        };
        let answer = match answer.take::<EndRole>() {
            Ok(result) => return self.done(result, "The role has ended. The mod log says so.", cx),
            Err(answer) => answer,
        };
        let answer = match answer.take::<TakeBackOffer>() {
            Ok(result) => return self.done(result, "The offer is taken back.", cx),
            Err(answer) => answer,
        };
        if let Ok(result) = answer.take::<OfferRole>() {
            self.done(result.map(drop), "Asked. They say yes or no in their own time; you are told.", cx);
        }
    }

    fn done(&self, result: crate::service::Result<()>, words: &str, cx: &mut Ui<'_>) {
        match result {
            Ok(()) => cx.good(words),
            Err(why) => cx.refuse(why),
        }
        cx.call(ListRoles);
    }

    fn command(&mut self, command: Command, cx: &mut Ui<'_>) {
        let len = self.lines().len();
        if self.list.command(command, len) {
            return;
        }
        let Some(line) = self.chosen() else { return };
        match (command, line.term) {
            (Command::Open, _) => cx.open(Route::Profile(line.member)),
            (Command::AcceptRole | Command::DeclineRole, Some(term)) if line.is_asked_of_me() => {
                cx.call(AnswerOffer { term, accept: command == Command::AcceptRole });
            }
            (Command::RenewRole, _) if line.may_renew => {
                cx.call(OfferRole { member: line.member, duty: line.duty, days: None });
            }
            (Command::EndRole, term) if line.may_end => end(line, term, cx),
            (Command::AcceptRole | Command::DeclineRole, _) => {
                cx.say("That is not asked of you. What you are asked stands first.");
            }
            (Command::EndRole, _) => cx.say("That role is not yours to end."),
            (Command::RenewRole, _) => {
                cx.say("Another term is offered by the staff, to whoever has the role.")
            }
            _ => {}
        }
    }
}

fn end(line: &RoleLine, term: Option<crate::service::roles::TermId>, cx: &mut Ui<'_>) {
    match (&line.state, term) {
        (RoleState::Offered { .. }, Some(term)) => cx.call(TakeBackOffer { term }),
        _ if line.mine => {
            let question = format!("Step down as {}?", line.words);
            cx.effect(Effect::Push(Box::new(Confirm::new(STEP_DOWN, question))));
        }
        _ => {
            let id = term.map_or(0, |term| term.0);
            let question =
                format!("Why does {} stop being {}? All members read it.", line.handle, line.words);
            cx.effect(Effect::Push(Box::new(
                Prompt::new(WHY, question, "").kept(Form::Line(LineFor::RoleEnd, id)),
            )));
        }
    }
}

impl Screen for Roles {
    fn route(&self) -> Route {
        Route::Roles
    }

    fn title(&self) -> String {
        "who does what".to_owned()
    }

    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Roles, Scope::List]
    }

    fn is_waiting(&self) -> bool {
        self.lines.is_none()
    }

    fn offers(&self, command: Command, _look: &Look) -> bool {
        let line = self.chosen();
        match command {
            Command::AcceptRole | Command::DeclineRole => line.is_some_and(RoleLine::is_asked_of_me),
            Command::EndRole => line.is_some_and(|line| line.may_end),
            Command::RenewRole => line.is_some_and(|line| line.may_renew),
            Command::Open => line.is_some(),
            _ => true,
        }
    }

    fn update(&mut self, msg: Msg, cx: &mut Ui<'_>) {
        match msg {
            Msg::Start | Msg::Returned | Msg::Resync => cx.call(ListRoles),
            Msg::Event(DomainEvent::MemberChanged { .. } | DomainEvent::BoardsChanged) => cx.call(ListRoles),
            Msg::Answer(answer) => self.answer(answer, cx),
            Msg::Dialog(DialogResult::Yes(STEP_DOWN)) => {
                if let Some(line) = self.chosen() {
                    cx.call(EndRole { member: line.member, duty: line.duty, reason: String::new() });
                }
            }
            Msg::Dialog(DialogResult::Text(WHY, reason)) => {
                if let Some(line) = self.chosen() {
                    cx.call(EndRole { member: line.member, duty: line.duty, reason });
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
