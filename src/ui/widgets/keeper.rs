//! Keeping the text of a form as a draft, for forms that are not the composer (W2): it is offered again when the form
//! opens, kept a second behind the fingers, kept before one leaves, and dropped once it was sent. The form has the
//! text and hands its messages on.

use crate::domain::draft::{DraftTarget, Form};
use crate::service::Answer;
use crate::service::drafts::{DropDraft, LoadDraft, SaveDraft};
use crate::ui::screen::{Effect, Ui};
use crate::ui::widgets::saver::Saver;

/// The timer after which the text is kept. Far from the numbers that forms have for timers of their own.
const KEEP: u32 = 1_001;

/// What an answer was about.
pub enum Heard {
    /// Something of the form's own.
    Other(Answer),
    /// The draft that waits: its text is to be shown.
    Draft(String),
    /// Everything is kept, and one may leave as one wanted to.
    Leave,
    /// Nothing to be done.
    Nothing,
}

/// What is known of the draft of one form.
pub struct Keeper {
    target: DraftTarget,
    saver: Saver,
    loading: bool,
    /// The draft could not be read: nothing is written over it.
    blind: bool,
    leaving: bool,
}

impl Keeper {
    /// For the text of a form.
    pub fn new(form: Form) -> Self {
        let target = DraftTarget::of(form);
        Self { target, saver: Saver::default(), loading: false, blind: false, leaving: false }
    }

    /// What it keeps the text under.
    pub fn target(&self) -> DraftTarget {
        self.target.clone()
    }

    /// Asks for the draft that waits.
    pub fn load(&mut self, cx: &mut Ui<'_>) {
        self.loading = true;
        cx.call(LoadDraft { target: self.target.clone() });
    }

    /// Whether keys have to wait: for the draft, or for it to be kept.
    pub fn is_waiting(&self) -> bool {
        self.loading || self.leaving
    }

    /// The text has changed.
    pub fn changed(&mut self, cx: &mut Ui<'_>) {
        if let Some(wait) = self.saver.changed() {
            cx.effect(Effect::Timer(KEEP, wait));
        }
    }

    /// A timer ran out.
    pub fn timer(&mut self, number: u32, text: &str, cx: &mut Ui<'_>) {
        if number == KEEP && self.saver.rings() {
            self.keep(text, cx);
        }
    }

    /// Keeps the text now, if it is not kept.
    pub fn keep_now(&mut self, text: &str, cx: &mut Ui<'_>) {
        if self.saver.is_due() {
            self.keep(text, cx);
        }
    }

    fn keep(&mut self, text: &str, cx: &mut Ui<'_>) {
        if self.blind {
            return;
        }
        self.saver.starts(!text.trim().is_empty());
        let (target, body) = (self.target.clone(), text.to_owned());
        cx.call(SaveDraft { target, title: String::new(), body, reply_to: None });
    }

    /// One wants to leave. True when one may; else the text is kept first, and [`Heard::Leave`] says when it is. After
    /// a failure the second try leaves.
    pub fn leave(&mut self, text: &str, cx: &mut Ui<'_>) -> bool {
        if self.blind || self.saver.is_kept() || (self.saver.has_failed() && !self.saver.is_under_way()) {
            return true;
        }
        self.leaving = true;
        self.keep_now(text, cx);
        false
    }

    /// The text was sent: its draft is not needed any more.
    pub fn sent(&mut self, cx: &mut Ui<'_>) {
        if self.saver.exists() || self.saver.is_under_way() {
            cx.call(DropDraft { target: self.target.clone() });
        }
        self.saver = Saver::default();
    }

    /// Takes the answers that are its own.
    pub fn answer(&mut self, answer: Answer, text: &str, cx: &mut Ui<'_>) -> Heard {
        let answer = match answer.take::<LoadDraft>() {
            Ok(result) => {
                self.loading = false;
                return match result {
                    Ok(Some(draft)) => {
                        self.saver = Saver::opened(true);
                        cx.say("What you typed here before is back.");
                        Heard::Draft(draft.body)
                    }
                    Ok(None) => Heard::Nothing,
                    Err(why) => {
                        self.blind = true;
                        cx.refuse(format!(
                            "Your draft could not be read, and what you type is not kept. {why}"
                        ));
                        Heard::Nothing
                    }
                };
            }
            Err(other) => other,
        };
        match answer.take::<SaveDraft>() {
            Ok(Ok(())) => {
                let wait = self.saver.done();
                self.ring_in(wait, cx);
                if !self.leaving {
                    return Heard::Nothing;
                }
                if self.saver.is_due() {
                    self.keep(text, cx);
                    return Heard::Nothing;
                }
                self.leaving = false;
                Heard::Leave
            }
            Ok(Err(why)) => {
                let wait = self.saver.failed();
                self.ring_in(wait, cx);
                let way =
                    if std::mem::take(&mut self.leaving) { " Esc again leaves without it." } else { "" };
                cx.refuse(format!("Not kept as a draft yet. {why}{way}"));
                Heard::Nothing
            }
            Err(other) => match other.take::<DropDraft>() {
                Ok(_) => Heard::Nothing,
                Err(other) => Heard::Other(other),
            },
        }
    }

    fn ring_in(&self, wait: Option<std::time::Duration>, cx: &mut Ui<'_>) {
        if let Some(wait) = wait {
            cx.effect(Effect::Timer(KEEP, wait));
        }
    }
}
