//! Filters of the staff: words or a pattern, what happens to a text that has them, and to whose.

use regex_lite::{Regex, RegexBuilder};

use crate::domain::member::Level;
use crate::domain::text::fold;
use crate::domain::words::words;

/// Longest pattern, in characters.
pub const PATTERN_CHARS_MAX: usize = 200;
/// Most memory of one compiled pattern, in bytes.
const PATTERN_SIZE_MAX: usize = 64 * 1024;
/// Deepest nesting in a pattern.
const NEST_MAX: u32 = 16;

words! {
    /// What happens to a text that a filter finds.
    "action of a filter" FilterAction {
        /// Its author reads a word beside the text while writing; nothing else.
        Note = "note",
        /// It waits for a moderator. Where nothing can wait (an edit, a line, a profile) it is refused.
        Hold = "hold",
        /// It is refused, with the reason.
        Refuse = "refuse",
    }
}

words! {
    /// Whose texts a filter looks at. Staff are never looked at.
    "scope of a filter" FilterScope {
        /// Newcomers'.
        Newcomers = "newcomers",
        /// Everybody's.
        All = "all",
    }
}

impl FilterScope {
    /// Whether it looks at the texts of somebody of this level.
    pub fn covers(self, level: Level) -> bool {
        self == Self::All || level == Level::Newcomer
    }
}

/// Why a pattern cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FilterError {
    /// Nothing is left of it.
    #[error("Give a word, or a pattern, that the filter looks for.")]
    Empty,
    /// Longer than [`PATTERN_CHARS_MAX`].
    #[error("That has {0} characters; {PATTERN_CHARS_MAX} is the most. Make two filters of it.")]
    Long(usize),
    /// It is no regular expression, or too large a one.
    #[error("That pattern cannot be used: {0}.")]
    Pattern(String),
    /// It finds the empty text, so it would find every text.
    #[error("That would find every text. Say more exactly what it looks for.")]
    Everything,
}

/// What looks for words or a pattern, in time linear in the text.
#[derive(Clone, Debug)]
pub enum Matcher {
    /// Any of these words, folded, standing alone.
    Words(Vec<String>),
    /// A regular expression, whatever the case.
    Pattern(Regex),
}

impl Matcher {
    /// Compiles it.
    ///
    /// # Errors
    /// When it cannot be used, in words for the one who wrote it.
    pub fn new(pattern: &str, is_words: bool) -> Result<Self, FilterError> {
        let chars = pattern.chars().count();
        if chars > PATTERN_CHARS_MAX {
            return Err(FilterError::Long(chars));
        }
        if pattern.trim().is_empty() {
            return Err(FilterError::Empty);
        }
        if is_words {
            let list: Vec<String> = tokens(pattern).collect();
            return if list.is_empty() { Err(FilterError::Empty) } else { Ok(Self::Words(list)) };
        }
        let regex = RegexBuilder::new(pattern.trim())
            .case_insensitive(true)
            .multi_line(true)
            .size_limit(PATTERN_SIZE_MAX)
            .nest_limit(NEST_MAX)
            .build()
            .map_err(|why| FilterError::Pattern(why.to_string()))?;
        if regex.is_match("") { Err(FilterError::Everything) } else { Ok(Self::Pattern(regex)) }
    }

    /// Whether a text has it.
    pub fn finds(&self, text: &str) -> bool {
        match self {
            Self::Words(list) => tokens(text).any(|token| list.contains(&token)),
            Self::Pattern(regex) => regex.is_match(text),
        }
    }
}

/// The words of a text, folded.
fn tokens(text: &str) -> impl Iterator<Item = String> {
    let folded = fold(text);
    let words: Vec<String> = folded
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect();
    words.into_iter()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn m6_words_stand_alone_whatever_their_case() {
        let gnomes = Matcher::new("gnome GNOMES", true).unwrap();
        for (text, found) in
            [("A Gnome!", true), ("(gnomes)", true), ("gnomeland", false), ("Metagnome", false), ("", false)]
        {
            assert_eq!(gnomes.finds(text), found, "{text}");
        }
    }

    #[test]
    fn m6_a_pattern_is_a_regular_expression() {
        let pattern = Matcher::new(r"buy\s+(my|our)\s+\w+", false).unwrap();
        assert!(pattern.finds("Please BUY  our\nships."));
        assert!(!pattern.finds("Do not buy ships."));
    }

    #[test]
    fn m6_what_cannot_be_used_is_said_in_words() {
        assert_eq!(Matcher::new(" ", true).unwrap_err(), FilterError::Empty);
        assert_eq!(Matcher::new("!?", true).unwrap_err(), FilterError::Empty);
        assert_eq!(Matcher::new(&"x".repeat(201), false).unwrap_err(), FilterError::Long(201));
        assert_eq!(Matcher::new("a*", false).unwrap_err(), FilterError::Everything);
        assert!(matches!(Matcher::new("(", false), Err(FilterError::Pattern(_))));
        assert!(matches!(Matcher::new(r"(\w{500}){500}", false), Err(FilterError::Pattern(_))), "too large");
        assert!(matches!(Matcher::new(&"(".repeat(60), false), Err(FilterError::Pattern(_))), "too deep");
    }

    /// Patterns that take other engines exponential time.
    #[test]
    fn m6_no_pattern_is_slow() {
        let evil = Matcher::new(r"^(a+)+$", false).unwrap();
        assert!(!evil.finds(&format!("{}b", "a".repeat(20_000))));
    }

    #[test]
    fn m6_scopes() {
        assert!(
            FilterScope::Newcomers.covers(Level::Newcomer) && !FilterScope::Newcomers.covers(Level::Member)
        );
        assert!(FilterScope::All.covers(Level::Regular));
    }
}
