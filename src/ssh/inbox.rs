//! What the client sent and nobody has read yet: bytes, the latest window size, the end. Bounded by the valve on the
//! socket, not by dropping: above the mark nothing more is read from the client until somebody takes what is there.
//! Unlike a queue between tasks it never makes russh's loop wait, so output flows while input is stuck.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;

use super::clean::Window;
use super::guard::Switch;

/// Above this the socket is not read any more; at most one packet (256 KiB) can still come. Holds the paste of 100 KB
/// that W1 asks for.
const PAUSE_BYTES: usize = 128 * 1024;

/// What there is to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Arrival {
    /// The window changed; only the latest size is kept.
    Resized(Window),
    /// All bytes that came since the last look.
    Bytes(Vec<u8>),
    /// The client will send no more, but still reads.
    End,
    /// The channel or the connection is closed.
    Gone,
}

#[derive(Default)]
struct State {
    bytes: Vec<u8>,
    window: Option<Window>,
    ended: bool,
    gone: bool,
}

/// The inbox of one channel: russh's callbacks put in, the session's task takes out.
pub struct Inbox {
    state: Mutex<State>,
    arrived: Notify,
    gone: Notify,
    switch: Arc<Switch>,
}

impl Inbox {
    /// An empty one; `switch` holds the valve of its connection.
    pub fn new(switch: Arc<Switch>) -> Self {
        Self { state: Mutex::default(), arrived: Notify::new(), gone: Notify::new(), switch }
    }

    /// The client sent bytes.
    pub fn put(&self, bytes: &[u8]) {
        let mut state = self.lock();
        if state.ended || state.gone {
            return;
        }
        state.bytes.extend_from_slice(bytes);
        if state.bytes.len() > PAUSE_BYTES {
            self.switch.pause_reading();
        }
        drop(state);
        self.arrived.notify_one();
    }

    /// The window changed.
    pub fn resize(&self, window: Window) {
        self.lock().window = Some(window);
        self.arrived.notify_one();
    }

    /// The client will send no more.
    pub fn end(&self) {
        self.lock().ended = true;
        self.arrived.notify_one();
    }

    /// The channel or the connection is closed.
    pub fn close(&self) {
        self.lock().gone = true;
        self.switch.resume_reading();
        self.arrived.notify_one();
        self.gone.notify_waiters();
    }

    /// Waits for something to read. Cancel-safe: what is taken is returned without waiting.
    pub async fn take(&self) -> Arrival {
        loop {
            if let Some(arrival) = self.try_take() {
                return arrival;
            }
            self.arrived.notified().await;
        }
    }

    /// Waits until the channel or the connection is closed.
    pub async fn closed(&self) {
        let gone = self.gone.notified();
        tokio::pin!(gone);
        // Listening starts before looking, so that a close in between is not missed.
        gone.as_mut().enable();
        if !self.lock().gone {
            gone.await;
        }
    }

    fn try_take(&self) -> Option<Arrival> {
        let mut state = self.lock();
        if let Some(window) = state.window.take() {
            return Some(Arrival::Resized(window));
        }
        if !state.bytes.is_empty() {
            let bytes = std::mem::take(&mut state.bytes);
            self.switch.resume_reading();
            return Some(Arrival::Bytes(bytes));
        }
        match (state.gone, state.ended) {
            (true, _) => Some(Arrival::Gone),
            (false, true) => Some(Arrival::End),
            (false, false) => None,
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // No code that runs under the lock can leave the state half-written.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use futures_util::FutureExt;

    use super::*;

    fn inbox() -> Inbox {
        Inbox::new(Arc::new(Switch::default()))
    }

    #[tokio::test]
    async fn a_storm_of_sizes_is_one_event_and_bytes_come_together() {
        let inbox = inbox();
        for columns in 20..500 {
            inbox.resize(Window { columns, rows: 24 });
            inbox.put(b"a");
        }
        assert_eq!(inbox.take().await, Arrival::Resized(Window { columns: 499, rows: 24 }));
        assert_eq!(inbox.take().await, Arrival::Bytes(vec![b'a'; 480]));
        assert_eq!(inbox.take().now_or_never(), None);
    }

    #[tokio::test]
    async fn the_end_comes_after_what_was_sent() {
        let inbox = inbox();
        inbox.put(b"last");
        inbox.end();
        inbox.put(b"never");
        assert_eq!(inbox.take().await, Arrival::Bytes(b"last".to_vec()));
        assert_eq!(inbox.take().await, Arrival::End);
        assert_eq!(inbox.closed().now_or_never(), None, "the client still reads");
        inbox.close();
        assert_eq!(inbox.take().await, Arrival::Gone);
        assert_eq!(inbox.closed().now_or_never(), Some(()));
    }

    #[tokio::test]
    async fn waiting_ends_when_something_arrives() {
        let inbox = Arc::new(inbox());
        let waiting = tokio::spawn({
            let inbox = Arc::clone(&inbox);
            async move { (inbox.take().await, inbox.closed().await) }
        });
        tokio::task::yield_now().await;
        inbox.put(b"x");
        tokio::task::yield_now().await;
        inbox.close();
        assert_eq!(waiting.await.unwrap().0, Arrival::Bytes(b"x".to_vec()));
    }

    #[tokio::test]
    async fn too_much_unread_closes_the_valve_until_it_is_read() {
        let switch = Arc::new(Switch::default());
        let inbox = Inbox::new(Arc::clone(&switch));
        inbox.put(&vec![0; PAUSE_BYTES]);
        assert!(!switch.is_paused());
        inbox.put(&[0]);
        assert!(switch.is_paused());
        inbox.take().await;
        assert!(!switch.is_paused());
    }
}
