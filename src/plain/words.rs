//! Numbers, times and states in words that are read well by speech.

use crate::domain::time::{Timestamp, Zone, date};

/// How many of something: `1 post`, `2 posts`.
pub(super) fn count(number: i64, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

/// Seconds of the units, with their names.
const UNITS: [(i64, &str); 4] = [(604_800, "week"), (86_400, "day"), (3_600, "hour"), (60, "minute")];
/// From here on the date says more: nine weeks.
const DATE_FROM_S: i64 = 9 * 604_800;

/// How long ago something was, or how far ahead: `just now`, `5 minutes ago`, `in 2 days`, `on 2026-11-22`.
pub(super) fn ago(now: Timestamp, then: Timestamp) -> String {
    let seconds = now.seconds_since(then);
    let distance = seconds.saturating_abs();
    if distance < 60 {
        return "just now".to_owned();
    }
    if distance >= DATE_FROM_S {
        return format!("on {}", date(then, &Zone::utc()));
    }
    // Two weeks are said as weeks; ten days as days.
    let fits = |(unit, name): &&(i64, &str)| distance >= if *name == "week" { 2 * unit } else { *unit };
    let (unit, name) = UNITS.iter().find(fits).copied().unwrap_or((60, "minute"));
    let words = count(distance / unit, name);
    if seconds > 0 { format!("{words} ago") } else { format!("in {words}") }
}

/// Names with commas and "and": `wren, bo and ann`.
pub(super) fn list(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [all @ .., last] => format!("{} and {last}", all.join(", ")),
    }
}

/// Paragraphs in one breath: each ends like a sentence, so that speech makes a pause after it.
pub(super) fn sentences(paragraphs: &[String]) -> String {
    let ended = paragraphs.iter().map(|paragraph| {
        let paragraph = paragraph.trim();
        let dot = if paragraph.ends_with(['.', '!', '?', ':', '"']) { "" } else { "." };
        format!("{paragraph}{dot}")
    });
    ended.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn x2_paragraphs_end_like_sentences() {
        let said = sentences(&["It was removed.".to_owned(), "Rule 1: Be kind ".to_owned()]);
        assert_eq!(said, "It was removed. Rule 1: Be kind.");
    }

    #[test]
    fn x2_times_are_said_in_words() {
        let now = Timestamp(1_795_348_800);
        for (seconds, words) in [
            (0, "just now"),
            (90, "1 minute ago"),
            (3_600, "1 hour ago"),
            (-7_300, "in 2 hours"),
            (864_000, "10 days ago"),
            (1_209_600, "2 weeks ago"),
            (DATE_FROM_S, "on 2026-09-20"),
        ] {
            assert_eq!(ago(now, now.plus(-seconds)), words);
        }
    }

    #[test]
    fn x2_lists_are_said_in_words() {
        let names = |all: &[&str]| list(&all.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>());
        assert_eq!(names(&[]), "");
        assert_eq!(names(&["wren"]), "wren");
        assert_eq!(names(&["wren", "bo", "ann"]), "wren, bo and ann");
        assert_eq!(count(1, "post"), "1 post");
        assert_eq!(count(0, "post"), "0 posts");
    }
}
