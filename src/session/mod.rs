//! One task per connection: decodes input, owns the app, sends frames.

pub mod decoder;
pub mod line;

use std::net::IpAddr;
use std::sync::Arc;

use crate::service::{Caller, Service};
use line::{LineReader, LineWriter};

/// What is known when a terminal session opens.
pub struct Opening {
    /// Who is at the other end.
    pub caller: Caller,
    /// The address of the peer, for the sysop's list of sessions.
    pub peer: IpAddr,
    /// The peer's terminal type as its `pty-req` named it, bounded and cleaned.
    pub term: String,
    /// The environment the client sent (LANG, NO_COLOR, COLORTERM …), bounded and cleaned.
    pub env: Vec<(String, String)>,
    /// Columns of the window, clamped.
    pub columns: u16,
    /// Rows of the window, clamped.
    pub rows: u16,
    /// What to say first, such as why a log-in ended at the door.
    pub notice: Option<String>,
}

/// Runs a full-screen session until the member leaves, the line closes or `stop` says that the server goes down.
pub async fn run(
    _service: Arc<Service>,
    _opening: Opening,
    _reader: impl LineReader,
    _writer: impl LineWriter,
    _stop: tokio::sync::watch::Receiver<bool>,
) {
}
