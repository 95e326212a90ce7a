//! What can be asked about drafts. Open to everybody with an account, in any standing: no word is ever lost (W2).

mod keep;
mod list;

#[cfg(test)]
mod tests;

pub use keep::{Draft, DropDraft, LoadDraft, SaveDraft};
pub use list::{DraftSummary, ListDrafts};

/// Drafts that one account may have: far more than anybody has open, so that nobody fills the disk.
pub const DRAFTS_MAX: i64 = 100;
