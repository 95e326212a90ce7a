//! The SSH transport: accept loop, limits, host key, algorithms, log-in, and the one channel of a connection. It decides
//! who somebody is, as far as keys and passwords can tell, never what they may do; it knows nothing of screens and SQL.
//!
//! A connection goes `listen` → `admission` (is there a place?) → `connection` (deadlines) → `client` (russh's callbacks)
//! → `auth` (who is it?) → `room` (a session or a command), with a `guard` around the socket that can always end it.

mod admission;
mod auth;
pub mod clean;
mod client;
mod command_io;
mod config;
mod connection;
mod guard;
pub mod host_key;
mod house;
mod inbox;
mod line;
mod link;
mod listen;
mod room;
mod settings;

pub use house::{Checked, House};
pub use listen::{bind, serve};
pub use settings::{AddressCaps, Settings};

#[cfg(test)]
mod tests;
