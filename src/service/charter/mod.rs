//! What can be asked about the charter, and the words that a new community starts with.

mod accept;
pub mod first;
mod read;
mod versions;

#[cfg(test)]
mod tests;

pub use accept::{AcceptNewRuleOf, NewRules, RulesToAccept};
pub(in crate::service) use read::load;
pub use read::{Charter, ReadCharter, Rule};
pub use versions::{CharterVersion, ReadCharterVersion};
