//! What can be asked about posts: windows of a thread, and what a post said before.

mod history;
mod list;

#[cfg(test)]
mod tests;

pub use history::{PostHistory, Revision};
pub use list::{Answers, From, ListPosts, PostPage, PostView};

pub(in crate::service) use list::{after, before, one};
