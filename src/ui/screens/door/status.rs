//! Where an application or an account stands, for whoever waits outside.

use std::time::Duration;

use super::pages::Page;
use super::{Door, SUSPENSION_OVER};
use crate::domain::member::Standing;
use crate::service::Result;
use crate::service::joining::{JoiningState, Step};
use crate::service::moderation::Sanction;
use crate::service::waitlist::WakeSeat;
use crate::ui::screen::{Effect, Ui};

impl Door {
    /// Whether an invite can still change something here.
    pub(super) fn may_enter_invite(&self) -> bool {
        self.joining.as_ref().is_some_and(|joining| {
            !joining.is_invited()
                && matches!(joining.standing, Standing::Joining | Standing::Applied | Standing::Waiting)
        })
    }

    /// Whether an application waits.
    pub(super) fn is_applied(&self) -> bool {
        self.joining.as_ref().is_some_and(|joining| joining.standing == Standing::Applied)
    }

    /// Whether staff wait for an answer.
    pub(super) fn is_asked(&self) -> bool {
        self.joining.as_ref().is_some_and(|joining| joining.step == Step::Question)
    }

    /// Whether one's seat sleeps, and one key wakes it.
    pub(super) fn may_wake(&self) -> bool {
        self.joining.as_ref().is_some_and(|joining| joining.step == Step::Wake)
    }

    /// Wakes the seat.
    pub(super) fn wake(&mut self, cx: &mut Ui<'_>) {
        self.waiting = true;
        cx.call(WakeSeat);
    }

    /// The seat was woken, or its owner stands at the head of the line: the session goes home once it knows.
    pub(super) fn woken(&mut self, cx: &mut Ui<'_>) {
        self.go(Page::Status);
        cx.effect(Effect::Refresh);
    }

    pub(super) fn sanction_read(&mut self, result: Result<Option<Sanction>>, cx: &mut Ui<'_>) {
        // Applicants are under none, and may not even ask.
        self.sanction = result.ok().flatten();
        self.await_end_of_suspension(cx);
    }

    /// A suspension that ends while its member looks at it lets the member in by itself.
    pub(super) fn await_end_of_suspension(&mut self, cx: &mut Ui<'_>) {
        let Some(until) = self.sanction.as_ref().and_then(|sanction| sanction.until) else { return };
        let seconds = u64::try_from(until.seconds_since(cx.look.now)).unwrap_or(0) + 1;
        cx.effect(Effect::Timer(SUSPENSION_OVER, Duration::from_secs(seconds)));
    }

    pub(super) fn question_answered(&mut self, result: Result<()>, cx: &mut Ui<'_>) {
        self.waiting = false;
        match result {
            Ok(()) => {
                self.kept = self.editor.revision();
                self.go(Page::Status);
                cx.good("Your answer is with the staff.");
                cx.call(JoiningState);
            }
            Err(why) => self.refuse(why),
        }
    }
}
