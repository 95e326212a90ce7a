//! What a member typed into the search, taken apart.

use crate::domain::text::clean_line;

/// Longest search, in characters: what the screen's line takes. Each word costs a walk through the index, so that a
/// command line full of them would keep the database busy for minutes.
pub const QUERY_CHARS_MAX: usize = 200;

/// Most words and phrases of one search.
const TERMS_MAX: usize = 16;

/// A search: everything in it must fit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// Words, and phrases whose words stand together.
    pub terms: Vec<String>,
    /// `from:handle`.
    pub from: Option<String>,
    /// `board:name`.
    pub board: Option<String>,
}

impl Query {
    /// Takes a search apart.
    ///
    /// # Errors
    /// When nothing is left to search for, or it is too much; the words say what to type.
    pub fn parse(text: &str) -> Result<Self, String> {
        if text.chars().nth(QUERY_CHARS_MAX).is_some() {
            return Err(format!(
                "That is very long for a search: {QUERY_CHARS_MAX} characters are the most."
            ));
        }
        let mut query = Self::default();
        for (index, piece) in text.split('"').enumerate() {
            // Every second piece stood between quotation marks.
            if index % 2 == 1 {
                query.term(piece);
                continue;
            }
            for word in piece.split_whitespace() {
                match word.split_once(':') {
                    Some(("from", handle)) if !handle.is_empty() => {
                        query.from = Some(handle.trim_start_matches('@').to_owned());
                    }
                    Some(("board", slug)) if !slug.is_empty() => query.board = Some(slug.to_owned()),
                    _ => query.term(word),
                }
            }
        }
        if query.terms.len() > TERMS_MAX {
            return Err(format!(
                "Those are many words: {TERMS_MAX} are the most. Take the ones that matter."
            ));
        }
        if query == Self::default() {
            return Err("Type a word to search for, or from:handle, or board:name.".to_owned());
        }
        Ok(query)
    }

    fn term(&mut self, text: &str) {
        // Control characters are no words, and NUL would end the expression.
        let text = clean_line(text);
        // What has no letter or digit is nothing that the index knows.
        if text.chars().any(char::is_alphanumeric) {
            self.terms.push(text);
        }
    }

    /// The terms as an FTS5 expression, each one quoted, so that nothing typed is an operator; `None` without
    /// terms.
    pub fn matching(&self) -> Option<String> {
        if self.terms.is_empty() {
            return None;
        }
        let quoted: Vec<String> =
            self.terms.iter().map(|term| format!("\"{}\"", term.replace('"', "\"\""))).collect();
        Some(quoted.join(" "))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn words_phrases_and_filters() {
        let query = Query::parse("kettle \"warm shelf\" from:@Alice board:general").unwrap();
        assert_eq!(query.terms, ["kettle", "warm shelf"]);
        assert_eq!(query.from.as_deref(), Some("Alice"));
        assert_eq!(query.board.as_deref(), Some("general"));
        assert_eq!(query.matching().as_deref(), Some("\"kettle\" \"warm shelf\""));
    }

    #[test]
    fn operators_are_only_words() {
        let query = Query::parse("NEAR(a b) OR x* -y col:z").unwrap();
        assert_eq!(query.matching().as_deref(), Some("\"NEAR(a\" \"b)\" \"OR\" \"x*\" \"-y\" \"col:z\""));
    }

    #[test]
    fn nothing_to_search_for_is_said() {
        assert!(Query::parse("  \"\" !! ").unwrap_err().contains("Type a word"));
        assert_eq!(Query::parse("from:bob").unwrap().matching(), None);
    }

    #[test]
    fn a_search_is_bounded_and_ends_where_it_ends() {
        assert!(Query::parse(&"a ".repeat(101)).unwrap_err().contains("200 characters"));
        assert!(Query::parse(&"a ".repeat(17)).unwrap_err().contains("16"));
        assert_eq!(Query::parse(&"a ".repeat(16)).unwrap().terms.len(), 16);
        assert_eq!(Query::parse("\"a\0b\" c\0").unwrap().matching().as_deref(), Some("\"ab\" \"c\""));
    }
}
