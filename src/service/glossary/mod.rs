//! The place's own words (P8): everybody reads them, members say what they mean, staff take them out.

mod read;
mod write;

#[cfg(test)]
mod tests;

pub use read::{ListTerms, Meaning, ReadTerm, TermHistory, TermView, TermsIn};
pub use write::{ChangeTerm, DefineTerm, RemoveTerm};
