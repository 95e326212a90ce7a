//! Keys: a line of authorized_keys, a code, a zone, a member's own keys on the keyboard, a list of authorities.
#![no_main]

use std::collections::BTreeMap;

use hob::domain::invite::InviteCode;
use hob::domain::question::Choice;
use hob::domain::time::Zone;
use hob::service::accounts::KeyLine;
use hob::service::certificates::Authorities;
use hob::ui::keys::Keymap;
use hob_fuzz::{assert_harmless, text, two_texts};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let raw = text(bytes);
    match KeyLine::parse(&raw) {
        Ok(key) => {
            assert_harmless(&key.comment);
            assert!(!key.comment.contains('\n'));
            assert!(key.fingerprint.starts_with("SHA256:"));
        }
        Err(why) => assert_harmless(&why.to_string()),
    }
    if let Err(why) = Authorities::parse(std::slice::from_ref(&raw), &[], &BTreeMap::new()) {
        assert_harmless(&why);
    }
    match InviteCode::parse(&raw) {
        Ok(code) => assert_eq!(InviteCode::parse(code.canonical()).unwrap().canonical(), code.canonical()),
        Err(why) => assert_harmless(&why.to_string()),
    }
    let _ = Choice::parse(&raw);
    let _ = Zone::parse(&raw);
    let (own, place) = two_texts(bytes);
    let _ = Keymap::new(&own, &place);
    if let Err(why) = Keymap::check_place(&place) {
        assert_harmless(&why.to_string());
    }
});
