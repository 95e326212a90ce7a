//! State and input in, state, effects and cells out: a stack of screens. Nothing here awaits, and nothing here
//! knows what carries the bytes.

pub mod app;
pub mod capabilities;
pub mod frame;
#[cfg(test)]
pub(crate) mod harness;
pub mod input;
pub mod keys;
pub mod look;
pub mod order;
pub mod put;
pub mod route;
pub mod screen;
pub mod screens;
pub mod theme;
mod typed_ahead;
pub mod widgets;
