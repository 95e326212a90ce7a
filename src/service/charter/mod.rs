//! What can be asked about the charter, and the words that a new community starts with.

pub mod first;
mod read;

pub(in crate::service) use read::load;
pub use read::{Charter, ReadCharter, Rule};
