//! State and input in, state, effects and cells out. Nothing here awaits.

pub mod capabilities;
pub mod input;
