//! The input parser: what a terminal sends, at every split. Bytes decode the same whole and one by one, nothing is stuck
//! after a pause, and what was pasted stays bounded.
#![no_main]

use hob::session::decoder::Decoder;
use hob::ui::input::{Input, Key, KeyPress};
use libfuzzer_sys::fuzz_target;

const PASTE_MAX: usize = 256 * 1024;

fuzz_target!(|bytes: &[u8]| {
    let (mut whole, mut single) = (Decoder::new(), Decoder::new());
    let (mut at_once, mut one_by_one) = (Vec::new(), Vec::new());
    whole.feed(bytes, &mut at_once);
    for byte in bytes {
        single.feed(&[*byte], &mut one_by_one);
    }
    assert_eq!(at_once, one_by_one);
    assert!(at_once.len() <= bytes.len(), "more inputs than bytes");
    for input in &at_once {
        if let Input::Paste(text) = input {
            assert!(text.len() <= PASTE_MAX + 4);
        }
    }
    // After a pause the next key is that key, whatever came before.
    if whole.pending().is_some() {
        whole.timeout(&mut at_once);
    }
    assert_eq!(whole.pending(), None);
    let mut key = Vec::new();
    whole.feed(b"x", &mut key);
    assert_eq!(key, [Input::Key(KeyPress::plain(Key::Char('x')))]);
});
