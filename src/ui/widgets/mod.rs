//! Pieces that screens are made of.

pub mod confirm;
pub mod list;

pub use confirm::Confirm;
pub use list::ListState;
