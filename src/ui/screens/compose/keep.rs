//! Keeping the draft while one writes, leaving with it, dropping it. When to save is `widgets::saver`'s to say.

use std::time::Duration;

use super::{Compose, DROP, GIVE_UP, GIVE_UP_AFTER, LEAVE, Phase, SAVE};
use crate::service::Result;
use crate::service::drafts::{DropDraft, SaveDraft};
use crate::service::filters::NotesOf;
use crate::ui::screen::{Effect, Screen, Tone, Ui};
use crate::ui::widgets::Confirm;

impl Compose {
    /// A key came. While an answer is waited for none does; so if one comes, that answer will not.
    pub(super) fn hears(&mut self, cx: &mut Ui<'_>) {
        self.said = None;
        if self.is_waiting() {
            let wait = self.saver.failed();
            self.phase = Phase::Writing;
            save_later(wait, cx);
        }
    }

    pub(super) fn changed(&mut self, cx: &mut Ui<'_>) {
        let wait = self.saver.changed();
        save_later(wait, cx);
    }

    pub(super) fn rings(&mut self, cx: &mut Ui<'_>) {
        if self.saver.rings() && self.phase == Phase::Writing {
            self.save(cx);
        }
    }

    /// Keeps the text as the draft; an untouched one is no draft.
    pub(super) fn save(&mut self, cx: &mut Ui<'_>) {
        let exists = !self.is_untouched();
        self.saver.starts(exists);
        let text = |text: &str| if exists { text.to_owned() } else { String::new() };
        cx.call(SaveDraft {
            target: self.target.draft(),
            title: text(self.title.text()),
            body: text(self.editor.text()),
            reply_to: self.answers,
        });
        cx.effect(Effect::Timer(GIVE_UP, GIVE_UP_AFTER));
    }

    pub(super) fn saved(&mut self, result: Result<()>, cx: &mut Ui<'_>) {
        let failure = result.err().map(|why| why.to_string());
        let wait = if failure.is_some() { self.saver.failed() } else { self.saver.done() };
        save_later(wait, cx);
        match (self.phase.clone(), failure) {
            (Phase::Sending, _) => self.go(cx),
            (Phase::Dropping, _) => self.drop_draft(cx),
            (Phase::Leaving, None) => self.leave(cx),
            (Phase::Leaving, Some(why)) => {
                self.phase = Phase::Writing;
                self.tell(Tone::Bad, format!("The draft is not kept yet. {why}"), cx);
            }
            (_, Some(why)) => self.tell(Tone::Bad, format!("The draft is not kept yet. {why}"), cx),
            (_, None) => self.ask_filters(cx),
        }
    }

    /// Asks for the word of the staff's filters on what is kept now, if there can be one.
    fn ask_filters(&self, cx: &mut Ui<'_>) {
        if self.about.watched {
            let text = format!("{}\n{}", self.title.text(), self.editor.text());
            cx.call(NotesOf { target: self.target.draft(), text });
        }
    }

    /// The filters' word came: it stands beside the text as long as it applies.
    pub(super) fn noted(&mut self, came: Vec<String>) {
        let before = std::mem::replace(&mut self.filtered, came);
        self.notes.retain(|note| !before.contains(note));
        self.notes.extend(self.filtered.iter().cloned());
    }

    pub(super) fn leave(&mut self, cx: &mut Ui<'_>) {
        if self.editor.deselect() {
            return;
        }
        if self.saver.is_kept() || (self.is_untouched() && !self.saver.exists()) {
            if self.saver.exists() {
                cx.say("Kept as a draft. g d lists what you have not sent.");
            }
            cx.back();
        } else if self.saver.is_under_way() {
            self.phase = Phase::Leaving;
        } else if self.saver.has_failed() && self.phase == Phase::Writing {
            let question = "The draft could not be kept. Leave and lose it?";
            cx.effect(Effect::Push(Box::new(Confirm::new(LEAVE, question))));
        } else {
            self.phase = Phase::Leaving;
            self.save(cx);
        }
    }

    pub(super) fn ask_to_drop(&mut self, cx: &mut Ui<'_>) {
        if self.is_untouched() && !self.saver.exists() {
            return cx.back();
        }
        let question = "Drop this draft? Its text is gone then.";
        cx.effect(Effect::Push(Box::new(Confirm::new(DROP, question))));
    }

    pub(super) fn drop_draft(&mut self, cx: &mut Ui<'_>) {
        self.phase = Phase::Dropping;
        if !self.saver.is_under_way() {
            cx.call(DropDraft { target: self.target.draft() });
        }
    }

    pub(super) fn dropped(&mut self, result: Result<bool>, cx: &mut Ui<'_>) {
        match result {
            Ok(_) => {
                cx.say("The draft is gone.");
                cx.back();
            }
            Err(why) => {
                self.phase = Phase::Writing;
                self.tell(Tone::Bad, why.to_string(), cx);
            }
        }
    }
}

pub(super) fn save_later(wait: Option<Duration>, cx: &mut Ui<'_>) {
    if let Some(wait) = wait {
        cx.effect(Effect::Timer(SAVE, wait));
    }
}
