//! What an SSH client says of itself: names, version line, terminal type, environment, window.
#![no_main]

use hob::ssh::clean::{Env, name, term, version, window};
use hob::ui::capabilities::{Capabilities, takes_utf8};
use hob_fuzz::{assert_harmless, text, two_texts};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let raw = text(bytes);
    for shown in [name(&raw), version(bytes), term(&raw)] {
        assert!(shown.is_ascii() && shown.len() <= 128, "{shown:?}");
        assert_harmless(&shown);
        assert!(!shown.contains('\n'));
    }
    let mut env = Env::default();
    let (key, value) = two_texts(bytes);
    for key in ["LANG", "LC_ALL", "COLORTERM", "TERM_PROGRAM", "HOB_X", &key] {
        env.set(key, &value);
    }
    let env = env.into_pairs();
    for (key, value) in &env {
        assert_harmless(key);
        assert_harmless(value);
    }
    let _ = Capabilities::from_terminal(&term(&raw), &env);
    let _ = takes_utf8(&term(&raw), &env);
    if let [a, b, c, d, e, f, g, h, ..] = *bytes {
        let size = window(u32::from_be_bytes([a, b, c, d]), u32::from_be_bytes([e, f, g, h]));
        assert!((20..=500).contains(&size.columns) && (5..=200).contains(&size.rows));
    }
});
