//! Prevention (M6): what is looked at before a text is shown to others. The numbers and switches are the place's; the
//! rules are here.

mod ban;
mod filter;
mod hold;
mod limits;
mod same;

pub use ban::BanKind;
pub use filter::{FilterAction, FilterError, FilterScope, Matcher, PATTERN_CHARS_MAX};
pub use hold::{FirstPosts, HeldState, HoldWhy};
pub use limits::{Attempt, LevelLimits, Limits, Refusal, WINDOW_S};
pub use same::{SAME_FROM, gist};
