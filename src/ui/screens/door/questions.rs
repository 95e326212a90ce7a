//! The sysop's own questions on the way in, a page each: words in the editor, choices in a list.

use super::Door;
use super::pages::Page;
use crate::domain::ids::QuestionId;
use crate::domain::question::{AskedOf, Asking, QuestionKind};
use crate::service::joining::{AnswerDoorQuestion, Joining};
use crate::ui::keys::Command;
use crate::ui::screen::Ui;

/// The page of a question.
pub(super) fn page_of(joining: &Joining, index: usize) -> Page {
    match joining.asked.get(index).map(|asked| asked.asking.kind) {
        Some(QuestionKind::Text) => Page::AskText(index),
        Some(QuestionKind::One) => Page::AskOne(index),
        Some(QuestionKind::Many) => Page::AskMany(index),
        None => Page::Introduction,
    }
}

/// The page of the question with this id.
pub(super) fn page_with(joining: &Joining, id: QuestionId) -> Page {
    let index = joining.asked.iter().position(|asked| asked.question == id);
    page_of(joining, index.unwrap_or(usize::MAX))
}

impl Door {
    /// What is asked on a page of a question.
    pub(super) fn asking(&self, page: Page) -> Option<&Asking> {
        let index = page.asked()?;
        self.joining.as_ref()?.asked.get(index).map(|asked| &asked.asking)
    }

    /// The words of the questions that this person is asked.
    pub(super) fn asked_words(&self) -> Vec<&str> {
        match &self.joining {
            Some(joining) => joining.asked.iter().map(|asked| asked.asking.words.as_str()).collect(),
            None => {
                let invited = self.entry.invite.is_some();
                let meant = |asking: &&Asking| !(invited && asking.of == AskedOf::Applicants);
                self.seen.asked.iter().filter(meant).map(|asking| asking.words.as_str()).collect()
            }
        }
    }

    /// What is marked when one comes to a page: what was marked last, or what was answered.
    pub(super) fn marks_of(&self, page: Page) -> Vec<i64> {
        let asked = page.asked().and_then(|index| self.joining.as_ref()?.asked.get(index));
        let Some(asked) = asked else { return Vec::new() };
        match self.aside.iter().find(|(question, _)| *question == asked.question) {
            Some((_, marks)) => marks.clone(),
            None => asked.answer.as_ref().map(|answer| answer.chosen.clone()).unwrap_or_default(),
        }
    }

    /// Remembers the marks of a page that is left without going on.
    pub(super) fn put_marks_aside(&mut self) {
        let asked = self.page.asked().and_then(|index| self.joining.as_ref()?.asked.get(index));
        let Some(question) = asked.map(|asked| asked.question) else { return };
        self.aside.retain(|(known, _)| *known != question);
        self.aside.push((question, self.marks.clone()));
    }

    pub(super) fn command_of_question(&mut self, command: Command, cx: &mut Ui<'_>) {
        let Some(asking) = self.asking(self.page) else { return };
        let (choices, required) = (asking.choices.len(), asking.required);
        match (self.page, command) {
            (Page::AskText(_), Command::Send) => {
                let text = self.editor.text().to_owned();
                self.send_question(text, Vec::new(), cx);
            }
            (Page::AskMany(_), Command::Pick(digit)) if usize::from(digit) <= choices => {
                self.list.choose(usize::from(digit) - 1);
                self.toggle();
            }
            (Page::AskMany(_), Command::Mark) => self.toggle(),
            (Page::AskMany(_), Command::Accept) => {
                let marks = self.marks.clone();
                self.send_question(String::new(), marks, cx);
            }
            (Page::AskOne(_), Command::Pick(digit)) if usize::from(digit) <= choices => {
                self.list.choose(usize::from(digit) - 1);
                self.send_question(String::new(), vec![i64::from(digit)], cx);
            }
            (Page::AskOne(_), Command::Open) => {
                let chosen = vec![self.chosen_no()];
                self.send_question(String::new(), chosen, cx);
            }
            (Page::AskOne(_), Command::LeaveOut) if !required => {
                self.send_question(String::new(), Vec::new(), cx);
            }
            _ => {}
        }
    }

    /// The number of the chosen row.
    fn chosen_no(&self) -> i64 {
        i64::try_from(self.list.chosen()).map_or(1, |index| index + 1)
    }

    fn toggle(&mut self) {
        let no = self.chosen_no();
        match self.marks.iter().position(|marked| *marked == no) {
            Some(at) => drop(self.marks.remove(at)),
            None => self.marks.push(no),
        }
    }

    fn send_question(&mut self, text: String, chosen: Vec<i64>, cx: &mut Ui<'_>) {
        let asked = self.page.asked().and_then(|index| self.joining.as_ref()?.asked.get(index));
        let Some(asked) = asked else { return };
        let request = AnswerDoorQuestion { question: asked.question, version: asked.version, text, chosen };
        self.waiting = true;
        cx.call(request);
    }
}
