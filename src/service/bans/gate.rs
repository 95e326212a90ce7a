//! The ban list as it is asked at each connection: in memory, with no look into the database.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, PoisonError, RwLock};

use super::{BanTarget, Network};
use crate::domain::time::{Timestamp, Zone, absolute};
use crate::service::{Caller, Service};
use crate::store::bans::{self, BanRow};

/// Who is kept out, and why.
#[derive(Default)]
pub struct Gate {
    held: RwLock<Arc<Held>>,
}

#[derive(Default)]
struct Held {
    networks: Vec<(Network, Term)>,
    keys: HashMap<String, Term>,
}

/// Until when, and why.
#[derive(Clone)]
struct Term {
    until: Option<Timestamp>,
    reason: String,
}

impl Term {
    fn holds(&self, now: Timestamp) -> bool {
        self.until.is_none_or(|until| until > now)
    }
}

impl Gate {
    fn set(&self, rows: &[BanRow]) {
        let mut held = Held::default();
        for row in rows {
            let term = Term { until: row.until, reason: row.reason.clone() };
            match BanTarget::parse(&row.subject) {
                Ok(BanTarget::Key(fingerprint)) => drop(held.keys.insert(fingerprint, term)),
                Ok(BanTarget::Network(network)) => held.networks.push((network, term)),
                // It was read so when it was made.
                Err(why) => tracing::error!(ban = %row.id, %why, "a ban cannot be read and holds nobody"),
            }
        }
        *self.held.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(held);
    }

    fn held(&self) -> Arc<Held> {
        Arc::clone(&self.held.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn network(&self, peer: IpAddr, now: Timestamp) -> Option<Term> {
        let held = self.held();
        let found = held.networks.iter().find(|(network, term)| term.holds(now) && network.contains(peer));
        found.map(|(_, term)| term.clone())
    }

    fn key(&self, fingerprint: &str, now: Timestamp) -> Option<Term> {
        self.held().keys.get(fingerprint).filter(|term| term.holds(now)).cloned()
    }
}

impl Service {
    /// Takes up the ban list: at the start, and after a change.
    ///
    /// # Errors
    /// When it cannot be read; the one before holds on then.
    pub async fn take_up_bans(&self) -> sqlx::Result<()> {
        let now = self.now();
        let mut read = self.store().begin_read().await?;
        self.gate.set(&bans::list(&mut read, now).await?);
        Ok(())
    }

    /// Whether nobody may connect from this address. Asked before the handshake.
    pub fn turns_away(&self, peer: IpAddr) -> bool {
        self.gate.network(peer, self.now()).is_some()
    }

    /// Whether this key, whose signature was checked, opens nothing here.
    pub fn bars_key(&self, fingerprint: &str) -> bool {
        self.gate.key(fingerprint, self.now()).is_some()
    }

    /// What a caller is told who is on the ban list, by the key that was proved or by where they come from.
    pub fn barred(&self, caller: &Caller) -> Option<String> {
        let now = self.now();
        let key = caller.key.as_ref().and_then(|key| self.gate.key(&key.fingerprint, now));
        let (what, term) = match key {
            Some(term) => ("This key opens nothing here", term),
            None => ("Nobody can be here from your address", self.gate.network(caller.network?, now)?),
        };
        let until = match term.until {
            Some(until) => format!(" until {} UTC", absolute(until, &Zone::utc())),
            None => " for now".to_owned(),
        };
        let reason = term.reason.trim_end_matches('.');
        Some(format!(
            "{what}{until}: {reason}. If that is a mistake, ask somebody of the place to tell the staff; they can lift it."
        ))
    }
}
