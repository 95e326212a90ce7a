//! What scopes, commands and chords are called: in the file of settings, in a member's own keys, on screens.

use super::{Chord, Command, Scope};
use crate::ui::input::{Key, KeyPress};

/// Keys with a name of their own, as [`Chord::name`] writes them.
const NAMED: &[(&str, Key)] = &[
    ("Space", Key::Char(' ')),
    ("Enter", Key::Enter),
    ("Esc", Key::Esc),
    ("Bksp", Key::Backspace),
    ("Del", Key::Delete),
    ("Tab", Key::Tab),
    ("S-Tab", Key::BackTab),
    ("Up", Key::Up),
    ("Down", Key::Down),
    ("Left", Key::Left),
    ("Right", Key::Right),
    ("Home", Key::Home),
    ("End", Key::End),
    ("PgUp", Key::PageUp),
    ("PgDn", Key::PageDown),
    ("Ins", Key::Insert),
];

impl Scope {
    /// Its name in the file of settings: `thread`, `door-write`.
    pub fn name(self) -> String {
        kebab(&format!("{self:?}"))
    }

    /// Where its keys work, in words for a heading.
    pub fn words(self) -> String {
        match self {
            Self::Everywhere => "everywhere".to_owned(),
            Self::List => "in lists".to_owned(),
            Self::Pager => "where text scrolls".to_owned(),
            Self::Confirm => "in questions".to_owned(),
            Self::Choose => "in dialogs with answers".to_owned(),
            Self::Field => "in a line that you type".to_owned(),
            Self::Form => "in forms".to_owned(),
            Self::Filter => "in a filter".to_owned(),
            Self::Editor => "in the editor".to_owned(),
            Self::Compose => "while you write".to_owned(),
            Self::Preview => "in the preview".to_owned(),
            Self::Boards => "on the list of boards".to_owned(),
            Self::Board => "on a board".to_owned(),
            Self::Thread => "in a thread".to_owned(),
            Self::Members => "on the list of members".to_owned(),
            Self::Messages => "on the list of conversations".to_owned(),
            Self::Conversation => "in a conversation".to_owned(),
            Self::Profile => "on a profile".to_owned(),
            Self::Roles => "among the roles".to_owned(),
            Self::Search => "in the search".to_owned(),
            Self::SearchField => "while you type a search".to_owned(),
            Self::Palette => "in the palette".to_owned(),
            Self::Help => "in the help".to_owned(),
            Self::Keys => "among your keys and password".to_owned(),
            Self::KeyMap => "on the screen of the keyboard's keys".to_owned(),
            Self::Settings => "in the settings".to_owned(),
            Self::MyData => "on your data".to_owned(),
            Self::Leaving => "while you are leaving".to_owned(),
            Self::Home => "on home".to_owned(),
            Self::Notifications => "on what is for you".to_owned(),
            Self::Wall => "on the wall".to_owned(),
            Self::Room => "while you talk in a room".to_owned(),
            Self::RoomLines => "among the lines of a room".to_owned(),
            Self::Tags => "on the list of tags".to_owned(),
            Self::Glossary => "in the glossary".to_owned(),
            Self::Tag => "on a tag".to_owned(),
            Self::TagField => "while you name tags".to_owned(),
            Self::ReadingList => "on the reading list".to_owned(),
            Self::Drafts => "on the list of drafts".to_owned(),
            Self::Invites => "on the list of invites".to_owned(),
            Self::InviteTree => "on the invite tree".to_owned(),
            Self::AtDoor => "on who is at the door".to_owned(),
            Self::Questions => "on the questions at the door".to_owned(),
            Self::QuestionForm => "while you write a question".to_owned(),
            Self::ProfileForm => "in the form of your profile".to_owned(),
            Self::ComposeTitle => "in the title of a thread".to_owned(),
            Self::QuotePart => "while you choose what to quote".to_owned(),
            Self::Vi => "in the editor with vi's keys".to_owned(),
            Self::NewRule => "on a new rule".to_owned(),
            Self::Queue => "in the queue".to_owned(),
            Self::LostKeys => "on the list of lost keys".to_owned(),
            Self::Waitlist => "on the line for a seat".to_owned(),
            Self::Case => "on a case".to_owned(),
            Self::StaffNotes => "among staff notes".to_owned(),
            Self::Filters => "among the filters".to_owned(),
            Self::Prevention => "among the fences".to_owned(),
            Self::Held => "on a post that waits".to_owned(),
            Self::Waiting => "on the list of your posts that wait".to_owned(),
            Self::Matter => "on an appeal".to_owned(),
            Self::MyCases => "on your reports".to_owned(),
            Self::Application => "on an application".to_owned(),
            Self::Decide => "while you decide".to_owned(),
            Self::Verdict => "before a decision is final".to_owned(),
            Self::ModLog => "in the logs".to_owned(),
            Self::Warning => "on a warning".to_owned(),
            other => format!("on the screen \"{}\"", other.name().replace('-', " ")),
        }
    }
}

impl Command {
    /// Its name in the file of settings: `reply`, `mark-thread-read`.
    pub fn name(self) -> String {
        kebab(&format!("{self:?}"))
    }
}

/// `MarkThreadRead` as `mark-thread-read`.
fn kebab(name: &str) -> String {
    let mut kebab = String::new();
    for letter in name.chars() {
        if letter.is_ascii_uppercase() && !kebab.is_empty() {
            kebab.push('-');
        }
        kebab.push(letter.to_ascii_lowercase());
    }
    kebab
}

impl Chord {
    /// How the chord is written on screens: `^S`, `Enter`, `g b`. Plain ASCII for what is on every keyboard, at most 6
    /// characters.
    pub fn name(&self) -> String {
        match self {
            Self::Press(press) => press_name(*press),
            Self::Go(letter) => format!("g {letter}"),
        }
    }

    /// Reads what [`Self::name`] writes.
    pub fn parse(name: &str) -> Option<Self> {
        if let Some(letter) = name.strip_prefix("g ").and_then(only_char) {
            return Some(Self::Go(letter));
        }
        // A circumflex alone is that character, with something behind it it is Control.
        if let Some(rest) = name.strip_prefix('^').filter(|rest| !rest.is_empty()) {
            let key = key_named(rest)?;
            let key = if let Key::Char(letter) = key { Key::Char(letter.to_ascii_lowercase()) } else { key };
            return Some(Self::Press(KeyPress { ctrl: true, ..KeyPress::plain(key) }));
        }
        if let Some(rest) = name.strip_prefix("M-").filter(|rest| !rest.is_empty()) {
            return Some(Self::Press(KeyPress { alt: true, ..KeyPress::plain(key_named(rest)?) }));
        }
        Some(Self::Press(KeyPress::plain(key_named(name)?)))
    }
}

fn key_named(name: &str) -> Option<Key> {
    if let Some((_, key)) = NAMED.iter().find(|(known, _)| *known == name) {
        return Some(*key);
    }
    if let Some(number) = name.strip_prefix('F').and_then(|number| number.parse::<u8>().ok()) {
        return (1..=12).contains(&number).then_some(Key::F(number));
    }
    only_char(name).filter(|letter| !letter.is_control() && !letter.is_whitespace()).map(Key::Char)
}

fn only_char(text: &str) -> Option<char> {
    let mut letters = text.chars();
    letters.next().filter(|_| letters.next().is_none())
}

fn press_name(press: KeyPress) -> String {
    let base = match press.key {
        Key::Char(letter) if press.ctrl && letter != ' ' => {
            return format!("^{}", letter.to_ascii_uppercase());
        }
        Key::Char(letter) if letter != ' ' => letter.to_string(),
        Key::F(number) => format!("F{number}"),
        key => NAMED
            .iter()
            .find(|(_, known)| *known == key)
            .map_or_else(String::new, |(name, _)| (*name).to_owned()),
    };
    match (press.ctrl, press.alt) {
        (true, _) => format!("^{base}"),
        (_, true) => format!("M-{base}"),
        _ => base,
    }
}
