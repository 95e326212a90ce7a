//! The table of keys. Every key is on every keyboard: letters, Space, Enter, Esc, arrows and Ctrl with a letter;
//! nothing is reachable only by Alt, a function key or the mouse. The lines stand in one file for each kind of place.

mod common;
mod door;
mod live;
mod people;
mod places;
mod staff;
mod threads;
mod writing;

use super::{Binding, Chord, Command, Scope};
use crate::ui::input::{Key, KeyPress};

const fn key(key: Key) -> Chord {
    Chord::Press(KeyPress::plain(key))
}

const fn char(letter: char) -> Chord {
    key(Key::Char(letter))
}

const fn ctrl(letter: char) -> Chord {
    Chord::Press(KeyPress::ctrl(letter))
}

const fn ctrl_key(key: Key) -> Chord {
    Chord::Press(KeyPress { ctrl: true, ..KeyPress::plain(key) })
}

const fn alt(letter: char) -> Chord {
    Chord::Press(KeyPress { alt: true, ..KeyPress::plain(Key::Char(letter)) })
}

const fn bind(
    scope: Scope,
    chords: &'static [Chord],
    command: Command,
    label: &'static str,
    help: &'static str,
) -> Binding {
    Binding { scope, chords, command, label, help }
}
/// The files, in the order in which help and footers show their lines.
const PARTS: &[&[Binding]] = &[
    common::BINDINGS,
    live::BINDINGS,
    people::BINDINGS,
    door::BINDINGS,
    places::BINDINGS,
    threads::BINDINGS,
    writing::BINDINGS,
    staff::BINDINGS,
];

const LEN: usize = {
    let (mut len, mut part) = (0, 0);
    while part < PARTS.len() {
        len += PARTS[part].len();
        part += 1;
    }
    len
};

/// The table.
pub const BINDINGS: &[Binding] = &joined();

/// The files as one table, put together when the program is built.
const fn joined() -> [Binding; LEN] {
    let mut all = [PARTS[0][0]; LEN];
    let (mut part, mut next) = (0, 0);
    while part < PARTS.len() {
        let mut line = 0;
        while line < PARTS[part].len() {
            all[next] = PARTS[part][line];
            line += 1;
            next += 1;
        }
        part += 1;
    }
    all
}
