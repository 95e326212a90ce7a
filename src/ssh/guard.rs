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
