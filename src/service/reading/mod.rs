//! What can be asked about one's reading: marks and their undo, what is unread next, what to follow and mute.

mod board;
mod bookmarks;
mod choose;
mod next;
mod thread;
mod unread;

#[cfg(test)]
mod tests;

pub use board::{BoardUndo, MarkBoardRead, UndoBoardRead};
pub use bookmarks::{BOOKMARKS_LISTED_MAX, Bookmark, KeepPost, ListBookmarks};
pub use choose::{ChooseThread, MuteBoard};
pub use next::{NextThread, NextToMe, NextUnread, NextUnreadOfTag, NextUp};
pub use thread::{MarkRead, MarkThreadRead, MarkUnreadFrom, SeeAddressed, ThreadUndo, UndoThreadMark};
pub use unread::{ListUnread, UNREAD_LISTED_MAX};

pub use crate::store::reading::Why;
