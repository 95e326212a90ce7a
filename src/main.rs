//! The `hob` program.

fn main() {}
