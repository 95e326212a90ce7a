//! `hob.toml`: any file is read or refused, and what was read can be used.
#![no_main]

use hob::cli::config::Config;
use hob_fuzz::text;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(config) = Config::parse(&text(bytes)) {
        let _ = config.settings();
    }
});
