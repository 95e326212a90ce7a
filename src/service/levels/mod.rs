//! Levels (P4): the path of a member, and bringing levels up to date by the one rule of `domain::level`.

mod path;
mod settle;
mod words;

#[cfg(test)]
mod tests;

pub use path::{Falling, Path, ReadPath};
pub use settle::{Risen, settle_all, settle_one, watch};
pub use words::{opens, step_line, step_words};

pub(in crate::service) use settle::settle;

pub use crate::domain::level::{LevelRules, Need, Step};
pub use crate::store::levels::LevelChange;
