//! A staff member's filter over a member's text: no pattern may be dear (libFuzzer's -timeout tells), or panic.
#![no_main]

use hob::domain::prevention::{Matcher, gist};
use hob_fuzz::two_texts;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let (pattern, body) = two_texts(bytes);
    // As long as a post may be, which is what a dear pattern needs.
    let long = body.repeat((64 * 1024 / body.len().max(1)).clamp(1, 64 * 1024));
    for is_words in [true, false] {
        if let Ok(matcher) = Matcher::new(&pattern, is_words) {
            let _ = matcher.finds(&body);
            let _ = matcher.finds(&long[..long.floor_char_boundary(64 * 1024)]);
        }
    }
    let _ = gist(&body);
});
