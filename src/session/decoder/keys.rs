//! What a whole sequence means as one of hob's keys; asks `termina`, which knows the terminals.

use std::cell::RefCell;

use termina::event::{KeyCode, KeyEvent, KeyEventKind, Modifiers};
use termina::{Event, Parser};

use crate::ui::input::{Key, KeyPress};

thread_local! {
    /// One parser for all sessions of a thread: it only ever sees whole sequences, so nothing stays in it between two calls.
    static PARSER: RefCell<Parser> = RefCell::default();
}

/// The key that a whole character or sequence stands for, if it stands for one that hob knows.
pub(super) fn interpret(sequence: &[u8]) -> Option<KeyPress> {
    match *sequence {
        [byte @ 0x20..=0x7e] => Some(KeyPress::plain(Key::Char(char::from(byte)))),
        // Their caret names; termina numbers them 4 to 7, as VT220 keyboards did.
        [byte @ 0x1c..=0x1f] => Some(KeyPress::ctrl(char::from(byte + 0x40))),
        [0x1b, byte @ 0x1c..=0x1f] => Some(KeyPress { alt: true, ..KeyPress::ctrl(char::from(byte + 0x40)) }),
        _ if may_be_a_key(sequence) => key_press(parse(sequence)?),
        _ => None,
    }
}

/// Whether termina would read the sequence to its end. It gives up on others in the middle, and takes their rest for typing.
fn may_be_a_key(sequence: &[u8]) -> bool {
    match sequence {
        [0x1b, b'[', b'0'..=b'9', ..] | [0x1b, b'[', b'[', _] | [0x1b, b'[', _] => true,
        [0x1b, b'[', ..] => false,
        [0x1b, b'O', ..] => sequence.len() == 3,
        _ => true,
    }
}

fn parse(sequence: &[u8]) -> Option<KeyEvent> {
    PARSER.with_borrow_mut(|parser| {
        parser.parse(sequence, false);
        let event = parser.pop();
        if event.is_none() {
            // It keeps what it does not know and waits for more: FACTS.md section 6, 9.
            *parser = Parser::default();
        }
        match event {
            Some(Event::Key(key)) => Some(key),
            _ => None,
        }
    })
}

fn key_press(event: KeyEvent) -> Option<KeyPress> {
    // Super and Hyper belong to the window system; a release is not a press.
    let foreign = event.modifiers.intersects(Modifiers::SUPER | Modifiers::HYPER);
    if foreign || event.kind == KeyEventKind::Release {
        return None;
    }
    let ctrl = event.modifiers.contains(Modifiers::CONTROL);
    let alt = event.modifiers.intersects(Modifiers::ALT | Modifiers::META);
    let shift = event.modifiers.contains(Modifiers::SHIFT);
    let key = match event.code {
        KeyCode::Char(typed) => return character(typed, ctrl, alt, shift),
        KeyCode::Enter => Key::Enter,
        KeyCode::Escape => Key::Esc,
        KeyCode::Backspace => Key::Backspace,
        KeyCode::Delete => Key::Delete,
        KeyCode::Tab => Key::Tab,
        KeyCode::BackTab => return Some(KeyPress { key: Key::BackTab, ctrl, alt, shift: false }),
        KeyCode::Up => Key::Up,
        KeyCode::Down => Key::Down,
        KeyCode::Left => Key::Left,
        KeyCode::Right => Key::Right,
        KeyCode::Home => Key::Home,
        KeyCode::End => Key::End,
        KeyCode::PageUp => Key::PageUp,
        KeyCode::PageDown => Key::PageDown,
        KeyCode::Insert => Key::Insert,
        KeyCode::Function(number @ 1..=12) => Key::F(number),
        _ => return None,
    };
    Some(KeyPress { key, ctrl, alt, shift })
}

/// A character key. Control characters become the keys that they are on every keyboard, or nothing.
fn character(typed: char, ctrl: bool, alt: bool, shift: bool) -> Option<KeyPress> {
    let key = match typed {
        'h' | 'H' if ctrl => return Some(KeyPress { key: Key::Backspace, ctrl: false, alt, shift: false }),
        'j' | 'J' if ctrl => return Some(KeyPress { key: Key::Enter, ctrl: false, alt, shift: false }),
        _ if typed.is_control() => return None,
        _ if ctrl => only(typed.to_lowercase(), typed),
        _ if shift => only(typed.to_uppercase(), typed),
        _ => typed,
    };
    Some(KeyPress { key: Key::Char(key), ctrl, alt, shift: false })
}

/// The only character of another case, or the letter itself where that case takes several.
fn only(mut cased: impl Iterator<Item = char>, letter: char) -> char {
    match (cased.next(), cased.next()) {
        (Some(one), None) => one,
        _ => letter,
    }
}
