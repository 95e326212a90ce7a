//! Why a request failed. Every message is fit for the person who asked.

use crate::domain::handle::HandleError;
use crate::domain::invite::InviteCodeError;
use crate::domain::policy::Denied;
use crate::domain::post::TextError;
use crate::domain::time::{Timestamp, duration_words};

/// The result of a request.
pub type Result<T> = std::result::Result<T, Error>;

/// Why a request failed. Nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The policy says no.
    #[error("{0}")]
    Denied(#[from] Denied),
    /// The policy says no because of something that was taken from the actor.
    #[error("{words}")]
    Curbed {
        /// The policy's reason.
        denied: Denied,
        /// Until when, under which rule, what to do next.
        words: String,
    },
    /// What was sent cannot be used; the words say what to change.
    #[error("{0}")]
    Invalid(String),
    /// A thing that is not there, or not shown: the words are the same.
    #[error("There is no such {0} here, or it is not shown to you.")]
    NotFound(&'static str),
    /// Somebody else was faster, or the thing has changed.
    #[error("{0}")]
    Conflict(String),
    /// A moderator has to read it first: nothing is published, and it can be handed in to wait.
    #[error("{0} It can be handed in from the editor, where your text is kept.")]
    MustWait(String),
    /// A limit of this place; it opens again by itself.
    #[error("{what} You can go on in {}.", duration_words(*.wait_s))]
    TooSoon {
        /// Which limit, as a sentence.
        what: String,
        /// Seconds until it opens again.
        wait_s: i64,
    },
    /// Only staff may be here just now; the words say what the sysop says about it.
    #[error("{0}")]
    Shut(String),
    /// The database failed. The log says how.
    #[error("{}", super::trouble::words(.0))]
    Storage(sqlx::Error),
}

impl Error {
    /// A refusal for input that cannot be used.
    pub fn invalid(words: impl Into<String>) -> Self {
        Self::Invalid(words.into())
    }

    /// A refusal because the thing has changed.
    pub fn conflict(words: impl Into<String>) -> Self {
        Self::Conflict(words.into())
    }

    /// A refusal by a limit that opens again at a time.
    pub fn too_soon(what: impl Into<String>, now: Timestamp, open: Timestamp) -> Self {
        Self::TooSoon { what: what.into(), wait_s: (open.0 - now.0).max(1) }
    }
}

impl From<TextError> for Error {
    fn from(error: TextError) -> Self {
        Self::Invalid(error.to_string())
    }
}

impl From<HandleError> for Error {
    fn from(error: HandleError) -> Self {
        Self::Invalid(error.to_string())
    }
}

impl From<InviteCodeError> for Error {
    fn from(error: InviteCodeError) -> Self {
        Self::Invalid(error.to_string())
    }
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        Self::Storage(error)
    }
}
