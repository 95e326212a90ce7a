//! The place's own words (P8): how long they and their meanings may be, and which of them stand in a text.

use std::collections::HashMap;

use super::text::{clean_line, fold};

/// Longest word or phrase, in characters.
pub const WORD_CHARS_MAX: usize = 40;
/// Longest meaning, in characters: what is read in one breath, and fits a screen of 40x12.
pub const MEANING_CHARS_MAX: usize = 300;
/// Most words of a place: far above what a community of 150 makes up, and a bound on what `K` goes through.
pub const TERMS_MAX: i64 = 2_000;

/// Why a word or a meaning cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GlossaryError {
    /// No letter or digit is in it.
    #[error("Which word? It has at least one letter or digit.")]
    NoWord,
    /// The word is too long.
    #[error("A word or phrase has at most {WORD_CHARS_MAX} characters; this has {0}.")]
    LongWord(usize),
    /// There is no meaning.
    #[error("What does it mean? A sentence is enough.")]
    NoMeaning,
    /// The meaning is too long.
    #[error(
        "A meaning has at most {MEANING_CHARS_MAX} characters; this has {0}. The first use can tell the rest."
    )]
    LongMeaning(usize),
}

/// A word or phrase: one clean line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word(String);

impl Word {
    /// Cleans and checks a word.
    ///
    /// # Errors
    /// When nothing is left of it or it is too long.
    pub fn parse(text: &str) -> Result<Self, GlossaryError> {
        let line = clean_line(text);
        let chars = line.chars().count();
        if chars > WORD_CHARS_MAX {
            return Err(GlossaryError::LongWord(chars));
        }
        if words(&line).next().is_none() { Err(GlossaryError::NoWord) } else { Ok(Self(line)) }
    }

    /// As it was written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// As it is looked up: two words are the same when their folds are equal.
    pub fn fold(&self) -> String {
        folded(&self.0)
    }
}

/// Cleans and checks a meaning: one clean line.
///
/// # Errors
/// When nothing is left of it or it is too long.
pub fn parse_meaning(text: &str) -> Result<String, GlossaryError> {
    let line = clean_line(text);
    match line.chars().count() {
        0 => Err(GlossaryError::NoMeaning),
        1..=MEANING_CHARS_MAX => Ok(line),
        long => Err(GlossaryError::LongMeaning(long)),
    }
}

/// Which of some folded words stand in a text, as whole words, in the order in which they come up first.
///
/// ```
/// use hob::domain::glossary::occurring;
/// assert_eq!(occurring("Put the Kettle on, it is hob night.", &["hob night", "kettle", "ket"]), [1, 0]);
/// ```
pub fn occurring(text: &str, terms: &[&str]) -> Vec<usize> {
    let mut by_first: HashMap<&str, Vec<(usize, Vec<&str>)>> = HashMap::new();
    for (index, term) in terms.iter().enumerate() {
        let mut parts = words(term);
        if let Some(first) = parts.next() {
            by_first.entry(first).or_default().push((index, parts.collect()));
        }
    }
    let text = fold(text);
    let text: Vec<&str> = words(&text).collect();
    let mut found = Vec::new();
    for (at, word) in text.iter().enumerate() {
        for (index, rest) in by_first.get(word).into_iter().flatten() {
            let follows = text.get(at + 1..at + 1 + rest.len()).is_some_and(|next| next == rest.as_slice());
            if follows && !found.contains(index) {
                found.push(*index);
            }
        }
    }
    found
}

/// The letters and digits of a line, folded, with single spaces between words.
pub fn folded(line: &str) -> String {
    let fold = fold(line);
    words(&fold).collect::<Vec<_>>().join(" ")
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn p8_words_and_meanings_are_clean_lines_of_a_bounded_length() {
        assert_eq!(Word::parse(" Hob-\x1b[31mNight ").unwrap().fold(), "hob night");
        assert_eq!(Word::parse("?!"), Err(GlossaryError::NoWord));
        assert_eq!(Word::parse(&"x".repeat(41)), Err(GlossaryError::LongWord(41)));
        assert_eq!(parse_meaning(" a\nb "), Ok("a b".to_owned()));
        assert_eq!(parse_meaning("\u{200b}"), Err(GlossaryError::NoMeaning));
        assert_eq!(parse_meaning(&"é".repeat(301)), Err(GlossaryError::LongMeaning(301)));
    }

    #[test]
    fn p8_only_whole_words_in_any_case_are_found_each_once_in_their_order() {
        let terms = ["tea", "the long table", "strasse", "お茶"];
        assert_eq!(occurring("The STRASSE to the long table: tea, TEA, teapot.", &terms), [2, 1, 0]);
        assert_eq!(occurring("steam and the long tables", &terms), Vec::<usize>::new());
        assert_eq!(occurring("the long", &terms), Vec::<usize>::new());
        assert_eq!(occurring("お茶!", &terms), [3]);
    }

    /// P8: 500 terms, in the longest post there may be. `benches/render.rs` says how long it takes.
    #[test]
    fn p8_five_hundred_terms_are_looked_for_at_once() {
        let terms: Vec<String> = (0..500).map(|n| format!("word{n} of ours")).collect();
        let terms: Vec<&str> = terms.iter().map(String::as_str).collect();
        let text = "a word of ours, word7 of ours and more ".repeat(1_600);
        assert_eq!(occurring(&text, &terms), [7]);
    }
}
