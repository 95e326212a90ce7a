//! Use cases: one struct per thing that a member can ask, behind one door, [`Service::call`].
//!
//! A use case lives in the folder of its noun and implements [`Request`]. It asks the policy through
//! [`Cx::allow`], writes through the store with the grant it got, and says what happened with [`Cx::publish`].
//! SQL text, screens and the transport have no place here.

pub mod accounts;
pub mod applications;
pub mod bans;
pub mod blocks;
pub mod boards;
pub mod caller;
pub mod calm;
pub mod cases;
pub mod certificates;
pub mod charter;
pub mod clock;
pub mod cohorts;
pub mod console;
pub mod conversations;
pub mod cx;
pub mod drafts;
pub mod dues;
pub mod erased;
pub mod error;
pub mod event;
pub mod filters;
pub mod glossary;
pub mod held;
pub mod home;
pub mod invites;
pub mod joining;
pub mod keys;
pub mod left_off;
pub mod levels;
pub mod limits;
pub mod login;
pub mod logs;
pub mod lots;
pub mod members;
pub mod metrics;
pub mod mine;
pub mod moderation;
pub mod notifications;
pub mod nudges;
pub mod passwords;
pub mod people;
pub mod posts;
pub mod presence;
pub mod prevention;
pub mod questions;
pub mod reading;
pub mod recovery;
pub mod roles;
pub mod rooms;
pub mod search;
pub mod settings;
pub mod staff_notes;
pub mod tags;
#[cfg(test)]
pub(crate) mod testing;
pub mod thanks;
pub mod threads;
pub mod trouble;
pub mod upkeep;
pub mod waitlist;
pub mod wall;
pub mod watch;
pub mod writing;

use std::future::Future;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Instant;

use tokio::sync::broadcast;

use crate::domain::policy::Denied;

pub use caller::{Caller, NewIdentity, ProvedKey, Ways, Who, network_of};
pub use clock::Clock;
pub use cx::{Access, Cx, Reads, Writes};
pub use erased::{Answer, Call};
pub use error::{Error, Result};
pub use event::DomainEvent;
pub use settings::Settings;

/// For the layers above that hand a member from one side of the door to the other without knowing the domain.
pub use crate::domain::ids::{LeftOffId, MemberId, SessionId};
use crate::store::Store;

/// How many events a slow session may lie behind before it is told to read everything afresh.
const EVENTS_BEHIND_MAX: usize = 256;

/// Something that can be asked. Its type says whether it reads or writes.
pub trait Request: Send + Sized + 'static {
    /// The answer.
    type Reply: Send + 'static;
    /// [`Reads`] or [`Writes`].
    type Access: Access;
    /// The name in logs.
    const NAME: &'static str;

    /// Refused once the key that opened the caller's session is revoked, which is looked up at every act (SAFETY.md,
    /// Identity). False only for what a session needs to end well: who it is, and the last words of a draft.
    const NEEDS_LIVE_KEY: bool = true;

    /// Slow work that needs no transaction and must not hold one, such as hashing a password. It comes before the
    /// policy is asked, so it must be harmless whoever asks. Nothing by default.
    ///
    /// # Errors
    /// What the person who asked should be told.
    fn prepare(&mut self, _service: &Service, _caller: &Caller) -> impl Future<Output = Result<()>> + Send {
        std::future::ready(Ok(()))
    }

    /// The text of it that the filters of the staff look at, just as `run` has it checked (M6): they look before the
    /// transaction begins. None by default.
    fn filtered_text(&self) -> Option<String> {
        None
    }

    /// Does it, inside one transaction; an error undoes everything.
    ///
    /// # Errors
    /// What the person who asked should be told.
    fn run(self, cx: &mut Cx<'_, Self::Access>) -> impl Future<Output = Result<Self::Reply>> + Send;
}

/// The door that every act goes through. Shared by all sessions.
pub struct Service {
    store: Store,
    clock: Clock,
    lots: lots::Lots,
    /// As the file has them, and as they hold: with what was set in the session over them.
    file_settings: RwLock<Settings>,
    settings: RwLock<Arc<Settings>>,
    metrics: metrics::Metrics,
    desk: console::Desk,
    gate: bans::Gate,
    events: broadcast::Sender<DomainEvent>,
    limits: limits::RateLimits,
    passwords: passwords::Passwords,
    turns: login::Turns,
    unsaved: login::Unsaved,
    archives: mine::Turns,
    looking: tokio::sync::Semaphore,
    presence: presence::Presence,
    left_off: left_off::Held,
}

impl Service {
    /// Puts the door in front of a store.
    pub fn new(store: Store, clock: Clock, settings: Settings) -> Arc<Self> {
        Arc::new(Self {
            passwords: passwords::Passwords::new(&settings.passwords),
            turns: login::Turns::default(),
            unsaved: login::Unsaved::default(),
            archives: mine::Turns::default(),
            looking: tokio::sync::Semaphore::new(filters::LOOKING_AT_ONCE),
            store,
            // Where the clock stands, chance does too: the same place draws the same lots.
            lots: match clock {
                Clock::System => lots::Lots::System,
                Clock::Fixed(_) => lots::Lots::seeded(1),
            },
            clock,
            settings: RwLock::new(Arc::new(settings.clone())),
            file_settings: RwLock::new(settings),
            metrics: metrics::Metrics::default(),
            desk: console::Desk::default(),
            gate: bans::Gate::default(),
            events: broadcast::channel(EVENTS_BEHIND_MAX).0,
            limits: limits::RateLimits::default(),
            presence: presence::Presence::default(),
            left_off: left_off::Held::default(),
        })
    }

    /// Asks for something: load the actor afresh, check the limits, run, commit, publish.
    ///
    /// # Errors
    /// What the person who asked should be told; nothing was written then.
    pub async fn call<R: Request>(&self, caller: &Caller, mut request: R) -> Result<R::Reply> {
        let (now, begun) = (self.clock.now(), Instant::now());
        if R::Access::WRITES {
            self.limits.check(caller, now)?;
        }
        let outcome = async {
            request.prepare(self, caller).await?;
            let looked = match request.filtered_text() {
                Some(text) => filters::look(self, caller, text).await?,
                None => None,
            };
            let mut cx = Cx::<R::Access>::begin(self, caller, now).await?;
            cx.looked = looked;
            if R::NEEDS_LIVE_KEY {
                keys::refuse_outdated(&cx)?;
                keys::refuse_revoked(&cx)?;
            }
            if R::NEEDS_LIVE_KEY
                && let Some(words) = self.desk.shut_for(&cx.actor)
            {
                return Err(Error::Shut(words));
            }
            if R::NEEDS_LIVE_KEY
                && let Some(words) = self.barred(caller)
            {
                return Err(Error::Shut(words));
            }
            let reply = request.run(&mut cx).await?;
            let events = cx.commit().await?;
            Ok((reply, events))
        }
        .await;
        self.metrics.request(R::Access::WRITES, begun.elapsed());
        match outcome {
            Ok((reply, events)) => {
                // Before anybody hears of it: a session that looks then must find the new list.
                if events.contains(&DomainEvent::BansChanged)
                    && let Err(cause) = self.take_up_bans().await
                {
                    tracing::error!(%cause, "the ban list could not be taken up; the one before holds");
                }
                for event in events {
                    if matches!(event, DomainEvent::PostAdded { .. }) {
                        self.metrics.posts.add(1);
                    }
                    // An error only means that no session listens.
                    let _ = self.events.send(event);
                }
                Ok(reply)
            }
            Err(error) => {
                if let Error::Storage(cause) = &error {
                    self.metrics.database_errors.add(1);
                    let advice = trouble::advice(cause);
                    tracing::error!(request = R::NAME, %cause, advice, "the database failed");
                }
                Err(self.explained(caller, error).await)
            }
        }
    }

    /// A refusal by something that was taken from the caller says until when and under which rule.
    async fn explained(&self, caller: &Caller, error: Error) -> Error {
        let Error::Denied(denied @ (Denied::OnlyReads | Denied::NoInvites | Denied::NoMessages)) = error
        else {
            return error;
        };
        let words = async {
            let mut cx = Cx::<Reads>::begin(self, caller, self.clock.now()).await?;
            moderation::explain(&mut cx, denied).await
        };
        match words.await {
            Ok(Some(words)) => Error::Curbed { denied, words },
            // The short words say where to look.
            Ok(None) | Err(_) => error,
        }
    }

    /// Listens to what happens from now on.
    pub fn listen(&self) -> broadcast::Receiver<DomainEvent> {
        self.events.subscribe()
    }

    /// The settings of this community, as they hold now.
    pub fn settings(&self) -> Arc<Settings> {
        Arc::clone(&self.settings.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Lets what was set in the session hold over what the file says.
    fn set_over(&self, set: &[(String, String)]) {
        let file = self.file_settings.read().unwrap_or_else(PoisonError::into_inner).clone();
        let settings = Arc::new(console::over(&file, set));
        *self.settings.write().unwrap_or_else(PoisonError::into_inner) = settings;
    }

    /// Takes up what `hob.toml` says now, with what was set in the session over it. The cost of passwords stays as it
    /// was at the start.
    ///
    /// # Errors
    /// When what was set in the session cannot be read; then everything stays as it was.
    pub async fn set_file_settings(&self, settings: Settings) -> sqlx::Result<()> {
        let mut read = self.store.begin_read().await?;
        let set = crate::store::place::all(&mut read).await?;
        drop(read);
        let passes_change = self.settings().authorities != settings.authorities;
        *self.file_settings.write().unwrap_or_else(PoisonError::into_inner) = settings;
        self.set_over(&set);
        if passes_change {
            self.announce(DomainEvent::PassesChanged);
        }
        Ok(())
    }

    /// What is counted for whoever runs the place.
    pub fn metrics(&self) -> &metrics::Metrics {
        &self.metrics
    }

    /// The sessions that are open, the door, what is announced.
    pub fn desk(&self) -> &console::Desk {
        &self.desk
    }

    /// The time as this community sees it.
    pub fn now(&self) -> crate::domain::time::Timestamp {
        self.clock.now()
    }

    /// The database, for background work and the host's own tools.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// Who is here now.
    pub fn presence(&self) -> &presence::Presence {
        &self.presence
    }

    /// Announces something that did not come from a request (a session opened or closed).
    pub fn announce(&self, event: DomainEvent) {
        // An error only means that no session listens.
        let _ = self.events.send(event);
    }
}
