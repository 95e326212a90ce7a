//! Prevention (M6): what is looked at before a text is shown to others. The numbers and switches are the place's; the
//! rules are here.

mod hold;
mod limits;
mod same;

pub use hold::{FirstPosts, HeldState, HoldWhy};
pub use limits::{Attempt, LevelLimits, Limits, Refusal};
pub use same::{SAME_FROM, gist};
