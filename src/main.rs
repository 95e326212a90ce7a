//! The `hob` program.

use std::process::ExitCode;

fn main() -> ExitCode {
    hob::cli::main()
}
