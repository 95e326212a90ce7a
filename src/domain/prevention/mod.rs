//! Prevention (M6): what is looked at before a text is shown to others. The numbers and switches are the place's; the
//! rules are here.

mod hold;

pub use hold::{FirstPosts, HeldState, HoldWhy};
