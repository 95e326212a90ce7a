//! Fences: what the staff can put up before something happens: calm for some hours, and
//! the way to the filters.

mod view;

#[cfg(test)]
mod tests;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::domain::draft::{Form, LineFor};
use crate::domain::policy::{self, KeepCalm};
use crate::service::calm::{BeginCalm, CALM_HOURS_MAX, Calm, EndCalm, ShowCalm};
use crate::service::{Answer, DomainEvent};
use crate::ui::keys::{Command, Scope};
use crate::ui::look::Look;
use crate::ui::route::Route;
use crate::ui::screen::{DialogResult, Effect, Msg, Screen, Ui};
use crate::ui::widgets::{Pager, Prompt};

/// The question for how long.
const HOURS: u32 = 1;
/// The question for why.
const WHY: u32 = 2;

/// The screen.
#[derive(Default)]
pub struct Prevention {
    /// The time of calm, once it is known whether there is one.
    calm: Option<Option<Calm>>,
    /// For how long one is about to begin.
    hours: i64,
    pager: Pager,
}

impl Prevention {
    fn is_calm(&self, look: &Look) -> bool {
        self.calm.as_ref().and_then(Option::as_ref).is_some_and(|calm| calm.until > look.now)
    }

    fn answer(&mut self, answer: Answer, cx: &mut Ui<'_>) {
        let answer = match answer.take::<ShowCalm>() {
            Ok(Ok(calm)) => return self.calm = Some(calm),
            Ok(Err(why)) => return cx.refuse(why),
            Err(answer) => answer,
        };
        let answer = match answer.take::<BeginCalm>() {
            Ok(Ok(_)) => {
                cx.good("The place is calm. Everybody sees until when, and why.");
                return cx.call(ShowCalm);
            }
            Ok(Err(why)) => return cx.refuse(why),
            Err(answer) => answer,
        };
        match answer.take::<EndCalm>() {
            Ok(Ok(())) => {
                cx.good("The calm is over.");
                cx.call(ShowCalm);
            }
            Ok(Err(why)) => cx.refuse(why),
            Err(_) => {}
        }
    }

    fn command(&mut self, command: Command, cx: &mut Ui<'_>) {
        if self.pager.command(command) {
            return;
        }
        match command {
            Command::GoBans => cx.open(Route::Bans(None)),
            Command::OpenFilters => cx.open(Route::Filters),
            Command::Calm if self.is_calm(cx.look) => cx.call(EndCalm),
            Command::Calm => {
                let question = format!("Calm for how many hours? 1 to {CALM_HOURS_MAX}; it ends by itself.");
                cx.effect(Effect::Push(Box::new(Prompt::new(HOURS, question, "4"))));
            }
            _ => {}
        }
    }
}

impl Screen for Prevention {
    fn route(&self) -> Route {
        Route::Prevention
    }

    fn title(&self) -> String {
        "fences".to_owned()
    }

    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Prevention, Scope::Pager]
    }

    fn is_waiting(&self) -> bool {
        self.calm.is_none()
    }

    fn update(&mut self, msg: Msg, cx: &mut Ui<'_>) {
        match msg {
            Msg::Start if policy::allow(cx.look.actor(), &KeepCalm).is_err() => {
                cx.refuse(policy::Denied::StaffOnly);
                cx.back();
            }
            Msg::Start | Msg::Returned | Msg::Resync | Msg::Event(DomainEvent::CalmChanged) => {
                cx.call(ShowCalm);
            }
            Msg::Dialog(DialogResult::Text(HOURS, hours)) => match hours.trim().parse::<i64>() {
                Ok(hours) if (1..=CALM_HOURS_MAX).contains(&hours) => {
                    self.hours = hours;
                    let question = "Why? Everybody reads it.";
                    cx.effect(Effect::Push(Box::new(
                        Prompt::new(WHY, question, "").kept(Form::Line(LineFor::Calm, 0)),
                    )));
                }
                _ => cx.refuse(format!(
                    "A number of hours from 1 to {CALM_HOURS_MAX}, please. Nothing is changed."
                )),
            },
            Msg::Dialog(DialogResult::Text(WHY, reason)) => {
                cx.call(BeginCalm { hours: self.hours, reason });
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
