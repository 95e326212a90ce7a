//! hob: a small community over SSH. This file is the map, in reading order: each layer may import the ones
//! above it in this list, never one below (`tests/tidy.rs` holds that; `ARCHITECTURE.md` says why).

pub mod cli;
pub mod command;
pub mod demo;
pub mod domain;
#[cfg(test)]
mod golden;
pub mod plain;
pub mod service;
pub mod session;
pub mod ssh;
pub mod store;
pub mod ui;
