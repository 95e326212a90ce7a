//! Text cleaning: what comes out is harmless, a fixed point, and cut and wrapped to its width.
#![no_main]

use hob::domain::handle::Handle;
use hob::domain::text::{
    CLUSTER_CHARS_MAX, clean_body, clean_line, display_width, fold, in_ascii, safe, truncate, wrap,
};
use hob_fuzz::{assert_harmless, text};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let raw = text(bytes);
    let line = clean_line(&raw);
    assert_harmless(&line);
    assert!(!line.contains('\n'));
    assert_eq!(clean_line(&line), line, "a line that is clean stays as it is");
    let body = clean_body(&raw);
    assert_harmless(&body);
    assert_eq!(clean_body(&body), body, "a text that is clean stays as it is");
    assert_harmless(&safe(&raw));
    let _ = fold(&line);
    assert!(in_ascii(&line).is_ascii());
    for width in [1, 2, 10, 40] {
        let cut = truncate(&line, width, "…");
        assert!(display_width(&cut) <= width, "{cut:?} is wider than {width}");
    }
    for row in wrap(&body, 20) {
        // A single cluster is not cut, however wide; cleaning bounds it.
        let single = row.chars().count() <= CLUSTER_CHARS_MAX;
        assert!(display_width(row) <= 20 || single, "{row:?}");
    }
    if let Ok(handle) = Handle::parse(&raw) {
        assert!(handle.as_str().is_ascii());
        assert_harmless(handle.as_str());
    }
});
