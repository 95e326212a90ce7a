//! What somebody can be asked to look after (P4): the queue, a board, a tag.

use super::ids::{BoardId, TagId};
use super::words::words;

words! {
    /// A kind of duty.
    "duty" DutyKind {
        /// Looks after the queue.
        Moderator = "moderator",
        /// Looks after one board.
        Host = "host",
        /// Looks after one tag.
        Champion = "champion",
    }
}

/// One duty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Duty {
    /// Moderator.
    Moderator,
    /// Host of this board.
    Host(BoardId),
    /// Champion of this tag.
    Champion(TagId),
}

impl Duty {
    /// A duty from its kind and the id of what it is about, as the schema keeps it.
    pub fn new(kind: DutyKind, id: i64) -> Self {
        match kind {
            DutyKind::Moderator => Self::Moderator,
            DutyKind::Host => Self::Host(BoardId(id)),
            DutyKind::Champion => Self::Champion(TagId(id)),
        }
    }

    /// Its kind.
    pub fn kind(self) -> DutyKind {
        match self {
            Self::Moderator => DutyKind::Moderator,
            Self::Host(_) => DutyKind::Host,
            Self::Champion(_) => DutyKind::Champion,
        }
    }

    /// The id of the board or tag; 0 for a moderator.
    pub fn id(self) -> i64 {
        match self {
            Self::Moderator => 0,
            Self::Host(board) => board.0,
            Self::Champion(tag) => tag.0,
        }
    }

    /// The duty in words, with the name of the board or tag: `host of general`, `champion of #tea`.
    pub fn words(self, of: &str) -> String {
        match self {
            Self::Moderator => "moderator".to_owned(),
            Self::Host(_) => format!("host of {of}"),
            Self::Champion(_) => format!("champion of #{of}"),
        }
    }
}
