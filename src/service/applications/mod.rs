//! What staff can ask about applications: list, read, claim, ask back, decide; the applicant's answer; and who is at the
//! door, as members see it, with what they say for them.
//!
//! Whoever invited an applicant or vouches for one stands aside: they neither decide nor see the application in the list.

mod answer;
mod ask;
mod at_door;
mod claim;
mod decide;
mod list;
mod templates;
mod view;

#[cfg(test)]
mod tests;

pub use answer::AnswerApplicationQuestion;
pub use ask::AskApplicant;
pub use at_door::{AtDoor, ListAtDoor, ShowAtDoor, TakeBackVouch, VOUCH_CHARS_MAX, Vouch};
pub use claim::{ClaimApplication, ReleaseApplication};
pub use decide::DecideApplication;
pub use list::{ListApplications, ReadApplication};
pub use templates::{DECLINES, Template};
pub use view::{Application, Claim, Decision, Question, Vouched};

/// Longest question, answer or word to an applicant, in characters.
pub const WORDS_CHARS_MAX: usize = 2_000;
