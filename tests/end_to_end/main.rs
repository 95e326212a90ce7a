//! The real program, driven as people drive it: started, connected to over SSH, typed at, read from a terminal
//! emulator, killed and started again. `server` runs it, `person` is somebody at a terminal, `programs` are the SSH
//! clients that people have; the other modules are the tests, by what they are about. Every wait is for a condition and
//! has a deadline.

#![allow(clippy::unwrap_used)]

mod person;
mod plain;
mod programs;
mod server;

mod bans;
mod certificates;
mod clients;
mod cohorts;
mod commands;
mod demo;
mod door;
mod drafts;
mod durability;
mod evening;
mod faults;
mod floods;
mod four;
mod juries;
mod keys;
mod live;
mod login;
mod operation;
mod reading;
mod recovery;
mod safety;
mod start;
mod terminal;
