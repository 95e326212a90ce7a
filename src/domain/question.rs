//! The sysop's own questions at the door: what can be asked, and what can be an answer to it (D4).

use super::tag::{TagError, TagName};
use super::text::{clean_body, clean_line};
use super::words::words;

/// Most questions that are asked: a door is no form office.
pub const QUESTIONS_MAX: usize = 10;
/// Longest question, in characters: it fits five rows of the smallest window.
pub const QUESTION_CHARS_MAX: usize = 180;
/// Fewest choices of a question that has some.
pub const CHOICES_MIN: usize = 2;
/// Most choices: each has its digit.
pub const CHOICES_MAX: usize = 9;
/// Longest choice, in characters.
pub const CHOICE_CHARS_MAX: usize = 60;
/// Longest answer in words, in characters.
pub const ANSWER_CHARS_MAX: usize = 2_000;

words! {
    /// How a question is answered.
    "kind of question" QuestionKind {
        /// In words.
        Text = "text",
        /// By one of several choices.
        One = "one",
        /// By any number of several choices.
        Many = "many",
    }
}

words! {
    /// Whom a question is for.
    "circle that is asked" AskedOf {
        /// Everybody who joins.
        All = "all",
        /// Those who apply; who has an invite is not asked.
        Applicants = "applicants",
    }
}

/// Something to choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What it says.
    pub words: String,
    /// The tag that whoever chooses it joins on becoming a member.
    pub tag: Option<TagName>,
}

impl Choice {
    /// Reads a choice as it is typed: its words, and at the end, if it joins a tag, the tag behind its `#`.
    ///
    /// # Errors
    /// Why it cannot be one.
    pub fn parse(text: &str) -> Result<Self, QuestionError> {
        let line = clean_line(text);
        let (words, tag) = match line.rsplit_once(char::is_whitespace) {
            Some((before, last)) if last.starts_with('#') => {
                (before.trim_end().to_owned(), Some(TagName::parse(last)?))
            }
            _ => (line, None),
        };
        match words.chars().count() {
            0 => Err(QuestionError::NoWords),
            1..=CHOICE_CHARS_MAX => Ok(Self { words, tag }),
            long => Err(QuestionError::ChoiceLong(long)),
        }
    }
}

/// As it is typed: `bread and ovens #baking`.
impl std::fmt::Display for Choice {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.words)?;
        match &self.tag {
            Some(tag) => write!(f, " #{tag}"),
            None => Ok(()),
        }
    }
}

/// What is asked, in one version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asking {
    /// How it is answered.
    pub kind: QuestionKind,
    /// The question.
    pub words: String,
    /// Whether it must be answered.
    pub required: bool,
    /// Whom it is for.
    pub of: AskedOf,
    /// What can be chosen, from number 1; none for one that is answered in words.
    pub choices: Vec<Choice>,
}

/// An answer that fits its question.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DoorAnswer {
    /// In words; empty for choices.
    pub text: String,
    /// The numbers of what was chosen, in order.
    pub chosen: Vec<i64>,
}

impl DoorAnswer {
    /// Whether the question was left out.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty() && self.chosen.is_empty()
    }
}

/// Why something cannot be asked, or not answered so; in words for the person who typed it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum QuestionError {
    /// A question or a choice without words.
    #[error("Write the words of the question, and of each choice.")]
    NoWords,
    /// More than [`QUESTION_CHARS_MAX`].
    #[error("That question has {0} characters; {QUESTION_CHARS_MAX} is the most. Shorten it.")]
    Long(usize),
    /// Fewer than [`CHOICES_MIN`].
    #[error("A question with choices has at least {CHOICES_MIN} of them. Add one, or ask for words.")]
    Few,
    /// More than [`CHOICES_MAX`].
    #[error("A question has at most {CHOICES_MAX} choices, and these are {0}. Leave some out.")]
    Many(usize),
    /// More than [`CHOICE_CHARS_MAX`].
    #[error("That choice has {0} characters; {CHOICE_CHARS_MAX} is the most. Shorten it.")]
    ChoiceLong(usize),
    /// Two that say the same.
    #[error("Two choices say \"{0}\". Change one of them.")]
    Twice(String),
    /// A tag that is none.
    #[error(transparent)]
    Tag(#[from] TagError),
    /// A question that must be answered was left out.
    #[error("This one needs an answer: {0}")]
    Needed(&'static str),
    /// An answer with more than [`ANSWER_CHARS_MAX`].
    #[error("That is {0} characters; {ANSWER_CHARS_MAX} is the most. Keep the rest for your introduction.")]
    AnswerLong(usize),
    /// More than one choice, or one that is not there.
    #[error("Choose from what is listed, and only one where it says so.")]
    NoSuchChoice,
}

impl Asking {
    /// What a sysop typed, checked. Empty lines among the choices are passed over, and a question in words has none.
    ///
    /// # Errors
    /// What to change.
    pub fn parse(
        kind: QuestionKind,
        words: &str,
        required: bool,
        of: AskedOf,
        choices: &[String],
    ) -> Result<Self, QuestionError> {
        let words = clean_line(words);
        match words.chars().count() {
            0 => return Err(QuestionError::NoWords),
            1..=QUESTION_CHARS_MAX => {}
            long => return Err(QuestionError::Long(long)),
        }
        let mut parsed: Vec<Choice> = Vec::new();
        if kind != QuestionKind::Text {
            for text in choices.iter().filter(|text| !clean_line(text).is_empty()) {
                let choice = Choice::parse(text)?;
                if parsed.iter().any(|known| known.words.to_lowercase() == choice.words.to_lowercase()) {
                    return Err(QuestionError::Twice(choice.words));
                }
                parsed.push(choice);
            }
            match parsed.len() {
                ..CHOICES_MIN => return Err(QuestionError::Few),
                CHOICES_MIN..=CHOICES_MAX => {}
                many => return Err(QuestionError::Many(many)),
            }
        }
        Ok(Self { kind, words, required, of, choices: parsed })
    }

    /// An answer, cleaned and checked. One that is empty leaves the question out.
    ///
    /// # Errors
    /// What to change.
    pub fn answer(&self, text: &str, chosen: &[i64]) -> Result<DoorAnswer, QuestionError> {
        if self.kind == QuestionKind::Text {
            let text = clean_body(text).trim().to_owned();
            let chars = text.chars().count();
            if chars > ANSWER_CHARS_MAX {
                return Err(QuestionError::AnswerLong(chars));
            }
            if text.is_empty() && self.required {
                return Err(QuestionError::Needed("a sentence is enough."));
            }
            return Ok(DoorAnswer { text, chosen: Vec::new() });
        }
        let mut chosen = chosen.to_vec();
        chosen.sort_unstable();
        chosen.dedup();
        let known = |no: &i64| usize::try_from(*no).is_ok_and(|no| (1..=self.choices.len()).contains(&no));
        if !chosen.iter().all(known) || self.kind == QuestionKind::One && chosen.len() > 1 {
            return Err(QuestionError::NoSuchChoice);
        }
        if chosen.is_empty() && self.required {
            return Err(QuestionError::Needed("choose what fits best."));
        }
        Ok(DoorAnswer { text: String::new(), chosen })
    }

    /// What the chosen numbers say.
    pub fn chosen(&self, numbers: &[i64]) -> Vec<&Choice> {
        let choice = |no: &i64| self.choices.get(usize::try_from(*no).ok()?.checked_sub(1)?);
        numbers.iter().filter_map(choice).collect()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::domain::text::corpus::hostile;

    fn asking(kind: QuestionKind, required: bool, choices: &[&str]) -> Result<Asking, QuestionError> {
        let choices: Vec<String> = choices.iter().map(|choice| (*choice).to_owned()).collect();
        Asking::parse(kind, "What do you like?", required, AskedOf::All, &choices)
    }

    #[test]
    fn d4_a_choice_may_join_a_tag() {
        let choice = Choice::parse(" Bread and ovens  #Baking ").unwrap();
        assert_eq!(
            (choice.words.as_str(), choice.tag.as_ref().unwrap().as_str()),
            ("Bread and ovens", "baking")
        );
        assert_eq!(choice.to_string(), "Bread and ovens #baking");
        assert_eq!(Choice::parse(&choice.to_string()).unwrap(), choice);
        assert_eq!(Choice::parse("C# and F#").unwrap().tag, None);
        assert!(matches!(Choice::parse("tea #a/b"), Err(QuestionError::Tag(_))));
        assert_eq!(Choice::parse("#tea").unwrap().words, "#tea");
        assert_eq!(Choice::parse(" "), Err(QuestionError::NoWords));
        assert_eq!(Choice::parse(&"x".repeat(61)), Err(QuestionError::ChoiceLong(61)));
    }

    #[test]
    fn d4_choices_are_two_to_nine_and_differ() {
        use QuestionKind as K;
        assert_eq!(asking(K::One, true, &["tea", " "]), Err(QuestionError::Few));
        assert_eq!(asking(K::Many, true, &["tea", "Tea"]), Err(QuestionError::Twice("Tea".to_owned())));
        assert_eq!(
            asking(K::One, true, &["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"]),
            Err(QuestionError::Many(10))
        );
        assert!(asking(K::Text, true, &["tea"]).unwrap().choices.is_empty());
        assert_eq!(Asking::parse(K::Text, " ", true, AskedOf::All, &[]), Err(QuestionError::NoWords));
        let long = "x".repeat(QUESTION_CHARS_MAX + 1);
        assert_eq!(Asking::parse(K::Text, &long, true, AskedOf::All, &[]), Err(QuestionError::Long(181)));
    }

    #[test]
    fn d4_an_answer_fits_its_question() {
        use QuestionKind as K;
        let one = asking(K::One, true, &["tea", "coffee"]).unwrap();
        assert_eq!(one.answer("ignored", &[2]).unwrap(), DoorAnswer { text: String::new(), chosen: vec![2] });
        assert_eq!(one.answer("", &[1, 2]), Err(QuestionError::NoSuchChoice));
        assert_eq!(one.answer("", &[3]), Err(QuestionError::NoSuchChoice));
        assert_eq!(one.answer("", &[0]), Err(QuestionError::NoSuchChoice));
        assert!(matches!(one.answer("", &[]), Err(QuestionError::Needed(_))));
        let many = asking(K::Many, false, &["tea", "coffee"]).unwrap();
        assert_eq!(many.answer("", &[2, 1, 2]).unwrap().chosen, [1, 2]);
        assert_eq!(many.chosen(&[2])[0].words, "coffee");
        assert!(many.answer("", &[]).unwrap().is_empty());
        let text = asking(K::Text, true, &[]).unwrap();
        assert!(matches!(text.answer(" \u{200b}", &[]), Err(QuestionError::Needed(_))));
        assert_eq!(text.answer(&"x".repeat(2_001), &[]), Err(QuestionError::AnswerLong(2_001)));
        assert_eq!(text.answer(" Tea. ", &[1]).unwrap().text, "Tea.");
    }

    #[test]
    fn nothing_hostile_is_asked_or_offered() {
        for text in hostile() {
            let choices = [text.clone(), "other".to_owned()];
            if let Ok(asking) = Asking::parse(QuestionKind::One, &text, false, AskedOf::All, &choices) {
                assert_eq!(clean_line(&asking.words), asking.words);
                for choice in &asking.choices {
                    assert_eq!(clean_line(&choice.words), choice.words);
                }
            }
        }
    }
}
