//! What the transport hands people over to, and whom it asks who they are: one trait, so that the whole of `ssh` can be
//! tested without a database and without a screen. No decisions here.

use std::fmt::Display;
use std::future::Future;
use std::net::IpAddr;
use std::sync::Arc;

use tokio::sync::watch;

use crate::command::{self, CommandIo};
use crate::service::certificates::{Certificate, Pass, PassInHand};
use crate::service::login::PasswordCheck;
use crate::service::{Caller, Error, ProvedKey, Service, Who};
use crate::session::line::{LineReader, LineWriter};
use crate::session::{self, Opening};

/// The house behind the door.
pub trait House: Send + Sync + 'static {
    /// Whether nobody may connect from this address. Asked at each connection, before the handshake.
    fn turns_away(&self, peer: IpAddr) -> bool;

    /// Whether this key, whose signature was checked, opens nothing here: its holder is told so and nothing else.
    fn bars_key(&self, key: &ProvedKey) -> bool;

    /// Who owns this live key, in whatever standing. Asked only about keys whose signature was checked.
    fn owner_of(&self, key: &ProvedKey, user: &str) -> impl Future<Output = Option<Who>> + Send;

    /// Where a certificate leads whose two signatures were checked; without a user name, under one of the door's.
    fn pass_of(
        &self,
        certificate: &Certificate,
        user: Option<&str>,
        peer: IpAddr,
    ) -> impl Future<Output = Passed> + Send;

    /// Checks a password; takes the same time whether the handle exists or not.
    fn check_password(
        &self,
        handle: &str,
        password: &str,
        peer: IpAddr,
    ) -> impl Future<Output = Checked> + Send;

    /// Runs a full-screen session to its end.
    fn session(
        self: Arc<Self>,
        opening: Opening,
        reader: impl LineReader + 'static,
        writer: impl LineWriter + 'static,
        stop: watch::Receiver<bool>,
    ) -> impl Future<Output = ()> + Send;

    /// Runs one command line and gives its exit status.
    fn command(
        self: Arc<Self>,
        caller: Caller,
        line: &str,
        io: &mut (impl CommandIo + 'static),
    ) -> impl Future<Output = u32> + Send;
}

/// Where a certificate leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Passed {
    /// It is this member's pass; with the number of their ways in.
    Member(Who, i64),
    /// A good one, but nobody has that handle: to the door, where it is a pass, with this word.
    Stranger(Arc<PassInHand>, String),
    /// Nowhere.
    Refused,
}

/// What a password check found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Checked {
    /// It is this member's; with the number of their ways in.
    Right(Who, i64),
    /// It is not, or there is no such member: nobody can tell which.
    Wrong,
    /// Too many failures lately: nothing was checked.
    TooMany,
    /// The house cannot look it up just now; nobody is let in by it.
    Unavailable,
}

/// The person is told elsewhere, the sysop here.
fn note_trouble(cause: &impl Display) {
    tracing::error!(%cause, "nobody can be looked up at log-in");
}

impl House for Service {
    fn turns_away(&self, peer: IpAddr) -> bool {
        Self::turns_away(self, peer)
    }

    fn bars_key(&self, key: &ProvedKey) -> bool {
        Self::bars_key(self, &key.fingerprint)
    }

    async fn owner_of(&self, key: &ProvedKey, user: &str) -> Option<Who> {
        match self.member_for_key(key, user).await {
            Ok(member) => member.map(Who::Member),
            Err(cause) => {
                note_trouble(&cause);
                None
            }
        }
    }

    async fn pass_of(&self, certificate: &Certificate, user: Option<&str>, peer: IpAddr) -> Passed {
        let passed = match user {
            Some(user) => Self::pass_of(self, certificate, user, peer).await,
            None => self.pass_at_door(certificate, peer).await,
        };
        match passed {
            Ok(Pass::Member(member, ways)) => Passed::Member(Who::Member(member), ways),
            Ok(Pass::Stranger(pass)) => {
                let words = format!(
                    "Your certificate of {} is a pass: nobody here goes by {} yet, and you come in without an application.",
                    pass.authority,
                    super::clean::name(&pass.handle)
                );
                Passed::Stranger(Arc::new(pass), words)
            }
            Ok(Pass::Refused(why)) => {
                let id = super::clean::name(&certificate.key_id);
                let user = super::clean::name(user.unwrap_or_default());
                tracing::info!(%peer, user, id, serial = certificate.serial, "certificate refused: {why}");
                Passed::Refused
            }
            Err(cause) => {
                note_trouble(&cause);
                Passed::Refused
            }
        }
    }

    async fn check_password(&self, handle: &str, password: &str, peer: IpAddr) -> Checked {
        // Read before the password is: a password that is changed meanwhile opens a session that ends at once.
        let checked = async {
            let ways = self.ways_of(handle).await?;
            Ok::<_, Error>((self.check_password(handle, password, peer).await?, ways))
        };
        match checked.await {
            Ok((PasswordCheck::Right(member), ways)) => Checked::Right(Who::Member(member), ways),
            // No name: people type their password where a handle is asked for. dist/fail2ban reads these lines.
            Ok((PasswordCheck::Wrong, _)) => {
                self.metrics().wrong_passwords.add(1);
                tracing::info!(%peer, "wrong password");
                Checked::Wrong
            }
            Ok((PasswordCheck::TooMany, _)) => {
                self.metrics().wrong_passwords.add(1);
                tracing::info!(%peer, "too many wrong passwords");
                Checked::TooMany
            }
            Err(cause) => {
                note_trouble(&cause);
                Checked::Unavailable
            }
        }
    }

    async fn session(
        self: Arc<Self>,
        opening: Opening,
        reader: impl LineReader + 'static,
        writer: impl LineWriter + 'static,
        stop: watch::Receiver<bool>,
    ) {
        session::run(self, opening, reader, writer, stop).await;
    }

    async fn command(
        self: Arc<Self>,
        caller: Caller,
        line: &str,
        io: &mut (impl CommandIo + 'static),
    ) -> u32 {
        let by = caller.clone();
        let status = command::run(&self, caller, line, io).await;
        self.note_from(&by).await;
        status
    }
}
