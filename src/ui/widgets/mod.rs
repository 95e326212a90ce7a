//! Pieces that screens are made of.

pub mod confirm;
pub mod editor;
pub mod field;
pub mod list;
pub mod pager;
pub mod prompt;
pub mod prose;
pub mod sections;

pub use confirm::Confirm;
pub use editor::Editor;
pub use field::Field;
pub use list::ListState;
pub use pager::Pager;
pub use prompt::Prompt;
pub use sections::Sections;
