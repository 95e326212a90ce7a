//! The name a member goes by. How it looks, which names nobody gets, and when two of them are too much alike.
//! Whether a handle is taken is the store's to say.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

use super::text::clean_line;

/// Fewest characters of a handle (PRODUCT.md section 5).
pub const HANDLE_CHARS_MIN: usize = 2;
/// Most characters of a handle (PRODUCT.md section 5): fits a column of the members list at 40 columns.
pub const HANDLE_CHARS_MAX: usize = 20;

/// Names that would pass for the place itself, for its staff, for a group, or for a door (SAFETY "Identity").
/// Compared by skeleton, so that `Adm1n` and `sys-op` are no way around.
const RESERVED: &str = "\
    abuse admin administrator all anonymous apply bot champion channel command console daemon deleted demo \
    digest door everyone export former-member get guest help here hob hobd host hostmaster import info \
    invite join login logout mail me member members mod moderation moderator moderators mods myself new \
    newcomer nobody none null official owner plain post postmaster public queue read register removed reply \
    root search security self service sftp signup somebody someone staff status support sysop sysops system \
    team test undefined unknown user webmaster welcome who whoami you";

/// A member's handle: 2 to 20 ASCII letters and digits, with single `-` or `_` between them, beginning with a
/// letter. Keeps the case it was typed in; two handles that differ in case only are equal.
///
/// ```
/// use hob::domain::handle::Handle;
/// let handle = Handle::parse("Old-Kettle")?;
/// assert_eq!(handle.as_str(), "Old-Kettle");
/// assert_eq!(handle, Handle::parse("old-kettle")?);
/// # Ok::<(), hob::domain::handle::HandleError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Handle(String);

/// Why a text cannot be a handle, in words for the person who typed it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HandleError {
    /// Nothing was typed.
    #[error("Choose a handle: 2 to 20 letters, digits, - or _.")]
    Empty,
    /// Fewer than [`HANDLE_CHARS_MIN`] characters.
    #[error("A handle has at least 2 characters; add one or more.")]
    TooShort,
    /// More than [`HANDLE_CHARS_MAX`] characters.
    #[error("A handle has at most 20 characters, and this one has {0}; shorten it.")]
    TooLong(usize),
    /// The first character is not a letter.
    #[error("A handle begins with a letter from a to z; put one first.")]
    NoLetterFirst,
    /// A character that is neither a letter, a digit nor a separator.
    #[error("A handle cannot contain {}; use letters from a to z, digits, - and _.", name_of(*.0))]
    BadCharacter(char),
    /// Two separators side by side.
    #[error("A handle has no two separators side by side; leave one of {0:?} out.")]
    DoubledSeparator(String),
    /// A separator at the end.
    #[error("A handle ends with a letter or a digit; leave the last {0:?} out.")]
    SeparatorLast(char),
    /// One of the names that nobody gets, or one that looks like it.
    #[error("{0:?} is a name that this place keeps for itself; choose another handle.")]
    Reserved(String),
}

/// A character as it may be shown: itself where it has a shape, else its number.
fn name_of(c: char) -> String {
    match c {
        ' ' => "a space".to_owned(),
        '"' => "a double quote".to_owned(),
        _ if clean_line(c.encode_utf8(&mut [0; 4])).starts_with(c) => format!("\"{c}\""),
        _ => format!("the character U+{:04X}", c as u32),
    }
}

impl Handle {
    /// The handle that a person chose. Spaces around it are forgiven.
    pub fn parse(text: &str) -> Result<Self, HandleError> {
        let handle = Self::parse_reserved_ok(text)?;
        if handle.is_reserved() { Err(HandleError::Reserved(handle.0)) } else { Ok(handle) }
    }

    /// The same, with the reserved names allowed: for the host's own tools (a demo has members called `sysop` and
    /// `moderator`) and for what comes out of the store. Never for what a person asks for.
    pub fn parse_reserved_ok(text: &str) -> Result<Self, HandleError> {
        let text = text.trim();
        let Some(first) = text.chars().next() else { return Err(HandleError::Empty) };
        if let Some(bad) = text.chars().find(|c| !c.is_ascii_alphanumeric() && !is_separator(*c)) {
            return Err(HandleError::BadCharacter(bad));
        }
        if !first.is_ascii_alphabetic() {
            return Err(HandleError::NoLetterFirst);
        }
        if text.len() < HANDLE_CHARS_MIN {
            return Err(HandleError::TooShort);
        }
        if text.len() > HANDLE_CHARS_MAX {
            return Err(HandleError::TooLong(text.len()));
        }
        if let Some(at) =
            text.as_bytes().windows(2).position(|pair| pair.iter().all(|b| is_separator((*b).into())))
        {
            return Err(HandleError::DoubledSeparator(text[at..at + 2].to_owned()));
        }
        if let Some(last) = text.chars().next_back().filter(|c| is_separator(*c)) {
            return Err(HandleError::SeparatorLast(last));
        }
        Ok(Self(text.to_owned()))
    }

    /// As its owner typed it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// In lower case: what makes a handle unique, and how mentions and logins find it.
    pub fn fold(&self) -> String {
        self.0.to_ascii_lowercase()
    }

    /// What is left when look-alikes are the same: two members' handles never share a skeleton. Folds `0` and `o`;
    /// `1`, `l` and `i`; `5` and `s`; `8` and `b`; `rn` and `m`; `vv` and `w`; separators are left out.
    pub fn skeleton(&self) -> String {
        skeleton(&self.0)
    }

    /// Whether it is, or looks like, a name that nobody gets.
    pub fn is_reserved(&self) -> bool {
        let own = self.skeleton();
        RESERVED.split(' ').any(|name| skeleton(name) == own)
    }
}

fn is_separator(c: char) -> bool {
    matches!(c, '-' | '_')
}

fn skeleton(handle: &str) -> String {
    let mut out = String::with_capacity(handle.len());
    for c in handle.chars().filter(|c| !is_separator(*c)) {
        match c.to_ascii_lowercase() {
            '0' => out.push('o'),
            '1' | 'i' => out.push('l'),
            '5' => out.push('s'),
            '8' => out.push('b'),
            'n' if out.ends_with('r') => replace_last(&mut out, 'm'),
            'v' if out.ends_with('v') => replace_last(&mut out, 'w'),
            other => out.push(other),
        }
    }
    out
}

fn replace_last(text: &mut String, with: char) {
    text.pop();
    text.push(with);
}

impl PartialEq for Handle {
    fn eq(&self, other: &Self) -> bool {
        self.0.eq_ignore_ascii_case(&other.0)
    }
}

impl Eq for Handle {}

impl Hash for Handle {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.fold().hash(state);
    }
}

impl PartialOrd for Handle {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Handle {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.fold().cmp(&other.fold())
    }
}

impl fmt::Display for Handle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl AsRef<str> for Handle {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl FromStr for Handle {
    type Err = HandleError;

    fn from_str(text: &str) -> Result<Self, HandleError> {
        Self::parse(text)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use proptest::prelude::*;

    use super::*;
    use crate::domain::text::corpus::hostile;

    fn skeleton_of(text: &str) -> String {
        Handle::parse_reserved_ok(text).unwrap().skeleton()
    }

    #[test]
    fn keeps_the_case_but_does_not_compare_it() {
        let handle = Handle::parse(" Ada_L ").unwrap();
        assert_eq!(handle.as_str(), "Ada_L");
        assert_eq!(handle.fold(), "ada_l");
        assert_eq!(handle, Handle::parse("ADA_l").unwrap());
        assert_eq!(format!("{handle:>7}|"), "  Ada_L|");
    }

    #[test]
    fn bounds_and_shape() {
        assert_eq!(Handle::parse(""), Err(HandleError::Empty));
        assert_eq!(Handle::parse("  "), Err(HandleError::Empty));
        assert_eq!(Handle::parse("a"), Err(HandleError::TooShort));
        assert!(Handle::parse("ab").is_ok());
        assert!(Handle::parse(&"a".repeat(20)).is_ok());
        assert_eq!(Handle::parse(&"a".repeat(21)), Err(HandleError::TooLong(21)));
        assert_eq!(Handle::parse("1st"), Err(HandleError::NoLetterFirst));
        assert_eq!(Handle::parse("-ada"), Err(HandleError::NoLetterFirst));
        assert_eq!(Handle::parse("a--b"), Err(HandleError::DoubledSeparator("--".into())));
        assert_eq!(Handle::parse("a-_b"), Err(HandleError::DoubledSeparator("-_".into())));
        assert_eq!(Handle::parse("ada-"), Err(HandleError::SeparatorLast('-')));
        assert!(Handle::parse("a-b_c9").is_ok());
        for bad in ["ada lovelace", "@ada", "ada.l", "зoe", "ada\u{202e}", "a\u{200b}b", "a\0b", "ａda"] {
            assert!(matches!(Handle::parse(bad), Err(HandleError::BadCharacter(_))), "{bad:?}");
        }
    }

    #[test]
    fn look_alikes_have_one_skeleton() {
        for (a, b) in [
            ("bob", "b0b"),
            ("lily", "l1iy"),
            ("Sam", "SAM"),
            ("modern", "rnodern"),
            ("willow", "vvi11ow"),
            ("kettle", "ket-tle"),
            ("kettle", "ket_t1e"),
            ("boss", "b055"),
            ("babe", "ba8e"),
            ("corner", "co-rner"),
            ("comer", "cor-ner"),
        ] {
            assert_eq!(skeleton_of(a), skeleton_of(b), "{a} {b}");
        }
        assert_ne!(skeleton_of("ada"), skeleton_of("adam"));
        assert_ne!(skeleton_of("kettle"), skeleton_of("kettles"));
    }

    #[test]
    fn reserved_names_and_their_look_alikes_are_refused() {
        for name in [
            "join",
            "guest",
            "new",
            "admin",
            "root",
            "sysop",
            "moderator",
            "staff",
            "hob",
            "system",
            "everyone",
            "here",
            "plain",
            "bot",
            "deleted",
            "former-member",
            "host",
            "help",
            "anonymous",
            "me",
            "you",
            "Adm1n",
            "sys-op",
            "rnoderator",
            "m0derat0r",
            "nevv",
            "R00T",
            "5taff",
        ] {
            let refused = Handle::parse(name);
            if name.starts_with(|c: char| c.is_ascii_digit()) {
                assert_eq!(refused, Err(HandleError::NoLetterFirst));
            } else {
                assert_eq!(refused, Err(HandleError::Reserved(name.into())), "{name}");
                assert_eq!(Handle::parse_reserved_ok(name).unwrap().as_str(), name);
            }
        }
        assert!(Handle::parse("sysopia").is_ok());
        assert!(RESERVED.split(' ').all(|name| Handle::parse_reserved_ok(name).is_ok()), "no stray spaces");
    }

    #[test]
    fn every_refusal_says_what_to_do() {
        let errors = [
            HandleError::Empty,
            HandleError::TooShort,
            HandleError::TooLong(21),
            HandleError::NoLetterFirst,
            HandleError::BadCharacter('\u{202e}'),
            HandleError::BadCharacter('é'),
            HandleError::DoubledSeparator("--".into()),
            HandleError::SeparatorLast('-'),
            HandleError::Reserved("root".into()),
        ];
        for error in errors {
            let words = error.to_string();
            assert_eq!(clean_line(&words), words);
            assert!(words.ends_with('.') && words.split(' ').count() > 5, "{words}");
        }
        assert_eq!(
            HandleError::BadCharacter('\u{202e}').to_string(),
            "A handle cannot contain the character U+202E; use letters from a to z, digits, - and _."
        );
    }

    #[test]
    fn hostile_text_is_no_handle_and_its_refusal_is_clean() {
        for text in hostile() {
            match Handle::parse(&text) {
                Ok(handle) => assert_eq!(clean_line(&text), handle.as_str()),
                Err(error) => assert_eq!(clean_line(&error.to_string()), error.to_string(), "{text:?}"),
            }
        }
    }

    proptest! {
        #[test]
        fn whatever_parses_is_short_ascii_and_parses_again(text in "[a-zA-Z0-9_ -]{0,24}|\\PC{0,24}") {
            if let Ok(handle) = Handle::parse_reserved_ok(&text) {
                prop_assert!(handle.as_str().is_ascii());
                prop_assert!((HANDLE_CHARS_MIN..=HANDLE_CHARS_MAX).contains(&handle.as_str().len()));
                let again = Handle::parse_reserved_ok(handle.as_str()).unwrap();
                prop_assert_eq!(again.as_str(), handle.as_str());
                let folded = Handle::parse_reserved_ok(&handle.fold()).unwrap();
                prop_assert_eq!(folded.skeleton(), handle.skeleton());
            }
        }
    }
}
