//! Who is here now (L1): live sessions, in memory only. Who chose to be invisible is on no list that others read;
//! being away by having been idle is worked out when somebody looks, so nothing has to tick.

use std::collections::{HashMap, HashSet};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::{Caller, DomainEvent, Service, Who};
use crate::domain::ids::{BoardId, MemberId, RoomId, SessionId};
use crate::domain::room::IDLE_S;
use crate::domain::time::Timestamp;

/// The live sessions.
#[derive(Default)]
pub struct Presence {
    live: Mutex<Live>,
    /// Everybody is about to hear that something changed.
    telling: AtomicBool,
}

#[derive(Default)]
struct Live {
    next: i64,
    sessions: HashMap<SessionId, Present>,
    /// Who said that they are away, with their word on why; forgotten with their last session.
    away: HashMap<MemberId, String>,
    /// Who is listed nowhere.
    invisible: HashSet<MemberId>,
}

/// A member who is here: one live session, or all of a member's sessions taken together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Present {
    /// Who.
    pub member: MemberId,
    /// The board that is open, if one is.
    pub board: Option<BoardId>,
    /// The room that is open, if one is.
    pub room: Option<RoomId>,
    /// Since when.
    pub since: Timestamp,
    /// When a key was pressed last.
    pub touched: Timestamp,
    /// What they said on why they are away, possibly nothing; none when they said no such thing.
    pub away: Option<String>,
}

impl Present {
    /// On why they are away, perhaps without a word; none while they are about.
    pub fn away_at(&self, now: Timestamp) -> Option<String> {
        let idle = now.seconds_since(self.touched) >= IDLE_S;
        self.away.clone().or_else(|| idle.then(String::new))
    }
}

/// What a session shows, for "who is here".
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// The board that is open.
    pub board: Option<BoardId>,
    /// The room that is open.
    pub room: Option<RoomId>,
}

/// A session's own entry, taken out however the session ends. Guests have none.
pub struct Here {
    service: Arc<Service>,
    id: Option<SessionId>,
}

impl Here {
    /// A session opened; when its member was not here before, everybody hears of it. `invisible`: nobody does.
    pub fn enter(service: &Arc<Service>, caller: &Caller, invisible: bool) -> Self {
        let id = match caller.who {
            Who::Member(member) => {
                service.presence().set_invisible(member, invisible);
                let (id, came) = service.presence().enter(member, service.now());
                if came && !invisible {
                    tell_soon(service);
                }
                Some(id)
            }
            Who::Guest | Who::Host => None,
        };
        Self { service: Arc::clone(service), id }
    }

    /// The session shows another place.
    pub fn move_to(&self, place: Place) {
        if self.id.is_some_and(|id| self.service.presence().move_to_place(id, place)) {
            tell_soon(&self.service);
        }
    }

    /// A key was pressed. Others hear of it only when the member was away for having been idle.
    pub fn touch(&self) {
        let now = self.service.now();
        if self.id.is_some_and(|id| self.service.presence().touch(id, now)) {
            tell_soon(&self.service);
        }
    }
}

/// How long news of who is here gathers before everybody hears of it once: on a lively evening somebody comes, goes or
/// moves all the time, and each time all sessions that show it read it anew.
const GATHER: Duration = Duration::from_secs(1);

/// Everybody hears of it in a moment, together with what else changes until then.
fn tell_soon(service: &Arc<Service>) {
    let Ok(runtime) = tokio::runtime::Handle::try_current() else {
        // The program ends: whoever still listens may hear of it now.
        return service.announce(DomainEvent::PresenceChanged);
    };
    if service.presence().telling.swap(true, Ordering::AcqRel) {
        return;
    }
    let service = Arc::clone(service);
    runtime.spawn(async move {
        tokio::time::sleep(GATHER).await;
        service.presence().telling.store(false, Ordering::Release);
        service.announce(DomainEvent::PresenceChanged);
    });
}

impl Drop for Here {
    fn drop(&mut self) {
        if self.id.is_some_and(|id| self.service.presence().leave(id)) {
            tell_soon(&self.service);
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
        let here = Present { member, board: None, room: None, since: now, touched: now, away: None };
        live.sessions.insert(id, here);
        (id, came)
    }

    /// A session ended. True when it was the member's last one: somebody left.
    pub fn leave(&self, session: SessionId) -> bool {
        let mut live = self.lock();
        let Some(gone) = live.sessions.remove(&session) else { return false };
        let left = !live.sessions.values().any(|here| here.member == gone.member);
        if left {
            live.away.remove(&gone.member);
        }
        // Invisible ones came without a word, and go without one.
        let unseen = if left { live.invisible.remove(&gone.member) } else { true };
        left && !unseen
    }

    /// A session shows another board, or none. True when that is news.
    pub fn move_to(&self, session: SessionId, board: Option<BoardId>) -> bool {
        self.move_to_place(session, Place { board, room: None })
    }

    /// A session shows another place. True when that is news.
    pub fn move_to_place(&self, session: SessionId, place: Place) -> bool {
        let mut live = self.lock();
        let Some(here) = live.sessions.get_mut(&session) else { return false };
        let moved = (here.board, here.room) != (place.board, place.room);
        (here.board, here.room) = (place.board, place.room);
        let member = here.member;
        moved && !live.invisible.contains(&member)
    }

    /// A key was pressed in a session. True when its member was idle for long, which others saw.
    pub fn touch(&self, session: SessionId, now: Timestamp) -> bool {
        let mut live = self.lock();
        let Some(here) = live.sessions.get_mut(&session) else { return false };
        let was_idle = now.seconds_since(here.touched) >= IDLE_S;
        here.touched = now;
        let member = here.member;
        was_idle && !live.invisible.contains(&member)
    }

    /// A member is away, with a word on why, or is back. True when that is news.
    pub fn set_away(&self, member: MemberId, away: Option<String>) -> bool {
        let mut live = self.lock();
        if !live.sessions.values().any(|here| here.member == member) {
            return false;
        }
        let before = match away.clone() {
            Some(why) => live.away.insert(member, why),
            None => live.away.remove(&member),
        };
        before != away
    }

    /// What a member said on why they are away.
    pub fn away(&self, member: MemberId) -> Option<String> {
        self.lock().away.get(&member).cloned()
    }

    /// A member is listed nowhere, or is again.
    pub fn set_invisible(&self, member: MemberId, invisible: bool) {
        let mut live = self.lock();
        if invisible {
            live.invisible.insert(member);
        } else {
            live.invisible.remove(&member);
        }
    }

    /// Everybody who is here and lets it be seen, one entry a member, in order of arrival.
    pub fn members(&self) -> Vec<Present> {
        let live = self.lock();
        let mut all: Vec<(SessionId, &Present)> =
            live.sessions.iter().map(|(id, here)| (*id, here)).collect();
        all.sort_by_key(|(id, _)| *id);
        let mut members: Vec<Present> = Vec::new();
        for (_, here) in all.into_iter().filter(|(_, here)| !live.invisible.contains(&here.member)) {
            match members.iter_mut().find(|known| known.member == here.member) {
                // The newest session says where the member is.
                Some(known) => {
                    known.board = here.board.or(known.board);
                    known.room = here.room.or(known.room);
                    known.touched = known.touched.max(here.touched);
                }
                None => members.push(Present { away: live.away.get(&here.member).cloned(), ..here.clone() }),
            }
        }
        members
    }

    /// Whether a member is here and lets it be seen.
    pub fn is_here(&self, member: MemberId) -> bool {
        let live = self.lock();
        !live.invisible.contains(&member) && live.sessions.values().any(|here| here.member == member)
    }

    /// Whether a member has a room open, seen or not.
    pub fn is_in_room(&self, member: MemberId, room: RoomId) -> bool {
        self.lock().sessions.values().any(|here| here.member == member && here.room == Some(room))
    }

    /// Since when a member has been here without a break, seen or not.
    pub fn since(&self, member: MemberId) -> Option<Timestamp> {
        let live = self.lock();
        live.sessions.values().filter(|here| here.member == member).map(|here| here.since).min()
    }

    fn lock(&self) -> MutexGuard<'_, Live> {
        // The map is changed in single steps, so it is whole even after a panic elsewhere.
        self.live.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WREN: MemberId = MemberId(1);

    #[test]
    fn a_second_session_of_a_member_is_no_second_person() {
        let presence = Presence::default();
        let (first, came) = presence.enter(WREN, Timestamp(5));
        assert!(came);
        let (second, came) = presence.enter(WREN, Timestamp(6));
        assert!(!came);
        assert_eq!(presence.members().len(), 1);
        assert_eq!(presence.since(WREN), Some(Timestamp(5)));
        assert!(!presence.leave(first));
        assert!(presence.is_here(WREN));
        assert!(presence.leave(second));
        assert!(presence.members().is_empty());
    }

    #[test]
    fn moving_is_news_only_once() {
        let presence = Presence::default();
        let (session, _) = presence.enter(WREN, Timestamp(5));
        assert!(presence.move_to(session, Some(BoardId(3))));
        assert!(!presence.move_to(session, Some(BoardId(3))));
        assert_eq!(presence.members()[0].board, Some(BoardId(3)));
        let place = Place { board: Some(BoardId(3)), room: Some(RoomId(2)) };
        assert!(presence.move_to_place(session, place));
        assert_eq!(presence.members()[0].room, Some(RoomId(2)));
    }

    #[test]
    fn l1_after_fifteen_minutes_without_a_key_one_is_away_until_the_next() {
        let presence = Presence::default();
        let (session, _) = presence.enter(WREN, Timestamp(0));
        let away = |at: i64| presence.members()[0].away_at(Timestamp(at));
        assert_eq!(away(IDLE_S - 1), None);
        assert_eq!(away(IDLE_S), Some(String::new()));
        assert!(presence.touch(session, Timestamp(IDLE_S)), "the others see somebody come back");
        assert!(!presence.touch(session, Timestamp(IDLE_S + 1)));
        assert_eq!(away(IDLE_S + 2), None);
        // One busy session is enough.
        presence.enter(WREN, Timestamp(3 * IDLE_S));
        assert_eq!(away(3 * IDLE_S), None);
    }

    #[test]
    fn l1_away_lasts_until_one_is_back_or_has_left() {
        let presence = Presence::default();
        assert!(!presence.set_away(WREN, Some("tea".to_owned())), "nobody is away who is not here");
        let (session, _) = presence.enter(WREN, Timestamp(0));
        assert!(presence.set_away(WREN, Some("tea".to_owned())));
        assert!(!presence.set_away(WREN, Some("tea".to_owned())));
        presence.touch(session, Timestamp(1));
        assert_eq!(presence.members()[0].away_at(Timestamp(1)).as_deref(), Some("tea"));
        assert!(presence.leave(session));
        presence.enter(WREN, Timestamp(2));
        assert_eq!(presence.away(WREN), None);
    }

    #[test]
    fn l1_who_is_invisible_is_on_no_list_and_makes_no_news() {
        let presence = Presence::default();
        presence.set_invisible(WREN, true);
        let (session, _) = presence.enter(WREN, Timestamp(0));
        assert!(presence.members().is_empty() && !presence.is_here(WREN));
        assert!(!presence.move_to(session, Some(BoardId(3))));
        assert!(!presence.touch(session, Timestamp(IDLE_S)));
        presence.set_invisible(WREN, false);
        assert!(presence.is_here(WREN));
        presence.set_invisible(WREN, true);
        assert!(!presence.leave(session));
    }
}
