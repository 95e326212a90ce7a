//! The log: what is said and how. Which level is said can change while hob runs. Whoever logs never waits for whoever reads
//! the log: a thread of its own writes it out, and what nobody reads in time is dropped and counted.

use std::io::{self, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::time::Duration;

use anyhow::{Context, Result};
use tracing_subscriber::EnvFilter;

use super::config::Server;
use crate::service::console::Logbook;

/// Lines that wait to be written out. A pipe of the usual size has room for some hundred more.
const WAITING_MAX: usize = 1_024;
/// How long the end of the program waits for the last lines.
const LAST_LINES_WITHIN: Duration = Duration::from_secs(1);

/// Changes what is logged. The last lines are written out when it is dropped.
pub struct Log {
    set: Box<dyn Fn(EnvFilter) -> Result<()> + Send + Sync>,
    lines: Lines,
}

impl Log {
    /// Logs to standard error, as the config says.
    ///
    /// # Errors
    /// When the level is none, or there can be no thread for it.
    pub fn start(server: &Server) -> Result<Self> {
        let lines = Lines::start(io::stderr()).context("there can be no thread for the log")?;
        let writer = lines.clone();
        let log =
            tracing_subscriber::fmt().with_env_filter(filter(server)?).with_writer(move || writer.clone());
        // A second start in one process (tests) keeps the first log.
        if server.log_json {
            let log = log.json().with_filter_reloading();
            let handle = log.reload_handle();
            let _ = log.try_init();
            Ok(Self { set: Box::new(move |filter| Ok(handle.reload(filter)?)), lines })
        } else {
            let log = log.with_filter_reloading();
            let handle = log.reload_handle();
            let _ = log.try_init();
            Ok(Self { set: Box::new(move |filter| Ok(handle.reload(filter)?)), lines })
        }
    }

    /// Logs at the level that the config says now.
    ///
    /// # Errors
    /// When the level is none.
    pub fn change(&self, server: &Server) -> Result<()> {
        (self.set)(filter(server)?)
    }
}

impl Drop for Log {
    fn drop(&mut self) {
        self.lines.finish();
    }
}

fn filter(server: &Server) -> Result<EnvFilter> {
    EnvFilter::try_new(&server.log).with_context(|| format!("log = \"{}\" is no log level", server.log))
}

/// What the thread is told.
enum Piece {
    /// To write this out.
    Text(Vec<u8>),
    /// To say when everything before it is written out.
    Mark(SyncSender<()>),
}

/// Where lines are logged to.
#[derive(Clone)]
struct Lines {
    to: SyncSender<Piece>,
    dropped: Arc<AtomicU64>,
}

impl Lines {
    /// Begins the thread that writes lines out.
    fn start(out: impl Write + Send + 'static) -> io::Result<Self> {
        let (to, pieces) = sync_channel(WAITING_MAX);
        let dropped = Arc::new(AtomicU64::new(0));
        let lost = Arc::clone(&dropped);
        std::thread::Builder::new().name("log".to_owned()).spawn(move || write_out(&pieces, &lost, out))?;
        Ok(Self { to, dropped })
    }

    /// Waits until everything is written out, but not for ever: perhaps nobody reads it.
    fn finish(&self) {
        let (done, heard) = sync_channel(1);
        if self.to.try_send(Piece::Mark(done)).is_ok() {
            let _ = heard.recv_timeout(LAST_LINES_WITHIN);
        }
    }
}

impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        Logbook::keep(bytes);
        if self.to.try_send(Piece::Text(bytes.to_vec())).is_err() {
            self.dropped.fetch_add(1, Ordering::Relaxed);
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn write_out(pieces: &Receiver<Piece>, dropped: &AtomicU64, mut out: impl Write) {
    for piece in pieces {
        match piece {
            // Nobody is left to be told that the log cannot be written.
            Piece::Text(line) => drop(out.write_all(&line)),
            Piece::Mark(done) => drop(done.send(())),
        }
        // Logged like everything else: it comes after what waits already, and finds room again.
        match dropped.swap(0, Ordering::Relaxed) {
            0 => {}
            lost => tracing::warn!(lost, "lines of the log were dropped: nobody read them in time"),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::sync::Mutex;
    use std::sync::mpsc::channel;

    use super::*;

    /// A reader who reads a line only when told to.
    struct Slow {
        may: Receiver<()>,
        read: Arc<Mutex<Vec<u8>>>,
    }

    impl Write for Slow {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            // An error means that it reads everything from now on.
            let _ = self.may.recv();
            self.read.lock().unwrap().extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn o_a_log_that_nobody_reads_holds_nobody_up_and_what_is_dropped_is_counted() {
        let (go, may) = channel();
        let read = Arc::new(Mutex::new(Vec::new()));
        let lines = Lines::start(Slow { may, read: Arc::clone(&read) }).unwrap();
        let (logged, done) = channel();
        let mut writer = lines.clone();
        std::thread::spawn(move || {
            for number in 0..WAITING_MAX + 10 {
                writer.write_all(format!("line {number}\n").as_bytes()).unwrap();
            }
            logged.send(()).unwrap();
        });
        done.recv_timeout(Duration::from_secs(60)).expect("whoever logs does not wait");
        // The thread may have one of them in hand.
        let dropped = lines.dropped.load(Ordering::Relaxed);
        assert!((9..=10).contains(&dropped), "{dropped}");
        drop(go);
        let (mark, heard) = sync_channel(1);
        lines.to.send(Piece::Mark(mark)).unwrap();
        heard.recv_timeout(Duration::from_secs(60)).expect("it goes on once somebody reads");
        let read = String::from_utf8(read.lock().unwrap().clone()).unwrap();
        let kept = WAITING_MAX + 10 - usize::try_from(dropped).unwrap();
        let numbers: Vec<usize> =
            read.lines().map(|line| line.trim_start_matches("line ").parse().unwrap()).collect();
        assert_eq!(numbers.len(), kept);
        assert!(numbers[0] == 0 && numbers.is_sorted(), "in order");
    }
}
