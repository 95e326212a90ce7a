//! The form of one question: its words, its choices, and how it is asked.

use crate::domain::draft;
use crate::domain::ids::QuestionId;
use crate::domain::question::{AskedOf, CHOICES_MAX, QuestionKind};
use crate::service::questions::{DoorQuestion, SaveQuestion};
use crate::ui::keys::Command;
use crate::ui::widgets::form::Went;
use crate::ui::widgets::keeper::Keeper;
use crate::ui::widgets::{Field, Form};

/// Characters that a line takes: more than is saved, so that it is the request that says what is too many.
const LINE_CHARS_MAX: usize = 400;

/// How a draft says that the question must be answered.
const NEEDED: &str = "needed";

const CHOICES: [&str; CHOICES_MAX] = [
    "choice 1", "choice 2", "choice 3", "choice 4", "choice 5", "choice 6", "choice 7", "choice 8",
    "choice 9",
];

/// A question while it is being written.
pub(super) struct QuestionForm {
    id: Option<QuestionId>,
    pub(super) kind: QuestionKind,
    pub(super) required: bool,
    pub(super) of: AskedOf,
    pub(super) lines: Form,
    /// What is typed among the choices, while the question is one in words.
    hidden: Vec<String>,
    /// What it was when the form was opened.
    before: SaveQuestion,
    /// Keeps it as a draft.
    pub(super) keeper: Keeper,
}

impl QuestionForm {
    /// For a new question.
    pub(super) fn new() -> Self {
        Self::begin(SaveQuestion {
            id: None,
            kind: QuestionKind::Text,
            words: String::new(),
            required: false,
            of: AskedOf::All,
            choices: Vec::new(),
        })
    }

    /// For one that is there.
    pub(super) fn of(question: &DoorQuestion) -> Self {
        let asking = &question.asking;
        Self::begin(SaveQuestion {
            id: Some(question.id),
            kind: asking.kind,
            words: asking.words.clone(),
            required: asking.required,
            of: asking.of,
            choices: asking.choices.iter().map(ToString::to_string).collect(),
        })
    }

    fn begin(before: SaveQuestion) -> Self {
        let mut form = Self {
            id: before.id,
            kind: before.kind,
            required: before.required,
            of: before.of,
            lines: Form::new(Vec::new()),
            hidden: before.choices.clone(),
            keeper: Keeper::new(draft::Form::Question(before.id)),
            before,
        };
        let words = form.before.words.clone();
        form.build(&words);
        form
    }

    /// What is kept as a draft: how it is asked, the question, its choices, a line each. Empty as long as nothing was typed.
    pub(super) fn to_text(&self) -> String {
        if !self.is_changed() {
            return String::new();
        }
        let SaveQuestion { kind, words, required, of, choices, .. } = self.request();
        let needed = if required { NEEDED } else { "free" };
        let mut text = format!("{kind} {needed} {of}\n{words}");
        for choice in choices {
            text.push('\n');
            text.push_str(&choice);
        }
        text
    }

    /// Takes a draft up; one that cannot be read changes nothing.
    pub(super) fn take_up(&mut self, text: &str) {
        let mut lines = text.lines();
        let mut head = lines.next().unwrap_or_default().split(' ');
        let (Some(Ok(kind)), Some(needed), Some(Ok(of))) =
            (head.next().map(str::parse), head.next(), head.next().map(str::parse))
        else {
            return;
        };
        (self.kind, self.required, self.of) = (kind, needed == NEEDED, of);
        let words = lines.next().unwrap_or_default().to_owned();
        self.hidden = lines.map(str::to_owned).collect();
        self.build(&words);
    }

    /// As it was saved last, or empty.
    pub(super) fn reset(&mut self) {
        let SaveQuestion { kind, words, required, of, choices, .. } = self.before.clone();
        (self.kind, self.required, self.of, self.hidden) = (kind, required, of, choices);
        self.build(&words);
    }

    /// Makes the lines that the kind needs, with what was typed.
    fn build(&mut self, words: &str) {
        let mut lines = vec![("question", Field::new(LINE_CHARS_MAX).with_text(words))];
        if self.kind != QuestionKind::Text {
            let text = |index: usize| self.hidden.get(index).map_or("", String::as_str);
            let choices = CHOICES.iter().enumerate();
            lines.extend(
                choices.map(|(index, label)| (*label, Field::new(LINE_CHARS_MAX).with_text(text(index)))),
            );
        }
        self.lines = Form::new(lines);
    }

    fn choices(&self) -> Vec<String> {
        if self.kind == QuestionKind::Text {
            return self.hidden.clone();
        }
        (1..self.lines.len()).map(|line| self.lines.text(line).to_owned()).collect()
    }

    /// What saves it as it stands.
    pub(super) fn request(&self) -> SaveQuestion {
        SaveQuestion {
            id: self.id,
            kind: self.kind,
            words: self.lines.text(0).to_owned(),
            required: self.required,
            of: self.of,
            choices: self.choices(),
        }
    }

    /// Whether something in it is not saved.
    fn is_changed(&self) -> bool {
        let (now, before) = (self.request(), &self.before);
        let filled = |choices: &[String]| -> Vec<String> {
            choices.iter().filter(|choice| !choice.is_empty()).cloned().collect()
        };
        (now.kind, &now.words, now.required, now.of)
            != (before.kind, &before.words, before.required, before.of)
            || filled(&now.choices) != filled(&before.choices)
    }

    pub(super) fn command(&mut self, command: Command) {
        match command {
            Command::SwitchKind => {
                self.hidden = self.choices();
                let at = QuestionKind::ALL.iter().position(|kind| *kind == self.kind).unwrap_or(0);
                self.kind = QuestionKind::ALL[(at + 1) % QuestionKind::ALL.len()];
                let words = self.lines.text(0).to_owned();
                self.build(&words);
            }
            Command::SwitchNeeded => self.required = !self.required,
            Command::SwitchCircle => {
                self.of = if self.of == AskedOf::All { AskedOf::Applicants } else { AskedOf::All };
            }
            // Past the last line one begins anew: ^S saves.
            other if self.lines.command(other) == Went::Done => self.lines.go_to(0),
            _ => {}
        }
    }

    /// How it is asked, in a line.
    pub(super) fn how(&self) -> String {
        how(self.kind, self.required, self.of)
    }

    /// A word on the line that is typed into.
    pub(super) fn hint(&self) -> &'static str {
        match self.lines.at() {
            0 => "What you want to know, in a sentence. ^T changes how it is answered.",
            _ => "A choice may join a tag: end it with #tag. Empty lines are left out.",
        }
    }
}

/// How a question is asked, in a line.
pub(super) fn how(kind: QuestionKind, required: bool, of: AskedOf) -> String {
    let kind = match kind {
        QuestionKind::Text => "in words",
        QuestionKind::One => "one choice",
        QuestionKind::Many => "any choices",
    };
    let required = if required { "needed" } else { "may be left out" };
    let of = match of {
        AskedOf::All => "everybody",
        AskedOf::Applicants => "who has no invite",
    };
    format!("{kind}, {required}, {of}")
}
