//! What the console is made of: sections with rows, what can be done about each, and what has to be asked first. Screens
//! and plain mode show the same.

use super::Deed;

/// A part of the console.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub enum Section {
    /// Who is connected, the door, what is announced.
    Now,
    /// Members: add, role, password, keys.
    People,
    /// Boards and their categories.
    Boards,
    /// The charter in its versions.
    Charter,
    /// What can be set while hob runs.
    Settings,
    /// Disk, database, backups.
    Keeping,
    /// The last lines of the log.
    Log,
}

impl Section {
    /// All of them, in order.
    pub const ALL: [Self; 7] =
        [Self::Now, Self::People, Self::Boards, Self::Charter, Self::Settings, Self::Keeping, Self::Log];

    /// Its name.
    pub fn title(self) -> &'static str {
        match self {
            Self::Now => "Now",
            Self::People => "People",
            Self::Boards => "Boards",
            Self::Charter => "Charter",
            Self::Settings => "Settings",
            Self::Keeping => "Keeping",
            Self::Log => "Log",
        }
    }

    /// What is in it, in a few words.
    pub fn what(self) -> &'static str {
        match self {
            Self::Now => "sessions, a word to all, the door, a restart",
            Self::People => "members: add, role, password, keys",
            Self::Boards => "make, change, order, archive",
            Self::Charter => "draft, compare, publish, old versions",
            Self::Settings => "what can change while hob runs",
            Self::Keeping => "disk, database, backups, certificates",
            Self::Log => "the last lines",
        }
    }
}

/// A section as it is now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// Which.
    pub section: Section,
    /// What there is.
    pub rows: Vec<Row>,
    /// What can be done that is about no row.
    pub offers: Vec<Offer>,
}

/// A thing in a section.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// What it is called in a [`super::ConsoleAct`].
    pub id: String,
    /// Its name.
    pub label: String,
    /// How it is.
    pub value: String,
    /// More about it; may be empty.
    pub help: String,
    /// What can be done about it.
    pub offers: Vec<Offer>,
}

impl Row {
    /// A row with nothing to do about it yet.
    pub(super) fn new(id: impl ToString, label: impl Into<String>, value: impl Into<String>) -> Self {
        Self { id: id.to_string(), label: label.into(), value: value.into(), ..Self::default() }
    }

    /// The same with an explanation.
    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = help.into();
        self
    }

    /// The same with something to do.
    pub(super) fn offer(mut self, offer: Offer) -> Self {
        self.offers.push(offer);
        self
    }
}

/// Something that can be done, and what has to be asked first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// What.
    pub deed: Deed,
    /// What is asked, one after another.
    pub questions: Vec<Question>,
}

impl Offer {
    pub(super) fn new(deed: Deed, questions: Vec<Question>) -> Self {
        Self { deed, questions }
    }
}

/// Something to ask.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Question {
    /// A line of text, beginning with what is there now.
    Text {
        /// The question.
        ask: String,
        /// What stands in the field to begin with.
        now: String,
    },
    /// One of these: what is answered, and its words.
    Choice {
        /// The question.
        ask: String,
        /// The answers.
        answers: Vec<(String, String)>,
    },
    /// Whether one is sure; no answer is given.
    Sure(String),
}

pub(super) fn text(ask: impl Into<String>, now: impl Into<String>) -> Question {
    Question::Text { ask: ask.into(), now: now.into() }
}

pub(super) fn choice(ask: impl Into<String>, answers: Vec<(String, String)>) -> Question {
    Question::Choice { ask: ask.into(), answers }
}

/// The words of a closed set as answers.
pub(super) fn words<T: ToString>(all: impl IntoIterator<Item = T>) -> Vec<(String, String)> {
    all.into_iter().map(|word| (word.to_string(), word.to_string())).collect()
}
