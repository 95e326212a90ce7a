//! The two halves of a terminal line as a session sees them: whatever carries the bytes (an SSH channel, or a
//! duplex stream in tests) implements these, so that nothing here names the transport.

use std::future::Future;
use std::io;

/// What arrived on the line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LineEvent {
    /// Bytes that the terminal sent, split anywhere.
    Bytes(Vec<u8>),
    /// The window has a new size in cells; already clamped to what hob draws.
    Resize {
        /// Columns.
        columns: u16,
        /// Rows.
        rows: u16,
    },
    /// The peer closed the line, or it broke. Nothing follows.
    Closed,
}

/// The reading half.
pub trait LineReader: Send {
    /// Waits for the next event. Must be cancel-safe: a dropped call loses nothing.
    fn next(&mut self) -> impl Future<Output = LineEvent> + Send;
}

/// The writing half.
pub trait LineWriter: Send {
    /// Hands over one whole piece of output; completes when the line took all of it, so that a slow peer is felt.
    ///
    /// # Errors
    /// When the line is closed.
    fn write(&mut self, bytes: Vec<u8>) -> impl Future<Output = io::Result<()>> + Send;
}
