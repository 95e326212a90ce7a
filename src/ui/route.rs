//! Where one can be: enough of each place to open it again after a dropped line.

use crate::domain::ids::{BoardId, PostNo, ThreadId};

/// A place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// The guest's and the applicant's place.
    Door,
    /// What happened since one was here.
    Home,
    /// All boards.
    Boards,
    /// The threads of a board.
    Board(BoardId),
    /// A thread, at a post or at the first unread one.
    Thread {
        /// Which.
        thread: ThreadId,
        /// Where in it.
        at: Option<PostNo>,
    },
    /// The keys that work on the screen below.
    Help,
    /// A place that cannot be opened again: a dialog.
    Nowhere,
}
