//! What can be asked about threads: a board's list of them, and one with the posts to begin with.

mod find;
mod list;
mod open;

#[cfg(test)]
mod tests;

pub use find::{FindThreads, THREADS_FOUND_MAX};
pub use list::{ListThreads, Moved, ThreadList, ThreadSummary};
pub use open::{At, Begin, OpenThread, ThreadHead, ThreadView, Trail};

pub use crate::store::threads::{FoundThread, ThreadCursor};
pub(in crate::service) use list::summary;
pub(in crate::service) use open::{head, see};
