//! What the three parties of one connection share: russh's callbacks, the task that watches over the connection, and the
//! session. How far it has come, its kill switch and its place in the book.

use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::watch;
use tokio::task::JoinHandle;

use super::admission::Ticket;
use super::guard::Switch;

/// How far a connection has come, as far as its deadlines go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Logging in.
    Asking,
    /// Logged in, no shell or command yet.
    Open,
    /// A session or command runs.
    Busy,
    /// It is over; the client should close.
    Done,
}

/// The shared side of one connection.
pub struct Link {
    /// The address of the peer.
    pub peer: IpAddr,
    /// Ends the connection whatever it does.
    pub switch: Arc<Switch>,
    /// The place in the book, given back when all parties are done.
    pub ticket: Ticket,
    phase: watch::Sender<Phase>,
    task: Mutex<Option<JoinHandle<()>>>,
}

impl Link {
    /// A new connection.
    pub fn new(peer: IpAddr, switch: Arc<Switch>, ticket: Ticket) -> Self {
        Self { peer, switch, ticket, phase: watch::Sender::new(Phase::Asking), task: Mutex::default() }
    }

    /// The connection has come this far.
    pub fn reached(&self, phase: Phase) {
        self.phase.send_replace(phase);
    }

    /// Follows the phase.
    pub fn phases(&self) -> watch::Receiver<Phase> {
        self.phase.subscribe()
    }

    /// Keeps the session's task, so that the connection can wait for it.
    pub fn keep_task(&self, task: JoinHandle<()>) {
        *self.task.lock().unwrap_or_else(PoisonError::into_inner) = Some(task);
    }

    /// Gives up the session's task.
    pub fn take_task(&self) -> Option<JoinHandle<()>> {
        self.task.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}
