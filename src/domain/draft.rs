//! What an unfinished text is for, and how long it may get.

use std::fmt;
use std::str::FromStr;

use super::ids::{BoardId, PostNo, RoomId, ThreadId};
use super::post::BODY_LEN_MAX;

/// Longest text that is kept as a draft, in bytes: three of the longest posts. More than a post may have, because
/// nothing that was typed or pasted is ever cut; it is the sender who is asked to shorten it.
pub const DRAFT_LEN_MAX: usize = 3 * BODY_LEN_MAX;

/// Longest name of a form, in bytes.
const FORM_LEN_MAX: usize = 40;

/// What an unfinished text is for. Each account keeps one draft for each.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum DraftTarget {
    /// A new thread on a board: `board:3`.
    Board(BoardId),
    /// A post in a thread: `reply:17`.
    Reply(ThreadId),
    /// Another text for one's own post: `edit:17.4`.
    Edit(ThreadId, PostNo),
    /// A line in a room: `room:1`.
    Room(RoomId),
    /// A form that is not about posts, by its name: `form:profile`.
    Form(String),
}

impl fmt::Display for DraftTarget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Board(board) => write!(f, "board:{board}"),
            Self::Reply(thread) => write!(f, "reply:{thread}"),
            Self::Edit(thread, no) => write!(f, "edit:{thread}.{no}"),
            Self::Room(room) => write!(f, "room:{room}"),
            Self::Form(name) => write!(f, "form:{name}"),
        }
    }
}

/// A draft's target that cannot be read: a damaged row, or one written by a newer hob.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("'{0}' is not something that a draft can be for")]
pub struct UnknownTarget(pub String);

impl FromStr for DraftTarget {
    type Err = UnknownTarget;

    fn from_str(text: &str) -> Result<Self, UnknownTarget> {
        let unknown = || UnknownTarget(text.to_owned());
        let id = |digits: &str| digits.parse::<i64>().ok().filter(|id| *id > 0).ok_or_else(unknown);
        let (kind, rest) = text.split_once(':').ok_or_else(unknown)?;
        match kind {
            "board" => Ok(Self::Board(BoardId(id(rest)?))),
            "reply" => Ok(Self::Reply(ThreadId(id(rest)?))),
            "room" => Ok(Self::Room(RoomId(id(rest)?))),
            "edit" => {
                let (thread, no) = rest.split_once('.').ok_or_else(unknown)?;
                Ok(Self::Edit(ThreadId(id(thread)?), PostNo(id(no)?)))
            }
            "form" if is_form_name(rest) => Ok(Self::Form(rest.to_owned())),
            _ => Err(unknown()),
        }
    }
}

/// Whether a form may have this name: a few small letters, digits, dots and hyphens.
fn is_form_name(name: &str) -> bool {
    let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'.' | b'-');
    (1..=FORM_LEN_MAX).contains(&name.len()) && name.bytes().all(plain)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_target_reads_as_it_was_written() {
        for (target, text) in [
            (DraftTarget::Board(BoardId(3)), "board:3"),
            (DraftTarget::Reply(ThreadId(17)), "reply:17"),
            (DraftTarget::Edit(ThreadId(17), PostNo(4)), "edit:17.4"),
            (DraftTarget::Room(RoomId(1)), "room:1"),
            (DraftTarget::Form("profile".to_owned()), "form:profile"),
        ] {
            assert_eq!(target.to_string(), text);
            assert_eq!(text.parse::<DraftTarget>().unwrap(), target);
        }
    }

    #[test]
    fn nothing_else_is_a_target() {
        for text in [
            "",
            "board",
            "board:",
            "board:x",
            "board:-1",
            "edit:17",
            "edit:1.2.3",
            "form:",
            "form:A b",
            "x:1",
        ] {
            assert_eq!(text.parse::<DraftTarget>(), Err(UnknownTarget(text.to_owned())), "{text}");
        }
    }
}
