//! The hand-over to plain mode (X2): who gets it, and the line as it takes it.

use std::io;
use std::sync::Arc;

use tokio::sync::watch;

use super::Opening;
use super::line::{LineEvent, LineReader, LineWriter};
use crate::plain::{self, Arrival, Teletype, Waiting};
use crate::service::Service;
use crate::service::console::Seat;
use crate::service::members::Me;
use crate::ui::capabilities::{Capabilities, takes_utf8};

/// Whether a session is in plain mode: asked for by the user name or by the member's own setting, or because there is
/// no terminal, or one whose cursor cannot be moved.
pub(super) fn is_wanted(opening: &Opening, me: &Me, capabilities: &Capabilities) -> bool {
    opening.plain || !opening.pty || !capabilities.full_screen || plain::is_chosen(me)
}

/// Runs a session in plain mode to its end.
pub(super) async fn run(
    service: Arc<Service>,
    opening: Opening,
    me: Me,
    reader: impl LineReader + 'static,
    writer: impl LineWriter + 'static,
    stop: watch::Receiver<bool>,
) {
    // What a member chose for signs counts here as it does on the screens.
    let ascii = match me.choice("signs") {
        Some("ascii") => true,
        Some("unicode") => false,
        _ => !takes_utf8(&opening.term, &opening.env),
    };
    let Opening { caller, pty, columns, rows, notice, peer, term, .. } = opening;
    let terminal = format!("{term}, plain");
    let seat = Seat::take(&service, &caller, Some(peer), terminal);
    let opening = plain::Opening { caller, me, pty, ascii, window: (columns, rows), notice, seat };
    plain::run(service, opening, Box::new(Line { reader, writer }), stop).await;
}

/// A terminal line as one thing.
struct Line<R, W> {
    reader: R,
    writer: W,
}

impl<R: LineReader, W: LineWriter> Teletype for Line<R, W> {
    fn next(&mut self) -> Waiting<'_, Arrival> {
        Box::pin(async {
            match self.reader.next().await {
                LineEvent::Bytes(bytes) => Arrival::Bytes(bytes),
                LineEvent::Resize { columns, rows } => Arrival::Resized(columns, rows),
                LineEvent::Closed => Arrival::Closed,
            }
        })
    }

    fn write(&mut self, bytes: Vec<u8>) -> Waiting<'_, io::Result<()>> {
        Box::pin(self.writer.write(bytes))
    }
}
