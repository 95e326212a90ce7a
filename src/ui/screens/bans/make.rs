//! Banning: what, whom it would meet, for how long, why; and once more where it would be a pity.

use crate::service::bans::{BAN_TERMS, BanChoice, BanPreview, MakeBan, PreviewBan, term_end};
use crate::ui::screen::{DialogResult, Effect, Ui};
use crate::ui::widgets::{Choose, Confirm, Prompt};

const WHAT: u32 = 1;
const WHICH: u32 = 2;
const TERM: u32 = 3;
const REASON: u32 = 4;
const SURE: u32 = 5;

/// What was answered so far.
#[derive(Debug, Default)]
pub(super) struct Making {
    choices: Vec<BanChoice>,
    preview: Option<BanPreview>,
    term: usize,
    reason: String,
}

impl Making {
    /// Asks for anything.
    pub(super) fn begin(&mut self, cx: &mut Ui<'_>) {
        *self = Self::default();
        let prompt = Prompt::new(WHAT, "Fingerprint, address or network?", "");
        cx.effect(Effect::Push(Box::new(prompt)));
    }

    /// Asks which of a member's keys and addresses.
    pub(super) fn begin_with(&mut self, choices: Vec<BanChoice>, cx: &mut Ui<'_>) {
        *self = Self::default();
        if choices.is_empty() {
            return cx.say("There is no key or address of theirs to ban. n asks for any other.");
        }
        let words = choices.iter().map(|choice| choice.words.clone()).collect();
        self.choices = choices;
        cx.effect(Effect::Push(Box::new(Choose::new(WHICH, "What is to be banned?", words))));
    }

    /// Whom it would meet; asks for how long.
    pub(super) fn seen(&mut self, preview: BanPreview, cx: &mut Ui<'_>) {
        if preview.since.is_some() {
            return cx.refuse(format!("{} is on the list already.", preview.subject));
        }
        let question = format!("{}: {}", preview.subject, preview.words());
        self.preview = Some(preview);
        let terms = BAN_TERMS.iter().map(|(words, _)| (*words).to_owned()).collect();
        cx.effect(Effect::Push(Box::new(Choose::new(TERM, question, terms))));
    }

    /// Takes an answer and asks the next question; after the last one it is banned.
    pub(super) fn step(&mut self, result: DialogResult, cx: &mut Ui<'_>) {
        match result {
            DialogResult::Text(WHAT, what) => cx.call(PreviewBan { what }),
            DialogResult::Choice(WHICH, index) => {
                if let Some(choice) = self.choices.get(index) {
                    cx.call(PreviewBan { what: choice.subject.clone() });
                }
            }
            DialogResult::Choice(TERM, index) => {
                self.term = index;
                let prompt = Prompt::new(REASON, "Why? Members read it in the log.", "");
                cx.effect(Effect::Push(Box::new(prompt)));
            }
            DialogResult::Text(REASON, reason) => {
                self.reason = reason;
                match self.preview.as_ref().filter(|preview| !preview.asks.is_empty()) {
                    Some(preview) => {
                        let question = format!("{} Ban it all the same?", preview.asks.join(" "));
                        cx.effect(Effect::Push(Box::new(Confirm::new(SURE, question))));
                    }
                    None => self.make(cx),
                }
            }
            DialogResult::Yes(SURE) => self.make(cx),
            _ => {}
        }
    }

    fn make(&mut self, cx: &mut Ui<'_>) {
        let Some(preview) = self.preview.take() else { return };
        let until = term_end(cx.look.now, self.term);
        cx.call(MakeBan {
            what: preview.subject,
            reason: std::mem::take(&mut self.reason),
            until,
            sure: true,
        });
    }
}
