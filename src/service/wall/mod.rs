//! The wall (L6): one line each and one a visit; lines fade after thirty days. Reporting one is
//! `service::cases`, staff taking one down `service::moderation`.

mod read;
mod write;

#[cfg(test)]
mod tests;

pub use read::{ReadWall, WallLine, WallView};
pub use write::{TakeOffWall, WriteOnWall};

pub(in crate::service) use read::newest;
