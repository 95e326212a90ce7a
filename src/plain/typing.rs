//! Typing on one line without cursor addressing: what a terminal driver does in its cooked mode, and no more. In a pty
//! hob has to echo; the only movement there ever is goes back over what was just echoed.
//!
//! Pure: bytes in, echo and events out.

mod line;

use self::line::Line;
use crate::domain::text::is_forbidden;

/// Longest line, in bytes. What is longer goes on as the next line: no word is lost, and memory stays bounded.
pub(super) const LINE_BYTES_MAX: usize = 16 * 1024;
/// Columns from one tab stop to the next.
const TAB_COLUMNS: usize = 4;

const CTRL_C: u8 = 0x03;
const CTRL_D: u8 = 0x04;
const BACKSPACE: u8 = 0x08;
const CTRL_U: u8 = 0x15;
const CTRL_W: u8 = 0x17;
const ESC: u8 = 0x1b;
const DELETE: u8 = 0x7f;

/// What a byte completed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Key {
    /// Enter: the line.
    Line(String),
    /// Ctrl-C. What stands on the line is still there, for whoever keeps it.
    Cancel,
    /// Ctrl-D at the beginning of a line.
    End,
}

/// Where in an escape sequence of the terminal the typing is. They are swallowed: there is nothing here to move in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Sequence {
    #[default]
    None,
    /// After ESC.
    Begun,
    /// After `ESC [`.
    Control,
    /// After `ESC O`.
    Single,
    /// In a string such as a terminal's answer, up to BEL or ESC.
    String,
}

/// The line that is being typed.
#[derive(Debug, Default)]
pub(super) struct Typing {
    line: Line,
    /// The bytes of a character that is not complete yet.
    partial: Vec<u8>,
    sequence: Sequence,
    /// The last byte was a carriage return: a line feed after it belongs to it.
    after_return: bool,
    /// hob echoes and edits: there is a pty.
    echoes: bool,
    /// Nothing that is typed is shown.
    secret: bool,
}

impl Typing {
    /// Typing in a pty, or, without one, lines that were edited elsewhere.
    pub(super) fn new(pty: bool) -> Self {
        Self { echoes: pty, ..Self::default() }
    }

    /// Whether what is typed from here on is a secret.
    pub(super) fn set_secret(&mut self, secret: bool) {
        self.secret = secret;
    }

    /// What stands on the line and is not sent yet.
    pub(super) fn unfinished(&self) -> &str {
        self.line.as_str()
    }

    /// Takes what stands on the line away from it.
    pub(super) fn take_line(&mut self) -> String {
        self.partial.clear();
        self.line.take()
    }

    /// Takes one byte; what the terminal should show goes to `echo`.
    pub(super) fn key(&mut self, byte: u8, echo: &mut String) -> Option<Key> {
        if std::mem::take(&mut self.after_return) && byte == b'\n' {
            return None;
        }
        if self.sequence != Sequence::None {
            self.go_on_in_sequence(byte);
            return None;
        }
        if byte >= 0x80 || !self.partial.is_empty() {
            return self.part_of_character(byte, echo);
        }
        match byte {
            b'\r' | b'\n' => {
                self.after_return = byte == b'\r';
                return Some(self.finish(echo));
            }
            ESC => self.sequence = Sequence::Begun,
            CTRL_C if self.echoes => {
                echo.push_str("\r\n");
                return Some(Key::Cancel);
            }
            CTRL_D if self.line.len() == 0 => {
                self.show("\r\n", echo);
                return Some(Key::End);
            }
            BACKSPACE | DELETE => {
                let gone = self.line.cut_last();
                self.blank(gone, echo);
            }
            CTRL_U => {
                let gone = self.line.cut_to(0);
                self.blank(gone, echo);
            }
            CTRL_W => {
                let words = self.line.as_str().trim_end_matches(' ');
                let keep = words.rfind(' ').map_or(0, |at| at + 1);
                let gone = self.line.cut_to(keep);
                self.blank(gone, echo);
            }
            b'\t' => {
                let spaces = TAB_COLUMNS - self.line.columns() % TAB_COLUMNS;
                return (0..spaces).find_map(|_| self.letter(' ', echo));
            }
            b' '..=b'~' => return self.letter(char::from(byte), echo),
            _ => {}
        }
        None
    }

    fn go_on_in_sequence(&mut self, byte: u8) {
        self.sequence = match (self.sequence, byte) {
            (Sequence::Begun, b'[') => Sequence::Control,
            (Sequence::Begun, b'O' | b'N') => Sequence::Single,
            (Sequence::Begun, b']' | b'P' | b'X' | b'^' | b'_') => Sequence::String,
            (Sequence::Begun | Sequence::Control, ESC) | (Sequence::String, ESC) => Sequence::Begun,
            (Sequence::Control, 0x20..=0x3f) | (Sequence::String, 0x20..=0xff) => self.sequence,
            _ => Sequence::None,
        };
    }

    /// A byte of a character beyond ASCII; what is no UTF-8 is left out.
    fn part_of_character(&mut self, byte: u8, echo: &mut String) -> Option<Key> {
        if byte < 0x80 {
            self.partial.clear();
            return self.key(byte, echo);
        }
        if byte >= 0xc0 {
            self.partial.clear();
        }
        self.partial.push(byte);
        match std::str::from_utf8(&self.partial) {
            Ok(text) => {
                let letter = text.chars().next();
                self.partial.clear();
                letter.filter(|letter| !is_forbidden(*letter)).and_then(|letter| self.letter(letter, echo))
            }
            Err(why) => {
                if why.error_len().is_some() || self.partial.len() >= 4 {
                    self.partial.clear();
                }
                None
            }
        }
    }

    fn letter(&mut self, letter: char, echo: &mut String) -> Option<Key> {
        let taken = self.line.push(letter);
        if taken && self.echoes && !self.secret {
            echo.push(letter);
        }
        (self.line.len() >= LINE_BYTES_MAX).then(|| self.finish(echo))
    }

    fn finish(&mut self, echo: &mut String) -> Key {
        self.show("\r\n", echo);
        Key::Line(self.take_line())
    }

    fn show(&self, text: &str, echo: &mut String) {
        if self.echoes {
            echo.push_str(text);
        }
    }

    /// Blanks as many columns as the terminal shows less.
    fn blank(&self, columns: usize, echo: &mut String) {
        if self.echoes && !self.secret {
            for sign in ["\x08", " ", "\x08"] {
                echo.extend(std::iter::repeat_n(sign, columns));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Types and gives the keys and the echo.
    fn typed(pty: bool, bytes: &[u8]) -> (Vec<Key>, String) {
        let mut typing = Typing::new(pty);
        let mut echo = String::new();
        let keys = bytes.iter().filter_map(|byte| typing.key(*byte, &mut echo)).collect();
        (keys, echo)
    }

    fn line(text: &str) -> Key {
        Key::Line(text.to_owned())
    }

    #[test]
    fn x2_a_line_is_echoed_and_ends_with_any_line_end() {
        assert_eq!(typed(true, b"tea\r"), (vec![line("tea")], "tea\r\n".to_owned()));
        assert_eq!(typed(true, b"a\r\nb\nc\r").0, [line("a"), line("b"), line("c")]);
        assert_eq!(typed(true, b"\r\r").0, [line(""), line("")]);
    }

    #[test]
    fn x2_without_a_pty_nothing_is_echoed() {
        assert_eq!(typed(false, "tea\n".as_bytes()), (vec![line("tea")], String::new()));
        assert_eq!(typed(false, b"te\x7fa\n"), (vec![line("ta")], String::new()));
    }

    #[test]
    fn x2_backspace_blanks_as_many_columns_as_the_letter_had() {
        assert_eq!(typed(true, b"ab\x7f\r"), (vec![line("a")], "ab\x08 \x08\r\n".to_owned()));
        let (keys, echo) = typed(true, "漢\x08x\r".as_bytes());
        assert_eq!(keys, [line("x")]);
        assert_eq!(echo, "漢\x08\x08  \x08\x08x\r\n");
        // An accent that came as a mark of its own goes with its letter.
        assert_eq!(typed(true, "xe\u{301}\x7f\r".as_bytes()).0, [line("x")]);
        assert_eq!(typed(true, b"\x7f\x7f\r"), (vec![line("")], "\r\n".to_owned()));
    }

    #[test]
    fn x2_a_line_and_a_word_can_be_taken_back() {
        assert_eq!(typed(true, b"one two\x15three\r").0, [line("three")]);
        assert_eq!(typed(true, b"one two  \x17\r").0, [line("one ")]);
        let (_, echo) = typed(true, b"ab\x15");
        assert_eq!(echo, "ab\x08\x08  \x08\x08");
    }

    #[test]
    fn x2_cancel_and_end() {
        assert_eq!(typed(true, b"abc\x03d\r").0, [Key::Cancel, line("abcd")]);
        assert_eq!(typed(true, b"a\x04\x15\x04").0, [Key::End]);
    }

    #[test]
    fn x2_a_secret_is_not_shown() {
        let mut typing = Typing::new(true);
        typing.set_secret(true);
        let mut echo = String::new();
        let keys: Vec<Key> =
            b"hunter2\x7f3\r".iter().filter_map(|byte| typing.key(*byte, &mut echo)).collect();
        assert_eq!(keys, [line("hunter3")]);
        assert_eq!(echo, "\r\n");
    }

    #[test]
    fn x2_keys_that_move_and_what_is_no_text_leave_no_trace() {
        for bytes in [
            "\x1b[A\x1b[1;5Ca\r".as_bytes(),
            b"\x1bOPa\r",
            b"\x1b]0;title\x07a\r",
            b"\x1bP1$r\x1b\\a\r",
            b"\x01\x02\x07\x0ea\r",
            "\u{202e}\u{200b}\u{9b}a\r".as_bytes(),
            b"\xff\xc3\xfe\x80a\r",
        ] {
            let (keys, echo) = typed(true, bytes);
            assert_eq!(keys, [line("a")], "{bytes:?}");
            assert_eq!(echo, "a\r\n", "{bytes:?}");
        }
    }

    #[test]
    fn x2_no_echo_ever_holds_an_escape() {
        for byte in 0..=255_u8 {
            for other in 0..=255_u8 {
                let (_, echo) = typed(true, &[b'x', byte, other, b'\r']);
                assert!(!echo.contains('\x1b'), "{byte} {other}");
            }
        }
    }

    #[test]
    fn x2_a_very_long_line_goes_on_as_the_next_one() {
        let long = vec![b'a'; LINE_BYTES_MAX + 3];
        let (keys, _) = typed(true, &[long.as_slice(), b"\r"].concat());
        assert_eq!(keys, [line(&"a".repeat(LINE_BYTES_MAX)), line("aaa")]);
    }
}
