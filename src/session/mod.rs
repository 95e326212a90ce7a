//! One task per connection: decodes input, owns the app, sends frames.

mod bell;
pub mod decoder;
pub mod line;
mod plain;
mod resume;
mod run;
mod seat;
pub mod terminal;

#[cfg(test)]
mod tests;

use std::net::IpAddr;

pub use run::run;

use crate::service::Caller;

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
    /// Whether there is a terminal at all; without one lines come as they were typed and edited elsewhere.
    pub pty: bool,
    /// Whether plain mode was asked for, by the user name.
    pub plain: bool,
    /// Columns of the window, clamped.
    pub columns: u16,
    /// Rows of the window, clamped.
    pub rows: u16,
    /// What to say first, such as why a log-in ended at the door.
    pub notice: Option<String>,
}

impl Opening {
    /// The terminal in words, for the sysop's list of sessions: `xterm-256color 80x24`.
    fn terminal(&self) -> String {
        format!("{} {}x{}", self.term, self.columns, self.rows)
    }
}

/// Why a session ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ending {
    /// The member left.
    Left,
    /// The key that opened it was revoked.
    KeyRevoked,
    /// The password or certificate that opened it opens nothing any more.
    Outdated,
    /// The server goes down.
    ServerStops,
    /// The sysop ended it; the words are the session's own.
    BySysop,
    /// No key came for as long as the place allows.
    Idle,
    /// The line is closed: nobody is there to be told.
    Closed,
}

impl Ending {
    /// The last line, shown on the terminal's own screen.
    fn words(self) -> &'static str {
        match self {
            Self::Left => "Goodbye. Come back soon.\r\n",
            Self::KeyRevoked => "The key that opened this session was revoked. Log in with another one.\r\n",
            Self::Outdated => {
                "This account's password was changed or its ways in were made anew, so this session ends. Log in anew.\r\n"
            }
            Self::ServerStops => {
                "The server is going down for a moment. What you wrote is kept, and you come back to where you are.\r\n"
            }
            Self::Idle => "Nobody typed for a long while: this session ends. What you wrote is kept.\r\n",
            Self::BySysop | Self::Closed => "",
        }
    }
}
