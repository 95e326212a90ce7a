//! The sysop's own questions at the door: what is asked, in versions, and how it is arranged (D4). Answering them is a
//! step of joining (`service::joining`).

mod edit;
mod first;
mod list;
mod load;

#[cfg(test)]
mod tests;

pub use edit::{MoveQuestion, RetireQuestion, SaveQuestion};
pub(in crate::service) use first::first_questions;
pub use list::{DoorQuestion, ListQuestions};
pub use load::AnsweredQuestion;
pub(in crate::service) use load::{answered, asking_of, current};
