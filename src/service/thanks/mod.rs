//! What can be asked about thanks: one per member and post, given and taken back with one key, seen by the post's
//! author and the giver alone (W4). There is no count for anybody else, and no list of who thanks most.

mod give;
mod list;

#[cfg(test)]
mod tests;

pub use give::{GiveThanks, TakeBackThanks};
pub use list::{Got, ListThanks};
