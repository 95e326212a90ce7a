//! Keys as data. One table (`table.rs`) says which key gives which command in which scope; what a place and a member
//! have changed lies over it (`keymap.rs`). Dispatch, footers, the help screen and the palette all read it through the
//! member's [`Keymap`], and a test finds collisions.

mod command;
mod keymap;
mod names;
mod scope;
mod table;

#[cfg(test)]
mod tests;

pub use command::Command;
pub use keymap::{CHANGES_MAX, KeyError, Keymap, is_changeable};
pub use scope::Scope;
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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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

/// The binding for a chord in the first of these scopes that has one, as the table has it: for what works the same for
/// everybody. What a member has changed is in their [`Keymap`].
pub fn find(scopes: &[Scope], chord: Chord) -> Option<&'static Binding> {
    scopes.iter().find_map(|scope| BINDINGS.iter().find(|b| b.scope == *scope && b.chords.contains(&chord)))
}

/// Whether a chord would type a character into a field.
pub fn types(chord: Chord) -> bool {
    matches!(chord, Chord::Go(_) | Chord::Press(KeyPress { key: Key::Char(_), ctrl: false, alt: false, .. }))
}
