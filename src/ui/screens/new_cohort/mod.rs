//! The form of a new cohort. What is typed is kept as a draft until the cohort is made.

mod draft;

#[cfg(test)]
mod tests;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::domain::draft::Form as Kept;
use crate::service::Answer;
use crate::service::cohorts::{CohortTexts, MakeCohort, PROMPT_CHARS_MAX, day};
use crate::ui::keys::{Command, Scope};
use crate::ui::look::{Look, TEXT_COLUMNS_MAX};
use crate::ui::put::Put;
use crate::ui::route::Route;
use crate::ui::screen::{Effect, Msg, Screen, Ui};
use crate::ui::widgets::field::Typed;
use crate::ui::widgets::form::Went;
use crate::ui::widgets::keeper::{Heard, Keeper};
use crate::ui::widgets::{Field, Form};

/// Characters that a line takes: more than is saved, so that it is the request that says what is too many.
const LINE_CHARS_MAX: usize = 400;
/// The labels of the lines, in order; a draft has the same.
const LABELS: [&str; 8] = ["name", "what for", "first day", "weeks", "checkpoints", "places", "host", "asks"];
/// What stands in a new form: eight weeks, a checkpoint every Sunday, a dozen places.
const BEGIN: [&str; 8] = ["", "", "", "8", "sunday", "12", "", ""];
/// Days until the first day that is proposed: two weeks to find people.
const DAYS_AHEAD: i64 = 14;

/// The form.
pub struct NewCohortForm {
    lines: Form,
    closed: bool,
    keeper: Keeper,
    /// It is on its way.
    sending: bool,
}

impl Default for NewCohortForm {
    fn default() -> Self {
        let field = |index: usize| {
            let most = if index == 7 { 2 * PROMPT_CHARS_MAX } else { LINE_CHARS_MAX };
            (LABELS[index], Field::new(most).with_text(BEGIN[index]))
        };
        let lines = Form::new((0..LABELS.len()).map(field).collect());
        Self { lines, closed: true, keeper: Keeper::new(Kept::Cohort), sending: false }
    }
}

impl NewCohortForm {
    fn texts(&self) -> CohortTexts {
        let line = |index| self.lines.text(index).to_owned();
        CohortTexts {
            name: line(0),
            purpose: line(1),
            starts: line(2),
            weeks: line(3),
            weekday: line(4),
            places: line(5),
            host: line(6),
            prompt: line(7),
            closed: self.closed,
        }
    }

    fn draft(&self) -> String {
        draft::write(&self.lines, self.closed)
    }

    fn answer(&mut self, answer: Answer, cx: &mut Ui<'_>) {
        let text = self.draft();
        match self.keeper.answer(answer, &text, cx) {
            Heard::Draft(body) => self.closed = draft::read(&body, &mut self.lines).unwrap_or(self.closed),
            Heard::Leave => cx.back(),
            Heard::Nothing => {}
            Heard::Other(answer) => {
                let Ok(result) = answer.take::<MakeCohort>() else { return };
                self.sending = false;
                match result {
                    Ok(cohort) => {
                        self.keeper.sent(cx);
                        cx.good("The cohort is there, and its board. i invites members to it.");
                        cx.effect(Effect::Replace(Route::Cohort(cohort)));
                    }
                    Err(why) => cx.refuse(why),
                }
            }
        }
    }

    fn command(&mut self, command: Command, cx: &mut Ui<'_>) {
        match command {
            Command::Send => {
                self.sending = true;
                cx.call(MakeCohort { texts: self.texts() });
            }
            Command::Back => {
                let text = self.draft();
                if self.keeper.leave(&text, cx) {
                    cx.back();
                }
            }
            Command::SwitchCircle => {
                self.closed = !self.closed;
                self.keeper.changed(cx);
            }
            Command::Help => cx.effect(Effect::Push(super::help(self.title(), self.scopes()))),
            // Past the last line one begins anew: ^S makes it.
            other if self.lines.command(other) == Went::Done => self.lines.go_to(0),
            _ => {}
        }
    }

    fn hint(&self) -> &'static str {
        match self.lines.at() {
            0 => "Its board has the same name: Six weeks of bread.",
            1 => "In one line, for those who think about joining.",
            2 => "Year-month-day. Members join until then.",
            3 => "How long it runs: 1 to 26 weeks.",
            4 => "The day of the week on which a checkpoint opens by itself.",
            5 => "How many can be in it: 2 to 60.",
            6 => "The handle of whoever looks after it; empty: you.",
            _ => "What each checkpoint asks; empty: what was done, what was hard, what comes next.",
        }
    }
}

impl Screen for NewCohortForm {
    fn route(&self) -> Route {
        Route::NewCohort
    }

    fn title(&self) -> String {
        "a new cohort".to_owned()
    }

    fn scopes(&self) -> &'static [Scope] {
        &[Scope::CohortForm, Scope::Form]
    }

    fn is_typing(&self) -> bool {
        true
    }

    fn is_waiting(&self) -> bool {
        self.keeper.is_waiting() || self.sending
    }

    fn status(&self, _look: &Look) -> String {
        self.hint().to_owned()
    }

    fn update(&mut self, msg: Msg, cx: &mut Ui<'_>) {
        match msg {
            Msg::Start => {
                let first = cx.look.now.plus(DAYS_AHEAD * crate::domain::time::DAY_S);
                self.lines.set_text(2, &day(first));
                self.keeper.load(cx);
            }
            Msg::Answer(answer) => self.answer(answer, cx),
            Msg::Command(command) => self.command(command, cx),
            Msg::Timer(number) => {
                let text = self.draft();
                self.keeper.timer(number, &text, cx);
            }
            Msg::Input(input) => match self.lines.input(&input) {
                Typed::Changed => self.keeper.changed(cx),
                Typed::Full => cx.refuse("There is no room for all of that here. Nothing was put in."),
                _ => {}
            },
            _ => {}
        }
    }

    fn draw(&mut self, area: Rect, buf: &mut Buffer, look: &Look) -> Option<Position> {
        let width = area.width.min(TEXT_COLUMNS_MAX).saturating_sub(2);
        let area = Rect { x: area.x + 1, width, ..area };
        let seen = if self.closed { "its people and the staff" } else { "all members" };
        let key = look.keys.name_of(Scope::CohortForm, Command::SwitchCircle).unwrap_or_default();
        let words = format!("board seen by {seen}; {key} changes that");
        buf.put(area.x, area.y, words, usize::from(area.width), look.theme.accent);
        let gap = (if area.height > 10 { 2 } else { 1 }).min(area.height);
        let lines = Rect { y: area.y + gap, height: area.height - gap, ..area };
        self.lines.draw(lines, buf, look, true)
    }
}
