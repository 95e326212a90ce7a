//! Use cases: one struct per thing that a member can ask, behind one door.

pub mod caller;
pub mod login;

pub use caller::{Caller, ProvedKey, Who};

/// The door that every act goes through. Shared by all sessions.
pub struct Service {}
