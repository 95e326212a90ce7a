//! What a member typed into the search, taken apart. Everything in it must fit.

use crate::domain::search::Content;
use crate::domain::text::clean_line;
use crate::domain::time::{Timestamp, Zone};

/// Longest search, in characters: what the screen's line takes. Each word costs a walk through the index, so that a
/// command line full of them would keep the database busy for minutes.
pub const QUERY_CHARS_MAX: usize = 200;

/// Most words, phrases and filters of one search.
const TERMS_MAX: usize = 16;
/// Fewest letters before a star: with fewer nearly every post would fit.
const PREFIX_CHARS_MIN: usize = 3;
/// The words that narrow, as they are explained.
const FILTERS: &str = "from: board: tag: before: after: has:";

/// A word, or a phrase whose words stand together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// The text.
    pub text: String,
    /// The last word only begins like this: `kett*`.
    pub begins: bool,
}

/// A filter as it was typed, before anybody looked whether there is such a thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Filter {
    /// `from:handle`.
    From(String),
    /// `board:name`.
    Board(String),
    /// `tag:name`.
    Tag(String),
    /// `has:link`.
    Has(Content),
}

/// A day as it was typed: `2026-03-01`, `2026-03`, `2026`, `today`, `yesterday`, `7d`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Day {
    /// The beginning of this day.
    Date(i16, i8, i8),
    /// The beginning of the day so many days before today.
    Ago(u16),
}

impl Day {
    /// The moment at which it begins for somebody; none when the calendar has no such day.
    pub fn start(self, zone: &Zone, now: Timestamp) -> Option<Timestamp> {
        match self {
            Self::Date(year, month, day) => zone.start_of(year, month, day),
            Self::Ago(days) => zone.day_before(now, days),
        }
    }

    fn parse(text: &str) -> Option<Self> {
        match text.to_lowercase().as_str() {
            "today" => return Some(Self::Ago(0)),
            "yesterday" => return Some(Self::Ago(1)),
            _ => {}
        }
        let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let days = match &text[digits.len()..] {
            "d" => 1,
            "w" => 7,
            "m" => 30,
            "y" => 365,
            "" => 0,
            _ => return None,
        };
        if days > 0 {
            return Some(Self::Ago(digits.parse::<u16>().ok()?.checked_mul(days)?));
        }
        let mut parts = text.split('-');
        let year: i16 = parts.next().filter(|year| year.len() == 4)?.parse().ok()?;
        let mut part = || parts.next().map_or(Some(1), |part| part.parse::<i8>().ok());
        let (month, day) = (part()?, part()?);
        if parts.next().is_some() || Zone::utc().start_of(year, month, day).is_none() {
            return None;
        }
        Some(Self::Date(year, month, day))
    }
}

/// A search.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// What must be in it.
    pub words: Vec<Term>,
    /// What must not be in it.
    pub without: Vec<Term>,
    /// What must be so; of several boards or authors one suffices.
    pub filters: Vec<Filter>,
    /// What must not be so.
    pub not: Vec<Filter>,
    /// Written before this day began.
    pub before: Option<Day>,
    /// Written from this day on.
    pub after: Option<Day>,
}

/// A piece between spaces.
struct Piece {
    not: bool,
    /// What stands before the colon.
    key: Option<String>,
    value: String,
    /// It ended with a star.
    begins: bool,
}

impl Query {
    /// Takes a search apart.
    ///
    /// # Errors
    /// When nothing is left to search for, it is too much, or something in it means nothing; the words say what to
    /// type.
    pub fn parse(text: &str) -> Result<Self, String> {
        if text.chars().nth(QUERY_CHARS_MAX).is_some() {
            return Err(format!(
                "That is very long for a search: {QUERY_CHARS_MAX} characters are the most."
            ));
        }
        let mut query = Self::default();
        for piece in pieces(text) {
            query.add(piece)?;
        }
        let terms = query.words.len() + query.without.len() + query.filters.len() + query.not.len();
        if terms > TERMS_MAX {
            return Err(format!(
                "Those are many words: {TERMS_MAX} are the most. Take the ones that matter."
            ));
        }
        if query == Self::default() {
            return Err("Type a word to search for, or from:handle, or board:name.".to_owned());
        }
        Ok(query)
    }

    fn add(&mut self, piece: Piece) -> Result<(), String> {
        let Piece { not, key, value, begins } = piece;
        // Control characters are no words, and NUL would end the expression.
        let value = clean_line(&value);
        let Some(key) = key else { return self.term(value, begins, not) };
        let filter = match key.as_str() {
            "before" | "after" => return self.day(&key, &value, not),
            "from" => Filter::From(value.trim_start_matches('@').to_owned()),
            "board" => Filter::Board(value.to_lowercase()),
            "tag" => Filter::Tag(value.trim_start_matches('#').to_lowercase()),
            "has" => Filter::Has(
                value
                    .to_lowercase()
                    .parse()
                    .map_err(|_| format!("has: knows link, code, quote and image, not \"{value}\"."))?,
            ),
            _ => {
                return Err(format!(
                    "There is no \"{key}:\" here; there is {FILTERS}. Put it in quotation marks to search for the words."
                ));
            }
        };
        if value.is_empty() {
            return Err(format!("{key}: needs a name right behind it, without a space."));
        }
        if not {
            self.not.push(filter)
        } else {
            self.filters.push(filter)
        }
        Ok(())
    }

    fn term(&mut self, text: String, begins: bool, not: bool) -> Result<(), String> {
        // What has no letter or digit is nothing that the index knows.
        if !text.chars().any(char::is_alphanumeric) {
            return Ok(());
        }
        if begins && text.chars().filter(|c| c.is_alphanumeric()).count() < PREFIX_CHARS_MIN {
            return Err(format!("Before the * at least {PREFIX_CHARS_MIN} letters are needed, as in kett*."));
        }
        let term = Term { text, begins };
        if not {
            self.without.push(term)
        } else {
            self.words.push(term)
        }
        Ok(())
    }

    fn day(&mut self, key: &str, value: &str, not: bool) -> Result<(), String> {
        let day = Day::parse(value).ok_or_else(|| {
            format!("{key}: needs a day: 2026-03-01, 2026-03, 2026, today, yesterday, or 7d, 3w, 2m, 1y for so long ago.")
        })?;
        // Not before a day is from that day on.
        if (key == "before") == not {
            self.after = Some(day)
        } else {
            self.before = Some(day)
        }
        Ok(())
    }
}

impl Term {
    /// As an FTS5 expression: quoted, so that nothing typed is an operator.
    pub fn expression(&self) -> String {
        let star = if self.begins { " *" } else { "" };
        format!("\"{}\"{star}", self.text.replace('"', "\"\""))
    }
}

/// The pieces of a search: what stands between spaces, and what stands between quotation marks.
fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let not = rest
            .strip_prefix('-')
            .filter(|after| !after.is_empty() && !after.starts_with(char::is_whitespace));
        rest = not.unwrap_or(rest);
        let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
        let key = key_of(&rest[..end]);
        rest = key.map_or(rest, |key| &rest[key.len() + 1..]);
        let (value, after) = match rest.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"').unwrap_or((quoted, "")),
            // A quotation mark begins a phrase also in the middle of a word.
            None => rest.split_at(rest.find(|c: char| c.is_whitespace() || c == '"').unwrap_or(rest.len())),
        };
        let quoted = rest.starts_with('"');
        let star = if quoted { after.strip_prefix('*') } else { value.strip_suffix('*').map(|_| after) };
        let value = if quoted || star.is_none() { value } else { value.trim_end_matches('*') };
        pieces.push(Piece {
            not: not.is_some(),
            key: key.map(str::to_lowercase),
            value: value.to_owned(),
            begins: star.is_some(),
        });
        rest = star.unwrap_or(after).trim_start();
    }
    pieces
}

/// What stands before the colon of a filter. An address, a time of day, a path of code are words.
fn key_of(word: &str) -> Option<&str> {
    let (key, value) = word.split_once(':')?;
    let known = FILTERS.split(' ').any(|filter| filter.trim_end_matches(':').eq_ignore_ascii_case(key));
    let letters = key.len() > 1 && key.bytes().all(|b| b.is_ascii_alphabetic());
    let is_text = value.is_empty() || value.starts_with(['/', ':', '\\']);
    (known || (letters && !is_text)).then_some(key)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use proptest::prelude::*;

    use super::*;

    fn parse(text: &str) -> Query {
        Query::parse(text).unwrap()
    }

    fn words(terms: &[Term]) -> Vec<&str> {
        terms.iter().map(|term| term.text.as_str()).collect()
    }

    #[test]
    fn words_phrases_and_filters() {
        let query = parse("kettle \"warm shelf\" from:@Alice board:General tag:#Tea has:link");
        assert_eq!(words(&query.words), ["kettle", "warm shelf"]);
        let filters = [
            Filter::From("Alice".to_owned()),
            Filter::Board("general".to_owned()),
            Filter::Tag("tea".to_owned()),
            Filter::Has(Content::Link),
        ];
        assert_eq!(query.filters, filters);
        assert_eq!(query.words[1].expression(), "\"warm shelf\"");
    }

    #[test]
    fn what_must_not_be_there() {
        let query = parse("kettle -copper -\"warm shelf\" -from:bob -has:quote - -");
        assert_eq!(words(&query.words), ["kettle"]);
        assert_eq!(words(&query.without), ["copper", "warm shelf"]);
        assert_eq!(query.not, [Filter::From("bob".to_owned()), Filter::Has(Content::Quote)]);
        assert_eq!(parse("-copper").words, []);
        assert_eq!(words(&parse("well-known").words), ["well-known"]);
    }

    #[test]
    fn a_star_is_how_a_word_begins() {
        let query = parse("kett* \"warm sh\"* -cop* a*b");
        let begins: Vec<bool> = query.words.iter().map(|term| term.begins).collect();
        assert_eq!((words(&query.words), begins), (vec!["kett", "warm sh", "a*b"], vec![true, true, false]));
        assert_eq!(query.words[1].expression(), "\"warm sh\" *");
        assert!(query.without[0].begins);
        assert!(Query::parse("ke*").unwrap_err().contains("3 letters"));
        assert!(Query::parse("*").unwrap_err().contains("Type a word"));
    }

    #[test]
    fn days_are_read_in_several_ways() {
        for (text, day) in [
            ("2026-03-01", Day::Date(2026, 3, 1)),
            ("2026-3", Day::Date(2026, 3, 1)),
            ("2026", Day::Date(2026, 1, 1)),
            ("today", Day::Ago(0)),
            ("Yesterday", Day::Ago(1)),
            ("7d", Day::Ago(7)),
            ("3w", Day::Ago(21)),
            ("1y", Day::Ago(365)),
        ] {
            assert_eq!(parse(&format!("before:{text}")).before, Some(day), "{text}");
            assert_eq!(parse(&format!("after:{text}")).after, Some(day), "{text}");
            assert_eq!(parse(&format!("-before:{text}")).after, Some(day), "{text}");
        }
        for text in ["", "soon", "2026-13", "2026-02-30", "26-01-01", "2026-01-01-01", "99999y", "d", "-1d"] {
            assert!(Query::parse(&format!("x before:{text}")).unwrap_err().contains("needs a day"), "{text}");
        }
    }

    #[test]
    fn a_day_begins_at_midnight_of_the_one_who_asks() {
        let noon = crate::service::testing::NOON;
        let berlin = Zone::parse("Europe/Berlin").unwrap();
        // 2026-11-22 12:00 UTC; in Berlin midnight was 23:00 UTC the day before.
        assert_eq!(Day::Ago(0).start(&berlin, noon), Some(noon.plus(-13 * 3_600)));
        assert_eq!(Day::Date(2026, 11, 22).start(&Zone::utc(), noon), Some(noon.plus(-12 * 3_600)));
        assert_eq!(Day::Ago(7).start(&Zone::utc(), noon), Some(noon.plus(-12 * 3_600 - 7 * 86_400)));
    }

    #[test]
    fn what_is_no_filter_is_explained_or_a_word() {
        let why = Query::parse("colour:red").unwrap_err();
        assert!(
            why.contains("no \"colour:\"") && why.contains("from:") && why.contains("quotation marks"),
            "{why}"
        );
        assert!(Query::parse("from: bob").unwrap_err().contains("right behind it"));
        assert!(Query::parse("has:sense").unwrap_err().contains("link, code, quote and image"));
        for text in ["\"colour:red\"", "https://example.org", "12:30", "std::fs", "c:\\dos", "PS: tea", "a:b"]
        {
            assert_eq!(parse(text).filters, [], "{text}");
            assert!(!parse(text).words.is_empty(), "{text}");
        }
    }

    #[test]
    fn operators_are_only_words() {
        let query = parse("NEAR(a b) OR marks:");
        assert_eq!(words(&query.words), ["NEAR(a", "b)", "OR", "marks:"]);
        assert_eq!(query.words[0].expression(), "\"NEAR(a\"");
    }

    #[test]
    fn nothing_to_search_for_is_said_and_a_search_is_bounded() {
        assert!(Query::parse("  \"\" !! ").unwrap_err().contains("Type a word"));
        assert!(Query::parse(&"a ".repeat(101)).unwrap_err().contains("200 characters"));
        assert!(Query::parse(&"a ".repeat(17)).unwrap_err().contains("16"));
        assert_eq!(parse(&"a ".repeat(16)).words.len(), 16);
        assert_eq!(words(&parse("\"a\0b\" c\0").words), ["ab", "c"]);
    }

    proptest! {
        #[test]
        fn whatever_is_typed_ends_and_no_word_is_lost(text in "[a-c:\"*@ ä-]{0,40}") {
            if let Ok(query) = Query::parse(&text) {
                prop_assert!(query.words.iter().chain(&query.without).all(|term| !term.text.contains('"')));
            }
        }
    }
}
