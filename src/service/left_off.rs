//! Where a member's session was when its line dropped or the server went down, for the next one to go on from. A row a
//! session; a second session beside the first has its own and leaves the first one's alone. What the places are is the
//! business of the screens: here they are a text.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::Notify;
use tokio::time::{Instant, timeout_at};

use super::{Caller, Cx, Error, Reads, Request, Result, Service, Who, Writes};
use crate::domain::ids::{LeftOffId, MemberId};
use crate::domain::policy::{KeepMarks, LookAround};
use crate::store::left_off;

/// How long a place can be gone back to, in seconds: a day. After that one comes to see what is new.
pub const KEPT_S: i64 = 24 * 60 * 60;
/// Longest text for one session's places, in bytes: a dozen places have a few hundred.
const PLACES_LEN_MAX: usize = 4 * 1024;
/// Sessions of one member that are looked through.
const SESSIONS_MAX: i64 = 16;
/// How long a new session waits for an ending one of the same member to say where it was: whoever comes back at once
/// after the line dropped finds the old session putting its last words down.
const ENDING_WITHIN: Duration = Duration::from_millis(1_500);

/// The rows that live sessions hold, and whose sessions are ending.
#[derive(Default)]
pub(super) struct Held {
    held: Mutex<HeldRows>,
    ended: Notify,
}

#[derive(Default)]
struct HeldRows {
    rows: HashSet<LeftOffId>,
    ending: Vec<MemberId>,
}

impl Held {
    fn lock(&self) -> MutexGuard<'_, HeldRows> {
        // Changed in single steps, so it is whole even after a panic elsewhere.
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What a new session finds of where its member was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// Nothing to go back to.
    Nothing,
    /// A place that is now its own.
    Free(String),
    /// Where another session of the member is, which goes on there, or whose line is dead.
    InUse(String),
}

/// One session's own row, let go of however the session ends.
pub struct LeftOff {
    service: Arc<Service>,
    caller: Caller,
    row: Option<LeftOffId>,
    ending: Option<MemberId>,
}

impl LeftOff {
    /// A session without a place to go back to.
    pub fn none(service: &Arc<Service>, caller: &Caller) -> Self {
        Self { service: Arc::clone(service), caller: caller.clone(), row: None, ending: None }
    }

    /// A session begins: takes over the latest place that a session of the member was in and that no live one holds.
    /// Where there is none, but a live one holds a place, that is told: its line may be dead without anybody knowing yet.
    pub async fn claim(service: &Arc<Service>, caller: &Caller) -> (Self, Found) {
        let mut own = Self::none(service, caller);
        let Who::Member(member) = caller.who else { return (own, Found::Nothing) };
        let until = Instant::now() + ENDING_WITHIN;
        loop {
            let ended = service.left_off.ended.notified();
            if service.left_off.lock().ending.contains(&member) && timeout_at(until, ended).await.is_ok() {
                continue;
            }
            // Without them one begins on home: not worth a word.
            let Ok(places) = service.call(caller, ListLeftOff).await else { return (own, Found::Nothing) };
            let latest = places.first().map(|(_, places)| places.clone());
            let mut held = service.left_off.lock();
            let free = places.into_iter().find(|(row, _)| held.rows.insert(*row));
            drop(held);
            let Some((row, places)) = free else {
                return (own, latest.map_or(Found::Nothing, Found::InUse));
            };
            own.row = Some(row);
            return (own, Found::Free(places));
        }
    }

    /// What keeps the session's place; its answer goes to [`Self::kept`].
    pub fn keep(&self, places: String) -> KeepLeftOff {
        KeepLeftOff { row: self.row, places }
    }

    /// The place was kept in this row.
    pub fn kept(&mut self, row: LeftOffId) {
        let mut held = self.service.left_off.lock();
        if let Some(other) = self.row.replace(row).filter(|other| *other != row) {
            held.rows.remove(&other);
        }
        held.rows.insert(row);
    }

    /// The session is ending, and its place is not kept yet: the next one waits for that.
    pub fn ends(&mut self) {
        if let (Who::Member(member), None) = (&self.caller.who, self.ending) {
            self.ending = Some(*member);
            self.service.left_off.lock().ending.push(*member);
        }
    }

    /// The member left of their own accord: next time begins on home.
    pub async fn forget(&mut self) {
        if let Some(row) = self.row
            && let Err(why) = self.service.call(&self.caller, ForgetLeftOff { row }).await
        {
            tracing::debug!(%why, "where a session was could not be forgotten");
        }
    }
}

impl Drop for LeftOff {
    fn drop(&mut self) {
        let mut held = self.service.left_off.lock();
        if let Some(row) = self.row {
            held.rows.remove(&row);
        }
        if let Some(member) = self.ending
            && let Some(at) = held.ending.iter().position(|ending| *ending == member)
        {
            held.ending.swap_remove(at);
        }
        drop(held);
        self.service.left_off.ended.notify_waiters();
    }
}

/// Asks where the caller's sessions were lately, the latest first.
#[derive(Clone, Copy, Debug)]
pub struct ListLeftOff;

impl Request for ListLeftOff {
    type Reply = Vec<(LeftOffId, String)>;
    type Access = Reads;
    const NAME: &'static str = "list left off";

    async fn run(self, cx: &mut Cx<'_, Reads>) -> Result<Self::Reply> {
        cx.allow(&LookAround)?;
        let (me, since) = (cx.me()?, cx.now.plus(-KEPT_S));
        let rows = left_off::list(cx.conn(), me, since, SESSIONS_MAX).await?;
        Ok(rows.into_iter().map(|row| (row.id, row.places)).collect())
    }
}

/// Keeps where a session is.
#[derive(Clone, Debug)]
pub struct KeepLeftOff {
    row: Option<LeftOffId>,
    places: String,
}

impl Request for KeepLeftOff {
    type Reply = LeftOffId;
    type Access = Writes;
    const NAME: &'static str = "keep left off";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<LeftOffId> {
        let grant = cx.allow(&KeepMarks)?;
        let (me, now) = (cx.me()?, cx.now);
        if self.places.len() > PLACES_LEN_MAX {
            return Err(Error::invalid("These are more places than can be kept."));
        }
        Ok(left_off::put(cx.conn(), &grant, me, self.row, &self.places, now).await?)
    }
}

/// Forgets where a session was.
#[derive(Clone, Copy, Debug)]
pub struct ForgetLeftOff {
    row: LeftOffId,
}

impl Request for ForgetLeftOff {
    type Reply = ();
    type Access = Writes;
    const NAME: &'static str = "forget left off";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<()> {
        let grant = cx.allow(&KeepMarks)?;
        let me = cx.me()?;
        Ok(left_off::remove(cx.conn(), &grant, me, self.row).await?)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::service::testing::Place;

    async fn claim(place: &Place, who: &Caller) -> (LeftOff, Option<String>) {
        let (own, found) = LeftOff::claim(&place.service, who).await;
        let free = match found {
            Found::Free(places) => Some(places),
            Found::InUse(_) | Found::Nothing => None,
        };
        (own, free)
    }

    async fn keep(place: &Place, who: &Caller, own: &mut LeftOff, places: &str) {
        let row = place.call(who, own.keep(places.to_owned())).await.unwrap();
        own.kept(row);
    }

    #[tokio::test]
    async fn a_dropped_session_is_gone_on_from_and_one_that_was_left_is_not() {
        let place = Place::new().await;
        let (alice, bob) = (place.regular("alice").await, place.regular("bob").await);
        let (mut own, nothing) = claim(&place, &alice).await;
        assert_eq!(nothing, None);
        keep(&place, &alice, &mut own, "here").await;
        keep(&place, &alice, &mut own, "there").await;
        drop(own);
        assert_eq!(claim(&place, &bob).await.1, None, "nobody else's");
        let (mut own, places) = claim(&place, &alice).await;
        assert_eq!(places.as_deref(), Some("there"));
        own.forget().await;
        drop(own);
        assert_eq!(claim(&place, &alice).await.1, None);
    }

    #[tokio::test]
    async fn a_second_session_leaves_the_first_ones_place_alone() {
        let place = Place::new().await;
        let alice = place.regular("alice").await;
        let (mut first, _) = claim(&place, &alice).await;
        keep(&place, &alice, &mut first, "first").await;
        let (mut second, found) = LeftOff::claim(&place.service, &alice).await;
        assert_eq!(found, Found::InUse("first".to_owned()), "told, and not taken");
        keep(&place, &alice, &mut second, "second").await;
        keep(&place, &alice, &mut first, "first, further on").await;
        drop(first);
        let (third, places) = claim(&place, &alice).await;
        assert_eq!(places.as_deref(), Some("first, further on"));
        drop(second);
        assert_eq!(claim(&place, &alice).await.1.as_deref(), Some("second"));
        drop(third);
    }

    #[tokio::test]
    async fn after_a_day_one_begins_on_home() {
        let place = Place::new().await;
        let alice = place.regular("alice").await;
        let (mut own, _) = claim(&place, &alice).await;
        keep(&place, &alice, &mut own, "here").await;
        drop(own);
        place.clock.advance(KEPT_S + 1);
        assert_eq!(claim(&place, &alice).await.1, None);
    }

    #[tokio::test]
    async fn whoever_comes_back_at_once_waits_for_the_last_words_of_the_old_session() {
        let place = Place::new().await;
        let alice = place.regular("alice").await;
        let (mut own, _) = claim(&place, &alice).await;
        own.ends();
        let putting_down = async {
            tokio::task::yield_now().await;
            keep(&place, &alice, &mut own, "last words").await;
            drop(own);
        };
        let ((_, places), ()) = tokio::join!(claim(&place, &alice), putting_down);
        assert_eq!(places.as_deref(), Some("last words"));
    }

    #[tokio::test]
    async fn more_than_a_few_places_are_not_kept() {
        let place = Place::new().await;
        let alice = place.regular("alice").await;
        let (own, _) = claim(&place, &alice).await;
        assert!(place.call(&alice, own.keep("x".repeat(PLACES_LEN_MAX + 1))).await.is_err());
    }
}
