//! What the sysop's console sees of a session, and how the console ends it (M8).

use super::Ending;
use super::run::Session;
use crate::service::DomainEvent;
use crate::service::members::Me;

impl Session {
    /// A key was pressed: the console sees where, and that somebody is there.
    pub(super) fn note_seat(&self) {
        self.seat.touch(&self.caller, &self.app.shows());
    }

    /// What the sysop did that concerns every session, or this one.
    pub(super) fn hears_sysop(&mut self, event: &DomainEvent) {
        match event {
            DomainEvent::SessionEnds { session } if *session == self.seat.id() => self.end_if_told(),
            DomainEvent::BansChanged => {
                if let Some(words) = self.service.barred(&self.caller) {
                    self.end_with(words);
                }
            }
            // Who one is says whether one may be here.
            DomainEvent::DoorChanged => self.refresh(),
            _ => {}
        }
    }

    /// Whether the session goes on for somebody who was read afresh. Events may have been missed: the console's word is
    /// looked up as well.
    pub(super) fn may_go_on(&mut self, me: &Me) -> bool {
        self.end_if_told();
        if let Some(words) = &me.shut {
            self.end_with(words.clone());
        }
        self.ending.is_none()
    }

    fn end_if_told(&mut self) {
        if let Some(words) = self.service.desk().ending(self.seat.id()) {
            self.end_with(words);
        }
    }

    fn end_with(&mut self, words: String) {
        self.farewell = Some(words);
        self.ending = Some(Ending::BySysop);
    }
}
