//! What levels ask for and open, in words that the screens, plain mode and the commands share.

use crate::domain::level::{Need, Step};
use crate::domain::member::Level;

/// What a level asks for, as a noun: "posts read".
pub fn step_words(need: Need) -> &'static str {
    match need {
        Need::Charter => "the charter accepted",
        Need::DaysHere => "days since joining",
        Need::PostsRead => "posts read",
        Need::Posts => "posts written",
        Need::Replies => "replies received",
        Need::DaysSeen => "days here lately",
        Need::Threads => "threads written in",
        Need::People => "people with replies both ways",
    }
}

/// What a level opens that the one before it does not.
pub fn opens(level: Level) -> &'static str {
    match level {
        Level::Newcomer => "reading, answering, starting threads, answering messages",
        Level::Member => "posting without a newcomer's limits, inviting friends, opening conversations",
        Level::Regular => "making new tags, the boards that are for regulars",
    }
}

/// A step with its numbers: "posts read: 12 of 20, 8 more".
pub fn step_line(step: Step) -> String {
    let what = step_words(step.need);
    match (step.mark, step.missing()) {
        (1, 0) => format!("{what}: done"),
        (1, _) => format!("{what}: still missing"),
        (mark, 0) => format!("{what}: {mark} of {mark}, done"),
        (mark, missing) => format!("{what}: {} of {mark}, {missing} more", step.have),
    }
}
