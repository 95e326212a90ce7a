//! A search line: any line is taken apart or refused in harmless words, and its terms stay quoted.
#![no_main]

use hob::service::search::Query;
use hob_fuzz::{assert_harmless, text};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    match Query::parse(&text(bytes)) {
        Ok(query) => {
            for term in query.words.iter().chain(&query.without) {
                let expression = term.expression();
                assert_harmless(&expression);
                let quoted = expression.trim_end_matches(" *");
                assert!(quoted.starts_with('"') && quoted.ends_with('"'), "{expression}");
                assert_eq!(quoted.matches('"').count() % 2, 0, "{expression}");
            }
        }
        Err(why) => assert_harmless(&why),
    }
});
