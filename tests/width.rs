//! Columns as the domain counts them are columns as the screens' renderer draws them (R6). The domain may not know the
//! renderer, so the two meet here. What terminals make of it is in `width/emulators.rs`.
#![allow(clippy::unwrap_used)]

mod corpus;
#[path = "width/emulators.rs"]
mod emulators;

use hob::domain::text::{clean_body, display_width};
use proptest::prelude::*;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// The column after the last one that the renderer draws `text` on.
fn drawn_width(text: &str) -> usize {
    let mut buffer = Buffer::empty(Rect::new(0, 0, 2_000, 1));
    usize::from(buffer.set_stringn(0, 0, text, 2_000, Style::new()).0)
}

#[test]
fn r6_hostile_text_is_as_wide_as_it_is_drawn() {
    for raw in corpus::hostile() {
        assert_eq!(display_width(&raw), drawn_width(&raw), "{raw:?} as sent");
        for line in clean_body(&raw).lines() {
            assert_eq!(display_width(line), drawn_width(line), "{line:?} cleaned");
        }
    }
}

proptest! {
    #[test]
    fn r6_any_text_is_as_wide_as_it_is_drawn(text in any::<String>()) {
        prop_assert_eq!(display_width(&text), drawn_width(&text));
    }
}
