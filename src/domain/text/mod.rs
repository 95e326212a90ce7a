//! Placeholder: the real module replaces this file (take yours whole).
use std::borrow::Cow;
/// x
pub fn clean_line(s: &str) -> String {
    s.trim().to_owned()
}
/// x
pub fn clean_body(s: &str) -> String {
    s.trim().to_owned()
}
/// x
pub fn display_width(s: &str) -> usize {
    s.chars().count()
}
/// x
pub fn truncate<'a>(s: &'a str, _w: usize, _e: &str) -> Cow<'a, str> {
    s.into()
}
