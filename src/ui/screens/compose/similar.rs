//! Threads with a title like the one that is being written (W5): looked for when the fingers rest, shown under the
//! title, opened over the composer, whose text waits below.

use std::time::Duration;

use super::Compose;
use crate::service::Result;
use crate::service::writing::{Similar, SimilarThreads};
use crate::ui::route::{ComposeTarget, Route};
use crate::ui::screen::{Effect, Ui};
use crate::ui::widgets::Choose;

/// The timer after which they are looked for.
pub(super) const LOOK: u32 = 3;
/// How long the fingers must rest: longer than between two letters of somebody who types slowly.
const LOOK_AFTER: Duration = Duration::from_millis(400);
/// The question which one to open.
pub(super) const WHICH: u32 = 3;
/// Characters of a title from which on it says something.
const TITLE_CHARS_MIN: usize = 4;

/// What was found, and for which title.
#[derive(Default)]
pub(super) struct Alike {
    found: Vec<Similar>,
    /// The title that was looked for last.
    asked: String,
}

impl Alike {
    /// Whether there is one.
    pub(super) fn any(&self) -> bool {
        !self.found.is_empty()
    }

    /// What was found.
    pub(super) fn found(&self) -> &[Similar] {
        &self.found
    }
}

impl Compose {
    /// The title has changed: a timer with the same number begins anew, so that only the last letter counts.
    pub(super) fn titled(&mut self, cx: &mut Ui<'_>) {
        if matches!(self.target, ComposeTarget::NewThread(_)) {
            cx.effect(Effect::Timer(LOOK, LOOK_AFTER));
        }
    }

    pub(super) fn look_for_similar(&mut self, cx: &mut Ui<'_>) {
        let title = self.title.text().trim();
        if title.chars().count() < TITLE_CHARS_MIN {
            self.similar = Alike::default();
        } else if title != self.similar.asked {
            self.similar.asked = title.to_owned();
            cx.call(SimilarThreads { title: title.to_owned() });
        }
    }

    /// What was found. A failure is no reason to disturb somebody who writes.
    pub(super) fn found_similar(&mut self, result: Result<Vec<Similar>>) {
        self.similar.found = result.unwrap_or_default();
    }

    /// Opens the one there is, or asks which.
    pub(super) fn choose_similar(&mut self, cx: &mut Ui<'_>) {
        match self.similar.found() {
            [] => cx.say("No thread here has a title like this one so far."),
            [_] => self.open_similar(0, cx),
            several => {
                let titles = several.iter().map(|thread| thread.title.clone()).collect();
                cx.effect(Effect::Push(Box::new(Choose::new(
                    WHICH,
                    "Open which one? Your text waits.",
                    titles,
                ))));
            }
        }
    }

    /// Opens one over the composer. What was written is kept before.
    pub(super) fn open_similar(&mut self, index: usize, cx: &mut Ui<'_>) {
        let Some(thread) = self.similar.found().get(index).map(|thread| thread.thread) else { return };
        if self.saver.is_due() {
            self.save(cx);
        }
        cx.open(Route::Thread { thread, at: Some(crate::domain::ids::PostNo(1)) });
    }
}
