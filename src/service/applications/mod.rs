//! What staff can ask about applications: list, read, claim, ask back, decide; and the applicant's answer.
//!
//! Whoever invited an applicant stands aside: they neither decide nor see the application in the list.

mod answer;
mod ask;
mod claim;
mod decide;
mod list;
mod view;

#[cfg(test)]
mod tests;

pub use answer::AnswerApplicationQuestion;
pub use ask::AskApplicant;
pub use claim::{ClaimApplication, ReleaseApplication};
pub use decide::DecideApplication;
pub use list::{ListApplications, ReadApplication};
pub use view::{Application, Claim, Decision, Question};

/// Longest question, answer or word to an applicant, in characters.
pub const WORDS_CHARS_MAX: usize = 2_000;
