//! What a new community asks at its door. Few and optional: the sysop changes them in session.

use crate::domain::question::{AskedOf, Asking, Choice, QuestionKind};

/// The first questions. One tells the staff what a newcomer hopes for, so that somebody can greet them with it; the other
/// finds the members who can vouch.
pub(in crate::service) fn first_questions() -> Vec<Asking> {
    let choice = |words: &str| Choice { words: words.to_owned(), tag: None };
    let hopes =
        ["people to talk with", "help with what I am learning", "a shelf for what I make", "quiet company"];
    vec![
        Asking {
            kind: QuestionKind::Many,
            words: "What would you like to find here?".to_owned(),
            required: false,
            of: AskedOf::All,
            choices: hopes.into_iter().map(choice).collect(),
        },
        Asking {
            kind: QuestionKind::Text,
            words: "Do you know anybody here? Name them with an @, and they are asked about you.".to_owned(),
            required: false,
            of: AskedOf::Applicants,
            choices: Vec::new(),
        },
    ]
}
