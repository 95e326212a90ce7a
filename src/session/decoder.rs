//! Bytes from a terminal in, keys and pastes out. `termina` knows what each sequence means; this wrapper knows where each
//! one ends, so that no split of the bytes, no unknown sequence and no unfinished one can swallow the keys that follow.
//! Nothing here knows what a key does, waits, or reads a clock.
//!
//! What a terminal sends besides keys (replies to questions, focus, mouse) is swallowed: hob asks a terminal nothing, so
//! whatever answers was left behind by another program.

mod keys;
mod paste;
#[cfg(test)]
mod tests;

use std::time::Duration;

use crate::ui::input::{Input, Key, KeyPress};
use paste::Paste;

/// How long the rest of a sequence may take. A terminal sends one in a single packet, so what follows later was typed by
/// a person; 50 ms is below what anybody notices after pressing Esc.
pub const SEQUENCE_TIMEOUT: Duration = Duration::from_millis(50);

/// How long the rest of a paste may take: it comes in many packets, and the line may be a train's. After that the end of
/// the paste is held to be lost.
pub const PASTE_TIMEOUT: Duration = Duration::from_secs(1);

/// Bytes kept of one sequence. The longest that is a key (kitty's, with its text) stays under half of it; a longer one is a
/// reply, and is followed to its end without being kept (SAFETY.md asks for a bound, FACTS.md for one below 4 KiB).
const SEQUENCE_KEPT_MAX: usize = 128;

const ESC: u8 = 0x1b;
const BEL: u8 = 0x07;

/// Where the decoder stands between two bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// Nothing is pending.
    Ground,
    /// In a character of several bytes, of which so many are missing.
    Character { missing: u8 },
    /// After an ESC that may be the key or the start of something.
    Escape,
    /// After `ESC O`: one more byte, or the digits of an old modifier form and then one.
    SingleShift,
    /// After `ESC [`.
    Control,
    /// In a sequence that ends after so many more bytes whatever they are (the Linux console's `ESC [ [ A`, and
    /// `ESC [ M` with three bytes of mouse).
    Counted { missing: u8 },
    /// In an OSC or DCS string, which ends with BEL or `ESC \`.
    Text,
    /// After an ESC inside such a string.
    TextEscape,
    /// Inside a bracketed paste.
    Paste,
}

/// Turns the bytes of one terminal into [`Input`]s, however they were split. Holds at most a paste of 256 KiB, and
/// nothing on the heap between two inputs.
#[derive(Debug)]
pub struct Decoder {
    state: State,
    /// The bytes of the unfinished character or sequence, the first [`SEQUENCE_KEPT_MAX`] of them.
    kept: [u8; SEQUENCE_KEPT_MAX],
    /// How many bytes the unfinished sequence has, kept or not.
    length: usize,
    paste: Paste,
}

impl Default for Decoder {
    fn default() -> Self {
        Self::new()
    }
}

impl Decoder {
    /// A decoder to which nothing was fed yet.
    pub fn new() -> Self {
        Self { state: State::Ground, kept: [0; SEQUENCE_KEPT_MAX], length: 0, paste: Paste::default() }
    }

    /// Takes the next bytes of the line and appends the inputs that they complete.
    pub fn feed(&mut self, bytes: &[u8], out: &mut Vec<Input>) {
        for &byte in bytes {
            self.step(byte, out);
        }
    }

    /// How long to wait for more bytes before calling [`Decoder::timeout`]; `None` while nothing is unfinished.
    pub fn pending(&self) -> Option<Duration> {
        match self.state {
            State::Ground => None,
            State::Paste => Some(PASTE_TIMEOUT),
            _ => Some(SEQUENCE_TIMEOUT),
        }
    }

    /// Says that nothing came for as long as [`Decoder::pending`] asked: a lone ESC was the Esc key, `ESC [` and its like
    /// were Alt with that key, what came of a paste is the paste, and any other unfinished thing is dropped.
    pub fn timeout(&mut self, out: &mut Vec<Input>) {
        match (self.state, self.kept[1]) {
            (State::Escape, _) => out.push(Input::Key(KeyPress::plain(Key::Esc))),
            (State::SingleShift | State::Control | State::Text, letter) if self.length == 2 => {
                let key = Key::Char(char::from(letter));
                out.push(Input::Key(KeyPress { key, ctrl: false, alt: true, shift: false }));
            }
            (State::Paste, _) => out.extend(self.paste.finish().map(Input::Paste)),
            _ => {}
        }
        self.reset();
    }

    fn reset(&mut self) {
        self.state = State::Ground;
        self.length = 0;
    }

    fn keep(&mut self, byte: u8) {
        if let Some(place) = self.kept.get_mut(self.length) {
            *place = byte;
        }
        self.length += 1;
    }

    /// The unfinished sequence goes on with this byte, in that state.
    fn go_on(&mut self, byte: u8, state: State) {
        self.keep(byte);
        self.state = state;
    }

    /// The sequence ends with this byte: out with what it means, if it is a key and was kept whole.
    fn end(&mut self, byte: u8, out: &mut Vec<Input>) {
        self.keep(byte);
        if let Some(sequence) = self.kept.get(..self.length) {
            out.extend(keys::interpret(sequence).map(Input::Key));
        }
        self.reset();
    }

    fn step(&mut self, byte: u8, out: &mut Vec<Input>) {
        match self.state {
            State::Ground => self.start(byte, out),
            State::Character { missing } => self.step_character(byte, missing, out),
            State::Escape => self.step_escape(byte, out),
            State::Paste => {
                if self.paste.push(byte) {
                    out.extend(self.paste.finish().map(Input::Paste));
                    self.reset();
                }
            }
            State::Text if byte == BEL => self.reset(),
            State::Text if byte == ESC => self.state = State::TextEscape,
            State::TextEscape if byte == b'\\' => self.reset(),
            State::TextEscape if byte == ESC => self.escape(),
            State::TextEscape => {
                self.escape();
                self.step_escape(byte, out);
            }
            // A control character is a key in the middle of any sequence: what it cut off was noise.
            _ if byte.is_ascii_control() => {
                self.reset();
                self.start(byte, out);
            }
            State::Text => self.go_on(byte, State::Text),
            State::SingleShift if matches!(byte, b'0'..=b'9' | b';') => self.go_on(byte, State::SingleShift),
            State::SingleShift => self.end(byte, out),
            State::Control => self.step_control(byte, out),
            State::Counted { missing: 1 } => self.end(byte, out),
            State::Counted { missing } => self.go_on(byte, State::Counted { missing: missing - 1 }),
        }
    }

    /// The first byte of anything, or the first after an ESC that is not the start of a sequence.
    fn start(&mut self, byte: u8, out: &mut Vec<Input>) {
        match byte {
            ESC => self.escape(),
            0x00..=0x7f => self.end(byte, out),
            0xc2..=0xdf => self.go_on(byte, State::Character { missing: 1 }),
            0xe0..=0xef => self.go_on(byte, State::Character { missing: 2 }),
            0xf0..=0xf4 => self.go_on(byte, State::Character { missing: 3 }),
            // No UTF-8 starts so: dropped, and an ESC before it with it.
            _ => self.reset(),
        }
    }

    fn step_character(&mut self, byte: u8, missing: u8, out: &mut Vec<Input>) {
        match (byte, missing) {
            (0x80..=0xbf, 1) => self.end(byte, out),
            (0x80..=0xbf, _) => self.go_on(byte, State::Character { missing: missing - 1 }),
            _ => {
                // The character was broken off; the byte that broke it off is a key of its own.
                self.reset();
                self.start(byte, out);
            }
        }
    }

    fn escape(&mut self) {
        self.reset();
        self.go_on(ESC, State::Escape);
    }

    fn step_escape(&mut self, byte: u8, out: &mut Vec<Input>) {
        match byte {
            ESC => {
                out.push(Input::Key(KeyPress::plain(Key::Esc)));
                self.escape();
            }
            b'[' => self.go_on(byte, State::Control),
            b'O' => self.go_on(byte, State::SingleShift),
            b']' | b'P' => self.go_on(byte, State::Text),
            _ => self.start(byte, out),
        }
    }

    fn step_control(&mut self, byte: u8, out: &mut Vec<Input>) {
        match (byte, self.length) {
            (b'[', 2) => self.go_on(byte, State::Counted { missing: 1 }),
            (b'M', 2) => self.go_on(byte, State::Counted { missing: 3 }),
            (b'~', _) if self.kept.get(..self.length) == Some(&paste::START[..paste::START.len() - 1]) => {
                self.reset();
                self.state = State::Paste;
            }
            // ECMA-48: parameters and intermediates are 0x20 to 0x3f, the final byte is 0x40 to 0x7e.
            (0x20..=0x3f, _) => self.go_on(byte, State::Control),
            (0x40..=0x7e, _) => self.end(byte, out),
            _ => self.reset(),
        }
    }

    /// Bytes on the heap, for the test that says they are bounded.
    #[cfg(test)]
    fn heap_bytes(&self) -> usize {
        self.paste.heap_bytes()
    }
}
