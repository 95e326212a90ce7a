//! The sessions that are open, a word to all of them, and the restart that was announced: in memory only.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;

use super::now::Door;
use crate::domain::ids::SessionId;
use crate::domain::policy::Actor;
use crate::domain::time::Timestamp;
use crate::service::{Caller, DomainEvent, Service, Who};

/// Minutes before a restart at which everybody is told, the longest first.
pub const TOLD_AT_MINUTES: [i64; 8] = [60, 30, 15, 10, 5, 2, 1, 0];

/// What the console looks at besides the database.
#[derive(Default)]
pub struct Desk {
    live: Mutex<Live>,
    changed: Notify,
}

#[derive(Default)]
struct Live {
    next: i64,
    sessions: BTreeMap<SessionId, Open>,
    announced: Vec<(i64, String)>,
    restart: Option<Restart>,
    backup: Option<String>,
    door: Door,
    host_key: String,
}

/// An open session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Open {
    /// Who.
    pub who: Who,
    /// Where from.
    pub peer: Option<IpAddr>,
    /// The fingerprint of the key that was proved.
    pub key: Option<String>,
    /// The terminal, as it calls itself, and its size.
    pub terminal: String,
    /// The screen that is open.
    pub shows: String,
    /// Since when.
    pub since: Timestamp,
    /// When a key was pressed last.
    pub touched: Timestamp,
    /// It is to end, with these words.
    ends: Option<String>,
}

/// A restart that was announced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restart {
    /// When.
    pub at: Timestamp,
    /// Why, in the sysop's words; may be empty.
    pub words: String,
    /// Everybody was told up to this many minutes before.
    told: i64,
}

/// Most words to all that are kept: a session asks for the newest at once.
const ANNOUNCED_MAX: usize = 8;

impl Desk {
    /// The open sessions, oldest first.
    pub fn sessions(&self) -> Vec<(SessionId, Open)> {
        self.lock().sessions.iter().map(|(id, open)| (*id, open.clone())).collect()
    }

    /// Lets a session end, with a word to its person. False when it is no longer there.
    pub(super) fn end(&self, session: SessionId, words: String) -> bool {
        let mut live = self.lock();
        let Some(open) = live.sessions.get_mut(&session) else { return false };
        open.ends = Some(words);
        true
    }

    /// The words with which a session is to end.
    pub fn ending(&self, session: SessionId) -> Option<String> {
        self.lock().sessions.get(&session)?.ends.clone()
    }

    /// How far the door is open.
    pub fn door(&self) -> Door {
        self.lock().door.clone()
    }

    /// Opens or closes it.
    pub(super) fn set_door(&self, door: Door) {
        self.lock().door = door;
    }

    /// What somebody is told who cannot be here now; none for those who can.
    pub(in crate::service) fn shut_for(&self, actor: &Actor) -> Option<String> {
        let live = self.lock();
        if matches!(live.door, Door::StaffOnly(_)) && !actor.is_staff() { live.door.words() } else { None }
    }

    /// Notes the fingerprint of the server's key, for the console to show.
    pub fn set_host_key(&self, fingerprint: String) {
        self.lock().host_key = fingerprint;
    }

    /// The same.
    pub(super) fn host_key(&self) -> String {
        self.lock().host_key.clone()
    }

    /// Keeps a word to all and gives its number.
    pub(super) fn announce(&self, words: String) -> i64 {
        let mut live = self.lock();
        live.next += 1;
        let no = live.next;
        if live.announced.len() >= ANNOUNCED_MAX {
            live.announced.remove(0);
        }
        live.announced.push((no, words));
        no
    }

    /// A word to all, by its number.
    pub(super) fn announced(&self, no: i64) -> Option<String> {
        self.lock().announced.iter().find(|(known, _)| *known == no).map(|(_, words)| words.clone())
    }

    /// The restart that was announced.
    pub fn restart(&self) -> Option<Restart> {
        self.lock().restart.clone()
    }

    /// Announces a restart, or calls it off.
    pub(super) fn set_restart(&self, restart: Option<(Timestamp, String)>) {
        let restart = restart.map(|(at, words)| Restart { at, words, told: i64::MAX });
        self.lock().restart = restart;
        self.changed.notify_one();
    }

    /// What became of the last backup, in words.
    pub(super) fn note_backup(&self, words: String) {
        self.lock().backup = Some(words);
    }

    /// The same.
    pub(super) fn last_backup(&self) -> Option<String> {
        self.lock().backup.clone()
    }

    /// What everybody is to be told of the restart now, if anything, and the seconds until there is more to tell.
    pub(super) fn countdown(&self, now: Timestamp) -> (Option<String>, Option<i64>) {
        let mut live = self.lock();
        let Some(restart) = live.restart.as_mut() else { return (None, None) };
        let left_s = restart.at.seconds_since(now);
        let passed = TOLD_AT_MINUTES.iter().copied().filter(|minutes| left_s <= minutes * 60).min();
        // The first time in any case: whoever is here hears of it at once.
        let first = restart.told == i64::MAX;
        let news = passed.is_some_and(|minutes| minutes < restart.told);
        let next = TOLD_AT_MINUTES.iter().copied().find(|minutes| minutes * 60 < left_s);
        let wait_s = next.map(|minutes| left_s - minutes * 60);
        if !first && !news {
            return (None, wait_s);
        }
        restart.told = passed.unwrap_or(TOLD_AT_MINUTES[0] + 1);
        let when = match (left_s + 59) / 60 {
            ..=0 => "hob restarts now".to_owned(),
            1 => "hob restarts in 1 minute".to_owned(),
            minutes => format!("hob restarts in {minutes} minutes"),
        };
        let why = if restart.words.is_empty() { String::new() } else { format!(" ({})", restart.words) };
        let words = format!("{when}{why}. What you write is kept, and you come back to where you are.");
        if left_s <= 0 {
            live.restart = None;
        }
        (Some(words), wait_s)
    }

    fn lock(&self) -> MutexGuard<'_, Live> {
        // It is changed in single steps, so it is whole even after a panic elsewhere.
        self.live.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Tells everybody of an announced restart at the moments of [`TOLD_AT_MINUTES`]; sleeps until there is one.
pub async fn count_down(service: &Service) {
    let desk = service.desk();
    loop {
        let (words, wait_s) = desk.countdown(service.now());
        if let Some(words) = words {
            let announcement = desk.announce(words);
            service.announce(DomainEvent::Announced { announcement });
        }
        let wait =
            wait_s.map(|seconds| std::time::Duration::from_secs(u64::try_from(seconds).unwrap_or(1).max(1)));
        match wait {
            Some(wait) => {
                // Whichever comes first: a moment, or another announcement.
                let _ = tokio::time::timeout(wait, desk.changed.notified()).await;
            }
            None => desk.changed.notified().await,
        }
    }
}

/// A session's own entry, taken out however the session ends.
pub struct Seat {
    service: Arc<Service>,
    id: SessionId,
}

impl Seat {
    /// A session opened.
    pub fn take(service: &Arc<Service>, caller: &Caller, peer: Option<IpAddr>, terminal: String) -> Self {
        let now = service.now();
        let mut live = service.desk().lock();
        live.next += 1;
        let id = SessionId(live.next);
        let open = Open {
            who: caller.who.clone(),
            peer,
            key: caller.key.as_ref().map(|key| key.fingerprint.clone()),
            terminal,
            shows: String::new(),
            since: now,
            touched: now,
            ends: None,
        };
        live.sessions.insert(id, open);
        drop(live);
        Self { service: Arc::clone(service), id }
    }

    /// Which session it is.
    pub fn id(&self) -> SessionId {
        self.id
    }

    /// A key was pressed: it is noted with what is shown, and as whom.
    pub fn touch(&self, caller: &Caller, shows: &str) {
        let now = self.service.now();
        let mut live = self.service.desk().lock();
        if let Some(open) = live.sessions.get_mut(&self.id) {
            open.touched = now;
            if open.shows != shows {
                shows.clone_into(&mut open.shows);
            }
            if open.who != caller.who {
                open.who = caller.who.clone();
            }
        }
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        self.service.desk().lock().sessions.remove(&self.id);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn m8_a_restart_is_told_at_its_moments_and_at_no_other() {
        let desk = Desk::default();
        desk.set_restart(Some((Timestamp(20 * 60), "new kernel".to_owned())));
        let mut told = Vec::new();
        for second in 0..=21 * 60 {
            if let (Some(words), _) = desk.countdown(Timestamp(second)) {
                told.push((second, words));
            }
        }
        let at: Vec<i64> = told.iter().map(|(second, _)| *second).collect();
        // At once, then 15, 10, 5, 2, 1 and 0 minutes before.
        assert_eq!(at, [0, 300, 600, 900, 1_080, 1_140, 1_200]);
        assert!(told[0].1.starts_with("hob restarts in 20 minutes (new kernel)."), "{}", told[0].1);
        assert!(told[6].1.starts_with("hob restarts now"), "{}", told[6].1);
        assert!(desk.restart().is_none());
    }

    #[test]
    fn m8_it_sleeps_until_the_next_moment() {
        let desk = Desk::default();
        assert_eq!(desk.countdown(Timestamp(0)), (None, None));
        desk.set_restart(Some((Timestamp(600), String::new())));
        assert_eq!(desk.countdown(Timestamp(0)).1, Some(300));
        desk.set_restart(None);
        assert_eq!(desk.countdown(Timestamp(1)), (None, None));
    }
}
