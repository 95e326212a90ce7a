//! What happened since one was here, in one answer.

mod company;
mod show;

#[cfg(test)]
mod tests;

pub use company::{Company, HereNow, ShowCompany};
pub use show::{Happened, HomeView, ShowHome};

pub use crate::store::people::Person;
pub use crate::store::reading::{Addressed, UnreadThread};
