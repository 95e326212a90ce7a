//! What the sysop's console sees of a session, and what its sysop says to everybody (M8).

use tokio::time::{Instant, sleep_until};

use super::paper;
use super::talk::Talk;
use super::turn::{Ending, Talked, Turn};
use crate::service::DomainEvent;
use crate::service::console::ReadAnnouncement;

impl Talk {
    /// A line was typed: the console sees that somebody is there.
    pub(super) fn touch(&self) {
        self.here.touch();
        self.seat.touch(&self.caller, "plain mode");
    }

    /// What the sysop did that concerns every session, or this one.
    pub(super) fn hears_sysop(&mut self, event: &DomainEvent) -> Talked<()> {
        match event {
            DomainEvent::SessionEnds { session } if *session == self.seat.id() => {
                let words = self.service.desk().ending(self.seat.id()).unwrap_or_default();
                self.is_sent(&words)
            }
            DomainEvent::BansChanged => match self.service.barred(&self.caller) {
                Some(words) => self.is_sent(&words),
                None => Ok(()),
            },
            DomainEvent::DoorChanged => match self.service.desk().door().words() {
                Some(words) if self.is_shut() => self.is_sent(&words),
                _ => Ok(()),
            },
            DomainEvent::Announced { announcement } => {
                self.news.announced.push(*announcement);
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn is_shut(&self) -> bool {
        let staff_only = matches!(self.service.desk().door(), crate::service::console::Door::StaffOnly(_));
        staff_only && !self.me.actor.is_staff()
    }

    /// The session ends with these words, in the middle of whatever is asked just now.
    fn is_sent(&mut self, words: &str) -> Talked<()> {
        self.out.push_str("\r\n");
        for line in paper::lines(words, usize::MAX) {
            self.out.push_str(&line);
            self.out.push_str("\r\n");
        }
        Err(Turn::End(Ending::Left))
    }

    /// What the sysop said to all since the last prompt.
    pub(super) async fn tell_announced(&mut self) -> Talked<()> {
        for announcement in std::mem::take(&mut self.news.announced) {
            if let Some(words) = self.call(ReadAnnouncement { announcement }).await? {
                self.say(&words).await?;
            }
        }
        Ok(())
    }
}

/// Waits until a time; without one for ever.
pub(super) async fn until_time(until: Option<Instant>) {
    match until {
        Some(at) => sleep_until(at).await,
        None => std::future::pending().await,
    }
}
