//! What tells a member outside the screen that something is for them (L4): the bell, a desktop notice, the window's
//! title. Each only by their own choice, never in their quiet hours, at most once a minute, and never in anybody's words.

use std::time::Duration;

use tokio::time::Instant;

use super::run::{Done, Session};
use crate::service::notifications::CountNotifications;
use crate::service::{DomainEvent, Result, Who};

/// How far apart two bells are at least.
const RINGS_APART: Duration = Duration::from_secs(60);
/// Counted no further: from here on more of it rings as well.
const COUNTED_TO: i64 = 100;

/// What is for the member, and what is still to be sent to tell them.
#[derive(Default)]
pub(super) struct Bell {
    /// How much is for them, as it was counted last.
    count: i64,
    /// A count is on its way.
    counting: bool,
    /// Something happened meanwhile; `true` when it was something new.
    again: Option<bool>,
    rung_at: Option<Instant>,
    /// Bytes for the terminal.
    waiting: Vec<u8>,
}

impl Bell {
    pub(super) fn waits(&self) -> bool {
        !self.waiting.is_empty()
    }

    pub(super) fn take(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.waiting)
    }
}

impl Session {
    /// Counts anew when something was told to the member, or they have seen something.
    pub(super) fn hears_of(&mut self, event: &DomainEvent) {
        let Who::Member(me) = self.caller.who else { return };
        match event {
            DomainEvent::Notified { member } if *member == me => self.count(true),
            DomainEvent::MarksChanged { member } if *member == me => self.count(false),
            _ => {}
        }
    }

    /// Asks how much is for the member.
    pub(super) fn count(&mut self, news: bool) {
        if !self.app.look().actor().is_active() {
            return;
        }
        if self.bell.counting {
            self.bell.again = Some(self.bell.again.unwrap_or(false) || news);
            return;
        }
        self.bell.counting = true;
        let (service, caller) = (self.service.clone(), self.caller.clone());
        self.tasks.spawn(async move { Done::Count(service.call(&caller, CountNotifications).await, news) });
    }

    /// It was counted.
    pub(super) fn counted(&mut self, count: Result<i64>, news: bool) {
        self.bell.counting = false;
        if let Some(news) = self.bell.again.take() {
            self.count(news);
        }
        let Ok(count) = count else { return };
        let before = std::mem::replace(&mut self.bell.count, count);
        if count != before {
            self.app.set_for_me(count);
            self.dirty = true;
        }
        if !news {
            // Less of it, or the first look: the title follows what the member did.
            self.show_title();
        } else if count > before || count >= COUNTED_TO {
            self.ring();
        }
    }

    /// Tells the member, as they chose.
    fn ring(&mut self) {
        let now = Instant::now();
        let soon = self.bell.rung_at.is_some_and(|at| now.duration_since(at) < RINGS_APART);
        let me = &self.app.look().me;
        if soon || me.is_quiet(self.service.now()) {
            return;
        }
        let bell = me.choice("bell") == Some("on");
        let desktop = me.choice("desktop").unwrap_or_default().to_owned();
        let before = self.bell.waiting.len();
        if bell {
            self.bell.waiting.extend(self.terminal.bell());
        }
        self.bell.waiting.extend(self.terminal.desktop_notice(&desktop));
        self.show_title();
        if self.bell.waiting.len() > before {
            self.bell.rung_at = Some(now);
        }
    }

    /// Brings the window's title up to date, or gives back the one it had.
    pub(super) fn show_title(&mut self) {
        let me = &self.app.look().me;
        let shown = me.choice("title") == Some("on") && !me.is_quiet(self.service.now());
        let count = shown.then_some(self.bell.count);
        self.bell.waiting.extend(self.terminal.title(count));
    }
}
