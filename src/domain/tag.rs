//! What a thread is about, in a word: the names of tags.

use super::text::clean_line;

/// Most tags of one thread (R2).
pub const TAGS_MAX: usize = 5;
/// Most tags that a member joins (P3).
pub const JOINED_MAX: i64 = 10;
/// Fewest characters of a tag.
pub const TAG_CHARS_MIN: usize = 2;
/// Most characters of a tag: five of them still fit below a title at 80 columns, mostly.
pub const TAG_CHARS_MAX: usize = 24;

/// A tag's name, as it stands after the `#`: 2 to 24 letters and digits, with single hyphens between them, in lower
/// case.
///
/// ```
/// use hob::domain::tag::TagName;
/// assert_eq!(TagName::parse("#Slow-Cooking")?.as_str(), "slow-cooking");
/// # Ok::<(), hob::domain::tag::TagError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TagName(String);

/// Why a text cannot be a tag, or these tags not those of a thread; in words for the person who typed them.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TagError {
    /// Too few characters.
    #[error("A tag has at least {TAG_CHARS_MIN} letters: \"{0}\" is too short.")]
    Short(String),
    /// Too many characters.
    #[error("A tag has at most {TAG_CHARS_MAX} letters: \"{0}\" is too long.")]
    Long(String),
    /// Something besides letters, digits and hyphens, or a hyphen where none parts two words.
    #[error(
        "A tag is made of letters, digits and single hyphens between them, as in slow-cooking: not \"{0}\"."
    )]
    Letters(String),
    /// More than [`TAGS_MAX`].
    #[error("A thread has at most {TAGS_MAX} tags, and these are {0}: leave some out.")]
    Many(usize),
}

impl TagName {
    /// The tag that a person typed, with or without its `#`, in whatever case.
    ///
    /// # Errors
    /// Why it cannot be one.
    pub fn parse(text: &str) -> Result<Self, TagError> {
        let line = clean_line(text);
        let name = line.strip_prefix('#').unwrap_or(&line).to_lowercase();
        let hyphen_astray = name.starts_with('-') || name.ends_with('-') || name.contains("--");
        if hyphen_astray || !name.chars().all(|c| c.is_alphanumeric() || c == '-') {
            return Err(TagError::Letters(line));
        }
        match name.chars().count() {
            ..TAG_CHARS_MIN => Err(TagError::Short(line)),
            TAG_CHARS_MIN..=TAG_CHARS_MAX => Ok(Self(name)),
            _ => Err(TagError::Long(line)),
        }
    }

    /// The tags of a thread: words with spaces or commas between them, each once.
    ///
    /// # Errors
    /// The first one that is none, or that there are too many.
    pub fn parse_all(text: &str) -> Result<Vec<Self>, TagError> {
        let mut tags: Vec<Self> = Vec::new();
        for word in text.split(|c: char| c.is_whitespace() || c == ',').filter(|word| !word.is_empty()) {
            let tag = Self::parse(word)?;
            if !tags.contains(&tag) {
                tags.push(tag);
            }
        }
        if tags.len() > TAGS_MAX { Err(TagError::Many(tags.len())) } else { Ok(tags) }
    }

    /// The name, without a `#`.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for TagName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::domain::text::corpus;

    #[test]
    fn r2_a_tag_is_a_lower_case_word() {
        for (typed, name) in
            [("tea", "tea"), ("#Tea", "tea"), (" slow-cooking ", "slow-cooking"), ("Öl2", "öl2")]
        {
            assert_eq!(TagName::parse(typed).unwrap().as_str(), name);
        }
        for wrong in ["", "#", "a", "-tea", "tea-", "a--b", "two words", "a/b", "tea!", "##tea", "😀😀"] {
            assert!(TagName::parse(wrong).is_err(), "{wrong:?}");
        }
        assert!(TagName::parse(&"x".repeat(24)).is_ok());
        assert!(matches!(TagName::parse(&"x".repeat(25)), Err(TagError::Long(_))));
    }

    #[test]
    fn r2_a_thread_has_five_at_most_each_once() {
        let names = |text: &str| {
            TagName::parse_all(text).map(|tags| tags.into_iter().map(|tag| tag.0).collect::<Vec<_>>())
        };
        assert_eq!(names(" #tea, coffee  Tea ").unwrap(), ["tea", "coffee"]);
        assert_eq!(names("").unwrap(), [""; 0]);
        assert_eq!(names("aa bb cc dd ee ff"), Err(TagError::Many(6)));
        assert!(names("aa bb cc dd ee aa").is_ok());
    }

    #[test]
    fn nothing_hostile_gets_into_a_name() {
        for hostile in corpus::hostile() {
            if let Ok(tag) = TagName::parse(&hostile) {
                assert!(tag.as_str().chars().all(|c| c.is_alphanumeric() || c == '-'), "{hostile:?}");
            }
            let all = TagName::parse_all(&hostile);
            assert!(all.is_err() || all.is_ok_and(|tags| tags.len() <= TAGS_MAX), "{hostile:?}");
        }
    }
}
