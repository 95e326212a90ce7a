//! What can be asked about boards.

mod list;

pub use list::{BoardList, BoardSummary, ListBoards};
