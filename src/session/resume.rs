//! Keeping where a session is, so that the member's next one goes on from there: a few seconds after it moved, and when
//! it ends in any way but by the member leaving.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::{Instant, timeout};

use super::Ending;
use super::run::{Done, Session};
use crate::service::left_off::{Found, LeftOff};
use crate::service::{Caller, LeftOffId, Result, Service};
use crate::ui::app::App;

/// How long after a key the place is kept: a killed server loses so much of the way, and never a word.
const KEPT_AFTER: Duration = Duration::from_secs(3);
/// How long the last of it may take.
const LAST_PLACE_WITHIN: Duration = Duration::from_secs(1);

/// The text of a stack that is home alone.
const NOWHERE: &str = "[]";

/// What is kept of where a session is.
pub(super) struct Resume {
    pub(super) left_off: LeftOff,
    /// What was kept last.
    kept: String,
    /// What is on its way to be kept.
    asked: Option<String>,
    /// When to look whether there is something new to keep.
    due: Option<Instant>,
}

impl Resume {
    /// A session begins: it goes on where an earlier one of its member was, if there is one to go on from.
    pub(super) async fn begin(service: &Arc<Service>, caller: &Caller, app: &mut App) -> Self {
        if !app.look().actor().is_active() {
            return Self::new(LeftOff::none(service, caller), None);
        }
        let (left_off, found) = LeftOff::claim(service, caller).await;
        let places = match found {
            Found::Free(places) => {
                app.restore(&places);
                Some(places)
            }
            Found::InUse(places) => {
                app.offer_other_session(places);
                None
            }
            Found::Nothing => None,
        };
        Self::new(left_off, places)
    }

    pub(super) fn new(left_off: LeftOff, places: Option<String>) -> Self {
        // Whoever has never left home has no place to come back to.
        let kept = places.unwrap_or_else(|| NOWHERE.to_owned());
        Self { left_off, kept, asked: None, due: None }
    }

    /// A key came: the session may be elsewhere now.
    pub(super) fn moved(&mut self) {
        self.due.get_or_insert_with(|| Instant::now() + KEPT_AFTER);
    }

    pub(super) fn alarm(&self) -> Option<Instant> {
        self.due
    }

    pub(super) fn is_due(&self, now: Instant) -> bool {
        self.due.is_some_and(|due| due <= now)
    }

    /// What was asked for is done. One that failed is tried again with the next move.
    pub(super) fn kept(&mut self, kept: Result<LeftOffId>) {
        let asked = self.asked.take();
        if let Ok(row) = kept {
            tracing::debug!("kept where a session is");
            self.left_off.kept(row);
            self.kept = asked.unwrap_or_default();
        }
    }
}

impl Session {
    /// Keeps where the session is, if that is another place than was kept last.
    pub(super) fn keep_place(&mut self) {
        self.resume.due = None;
        if !self.app.look().actor().is_active() {
            return;
        }
        if self.resume.asked.is_some() {
            return self.resume.moved();
        }
        let places = self.app.places();
        if places != self.resume.kept {
            let keep = self.resume.left_off.keep(places.clone());
            self.resume.asked = Some(places);
            let (service, caller) = (self.service.clone(), self.caller.clone());
            self.tasks.spawn(async move { Done::Kept(service.call(&caller, keep).await) });
        }
    }

    /// The session ends: its place is kept unless the member left, which begins on home next time.
    pub(super) async fn keep_last_place(&mut self, ending: Ending) {
        let last = async {
            match ending {
                Ending::Left => self.resume.left_off.forget().await,
                Ending::KeyRevoked | Ending::Outdated => {}
                Ending::ServerStops | Ending::BySysop | Ending::Idle | Ending::Closed => {
                    self.keep_place();
                    while let Some(done) = self.tasks.join_next().await {
                        if let Ok(Done::Kept(kept)) = done {
                            self.resume.kept(kept);
                        }
                    }
                }
            }
        };
        // Too slow a disk loses the last steps of the way; whoever waits for it is gone.
        let _ = timeout(LAST_PLACE_WITHIN, last).await;
    }
}
