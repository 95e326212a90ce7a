//! What a post is: its text, its title, its state.

use super::ids::MemberId;
use super::text::{clean_body, clean_line};
use super::words::words;

/// What is said in place of a text that is not there any more, though the post is shown again: what was removed is
/// forgotten after 90 days (PRODUCT.md section 5).
pub const TEXT_FORGOTTEN: &str =
    "Its text is gone: what is removed is kept for 90 days, and cannot be restored after them.";

/// Longest post in bytes after cleaning (PRODUCT.md section 5).
pub const BODY_LEN_MAX: usize = 64 * 1024;
/// Longest title in characters (PRODUCT.md section 5).
pub const TITLE_CHARS_MAX: usize = 120;

words! {
    /// How a post is shown.
    "post state" PostState {
        /// As written.
        Shown = "shown",
        /// Folded by staff: one key opens it.
        Collapsed = "collapsed",
        /// A tombstone, made by staff.
        Removed = "removed",
        /// A tombstone, made by its author.
        Deleted = "deleted",
    }
}

impl PostState {
    /// Whether the text is gone and only its place is left.
    pub fn is_tombstone(self) -> bool {
        matches!(self, Self::Removed | Self::Deleted)
    }
}

/// What the policy needs to know of a post.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PostFacts {
    /// Who wrote it.
    pub author: MemberId,
    /// How it is shown now.
    pub state: PostState,
}

/// Why a text cannot be a title or a post. The person's text is kept by the caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    /// Nothing visible is in it.
    #[error("There is no text yet. Write something first.")]
    Empty,
    /// The title is longer than `TITLE_CHARS_MAX`.
    #[error("The title is {0} characters long; {TITLE_CHARS_MAX} is the most.")]
    TitleLong(usize),
    /// The title has no visible text.
    #[error("Give the thread a title first.")]
    TitleEmpty,
    /// The post is longer than `BODY_LEN_MAX`.
    #[error("The post is {0} bytes long; {BODY_LEN_MAX} is the most. Split it in two.")]
    BodyLong(usize),
}

/// A thread's title: one clean line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Title(String);

impl Title {
    /// Cleans and checks a title.
    ///
    /// # Errors
    /// When nothing is left of it or it is too long.
    pub fn parse(text: &str) -> Result<Self, TextError> {
        let line = clean_line(text);
        let chars = line.chars().count();
        match chars {
            0 => Err(TextError::TitleEmpty),
            1..=TITLE_CHARS_MAX => Ok(Self(line)),
            _ => Err(TextError::TitleLong(chars)),
        }
    }

    /// The title.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A post's text, cleaned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Body(String);

impl Body {
    /// Cleans and checks a post's text.
    ///
    /// # Errors
    /// When nothing is left of it or it is too long.
    pub fn parse(text: &str) -> Result<Self, TextError> {
        let body = clean_body(text);
        match body.len() {
            0 => Err(TextError::Empty),
            1..=BODY_LEN_MAX => Ok(Self(body)),
            long => Err(TextError::BodyLong(long)),
        }
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
