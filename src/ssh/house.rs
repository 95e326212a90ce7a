//! What the transport hands people over to, and whom it asks who they are: one trait, so that the whole of `ssh` can be
//! tested without a database and without a screen. No decisions here.

use std::fmt::Display;
use std::future::Future;
use std::net::IpAddr;
use std::sync::Arc;

use tokio::sync::watch;

use crate::command::{self, CommandIo};
use crate::service::certificates::{Certificate, Pass};
use crate::service::login::PasswordCheck;
use crate::service::{Caller, ProvedKey, Service, Who};
use crate::session::line::{LineReader, LineWriter};
use crate::session::{self, Opening};

/// The house behind the door.
pub trait House: Send + Sync + 'static {
    /// Who owns this live key, in whatever standing. Asked only about keys whose signature was checked.
    fn owner_of(&self, key: &ProvedKey, user: &str) -> impl Future<Output = Option<Who>> + Send;

    /// Where a certificate leads whose two signatures were checked.
    fn pass_of(
        &self,
        certificate: &Certificate,
        user: &str,
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
    /// It is this member's pass.
    Member(Who),
    /// A good one, but nobody has that handle: to the door, with this word.
    Stranger(String),
    /// Nowhere.
    Refused,
}

/// What a password check found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Checked {
    /// It is this member's.
    Right(Who),
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
    async fn owner_of(&self, key: &ProvedKey, user: &str) -> Option<Who> {
        match self.member_for_key(key, user).await {
            Ok(member) => member.map(Who::Member),
            Err(cause) => {
                note_trouble(&cause);
                None
            }
        }
    }

    async fn pass_of(&self, certificate: &Certificate, user: &str, peer: IpAddr) -> Passed {
        match Self::pass_of(self, certificate, user, peer).await {
            Ok(Pass::Member(member)) => Passed::Member(Who::Member(member)),
            Ok(Pass::Stranger { authority }) => Passed::Stranger(format!(
                "Your certificate of {authority} is good, but nobody here goes by that name yet. Apply, and keep this key: \
                 then it lets you in."
            )),
            Ok(Pass::Refused(why)) => {
                let (id, user) = (super::clean::name(&certificate.key_id), super::clean::name(user));
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
        match self.check_password(handle, password, peer).await {
            Ok(PasswordCheck::Right(member)) => Checked::Right(Who::Member(member)),
            Ok(PasswordCheck::Wrong) => Checked::Wrong,
            Ok(PasswordCheck::TooMany) => Checked::TooMany,
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
        command::run(&self, caller, line, io).await
    }
}
