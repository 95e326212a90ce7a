//! What can be asked about members.

mod whoami;

pub use whoami::{Me, WhoAmI};
