//! The session's two halves of a terminal line, over an SSH channel.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use russh::ChannelWriteHalf;
use russh::server::Msg;
use tokio::time::timeout;

use super::guard::Switch;
use super::inbox::{Arrival, Inbox};
use crate::session::line::{LineEvent, LineReader, LineWriter};

/// The writing half of a channel that respects the client's window, with a deadline. Both streams of a command and the
/// one of a session go through it.
pub struct Outlet {
    half: ChannelWriteHalf<Msg>,
    inbox: Arc<Inbox>,
    switch: Arc<Switch>,
    stall_timeout: Duration,
}

/// Which stream of the channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stream {
    /// Standard output, or the terminal.
    Out,
    /// Standard error.
    Err,
}

/// SSH's number for standard error (RFC 4254, 5.2).
const EXTENDED_DATA_STDERR: u32 = 1;

impl Outlet {
    /// Writes to `half` until `inbox` says that the channel is gone; after `stall_timeout` without room for a piece the
    /// whole connection is killed.
    pub fn new(
        half: ChannelWriteHalf<Msg>,
        inbox: Arc<Inbox>,
        switch: Arc<Switch>,
        stall_timeout: Duration,
    ) -> Self {
        Self { half, inbox, switch, stall_timeout }
    }

    /// Writes one whole piece.
    ///
    /// # Errors
    /// When the line is closed or stalled.
    pub async fn write(&self, stream: Stream, bytes: Vec<u8>) -> io::Result<()> {
        let sending = async {
            match stream {
                Stream::Out => self.half.data_bytes(bytes).await,
                Stream::Err => self.half.extended_data_bytes(EXTENDED_DATA_STDERR, bytes).await,
            }
        };
        tokio::select! {
            // Closed first: after a close nothing opens the window again.
            biased;
            () = self.inbox.closed() => Err(io::ErrorKind::BrokenPipe.into()),
            sent = timeout(self.stall_timeout, sending) => match sent {
                Ok(Ok(())) => Ok(()),
                Ok(Err(_)) => Err(io::ErrorKind::BrokenPipe.into()),
                Err(_) => {
                    self.switch.kill();
                    Err(io::ErrorKind::TimedOut.into())
                }
            },
        }
    }
}

/// The reading half of a terminal line.
pub struct TerminalReader(pub Arc<Inbox>);

impl LineReader for TerminalReader {
    async fn next(&mut self) -> LineEvent {
        match self.0.take().await {
            Arrival::Resized(window) => LineEvent::Resize { columns: window.columns, rows: window.rows },
            Arrival::Bytes(bytes) => LineEvent::Bytes(bytes),
            // A terminal that will never send a key again has nobody at it.
            Arrival::End | Arrival::Gone => LineEvent::Closed,
        }
    }
}

/// The writing half of a terminal line.
pub struct TerminalWriter(pub Outlet);

impl LineWriter for TerminalWriter {
    async fn write(&mut self, bytes: Vec<u8>) -> io::Result<()> {
        self.0.write(Stream::Out, bytes).await
    }
}
