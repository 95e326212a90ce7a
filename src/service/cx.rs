//! What a use case works with: the actor, the time, one transaction, the policy.

use std::future::Future;
use std::marker::PhantomData;

use sqlx::{Sqlite, SqliteConnection, Transaction};

use super::filters::Looked;
use super::{Caller, DomainEvent, Error, Result, Service, Settings, Who};
use crate::domain::ids::MemberId;
use crate::domain::policy::{self, Action, Actor, Grant};
use crate::domain::time::Timestamp;
use crate::store::audit::{self, NewAudit};
use crate::store::{Store, members};

/// How a request uses the database. Sealed: [`Reads`] or [`Writes`].
pub trait Access: sealed::Sealed + Send + Sync + 'static {
    /// Whether it writes.
    const WRITES: bool;

    /// Begins the transaction that fits.
    fn begin(store: &Store) -> impl Future<Output = sqlx::Result<Transaction<'static, Sqlite>>> + Send;
}

/// A request that only reads, on a connection that cannot write.
pub struct Reads;
/// A request that writes, alone.
pub struct Writes;

mod sealed {
    pub trait Sealed {}
    impl Sealed for super::Reads {}
    impl Sealed for super::Writes {}
}

impl Access for Reads {
    const WRITES: bool = false;

    async fn begin(store: &Store) -> sqlx::Result<Transaction<'static, Sqlite>> {
        store.begin_read().await
    }
}

impl Access for Writes {
    const WRITES: bool = true;

    async fn begin(store: &Store) -> sqlx::Result<Transaction<'static, Sqlite>> {
        store.begin_write().await
    }
}

/// The context of one request.
pub struct Cx<'a, A: Access> {
    /// Who asks, read afresh in this transaction.
    pub actor: Actor,
    /// The time of the request.
    pub now: Timestamp,
    /// Which ways in the caller's account has now.
    pub(super) ways_no: i64,
    /// Their number from now on, where this request makes them anew.
    renewed: Option<i64>,
    /// The key that opened the caller's session is still a live one of theirs; false when no key did.
    pub(super) key_live: bool,
    /// What the filters found in its text before the transaction.
    pub(super) looked: Option<Looked>,
    /// How the caller proved itself.
    pub caller: &'a Caller,
    service: &'a Service,
    transaction: Transaction<'static, Sqlite>,
    events: Vec<DomainEvent>,
    access: PhantomData<A>,
}

impl<'a, A: Access> Cx<'a, A> {
    pub(super) async fn begin(service: &'a Service, caller: &'a Caller, now: Timestamp) -> Result<Self> {
        let mut transaction = A::begin(&service.store).await?;
        let Loaded { actor, ways_no, key_live } =
            load(&mut transaction, &caller.who, caller.opener(), now).await?;
        Ok(Self {
            actor,
            now,
            ways_no,
            renewed: None,
            key_live,
            looked: None,
            caller,
            service,
            transaction,
            events: Vec::new(),
            access: PhantomData,
        })
    }

    pub(super) async fn commit(self) -> Result<Vec<DomainEvent>> {
        // The session that made its ways in anew goes on. Before the commit, so that nothing else it asks meanwhile is
        // taken for outdated; a number that is ahead for a moment is not.
        let ahead = self.caller.ways.as_ref().zip(self.renewed);
        let ahead = ahead.map(|(ways, number)| (ways, ways.go_on_with(number)));
        if let Err(cause) = self.transaction.commit().await {
            if let Some((ways, before)) = ahead {
                ways.go_on_with(before);
            }
            return Err(cause.into());
        }
        Ok(self.events)
    }

    /// The connection, for store functions.
    pub fn conn(&mut self) -> &mut SqliteConnection {
        &mut self.transaction
    }

    /// The settings of this community.
    pub fn settings(&self) -> std::sync::Arc<Settings> {
        self.service.settings()
    }

    /// The sessions that are open, the door, what is announced.
    pub fn desk(&self) -> &'a super::console::Desk {
        &self.service.desk
    }

    /// The door itself, for the console.
    pub(super) fn service(&self) -> &'a Service {
        self.service
    }

    /// The database's files, for the console.
    pub(super) fn store(&self) -> &'a Store {
        &self.service.store
    }

    /// Chance.
    pub(super) fn lots(&self) -> &'a super::lots::Lots {
        &self.service.lots
    }

    /// Who is here now.
    pub fn presence(&self) -> &'a super::presence::Presence {
        &self.service.presence
    }

    /// Asks the policy.
    ///
    /// # Errors
    /// The reason for a no, in words for the actor.
    pub fn allow<Act: Action>(&self, action: &Act) -> Result<Grant<Act>> {
        Ok(policy::allow(&self.actor, action)?)
    }

    /// The id of the account that asks.
    ///
    /// # Errors
    /// For guests and the host, who have none.
    pub fn me(&self) -> Result<MemberId> {
        self.actor.id().ok_or(Error::Denied(policy::Denied::MembersOnly))
    }
}

impl Cx<'_, Writes> {
    /// Says what happened, once the transaction is on disk.
    pub fn publish(&mut self, event: DomainEvent) {
        self.events.push(event);
    }

    /// Lets the caller's own session go on with its account's ways in, which this request made anew.
    pub(super) fn go_on_with(&mut self, ways_no: i64) {
        self.renewed = Some(ways_no);
    }

    /// Writes a row of the audit log in the same transaction.
    ///
    /// # Errors
    /// When the row cannot be written; the request then fails whole.
    pub async fn audit(&mut self, row: NewAudit<'_>) -> Result<()> {
        audit::append(&mut self.transaction, self.actor.id(), self.now, row).await?;
        Ok(())
    }
}

/// An account as it stands now; a guest where there is none.
pub(super) async fn load_actor(conn: &mut SqliteConnection, who: &Who, now: Timestamp) -> Result<Actor> {
    Ok(load(conn, who, None, now).await?.actor)
}

/// Who asks, and what they came with.
struct Loaded {
    actor: Actor,
    ways_no: i64,
    key_live: bool,
}

async fn load(
    conn: &mut SqliteConnection,
    who: &Who,
    fingerprint: Option<&str>,
    now: Timestamp,
) -> Result<Loaded> {
    let without_account = |actor| Ok(Loaded { actor, ways_no: 0, key_live: false });
    let id = match who {
        Who::Guest => return without_account(Actor::Guest),
        Who::Host => return without_account(Actor::Host),
        Who::Member(id) => *id,
    };
    let Some(account) = members::account_with_key(conn, id, fingerprint, now).await? else {
        return without_account(Actor::Guest);
    };
    let actor = Actor::Account {
        id,
        standing: account.standing,
        level: account.level,
        role: account.role,
        curbs: account.curbs(),
        circles: account.circles(),
    };
    Ok(Loaded { actor, ways_no: account.ways_no, key_live: account.key_live })
}
