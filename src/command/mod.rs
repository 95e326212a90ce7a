//! `ssh host <command>`: the same requests as the screens, as text for people and `--json` for programs. Nothing
//! is decided here: what a command may do, the door decides.

mod args;
mod bans;
mod boards;
mod calm;
mod charter;
mod cohorts;
mod dues;
mod export;
mod filters;
mod glossary;
mod invites;
mod messages;
mod notes;
mod notifications;
mod output;
mod people;
mod queue;
mod reading;
mod refs;
mod report;
mod roles;
mod rooms;
mod search;
mod table;
mod tags;
mod watch;
mod whois;
mod writing;

#[cfg(test)]
mod export_tests;
#[cfg(test)]
mod messages_tests;
#[cfg(test)]
mod rooms_tests;
#[cfg(test)]
mod staff_tests;
#[cfg(test)]
mod tags_tests;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod thanks_tests;

use std::future::Future;
use std::io;
use std::sync::Arc;

use crate::domain::time::Timestamp;
use crate::service::{Caller, Error, Request, Service};
use args::Args;
use output::Output;

/// Exit status: done.
pub const DONE: u32 = 0;
/// Exit status: refused, or not there.
pub const REFUSED: u32 = 1;
/// Exit status: the command was not understood.
pub const USAGE: u32 = 2;
/// Exit status: try again later (`EX_TEMPFAIL` of sysexits.h).
pub const LATER: u32 = 75;

/// The version of the `--json` fields. Fields are only added within a version; docs/commands.md lists them.
pub const JSON_VERSION: u32 = 1;

/// Longest standard input that a command reads, in bytes: twice a post, so that a post that is too long is refused
/// with its length and not cut.
const INPUT_MAX: usize = 2 * crate::domain::post::BODY_LEN_MAX;

/// The three streams of a command.
pub trait CommandIo: Send {
    /// Reads standard input to its end, at most `limit` bytes; `None` when there is more than that.
    fn read_input(&mut self, limit: usize) -> impl Future<Output = io::Result<Option<Vec<u8>>>> + Send;
    /// Writes to standard output.
    fn out(&mut self, bytes: Vec<u8>) -> impl Future<Output = io::Result<()>> + Send;
    /// Writes to standard error.
    fn err(&mut self, bytes: Vec<u8>) -> impl Future<Output = io::Result<()>> + Send;
    /// Whether what is written goes to a person's terminal: a file must not.
    fn is_terminal(&self) -> bool {
        false
    }
}

/// Why a command gave no output.
enum Failure {
    /// Not understood; the text says how it is written.
    Usage(String),
    /// The door said no.
    Refused(Error),
    /// The client went away, or sent something that is no text.
    Input(String),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Refused(error)
    }
}

impl Failure {
    fn status(&self) -> u32 {
        match self {
            Self::Usage(_) => USAGE,
            Self::Refused(Error::TooSoon { .. } | Error::Shut(_) | Error::Storage(_)) => LATER,
            Self::Refused(_) | Self::Input(_) => REFUSED,
        }
    }

    fn words(&self) -> String {
        match self {
            Self::Usage(words) | Self::Input(words) => words.clone(),
            Self::Refused(error) => error.to_string(),
        }
    }
}

/// What a command works with.
struct Desk<'a, Io> {
    service: &'a Arc<Service>,
    caller: &'a Caller,
    args: Args,
    io: &'a mut Io,
    now: Timestamp,
}

impl<Io: CommandIo> Desk<'_, Io> {
    /// Goes through the door.
    async fn call<R: Request>(&mut self, request: R) -> Result<R::Reply, Failure> {
        Ok(self.service.call(self.caller, request).await?)
    }

    /// Prints a part of the output now.
    async fn print(&mut self, output: Output) -> Result<(), Failure> {
        let gone = |_| Failure::Input("The line broke off.".into());
        self.io.out(output.into_bytes()).await.map_err(gone)
    }

    /// Says something beside the output, on standard error.
    async fn note(&mut self, words: &str) {
        // It is a courtesy: a client that is gone misses nothing.
        let _ = self.io.err(output::safe(&format!("hob: {words}\n")).into_bytes()).await;
    }

    /// Standard input as text.
    async fn input(&mut self) -> Result<String, Failure> {
        let bytes =
            self.io.read_input(INPUT_MAX).await.map_err(|_| Failure::Input("The input broke off.".into()))?;
        let bytes = bytes.ok_or_else(|| {
            Failure::Input(format!("The input is longer than {INPUT_MAX} bytes. Split it."))
        })?;
        String::from_utf8(bytes).map_err(|_| Failure::Input("The input is not UTF-8 text.".into()))
    }
}

/// The names of all commands.
#[cfg(test)]
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    table::COMMANDS.iter().map(|entry| entry.name)
}

/// Runs one command line and returns its exit status.
pub async fn run(service: &Arc<Service>, caller: Caller, line: &str, io: &mut impl CommandIo) -> u32 {
    let now = service.now();
    let outcome = match Args::parse(line) {
        Ok(args) => {
            let mut desk = Desk { service, caller: &caller, args, io, now };
            table::run(&mut desk).await
        }
        Err(why) => Err(Failure::Usage(why)),
    };
    // A client that is gone cannot be told anything more.
    match outcome {
        Ok(output) if output.is_empty() => DONE,
        Ok(output) => match io.out(output.into_bytes()).await {
            Ok(()) => DONE,
            Err(_) => REFUSED,
        },
        Err(failure) => {
            let words = output::safe(&format!("hob: {}\n", failure.words()));
            let _ = io.err(words.into_bytes()).await;
            failure.status()
        }
    }
}
