//! Who is about: for home, and for whoever wants to know who was here lately.

mod away;
mod lately;

#[cfg(test)]
mod tests;

pub use away::{MyPresence, OwnPresence, SetAway};
pub use lately::{HereLately, SeenLately};

pub(in crate::service) use lately::lately;
