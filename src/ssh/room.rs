//! The one session channel of a connection: gathers terminal and environment, then runs a full-screen session or a
//! command in it, and ends it properly, also after a panic.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt;
use russh::server::{Handle, Msg};
use russh::{ChannelId, ChannelWriteHalf};
use tokio::sync::watch;
use tokio::time::timeout;

use super::auth::Entry;
use super::clean::{self, Env, Window};
use super::command_io::ChannelIo;
use super::house::House;
use super::inbox::Inbox;
use super::line::{Outlet, TerminalReader, TerminalWriter};
use super::link::{Link, Phase};
use super::settings::Settings;
use crate::command::CommandIo;
use crate::session::Opening;

/// Exit status of a command line that cannot be one.
const STATUS_REFUSED: u32 = 1;
/// Exit status after a fault of ours, as `sysexits.h` numbers an internal software error.
const STATUS_FAULT: u32 = 70;

/// How long the last words may take to enter russh's queue: only a client that takes nothing makes them wait.
const ENDING_TIMEOUT: Duration = Duration::from_secs(1);

/// What puts a terminal back when the session could not do it itself: paste and mouse reports off, colours and cursor
/// back, the main screen.
const RESTORE: &[u8] = b"\x1b[?2004l\x1b[?1000l\x1b[?1002l\x1b[?1006l\x1b[0m\x1b[?25h\x1b[?1049l";

const FAULT: &str = "hob ran into a fault and had to end this session. What you wrote is kept as a draft; please connect \
                     again. The fault is in the sysop's log.";

/// What the client's terminal is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Terminal {
    /// Its type, cleaned.
    pub term: String,
    /// Its size, clamped.
    pub window: Window,
}

/// What the client wished for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wish {
    /// The screens.
    Shell,
    /// A command line.
    Command(String),
    /// Something that only gets these words on standard error.
    Excuse(&'static str),
}

/// A channel that waits for its wish.
pub struct Room {
    half: ChannelWriteHalf<Msg>,
    inbox: Arc<Inbox>,
    terminal: Option<Terminal>,
    /// The environment sent so far.
    pub env: Env,
    /// Plain mode was asked for, by the user name.
    pub plain: bool,
}

impl Room {
    /// A new channel.
    pub fn new(half: ChannelWriteHalf<Msg>, inbox: Arc<Inbox>) -> Self {
        Self { half, inbox, terminal: None, env: Env::default(), plain: false }
    }

    /// Gives it a terminal; false if it has one.
    pub fn give_terminal(&mut self, terminal: Terminal) -> bool {
        if self.terminal.is_some() {
            return false;
        }
        self.terminal = Some(terminal);
        true
    }

    /// The window changed before anything runs in it.
    pub fn resize(&mut self, window: Window) {
        if let Some(terminal) = &mut self.terminal {
            terminal.window = window;
        }
    }

    /// Grants the wish and ends the channel.
    #[allow(clippy::too_many_arguments, reason = "the one place where all parties of a connection meet")]
    pub fn run<H: House>(
        self,
        wish: Wish,
        house: Arc<H>,
        entry: Entry,
        link: Arc<Link>,
        settings: &Settings,
        handle: Handle,
        stop: watch::Receiver<bool>,
    ) -> impl Future<Output = ()> + Send + use<H> {
        let channel = self.half.id();
        let had_terminal = self.terminal.is_some();
        // Where nothing was drawn there is nothing to restore, and a teletype prints what it is sent.
        let had_screen =
            !self.plain && self.terminal.as_ref().is_some_and(|terminal| terminal.term != "dumb");
        let peer = link.peer;
        let stalls = match wish {
            Wish::Shell => settings.write_stall_timeout,
            Wish::Command(_) | Wish::Excuse(_) => settings.command_stall_timeout,
        };
        let outlet = Outlet::new(self.half, Arc::clone(&self.inbox), Arc::clone(&link.switch), stalls);
        let inbox = Arc::clone(&self.inbox);
        let job = Job { inbox: self.inbox, outlet, house, entry, stop };
        async move {
            let work = async {
                match (wish, self.terminal) {
                    (Wish::Shell, terminal) => job.session(link.peer, terminal, self.env, self.plain).await,
                    (Wish::Command(line), terminal) => job.command(&line, terminal.is_some()).await,
                    (Wish::Excuse(words), terminal) => job.excuse(words, terminal.is_some()).await,
                }
            };
            let status = match AssertUnwindSafe(work).catch_unwind().await {
                Ok(status) => status,
                Err(_) => {
                    // The panic's own message is on standard error; who met it is known only here.
                    tracing::error!(%peer, "a session ended by a fault of ours");
                    let _ =
                        timeout(ENDING_TIMEOUT, say_fault(&handle, channel, had_terminal, had_screen)).await;
                    STATUS_FAULT
                }
            };
            // Nobody reads any more: what still comes must not pile up and keep the client's own close waiting.
            inbox.close();
            let _ = timeout(ENDING_TIMEOUT, end(&handle, channel, status)).await;
            link.reached(Phase::Done);
        }
    }
}

/// A wish being granted.
struct Job<H> {
    inbox: Arc<Inbox>,
    outlet: Outlet,
    house: Arc<H>,
    entry: Entry,
    stop: watch::Receiver<bool>,
}

impl<H: House> Job<H> {
    async fn session(self, peer: std::net::IpAddr, terminal: Option<Terminal>, env: Env, plain: bool) -> u32 {
        let pty = terminal.is_some();
        // Without a window, lines of the usual width.
        let (term, window) = terminal.map_or_else(
            || ("dumb".to_owned(), clean::window(0, 0)),
            |terminal| (terminal.term, terminal.window),
        );
        let opening = Opening {
            caller: self.entry.caller,
            peer,
            pty,
            plain,
            term,
            env: env.into_pairs(),
            columns: window.columns,
            rows: window.rows,
            notice: self.entry.notice,
        };
        let (reader, writer) = (TerminalReader(self.inbox), TerminalWriter(self.outlet));
        // Boxed, as a future that is passed on is stored once at each level: kilobytes for every idle session.
        Box::pin(self.house.session(opening, reader, writer, self.stop)).await;
        0
    }

    async fn command(self, line: &str, terminal: bool) -> u32 {
        let mut io = ChannelIo::new(self.inbox, self.outlet, terminal);
        if let Some(notice) = &self.entry.notice {
            // A line that is closed is found out by the command itself.
            let _ = io.err(format!("{notice}\n").into_bytes()).await;
        }
        Box::pin(self.house.command(self.entry.caller, line, &mut io)).await
    }

    async fn excuse(self, words: &str, terminal: bool) -> u32 {
        let mut io = ChannelIo::new(self.inbox, self.outlet, terminal);
        // Nobody is left to tell if this fails.
        let _ = io.err(format!("{words}\n").into_bytes()).await;
        STATUS_REFUSED
    }
}

async fn say_fault(handle: &Handle, channel: ChannelId, terminal: bool, screen: bool) -> Result<(), ()> {
    let words = if terminal {
        let restore = if screen { RESTORE } else { b"" };
        [restore, b"\r\n", FAULT.as_bytes(), b"\r\n"].concat()
    } else {
        format!("{FAULT}\n").into_bytes()
    };
    match terminal {
        true => handle.data(channel, words).await.map_err(|_| ()),
        false => handle.extended_data(channel, 1, words).await.map_err(|_| ()),
    }
}

/// Status, end of file, close: in that order, or clients miss the status.
async fn end(handle: &Handle, channel: ChannelId, status: u32) -> Result<(), ()> {
    handle.exit_status_request(channel, status).await?;
    handle.eof(channel).await?;
    handle.close(channel).await
}
