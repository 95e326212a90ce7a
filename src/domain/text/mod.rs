//! Text from people, made safe and measured: cleaning, display width, cutting, wrapping and folding.
//!
//! Everything here is pure and linear in the length of its input. What a text *means* (Markdown, mentions) is
//! `domain::markup`; colours and cells are the screens' business and must not appear here.

mod ascii;
mod clean;
mod escape;
mod fold;
mod width;
mod wrap;

#[cfg(test)]
mod clean_tests;
/// The hostile strings of `tests/corpus/hostile.txt`; integration tests read the same file through the same parser.
#[cfg(test)]
#[path = "../../../tests/corpus/mod.rs"]
pub(crate) mod corpus;

pub use ascii::{ascii, in_ascii};
pub(in crate::domain) use clean::bound_clusters;
pub use clean::{CLUSTER_CHARS_MAX, MARKS_MAX, clean_body, clean_line, is_forbidden, safe};
pub use fold::fold;
pub use width::{cells, display_width, fit, joins, pad, pad_left, plain_start, truncate};
pub use wrap::{WrappedLine, wrap, wrap_ranges, wrap_until};
