//! The words that made-up posts are made of: lists by name, read from `words/*.txt`. They are real sentences, so that
//! every screen has something true to show; `compose.rs` puts them together.

use std::collections::HashMap;
use std::sync::LazyLock;

/// Lists that fit on any board.
pub static COMMON: LazyLock<Bank> = LazyLock::new(|| Bank::read(include_str!("words/common.txt")));

/// The lists of each topic, by its name in `words/boards.txt`.
static TOPICS: LazyLock<HashMap<&'static str, Bank>> = LazyLock::new(|| {
    HashMap::from([
        ("hearth", Bank::read(include_str!("words/hearth.txt"))),
        ("garden", Bank::read(include_str!("words/garden.txt"))),
        ("repair", Bank::read(include_str!("words/repair.txt"))),
        ("kitchen", Bank::read(include_str!("words/kitchen.txt"))),
        ("code", Bank::read(include_str!("words/code.txt"))),
        ("radio", Bank::read(include_str!("words/radio.txt"))),
        ("reading", Bank::read(include_str!("words/reading.txt"))),
        ("hello", Bank::read(include_str!("words/hello.txt"))),
    ])
});

/// Lists of sentences, by name.
#[derive(Debug)]
pub struct Bank(HashMap<&'static str, Vec<&'static str>>);

impl Bank {
    fn read(text: &'static str) -> Self {
        let mut lists: HashMap<&'static str, Vec<&'static str>> = HashMap::new();
        let mut current = "";
        for line in text.lines().map(str::trim_end).filter(|line| !line.is_empty()) {
            match line.strip_prefix("# ") {
                // A remark is a sentence; a list's name is one word.
                Some(name) if !name.contains(' ') => current = name,
                Some(_) => {}
                None => lists.entry(current).or_default().push(line),
            }
        }
        // Single words stand many on a line.
        for name in ["names", "nouns"] {
            if let Some(list) = lists.get_mut(name) {
                *list = list.iter().flat_map(|line| line.split_whitespace()).collect();
            }
        }
        Self(lists)
    }

    /// A list; a test sees to it that every name asked for is there.
    pub fn list(&self, name: &str) -> &[&'static str] {
        self.0.get(name).map_or(&[""], Vec::as_slice)
    }
}

/// The lists of a topic.
pub fn topic(name: &str) -> &'static Bank {
    TOPICS.get(name).unwrap_or(&COMMON)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::domain::text::clean_body;

    #[test]
    fn every_topic_has_every_list() {
        for (topic, bank) in TOPICS.iter() {
            for list in ["openers", "answers", "follow"] {
                assert!(bank.list(list).len() >= 5, "{topic}: {list}");
            }
            assert!(bank.list("subjects").iter().all(|subject| !subject.is_empty()), "{topic}");
            for opener in bank.list("openers") {
                assert!(opener.contains(" :: "), "{topic}: no title for {opener}");
            }
        }
        for list in [
            "leads", "agree", "thanks", "asks", "asides", "world", "days", "streets", "abouts", "cans",
            "seeks", "plans",
        ] {
            assert!(COMMON.list(list).len() >= 7, "{list}");
        }
        assert!(COMMON.list("names").len() > 150 && COMMON.list("nouns").len() > 80);
    }

    #[test]
    fn words_are_as_the_place_would_keep_them() {
        for bank in TOPICS.values().chain([&*COMMON]) {
            for line in bank.0.values().flatten() {
                let text = line.replace("\\n", "\n");
                assert_eq!(clean_body(&text), text, "cleaning changes it");
            }
        }
    }
}
