//! Conversations of a few members (L3) and nudges (L7): how many, how long, who may begin.

use super::post::{TITLE_CHARS_MAX, TextError};
use super::text::clean_line;
use super::words::words;

/// Most people in a conversation, oneself counted (PRODUCT.md L3).
pub const PEOPLE_MAX: usize = 8;
/// Longest nudge in characters: one line.
pub const NUDGE_CHARS_MAX: usize = 200;

words! {
    /// What a line of a conversation is.
    "message kind" MessageKind {
        /// Somebody's words.
        Message = "message",
        /// Somebody's one line that was shown at once.
        Nudge = "nudge",
        /// Somebody was added; the body is the handle.
        Added = "added",
        /// Its author left.
        Left = "left",
        /// It has another title, which is the body.
        Renamed = "renamed",
    }
}

impl MessageKind {
    /// Whether somebody said it. The others are hob's own lines, which are never unread.
    pub fn is_said(self) -> bool {
        matches!(self, Self::Message | Self::Nudge)
    }
}

words! {
    /// Whom a member lets begin: open a conversation with them, or nudge them.
    "choice of contact" Contact {
        /// Every member.
        Everyone = "everyone",
        /// Whom they answered and who answered them, and who said something in a conversation that both are in.
        Known = "known",
        /// Nobody.
        Nobody = "nobody",
    }
}

/// What stands between two members, for the policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reach {
    /// One of the two has blocked the other.
    pub blocked: bool,
    /// Whom the other one lets begin.
    pub choice: Contact,
    /// The other one knows the actor.
    pub known: bool,
}

impl Reach {
    /// Whether the actor may begin.
    pub fn is_open(self) -> bool {
        !self.blocked
            && match self.choice {
                Contact::Everyone => true,
                Contact::Known => self.known,
                Contact::Nobody => false,
            }
    }
}

/// A conversation's title: one clean line. Empty: it is called after its people.
///
/// # Errors
/// When it is too long.
pub fn parse_title(text: &str) -> Result<String, TextError> {
    let line = clean_line(text);
    let chars = line.chars().count();
    if chars > TITLE_CHARS_MAX { Err(TextError::TitleLong(chars)) } else { Ok(line) }
}

/// Why a text cannot be a nudge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NudgeError {
    /// Nothing visible is in it.
    #[error("There is no text yet. A nudge is one line, such as \"Are you there?\".")]
    Empty,
    /// It is longer than `NUDGE_CHARS_MAX`.
    #[error("A nudge has at most {NUDGE_CHARS_MAX} characters; this has {0}. Send it as a message.")]
    Long(usize),
}

/// A nudge: one clean line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NudgeText(String);

impl NudgeText {
    /// Cleans and checks a nudge.
    ///
    /// # Errors
    /// When nothing is left of it or it is too long.
    pub fn parse(text: &str) -> Result<Self, NudgeError> {
        let line = clean_line(text);
        match line.chars().count() {
            0 => Err(NudgeError::Empty),
            1..=NUDGE_CHARS_MAX => Ok(Self(line)),
            long => Err(NudgeError::Long(long)),
        }
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn l7_a_nudge_is_one_clean_line_of_at_most_200_characters() {
        assert_eq!(NudgeText::parse(" are\x1b[31m you\nthere? ").unwrap().as_str(), "are you there?");
        assert_eq!(NudgeText::parse(" \u{200b}"), Err(NudgeError::Empty));
        let long = "é".repeat(201);
        assert_eq!(NudgeText::parse(&long), Err(NudgeError::Long(201)));
        assert!(NudgeText::parse(&"é".repeat(200)).is_ok());
    }

    #[test]
    fn a_block_closes_every_choice_and_a_choice_closes_by_itself() {
        let reach = |blocked, choice, known| Reach { blocked, choice, known }.is_open();
        for choice in Contact::ALL {
            assert!(!reach(true, *choice, true), "{choice}");
        }
        assert!(reach(false, Contact::Everyone, false));
        assert!(reach(false, Contact::Known, true) && !reach(false, Contact::Known, false));
        assert!(!reach(false, Contact::Nobody, true));
    }

    #[test]
    fn a_title_may_be_empty_but_not_endless() {
        assert_eq!(parse_title("  Tea\tand talk ").unwrap(), "Tea and talk");
        assert_eq!(parse_title("").unwrap(), "");
        assert!(parse_title(&"x".repeat(TITLE_CHARS_MAX + 1)).is_err());
    }
}
