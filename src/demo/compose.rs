//! Puts titles and posts together from the lists in `words/`: openers, answers, thanks, quotes of what was said before.

use std::collections::HashMap;

use super::cast::Person;
use super::dice::Dice;
use super::words::{Bank, COMMON, topic};

/// What is said before an answer in percent of posts, and so on: a conversation that feels like one.
const QUOTES: usize = 33;
const MENTIONS: usize = 14;
const WHO_MENTIONS: usize = 35;
const LEADS: usize = 22;
const ASIDES: usize = 13;
const WORLD: usize = 3;
const LONG: usize = 6;
/// What stands for `{who}` where nobody is to be named.
const NOBODY: &str = "somebody";
/// Longest line that is quoted, in characters: what fits an 80-column screen with its mark.
const GIST_CHARS_MAX: usize = 110;

/// Writes.
pub struct Composer {
    dice: Dice,
    /// What is left of each list: every sentence is used once before any is used again.
    decks: HashMap<(&'static str, &'static str), Vec<&'static str>>,
}

/// What a thread is about.
#[derive(Clone, Copy, Debug)]
pub struct Subject {
    /// The name of the lists.
    pub topic: &'static str,
    /// What stands for `{it}`.
    pub it: &'static str,
    /// The titles that fit the first post, and the first post.
    opener: (&'static str, &'static str),
}

impl Subject {
    /// For a thread that was written by hand: it only lends its words to those who come later.
    pub fn of_script(topic: &'static str) -> Self {
        Self { topic, it: "it", opener: ("", "") }
    }
}

/// What a reply is written into.
pub struct Moment<'a> {
    /// What the thread is about.
    pub subject: Subject,
    /// Its author began the thread.
    pub by_opener: bool,
    /// The handle of the post that is answered, and a line of it, if a post is.
    pub answers: Option<(&'a str, Option<&'a str>)>,
    /// Somebody who could be named.
    pub somebody: &'a str,
}

impl Composer {
    /// A writer with its own dice.
    pub fn new(seed: u64) -> Self {
        Self { dice: Dice::new(seed, 3), decks: HashMap::new() }
    }

    /// Something to talk about.
    pub fn subject(&mut self, topic: &'static str) -> Subject {
        let opener = self.draw(topic, "openers").split_once(" :: ").unwrap_or_default();
        Subject { topic, it: self.draw(topic, "subjects"), opener }
    }

    /// A title.
    pub fn title(&mut self, subject: Subject, author: Option<&Person>) -> String {
        let titles: Vec<&str> = subject.opener.0.split(" / ").collect();
        let title = self.dice.pick(&titles);
        self.fill(title, subject.it, NOBODY, author)
    }

    /// The first post of a thread.
    pub fn opener(&mut self, subject: Subject, author: &Person, somebody: &str) -> String {
        let mut body = self.fill(subject.opener.1, subject.it, somebody, Some(author));
        if self.dice.percent(ASIDES) {
            body.push_str("\n\n");
            body.push_str(&self.common("asides", subject, somebody));
        }
        body
    }

    /// Any other post.
    pub fn reply(&mut self, moment: &Moment<'_>) -> String {
        let mut body = String::new();
        if let Some((author, gist)) = moment.answers {
            match gist {
                Some(gist) if self.dice.percent(QUOTES) => body = format!("> {gist}\n\n"),
                _ if self.dice.percent(MENTIONS) => body = format!("@{author} "),
                _ => {}
            }
        }
        if moment.by_opener {
            let list = *self.dice.pick(&["follow", "follow", "thanks", "thanks", "asks"]);
            body.push_str(&self.from(list, moment));
        } else if self.dice.percent(LONG) {
            self.long(moment, &mut body);
        } else {
            self.short(moment, &mut body);
        }
        if self.dice.percent(ASIDES) {
            body.push_str(if self.dice.percent(50) { "\n\n" } else { " " });
            body.push_str(&self.from("asides", moment));
        }
        if self.dice.percent(WORLD) {
            body.push_str("\n\n");
            body.push_str(&self.from("world", moment));
        }
        body
    }

    /// What is added by an edit.
    pub fn edit(&mut self, moment: &Moment<'_>) -> String {
        self.from("edits", moment)
    }

    fn short(&mut self, moment: &Moment<'_>, body: &mut String) {
        match self.dice.below(100) {
            0..15 => body.push_str(&self.from("agree", moment)),
            15..25 => body.push_str(&self.from("asks", moment)),
            _ => {
                if self.dice.percent(LEADS) {
                    body.push_str(&self.from("leads", moment));
                    body.push(' ');
                }
                body.push_str(&self.from("answers", moment));
                for chance in [45, 30] {
                    if self.dice.percent(chance) {
                        body.push(' ');
                        body.push_str(&self.from("answers", moment));
                    }
                }
            }
        }
    }

    /// Three paragraphs with a list in the middle.
    fn long(&mut self, moment: &Moment<'_>, body: &mut String) {
        body.push_str(&self.from("leads", moment));
        for _ in 0..3 {
            body.push_str("\n- ");
            body.push_str(&self.from("answers", moment).replace('\n', " "));
        }
        body.push_str("\n\n");
        body.push_str(&self.from("answers", moment));
        body.push(' ');
        body.push_str(&self.from("asks", moment));
    }

    fn from(&mut self, list: &'static str, moment: &Moment<'_>) -> String {
        let own = ["answers", "follow"].contains(&list);
        let template = self.draw(if own { moment.subject.topic } else { "" }, list);
        self.fill(template, moment.subject.it, moment.somebody, None)
    }

    fn common(&mut self, list: &'static str, subject: Subject, somebody: &str) -> String {
        let template = self.draw("", list);
        self.fill(template, subject.it, somebody, None)
    }

    /// The next sentence of a list, shuffled anew when it is through. No topic: the common lists.
    fn draw(&mut self, name: &'static str, list: &'static str) -> &'static str {
        let deck = self.decks.entry((name, list)).or_default();
        if deck.is_empty() {
            let bank: &Bank = if name.is_empty() { &COMMON } else { topic(name) };
            deck.extend_from_slice(bank.list(list));
            self.dice.shuffle(deck);
        }
        deck.pop().unwrap_or_default()
    }

    /// Replaces the words in braces; other braces are left alone, for there is code among the sentences.
    fn fill(&mut self, template: &str, it: &str, somebody: &str, author: Option<&Person>) -> String {
        let mut out = String::with_capacity(template.len() + 40);
        let mut rest = template;
        while let Some(at) = rest.find(['{', '\\']) {
            out.push_str(&rest[..at]);
            rest = &rest[at..];
            if let Some(after) = rest.strip_prefix("\\n") {
                out.push('\n');
                rest = after;
                continue;
            }
            let word = rest[1..].split_once('}').map_or("", |(word, _)| word);
            match self.slot(word, it, somebody, author) {
                Some(text) => {
                    out.push_str(&text);
                    rest = &rest[word.len() + 2..];
                }
                None => {
                    out.push_str(&rest[..1]);
                    rest = &rest[1..];
                }
            }
        }
        out.push_str(rest);
        out
    }

    fn slot(&mut self, word: &str, it: &str, somebody: &str, author: Option<&Person>) -> Option<String> {
        let told = |text: &str, otherwise: &str| if text.is_empty() { otherwise } else { text }.to_owned();
        Some(match word {
            "it" => it.to_owned(),
            "It" => {
                let mut letters = it.chars();
                letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
            }
            "who" if self.dice.percent(WHO_MENTIONS) && somebody != NOBODY => format!("@{somebody}"),
            "who" => somebody.to_owned(),
            "n" => self.dice.between(2, 10).to_string(),
            "day" => (*self.dice.pick(COMMON.list("days"))).to_owned(),
            "street" => (*self.dice.pick(COMMON.list("streets"))).to_owned(),
            "me" => author?.handle.to_string(),
            "about" => told(&author?.about, "There is not much to tell."),
            "can" => told(&author?.can_help, "carrying things"),
            "seeks" => told(&author?.looking_for, "good company"),
            _ => return None,
        })
    }
}

/// A line of a post that can be quoted: the first whole sentence that is not itself a quote, code or part of a list.
pub fn gist(body: &str) -> Option<String> {
    let mut in_code = false;
    for line in body.lines() {
        if line.starts_with("```") {
            in_code = !in_code;
        }
        let plain = !in_code && line.starts_with(|c: char| c.is_alphabetic());
        if !plain {
            continue;
        }
        let sentence = line.split_inclusive(". ").next().unwrap_or(line).trim_end();
        if (20..=GIST_CHARS_MAX).contains(&sentence.chars().count()) {
            return Some(sentence.to_owned());
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_in_braces_are_replaced_and_code_is_left_alone() {
        let mut composer = Composer::new(1);
        let filled = composer.fill("{It}: {it}\\nfn a() {\\n    {odd} {who}\\n}", "the Kettle", "wren", None);
        assert_eq!(filled, "The Kettle: the Kettle\nfn a() {\n    {odd} wren\n}");
    }

    #[test]
    fn every_sentence_is_used_once_before_any_is_used_again() {
        let mut composer = Composer::new(1);
        let count = topic("garden").list("answers").len();
        let mut drawn: Vec<&str> = (0..count).map(|_| composer.draw("garden", "answers")).collect();
        drawn.sort_unstable();
        drawn.dedup();
        assert_eq!(drawn.len(), count);
    }

    #[test]
    fn a_gist_is_a_sentence_and_no_quote() {
        assert_eq!(
            gist("> as before\n\nLeave it alone for a fortnight. It will live.").as_deref(),
            Some("Leave it alone for a fortnight.")
        );
        assert_eq!(gist("```\nlet this_is_code_and_long = 1;\n```"), None);
        assert_eq!(gist("Short."), None);
    }
}
