//! What happened since one was here, in one answer.

mod show;

#[cfg(test)]
mod tests;

pub use show::{Happened, HereNow, HomeView, ShowHome};

pub use crate::store::people::Person;
pub use crate::store::reading::{Addressed, UnreadThread};
