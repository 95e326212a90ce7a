//! Pieces that screens are made of.

pub mod confirm;
pub mod list;
pub mod pager;

pub use confirm::Confirm;
pub use list::ListState;
pub use pager::Pager;
