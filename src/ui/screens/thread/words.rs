//! `K`: what the place's own words in a post mean (P8).

use super::Thread;
use crate::service::Answer;
use crate::service::glossary::{TermView, TermsIn};
use crate::ui::keys::{Command, Scope};
use crate::ui::screen::{Effect, Ui};
use crate::ui::screens::glossary::Words;
use crate::ui::widgets::Choose;

/// The question which word is meant.
pub(super) const WORD: u32 = 0x4B;

impl Thread {
    pub(super) fn look_up(&self, cx: &mut Ui<'_>) {
        cx.call(TermsIn { thread: self.thread, no: self.place.chosen });
    }

    /// Takes the answer: one word is shown at once, of several one chooses.
    pub(super) fn words_answer(&mut self, answer: Answer, cx: &mut Ui<'_>) -> Result<(), Answer> {
        match answer.take::<TermsIn>()? {
            Ok(words) => self.words = words,
            Err(why) => {
                cx.refuse(why);
                return Ok(());
            }
        }
        match self.words.as_slice() {
            [] => {
                let key = cx.look.keys.name_of(Scope::Everywhere, Command::GoGlossary).unwrap_or_default();
                cx.say(format!("No word of the glossary is in this post. {key} lists them all."));
            }
            [one] => show(one, cx),
            several => {
                let answers = several.iter().map(|term| term.word.clone()).collect();
                cx.effect(Effect::Push(Box::new(Choose::new(WORD, "Which word?", answers))));
            }
        }
        Ok(())
    }

    pub(super) fn show_word(&self, index: usize, cx: &mut Ui<'_>) {
        if let Some(term) = self.words.get(index) {
            show(term, cx);
        }
    }
}

fn show(term: &TermView, cx: &mut Ui<'_>) {
    cx.effect(Effect::Push(Box::new(Words::meaning(term, cx.look))));
}
