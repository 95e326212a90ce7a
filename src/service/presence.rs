//! Who is here now: live sessions, in memory only.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::{Caller, DomainEvent, Service, Who};
use crate::domain::ids::{BoardId, MemberId, SessionId};
use crate::domain::time::Timestamp;

/// The live sessions.
#[derive(Default)]
pub struct Presence {
    live: Mutex<Live>,
}

#[derive(Default)]
struct Live {
    next: i64,
    sessions: HashMap<SessionId, Present>,
}

/// One live session of a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Present {
    /// Who.
    pub member: MemberId,
    /// The board that is open, if one is.
    pub board: Option<BoardId>,
    /// Since when.
    pub since: Timestamp,
}

/// A session's own entry, taken out however the session ends. Guests have none.
pub struct Here {
    service: Arc<Service>,
    id: Option<SessionId>,
}

impl Here {
    /// A session opened; when its member was not here before, everybody hears of it.
    pub fn enter(service: &Arc<Service>, caller: &Caller) -> Self {
        let id = match caller.who {
            Who::Member(member) => {
                let (id, came) = service.presence().enter(member, service.now());
                if came {
                    service.announce(DomainEvent::PresenceChanged);
                }
                Some(id)
            }
            Who::Guest | Who::Host => None,
        };
        Self { service: Arc::clone(service), id }
    }

    /// The session shows another board, or none.
    pub fn move_to(&self, board: Option<BoardId>) {
        if self.id.is_some_and(|id| self.service.presence().move_to(id, board)) {
            self.service.announce(DomainEvent::PresenceChanged);
        }
    }
}

impl Drop for Here {
    fn drop(&mut self) {
        if self.id.is_some_and(|id| self.service.presence().leave(id)) {
            self.service.announce(DomainEvent::PresenceChanged);
        }
    }
}

impl Presence {
    /// A member's session opened. True when it is the member's only one: somebody came.
    pub fn enter(&self, member: MemberId, now: Timestamp) -> (SessionId, bool) {
        let mut live = self.lock();
        let came = !live.sessions.values().any(|here| here.member == member);
        live.next += 1;
        let id = SessionId(live.next);
        live.sessions.insert(id, Present { member, board: None, since: now });
        (id, came)
    }

    /// A session ended. True when it was the member's last one: somebody left.
    pub fn leave(&self, session: SessionId) -> bool {
        let mut live = self.lock();
        let Some(gone) = live.sessions.remove(&session) else { return false };
        !live.sessions.values().any(|here| here.member == gone.member)
    }

    /// A session shows another board, or none. True when that is news.
    pub fn move_to(&self, session: SessionId, board: Option<BoardId>) -> bool {
        let mut live = self.lock();
        let Some(here) = live.sessions.get_mut(&session) else { return false };
        std::mem::replace(&mut here.board, board) != board
    }

    /// Everybody who is here, one entry a member, in order of arrival.
    pub fn members(&self) -> Vec<Present> {
        let mut all: Vec<(SessionId, Present)> =
            self.lock().sessions.iter().map(|(id, here)| (*id, *here)).collect();
        all.sort_by_key(|(id, _)| *id);
        let mut members: Vec<Present> = Vec::new();
        for (_, here) in all {
            match members.iter_mut().find(|known| known.member == here.member) {
                // The newest session says where the member is.
                Some(known) => known.board = here.board.or(known.board),
                None => members.push(here),
            }
        }
        members
    }

    /// Whether a member is here.
    pub fn is_here(&self, member: MemberId) -> bool {
        self.lock().sessions.values().any(|here| here.member == member)
    }

    fn lock(&self) -> MutexGuard<'_, Live> {
        // The map is changed in single steps, so it is whole even after a panic elsewhere.
        self.live.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_session_of_a_member_is_no_second_person() {
        let presence = Presence::default();
        let (first, came) = presence.enter(MemberId(1), Timestamp(5));
        assert!(came);
        let (second, came) = presence.enter(MemberId(1), Timestamp(6));
        assert!(!came);
        assert_eq!(presence.members().len(), 1);
        assert!(!presence.leave(first));
        assert!(presence.is_here(MemberId(1)));
        assert!(presence.leave(second));
        assert!(presence.members().is_empty());
    }

    #[test]
    fn moving_is_news_only_once() {
        let presence = Presence::default();
        let (session, _) = presence.enter(MemberId(1), Timestamp(5));
        assert!(presence.move_to(session, Some(BoardId(3))));
        assert!(!presence.move_to(session, Some(BoardId(3))));
        assert_eq!(presence.members()[0].board, Some(BoardId(3)));
    }
}
