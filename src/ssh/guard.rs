//! The stream that russh gets: the socket with a switch that makes its I/O fail, a valve on reading and a deadline on
//! writing. russh can neither be told to stop while it exchanges keys nor bounds a write; this can. Nothing about SSH.

use std::future::Future;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use futures_util::task::AtomicWaker;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Sleep, sleep};

/// The controls of one guarded stream. Shared by whoever may end the connection and whoever reads its input.
#[derive(Debug, Default)]
pub struct Switch {
    killed: AtomicBool,
    paused: AtomicBool,
    reader: AtomicWaker,
    writer: AtomicWaker,
}

impl Switch {
    /// Makes every read and write fail from now on, waking those that wait.
    pub fn kill(&self) {
        self.killed.store(true, Ordering::Release);
        self.reader.wake();
        self.writer.wake();
    }

    /// Whether the connection was killed.
    pub fn is_killed(&self) -> bool {
        self.killed.load(Ordering::Acquire)
    }

    /// Whether the valve is closed.
    #[cfg(test)]
    pub fn is_paused(&self) -> bool {
        self.paused.load(Ordering::Acquire)
    }

    /// Stops reading from the socket, so that TCP makes the peer wait. Writing goes on.
    pub fn pause_reading(&self) {
        self.paused.store(true, Ordering::Release);
    }

    /// Reads on.
    pub fn resume_reading(&self) {
        if self.paused.swap(false, Ordering::AcqRel) {
            self.reader.wake();
        }
    }

    fn check(&self) -> io::Result<()> {
        if self.is_killed() {
            return Err(io::Error::new(io::ErrorKind::ConnectionAborted, "closed by this side"));
        }
        Ok(())
    }
}

/// A stream under guard.
pub struct Guarded<S> {
    inner: S,
    switch: Arc<Switch>,
    stall_timeout: Duration,
    /// Runs while a write waits for the peer. Made only then: most connections never need one.
    stalled: Option<Pin<Box<Sleep>>>,
}

impl<S> Guarded<S> {
    /// Puts `inner` under guard; a write that makes no progress for `stall_timeout` kills it.
    pub fn new(inner: S, switch: Arc<Switch>, stall_timeout: Duration) -> Self {
        Self { inner, switch, stall_timeout, stalled: None }
    }

    /// Passes on what a write gave, or ends a write that has waited too long.
    fn bound_write<T>(&mut self, cx: &mut Context<'_>, written: Poll<io::Result<T>>) -> Poll<io::Result<T>> {
        if written.is_ready() {
            self.stalled = None;
            return written;
        }
        let timeout = self.stall_timeout;
        let deadline = self.stalled.get_or_insert_with(|| Box::pin(sleep(timeout)));
        if deadline.as_mut().poll(cx).is_pending() {
            return Poll::Pending;
        }
        self.switch.kill();
        Poll::Ready(Err(io::Error::new(io::ErrorKind::TimedOut, "the peer takes nothing any more")))
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Guarded<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        // Registered before looking, so that a switch thrown in between still wakes this task.
        self.switch.reader.register(cx.waker());
        self.switch.check()?;
        if self.switch.paused.load(Ordering::Acquire) {
            return Poll::Pending;
        }
        Pin::new(&mut self.inner).poll_read(cx, buf)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Guarded<S> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        self.switch.writer.register(cx.waker());
        self.switch.check()?;
        let written = Pin::new(&mut self.inner).poll_write(cx, buf);
        self.bound_write(cx, written)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.switch.writer.register(cx.waker());
        self.switch.check()?;
        let flushed = Pin::new(&mut self.inner).poll_flush(cx);
        self.bound_write(cx, flushed)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.switch.writer.register(cx.waker());
        self.switch.check()?;
        let shut = Pin::new(&mut self.inner).poll_shutdown(cx);
        self.bound_write(cx, shut)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use futures_util::FutureExt;
    use tokio::io::{AsyncReadExt, AsyncWriteExt, duplex};

    use super::*;

    const LONG: Duration = Duration::from_secs(60);

    #[tokio::test]
    async fn a_kill_wakes_a_waiting_read_and_fails_every_later_call() {
        let (mut peer, inner) = duplex(64);
        let switch = Arc::new(Switch::default());
        let mut guarded = Guarded::new(inner, Arc::clone(&switch), LONG);
        let reading = tokio::spawn(async move {
            let read = guarded.read_u8().await;
            (read, guarded.write_all(b"x").await, guarded.shutdown().await)
        });
        tokio::task::yield_now().await;
        switch.kill();
        let (read, written, shut) = reading.await.unwrap();
        let kind = |result: io::Result<()>| result.unwrap_err().kind();
        assert_eq!(kind(read.map(drop)), io::ErrorKind::ConnectionAborted);
        assert_eq!(kind(written), io::ErrorKind::ConnectionAborted);
        assert_eq!(kind(shut), io::ErrorKind::ConnectionAborted);
        assert_eq!(peer.read(&mut [0; 8]).await.unwrap(), 0);
    }

    #[tokio::test]
    async fn a_closed_valve_holds_reads_but_not_writes() {
        let (mut peer, inner) = duplex(64);
        let switch = Arc::new(Switch::default());
        let mut guarded = Guarded::new(inner, Arc::clone(&switch), LONG);
        peer.write_all(b"ab").await.unwrap();
        assert_eq!(guarded.read_u8().await.unwrap(), b'a');
        switch.pause_reading();
        assert!(guarded.read_u8().now_or_never().is_none());
        guarded.write_all(b"x").await.unwrap();
        assert_eq!(peer.read_u8().await.unwrap(), b'x');
        switch.resume_reading();
        assert_eq!(guarded.read_u8().await.unwrap(), b'b');
    }

    #[tokio::test]
    async fn a_write_may_wait_for_a_slow_peer_but_not_for_ever() {
        let (mut peer, inner) = duplex(4);
        let switch = Arc::new(Switch::default());
        let mut guarded = Guarded::new(inner, Arc::clone(&switch), Duration::from_millis(50));
        let mut taken = [0; 4];
        let (wrote, _) = tokio::join!(guarded.write_all(b"12345678"), peer.read_exact(&mut taken));
        wrote.unwrap();
        let stalled = guarded.write_all(b"9").await.unwrap_err();
        assert_eq!(stalled.kind(), io::ErrorKind::TimedOut);
        assert!(switch.is_killed());
    }
}
