//! The filters of the staff: make one, see what the last 90 days would have met, switch it on or off, take it out.

mod make;
mod view;

#[cfg(test)]
mod tests;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use self::make::Making;
use crate::domain::ids::FilterId;
use crate::service::boards::{BoardSummary, ListBoards};
use crate::service::charter::{Charter, ReadCharter};
use crate::service::filters::{
    DryRun, Filter, ListFilters, MakeFilter, RemoveFilter, SwitchFilter, TryFilter,
};
use crate::service::{Answer, DomainEvent};
use crate::ui::keys::{Command, Scope};
use crate::ui::look::Look;
use crate::ui::route::Route;
use crate::ui::screen::{DialogResult, Effect, Msg, Screen, Ui};
use crate::ui::widgets::{Confirm, Listed};

/// The question whether to take a filter out.
const REMOVE: u32 = 100;

/// The screen.
#[derive(Default)]
pub struct Filters {
    filters: Listed<Filter>,
    /// Which one is about to be taken out: the list may be another one when the question is answered.
    removing: Option<FilterId>,
    boards: Vec<BoardSummary>,
    charter: Charter,
    /// What a filter would have found.
    run: Option<(FilterId, DryRun)>,
    /// The filter that is being tried.
    trying: Option<FilterId>,
    making: Making,
}

impl Filters {
    fn answer(&mut self, answer: Answer, cx: &mut Ui<'_>) {
        let answer = match answer.take::<ListFilters>() {
            Ok(Ok(filters)) => return self.filters.came(filters, |filter| filter.id),
            Ok(Err(why)) => {
                cx.refuse(why);
                return cx.back();
            }
            Err(answer) => answer,
        };
        let answer = match answer.take::<TryFilter>() {
            Ok(Ok(run)) => {
                self.run = self.trying.take().map(|filter| (filter, run));
                return;
            }
            Ok(Err(why)) => return cx.refuse(why),
            Err(answer) => answer,
        };
        let answer = match answer.take::<ListBoards>() {
            Ok(list) => return self.boards = list.map(|list| list.boards).unwrap_or_default(),
            Err(answer) => answer,
        };
        let answer = match answer.take::<ReadCharter>() {
            Ok(charter) => return self.charter = charter.unwrap_or_default(),
            Err(answer) => answer,
        };
        let answer = match answer.take::<MakeFilter>() {
            Ok(Ok(_)) => {
                self.filters.choose_new();
                cx.good("It is there, and off. Enter shows what it would have met, s switches it on.");
                return cx.call(ListFilters);
            }
            Ok(Err(why)) => return cx.refuse(why),
            Err(answer) => answer,
        };
        let refused = match answer.take::<SwitchFilter>() {
            Ok(result) => result.err(),
            Err(answer) => answer.take::<RemoveFilter>().ok().and_then(Result::err),
        };
        match refused {
            Some(why) => cx.refuse(why),
            None => cx.call(ListFilters),
        }
    }

    fn try_it(&mut self, filter: FilterId, cx: &mut Ui<'_>) {
        self.trying = Some(filter);
        cx.call(TryFilter { filter });
    }

    fn command(&mut self, command: Command, cx: &mut Ui<'_>) {
        if self.filters.command(command) {
            return;
        }
        if command == Command::MakeFilter {
            return self.making.begin(cx);
        }
        let Some(filter) = self.filters.chosen() else { return };
        let (id, on) = (filter.id, filter.enabled);
        let tried = self.run.as_ref().is_some_and(|(tried, _)| *tried == id);
        match command {
            Command::Open => self.try_it(id, cx),
            Command::SwitchFilter if !on && !tried => {
                cx.say("First look at what it would have met in 90 days; s again switches it on.");
                self.try_it(id, cx);
            }
            Command::SwitchFilter => cx.call(SwitchFilter { filter: id, on: !on }),
            Command::RemoveFilter => {
                let question = "Take this filter out? The audit log keeps it.";
                self.removing = Some(filter.id);
                cx.effect(Effect::Push(Box::new(Confirm::new(REMOVE, question))));
            }
            _ => {}
        }
    }
}

impl Screen for Filters {
    fn route(&self) -> Route {
        Route::Filters
    }

    fn title(&self) -> String {
        "filters".to_owned()
    }

    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Filters, Scope::List]
    }

    fn is_waiting(&self) -> bool {
        !self.filters.has_come() || self.trying.is_some()
    }

    fn is_blank(&self) -> bool {
        !self.filters.has_come()
    }

    fn offers(&self, command: Command, _look: &Look) -> bool {
        let needs_one = matches!(command, Command::Open | Command::SwitchFilter | Command::RemoveFilter);
        !needs_one || self.filters.chosen().is_some()
    }

    fn update(&mut self, msg: Msg, cx: &mut Ui<'_>) {
        match msg {
            Msg::Start => {
                cx.call(ListFilters);
                cx.call(ListBoards);
                cx.call(ReadCharter);
            }
            Msg::Returned | Msg::Resync | Msg::Event(DomainEvent::FiltersChanged) => cx.call(ListFilters),
            Msg::Dialog(DialogResult::Yes(REMOVE)) => {
                if let Some(filter) = self.removing.take() {
                    cx.call(RemoveFilter { filter });
                }
            }
            Msg::Dialog(result) => self.making.step(result, &self.boards, &self.charter, cx),
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
