//! Coming in: from a guest's first key to the first post, one step at a time, each of them kept at once, so that a
//! dropped line costs nothing and nothing is asked twice (D4).

mod accept;
mod admit;
mod answer;
mod door;
mod draft;
mod handle;
mod introduce;
mod invite;
mod start;
mod state;
mod submit;
mod write;

#[cfg(test)]
mod tests;

pub use accept::AcceptRule;
pub(in crate::service) use admit::{admit, level_of, settle_in};
pub use answer::AnswerDoorQuestion;
pub use door::{DoorPass, DoorView, SeeDoor};
pub(in crate::service) use draft::drop_draft;
pub use draft::{ANSWER_FORM, DoorDrafts, INTRODUCTION_FORM, WHY_FORM};
pub use handle::CheckHandle;
pub use invite::UseInvite;
pub use start::{StartJoining, Started};
pub(in crate::service) use state::load as load_state;
pub use state::{Asked, Invited, Joining, JoiningState, Step};
pub use submit::SubmitApplication;
pub use write::{AnswerWhy, WriteIntroduction};

/// Longest answer to "What brings you here?", in characters.
pub const WHY_CHARS_MAX: usize = 2_000;

/// The name in commands of the board where introductions become first posts.
pub const INTRODUCTIONS: &str = "introductions";
