//! Markdown: any text lays out at any width, no row is wider than asked, and links lead only where they may.
#![no_main]

use hob::domain::markup::{Document, Options, SCHEMES, mentions, part, plain, quote, unmarked};
use hob::domain::text::{clean_body, display_width};
use hob_fuzz::{assert_harmless, text};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let body = clean_body(&text(bytes));
    let document = Document::parse(&body);
    for (width, ascii, spoilers_open) in [(10, false, false), (38, true, true), (78, false, true)] {
        let rendered = document.render(width, Options { ascii, spoilers_open });
        for line in &rendered.lines {
            let row: String = line.iter().map(|span| span.text.as_str()).collect();
            assert_harmless(&row);
            assert!(!row.contains('\n'));
            assert!(display_width(&row) <= usize::from(width), "{row:?} is wider than {width}");
        }
        for link in &rendered.links {
            assert!(link.bytes().all(|b| b.is_ascii_graphic()), "{link:?}");
            assert!(SCHEMES.iter().any(|scheme| link.starts_with(scheme)), "{link:?}");
        }
    }
    let _ = document.spoken(false);
    let _ = mentions(&body);
    assert_harmless(&plain(&body, 80));
    assert_harmless(&unmarked(&body));
    let quoted = quote(&body, Some("ada:"));
    assert_harmless(&quoted);
    let _ = Document::parse(&quoted).render(40, Options::default());
    assert_harmless(&part(&body, |line| line % 2 == 0));
});
