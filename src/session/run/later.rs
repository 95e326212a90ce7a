//! What comes to a session by itself: what happened in the place, and the times that it asked for.

use tokio::sync::broadcast::error::RecvError;
use tokio::time::{Instant, timeout_at};

use super::{EVENTS_SETTLE, LAST_WORDS_WITHIN, Session};
use crate::service::{DomainEvent, Who};
use crate::session::Ending;
use crate::ui::app::ScreenId;

impl Session {
    pub(super) fn domain_event(&mut self, event: std::result::Result<DomainEvent, RecvError>) {
        match event {
            Ok(event) => {
                if self.is_about_me(&event) {
                    self.refresh();
                }
                self.hears_of(&event);
                self.hears_sysop(&event);
                let talk = matches!(event, DomainEvent::LineSaid { .. } | DomainEvent::LineChanged { .. });
                if talk && !self.app.hears_rooms() {
                    return;
                }
                if !self.settling.contains(&event) {
                    self.settling.push(event);
                }
                self.settle.get_or_insert_with(|| Instant::now() + EVENTS_SETTLE);
            }
            // Too many at once for this session: everything is read afresh, nothing is an error.
            Err(RecvError::Lagged(_)) => {
                self.settling.clear();
                self.refresh();
                self.count(true);
                self.app.resync(self.service.now());
                self.dirty = true;
            }
            Err(RecvError::Closed) => self.ending = Some(Ending::ServerStops),
        }
    }

    fn is_about_me(&self, event: &DomainEvent) -> bool {
        if matches!(event, DomainEvent::CalmChanged | DomainEvent::PassesChanged) {
            return true;
        }
        let Who::Member(me) = self.caller.who else { return false };
        match event {
            DomainEvent::MemberChanged { member } | DomainEvent::KeyRevoked { member, .. } => *member == me,
            _ => false,
        }
    }

    pub(super) fn next_alarm(&self) -> Option<Instant> {
        let alarms = self.timers.values().copied().chain(self.escape).chain(self.settle);
        alarms.chain(self.resume.alarm()).chain(self.idle_alarm()).min()
    }

    /// When the session ends if no key comes.
    fn idle_alarm(&self) -> Option<Instant> {
        self.service.settings().idle_at(self.typed_at, self.app.look().actor().is_active())
    }

    pub(super) fn ring_timers(&mut self) {
        let now = Instant::now();
        if self.idle_alarm().is_some_and(|at| at <= now) {
            self.ending = Some(Ending::Idle);
        }
        if self.escape.is_some_and(|at| at <= now) {
            let mut inputs = Vec::new();
            self.decoder.timeout(&mut inputs);
            self.escape = self.decoder.pending().map(|wait| now + wait);
            self.take(inputs);
        }
        if self.settle.is_some_and(|at| at <= now) {
            self.settle = None;
            for event in std::mem::take(&mut self.settling) {
                self.app.event(event, self.service.now());
            }
            self.dirty = true;
        }
        if self.resume.is_due(now) {
            self.keep_place();
        }
        let due: Vec<(ScreenId, u32)> =
            self.timers.iter().filter(|(_, at)| **at <= now).map(|(timer, _)| *timer).collect();
        for (screen, number) in due {
            self.timers.remove(&(screen, number));
            self.app.timer(screen, number, self.service.now());
            self.dirty = true;
        }
    }

    /// Lets the screens do now what they meant to do a little later, and waits for it: what was typed just before the
    /// line dropped, or the server stopped, is kept too (W2). The second round is for what a screen had to put off
    /// while an earlier request of its own was under way.
    pub(super) async fn keep_last_words(&mut self) {
        let until = Instant::now() + LAST_WORDS_WITHIN;
        for _ in 0..2 {
            for ((screen, number), _) in std::mem::take(&mut self.timers) {
                self.app.timer(screen, number, self.service.now());
            }
            self.carry_out_orders();
            while let Ok(Some(done)) = timeout_at(until, self.tasks.join_next()).await {
                self.done(done);
                self.carry_out_orders();
            }
        }
    }
}
