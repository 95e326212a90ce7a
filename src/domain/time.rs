//! Placeholder: the real module replaces this file (take yours whole).
/// ts
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Timestamp(pub i64);
/// x
pub fn duration_words(seconds: i64) -> String {
    format!("{seconds} s")
}
