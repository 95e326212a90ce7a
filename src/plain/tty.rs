//! The line to the person, as plain mode sees it: whatever carries the bytes implements this.

use std::future::Future;
use std::io;
use std::pin::Pin;

use crate::domain::text::in_ascii;

/// What comes from the person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Arrival {
    /// Bytes, cut anywhere.
    Bytes(Vec<u8>),
    /// The window has this many columns and rows now.
    Resized(u16, u16),
    /// Nothing more will come.
    Closed,
}

/// A future of one of the two methods below.
pub type Waiting<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Both halves of the line.
pub trait Teletype: Send {
    /// Waits for the next thing that comes. Nothing is lost when it is dropped while it waits.
    fn next(&mut self) -> Waiting<'_, Arrival>;

    /// Writes one whole piece.
    ///
    /// # Errors
    /// When the line is closed or stalled.
    fn write(&mut self, bytes: Vec<u8>) -> Waiting<'_, io::Result<()>>;
}

/// A line to somebody whose terminal shows only ASCII.
pub(super) struct InAscii(pub(super) Box<dyn Teletype>);

impl Teletype for InAscii {
    fn next(&mut self) -> Waiting<'_, Arrival> {
        self.0.next()
    }

    fn write(&mut self, bytes: Vec<u8>) -> Waiting<'_, io::Result<()>> {
        // Whole characters come in whole pieces.
        let bytes = match String::from_utf8(bytes) {
            Ok(text) => in_ascii(&text).into_owned().into_bytes(),
            Err(other) => other.into_bytes(),
        };
        self.0.write(bytes)
    }
}
