//! Whole sessions, line by line: what somebody types and what comes back, as one transcript.

#![allow(clippy::unwrap_used)]

mod console;
mod harness;
mod joining;
mod juries;
mod member;
mod rest;
mod staff;
mod together;
