//! Pieces that screens are made of.

pub mod choose;
pub mod claim;
pub mod confirm;
pub mod editor;
pub mod field;
pub mod form;
pub mod keeper;
pub mod list;
pub mod listed;
pub mod nothing;
pub mod pager;
pub mod preview;
pub mod prompt;
pub mod prose;
pub mod rows;
pub mod saver;
pub mod sections;
pub mod vi;

pub use choose::Choose;
pub use confirm::Confirm;
pub use editor::Editor;
pub use field::Field;
pub use form::Form;
pub use keeper::Keeper;
pub use list::ListState;
pub use listed::Listed;
pub use pager::Pager;
pub use preview::Preview;
pub use prompt::Prompt;
pub use rows::Rows;
pub use sections::Sections;
pub use vi::Vi;
