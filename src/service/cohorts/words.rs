//! How a cohort stands, in words that screens, commands and the linear mode share. Nobody is told what they did not do.

use super::{CohortPage, CohortSummary, ComingUp, Mine, Phase, What};
use crate::domain::time::{Timestamp, Zone, date};

/// A day of a cohort's calendar. Its days are those of UTC, wherever its people are: the same day for all.
pub fn day(at: Timestamp) -> String {
    date(at, &Zone::utc())
}

impl CohortSummary {
    /// Where it stands: `week 2 of 6`.
    pub fn phase_words(&self) -> String {
        match self.phase {
            Phase::Gathering => format!("begins {}", day(self.starts_at)),
            Phase::Running(week) => format!("week {week} of {}", self.weeks),
            Phase::Over => format!("over since {}", day(self.ends_at)),
            Phase::CalledOff => "called off".to_owned(),
        }
    }

    /// How many are in it, and how many can be while it is open: `8 of 12 places taken`, `8 people`.
    pub fn people_words(&self) -> String {
        match (self.phase, self.people) {
            (Phase::Gathering, people) => format!("{people} of {} places taken", self.places),
            (_, 1) => "1 person".to_owned(),
            (_, people) => format!("{people} people"),
        }
    }

    /// What the one who asks has to do with it; empty for nothing.
    pub fn mine_words(&self) -> &'static str {
        match (self.mine, self.phase) {
            (Mine::In, Phase::Over) => "you were in it",
            (Mine::In, Phase::CalledOff) | (Mine::Out, _) => "",
            (Mine::In, _) => "you are in it",
            (Mine::Invited, Phase::Gathering) => "you are invited",
            (Mine::Invited, _) => "",
        }
    }

    /// From when to when, and the day of its checkpoints.
    pub fn calendar_words(&self) -> String {
        let last = self.ends_at.plus(-1);
        format!(
            "{} to {}, a checkpoint every {}",
            day(self.starts_at),
            day(last),
            capital(self.weekday.as_str())
        )
    }
}

impl CohortPage {
    /// Who sees its board and writes in it.
    pub fn seen_words(&self) -> &'static str {
        match (self.closed, self.own) {
            (true, _) => "only its people see it",
            (false, true) => "all members see it, its people write",
            (false, false) => "all members see it",
        }
    }
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

impl ComingUp {
    /// In a line: `Bread: checkpoint of week 2 is open`.
    pub fn words(&self) -> String {
        let name = &self.name;
        match self.what {
            What::Invited => format!("{name}: you are invited"),
            What::Begins(at) => format!("{name}: begins {}", day(at)),
            What::Open(week, _) => format!("{name}: checkpoint of week {week} is open"),
            What::Opens(week, at) => format!("{name}: checkpoint of week {week} on {}", day(at)),
        }
    }
}
