//! Making a filter: one question after another.

use crate::domain::draft::{Form, LineFor};
use crate::domain::ids::BoardId;
use crate::domain::prevention::{FilterAction, FilterScope};
use crate::service::boards::BoardSummary;
use crate::service::charter::Charter;
use crate::service::filters::MakeFilter;
use crate::ui::screen::{DialogResult, Effect, Ui};
use crate::ui::widgets::{Choose, Prompt};

const KIND: u32 = 1;
const PATTERN: u32 = 2;
const ACTION: u32 = 3;
const SCOPE: u32 = 4;
const BOARD: u32 = 5;
const RULE: u32 = 6;
const REASON: u32 = 7;

/// What was answered so far.
#[derive(Clone, Debug, Default)]
pub(super) struct Making {
    is_words: bool,
    pattern: String,
    action: Option<FilterAction>,
    scope: Option<FilterScope>,
    board: Option<BoardId>,
    rule_no: i64,
}

impl Making {
    /// Asks the first question.
    pub(super) fn begin(&mut self, cx: &mut Ui<'_>) {
        *self = Self::default();
        choose(KIND, "What does it look for?", vec!["words", "a pattern (a regular expression)"], cx);
    }

    /// Takes an answer and asks the next question; after the last one the filter is made.
    pub(super) fn step(
        &mut self,
        result: DialogResult,
        boards: &[BoardSummary],
        charter: &Charter,
        cx: &mut Ui<'_>,
    ) {
        match result {
            DialogResult::Choice(KIND, index) => {
                self.is_words = index == 0;
                let question =
                    if self.is_words { "Which words? Spaces between them." } else { "Which pattern?" };
                cx.effect(Effect::Push(Box::new(Prompt::new(PATTERN, question, ""))));
            }
            DialogResult::Text(PATTERN, pattern) => {
                self.pattern = pattern;
                let answers = vec!["a note to its author while writing", "wait for a moderator", "refuse it"];
                choose(ACTION, "What happens to a text that has it?", answers, cx);
            }
            DialogResult::Choice(ACTION, index) => {
                self.action = FilterAction::ALL.get(index).copied();
                choose(SCOPE, "Whose texts?", vec!["newcomers'", "everybody's but the staff's"], cx);
            }
            DialogResult::Choice(SCOPE, index) => {
                self.scope = FilterScope::ALL.get(index).copied();
                let names = boards.iter().map(|board| board.name.as_str());
                choose(BOARD, "Where?", ["everywhere"].into_iter().chain(names).collect(), cx);
            }
            DialogResult::Choice(BOARD, index) => {
                self.board = index.checked_sub(1).and_then(|at| boards.get(at)).map(|board| board.id);
                let rules = charter.rules.iter().map(|rule| rule.title.as_str());
                choose(RULE, "For which rule of the charter?", rules.collect(), cx);
            }
            DialogResult::Choice(RULE, index) => {
                self.rule_no = charter.rules.get(index).map_or(0, |rule| rule.no);
                let question = "What does the author read? A kind sentence.";
                cx.effect(Effect::Push(Box::new(
                    Prompt::new(REASON, question, "").kept(Form::Line(LineFor::Filter, 0)),
                )));
            }
            DialogResult::Text(REASON, reason) => self.make(reason, cx),
            _ => {}
        }
    }

    fn make(&mut self, reason: String, cx: &mut Ui<'_>) {
        let (Some(action), Some(scope)) = (self.action, self.scope) else { return };
        cx.call(MakeFilter {
            pattern: std::mem::take(&mut self.pattern),
            is_words: self.is_words,
            action,
            scope,
            board: self.board,
            reason,
            rule_no: self.rule_no,
        });
    }
}

fn choose(tag: u32, question: &str, answers: Vec<&str>, cx: &mut Ui<'_>) {
    let answers = answers.into_iter().map(str::to_owned).collect();
    cx.effect(Effect::Push(Box::new(Choose::new(tag, question, answers))));
}
