//! Keys as data. One table (`table.rs`) says which key gives which command in which scope; dispatch, footers,
//! the help screen and the palette all read it, and a test finds collisions.

mod command;
mod table;

#[cfg(test)]
mod tests;

pub use command::{Command, Scope};
pub use table::BINDINGS;

use super::input::{Key, KeyPress};

/// What has to be pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Chord {
    /// One key.
    Press(KeyPress),
    /// `g`, then this letter: go to a place.
    Go(char),
}

/// One line of the table.
#[derive(Clone, Copy, Debug)]
pub struct Binding {
    /// Where it holds.
    pub scope: Scope,
    /// The keys that do it; the first one is shown in footers.
    pub chords: &'static [Chord],
    /// What it does.
    pub command: Command,
    /// One or two words for the footer; empty keeps it out of footers.
    pub label: &'static str,
    /// A line for the help screen and the palette.
    pub help: &'static str,
}

/// The first key of a chord that goes to a place.
pub const GO_PREFIX: KeyPress = KeyPress::plain(Key::Char('g'));

/// The binding for a chord in the first of these scopes that has one.
pub fn find(scopes: &[Scope], chord: Chord) -> Option<&'static Binding> {
    scopes.iter().find_map(|scope| BINDINGS.iter().find(|b| b.scope == *scope && b.chords.contains(&chord)))
}

/// All bindings that hold in these scopes, in the order of the scopes; shadowed keys are left out.
pub fn in_scopes(scopes: &[Scope]) -> Vec<&'static Binding> {
    let mut found: Vec<&'static Binding> = Vec::new();
    for scope in scopes {
        for binding in BINDINGS.iter().filter(|b| b.scope == *scope) {
            let shadowed = binding.chords.iter().all(|chord| found.iter().any(|f| f.chords.contains(chord)));
            if !shadowed {
                found.push(binding);
            }
        }
    }
    found
}

impl Chord {
    /// How the chord is written on screens: `^S`, `Enter`, `g b`. Plain ASCII, at most 6 characters.
    pub fn name(&self) -> String {
        match self {
            Self::Press(press) => press_name(*press),
            Self::Go(letter) => format!("g {letter}"),
        }
    }
}

fn press_name(press: KeyPress) -> String {
    let base = match press.key {
        Key::Char(' ') => "Space".to_owned(),
        Key::Char(letter) if press.ctrl => return format!("^{}", letter.to_ascii_uppercase()),
        Key::Char(letter) => letter.to_string(),
        Key::Enter => "Enter".to_owned(),
        Key::Esc => "Esc".to_owned(),
        Key::Backspace => "Bksp".to_owned(),
        Key::Delete => "Del".to_owned(),
        Key::Tab => "Tab".to_owned(),
        Key::BackTab => "S-Tab".to_owned(),
        Key::Up => "Up".to_owned(),
        Key::Down => "Down".to_owned(),
        Key::Left => "Left".to_owned(),
        Key::Right => "Right".to_owned(),
        Key::Home => "Home".to_owned(),
        Key::End => "End".to_owned(),
        Key::PageUp => "PgUp".to_owned(),
        Key::PageDown => "PgDn".to_owned(),
        Key::Insert => "Ins".to_owned(),
        Key::F(number) => format!("F{number}"),
    };
    match (press.ctrl, press.alt) {
        (true, _) => format!("^{base}"),
        (_, true) => format!("M-{base}"),
        _ => base,
    }
}

/// Whether a chord would type a character into a field.
pub fn types(chord: Chord) -> bool {
    matches!(chord, Chord::Go(_) | Chord::Press(KeyPress { key: Key::Char(_), ctrl: false, alt: false, .. }))
}
