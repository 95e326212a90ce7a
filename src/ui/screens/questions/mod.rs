//! The sysop's own questions at the door: write, change, order, take out (D4). What was answered stays as it was asked.

mod form;
mod view;

#[cfg(test)]
mod tests;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::service::questions::{DoorQuestion, ListQuestions, MoveQuestion, RetireQuestion, SaveQuestion};
use crate::service::{Answer, DomainEvent};
use crate::ui::keys::{Command, Scope};
use crate::ui::look::Look;
use crate::ui::route::Route;
use crate::ui::screen::{Msg, Screen, Ui};
use crate::ui::widgets::ListState;
use crate::ui::widgets::field::Typed;
use crate::ui::widgets::keeper::Heard;

use form::QuestionForm;

/// The screen.
#[derive(Default)]
pub struct Questions {
    questions: Option<Vec<DoorQuestion>>,
    list: ListState,
    /// The question that is being written.
    form: Option<QuestionForm>,
    /// What was typed is on its way.
    saving: bool,
}

impl Screen for Questions {
    fn route(&self) -> Route {
        Route::Questions
    }

    fn title(&self) -> String {
        "questions at the door".to_owned()
    }

    fn scopes(&self) -> &'static [Scope] {
        match self.form {
            Some(_) => &[Scope::QuestionForm, Scope::Form],
            None => &[Scope::Questions, Scope::List],
        }
    }

    fn is_typing(&self) -> bool {
        self.form.is_some()
    }

    fn is_waiting(&self) -> bool {
        let form = self.form.as_ref();
        self.questions.is_none() || self.saving || form.is_some_and(|form| form.keeper.is_waiting())
    }

    fn offers(&self, command: Command, _look: &Look) -> bool {
        let asked = self.chosen().is_some_and(|question| !question.retired);
        match command {
            Command::Open | Command::RetireQuestion => self.chosen().is_some(),
            Command::Earlier | Command::Later => asked,
            _ => true,
        }
    }

    fn status(&self, _look: &Look) -> String {
        match &self.form {
            Some(form) => form.hint().to_owned(),
            None => String::new(),
        }
    }

    fn update(&mut self, msg: Msg, cx: &mut Ui<'_>) {
        match msg {
            Msg::Start | Msg::Returned | Msg::Resync => cx.call(ListQuestions),
            Msg::Event(DomainEvent::QuestionsChanged) => cx.call(ListQuestions),
            Msg::Answer(answer) => self.answer(answer, cx),
            Msg::Command(command) if self.form.is_some() => self.command_of_form(command, cx),
            Msg::Command(command) => self.command(command, cx),
            Msg::Input(input) => {
                let Some(form) = &mut self.form else { return };
                match form.lines.input(&input) {
                    Typed::Full => cx.refuse("There is no room for all of that here. Nothing was put in."),
                    Typed::Changed => form.keeper.changed(cx),
                    _ => {}
                }
            }
            Msg::Timer(number) => {
                if let Some(form) = &mut self.form {
                    let text = form.to_text();
                    form.keeper.timer(number, &text, cx);
                }
            }
            _ => {}
        }
    }

    fn draw(&mut self, area: Rect, buf: &mut Buffer, look: &Look) -> Option<Position> {
        view::draw(self, area, buf, look)
    }
}

impl Questions {
    fn questions(&self) -> &[DoorQuestion] {
        self.questions.as_deref().unwrap_or_default()
    }

    fn chosen(&self) -> Option<&DoorQuestion> {
        self.questions().get(self.list.chosen())
    }

    /// Opens the form, with what was typed there before.
    fn begin(&mut self, mut form: QuestionForm, cx: &mut Ui<'_>) {
        form.keeper.load(cx);
        self.form = Some(form);
    }

    /// Gives back what is no answer about the draft of the form.
    fn answer_of_form(&mut self, answer: Answer, cx: &mut Ui<'_>) -> Option<Answer> {
        let Some(form) = &mut self.form else { return Some(answer) };
        let text = form.to_text();
        match form.keeper.answer(answer, &text, cx) {
            Heard::Other(answer) => return Some(answer),
            Heard::Draft(text) => form.take_up(&text),
            Heard::Leave => self.form = None,
            Heard::Nothing => {}
        }
        None
    }

    fn answer(&mut self, answer: Answer, cx: &mut Ui<'_>) {
        let Some(answer) = self.answer_of_form(answer, cx) else { return };
        let answer = match answer.take::<ListQuestions>() {
            Ok(Ok(questions)) => {
                let chosen = self.chosen().map(|question| question.id);
                self.questions = Some(questions);
                self.list.stay_at(self.questions().iter().position(|question| Some(question.id) == chosen));
                return;
            }
            Ok(Err(why)) => {
                cx.refuse(why);
                return cx.back();
            }
            Err(answer) => answer,
        };
        let answer = match answer.take::<SaveQuestion>() {
            Ok(Ok(_)) => {
                self.saving = false;
                if let Some(mut form) = self.form.take() {
                    form.keeper.sent(cx);
                }
                cx.good("Saved. It is asked like this from now on.");
                return cx.call(ListQuestions);
            }
            Ok(Err(why)) => {
                self.saving = false;
                return cx.refuse(why);
            }
            Err(answer) => answer,
        };
        let refused = match answer.take::<MoveQuestion>() {
            Ok(result) => result.err(),
            Err(answer) => answer.take::<RetireQuestion>().ok().and_then(Result::err),
        };
        match refused {
            Some(why) => cx.refuse(why),
            None => cx.call(ListQuestions),
        }
    }

    fn command(&mut self, command: Command, cx: &mut Ui<'_>) {
        if command == Command::Back {
            return cx.back();
        }
        if command == Command::NewQuestion {
            return self.begin(QuestionForm::new(), cx);
        }
        let len = self.questions().len();
        if self.list.command(command, len) {
            return;
        }
        let Some(question) = self.chosen() else { return };
        let (id, retired) = (question.id, question.retired);
        match command {
            Command::Open => {
                let form = QuestionForm::of(question);
                self.begin(form, cx);
            }
            Command::RetireQuestion => cx.call(RetireQuestion { id, retired: !retired }),
            Command::Earlier | Command::Later if retired => {
                cx.say("It is not asked any more. x asks it again.");
            }
            Command::Earlier => cx.call(MoveQuestion { id, earlier: true }),
            Command::Later => cx.call(MoveQuestion { id, earlier: false }),
            _ => {}
        }
    }

    fn command_of_form(&mut self, command: Command, cx: &mut Ui<'_>) {
        let Some(form) = &mut self.form else { return };
        match command {
            Command::Send => {
                self.saving = true;
                cx.call(form.request());
            }
            Command::Back => {
                let text = form.to_text();
                if form.keeper.leave(&text, cx) {
                    self.form = None;
                }
            }
            Command::DropDraft => {
                form.reset();
                form.keeper.sent(cx);
                cx.say("Dropped.");
            }
            other => {
                let before = form.to_text();
                form.command(other);
                if form.to_text() != before {
                    form.keeper.changed(cx);
                }
            }
        }
    }
}
