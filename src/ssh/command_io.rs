//! The three streams of `ssh host <command>`, over an SSH channel: plain pipes, or a terminal (`ssh -t`), which is raw
//! on the other side and wants carriage returns, an echo, and an end of input by Ctrl-D.

use std::io;
use std::sync::Arc;

use super::inbox::{Arrival, Inbox};
use super::line::{Outlet, Stream};
use crate::command::CommandIo;

const CTRL_C: u8 = 0x03;
const CTRL_D: u8 = 0x04;
const BACKSPACE: u8 = 0x08;
const DELETE: u8 = 0x7f;

/// The streams of one command.
pub struct ChannelIo {
    inbox: Arc<Inbox>,
    outlet: Outlet,
    terminal: bool,
}

impl ChannelIo {
    /// The streams of a command on this channel; `terminal` when the client asked for a pty.
    pub fn new(inbox: Arc<Inbox>, outlet: Outlet, terminal: bool) -> Self {
        Self { inbox, outlet, terminal }
    }

    /// Reads lines typed at a raw terminal until Ctrl-D.
    async fn read_typed(&mut self, limit: usize) -> io::Result<Option<Vec<u8>>> {
        let mut typed = Typed::default();
        loop {
            let bytes = match self.inbox.take().await {
                Arrival::Bytes(bytes) => bytes,
                Arrival::Resized(_) => continue,
                Arrival::End => return Ok(Some(typed.text)),
                Arrival::Gone => return Err(io::ErrorKind::BrokenPipe.into()),
            };
            let mut echo = Vec::new();
            let done = bytes.into_iter().find_map(|byte| typed.key(byte, &mut echo));
            if !echo.is_empty() {
                self.outlet.write(Stream::Out, echo).await?;
            }
            match done {
                Some(Done::End) => return Ok(Some(typed.text)),
                Some(Done::Abort) => return Err(io::ErrorKind::Interrupted.into()),
                None if typed.text.len() > limit => return Ok(None),
                None => {}
            }
        }
    }

    async fn read_piped(&mut self, limit: usize) -> io::Result<Option<Vec<u8>>> {
        let mut input = Vec::new();
        loop {
            match self.inbox.take().await {
                Arrival::Bytes(bytes) => input.extend_from_slice(&bytes),
                Arrival::Resized(_) => {}
                Arrival::End => return Ok(Some(input)),
                // The line broke in the middle: half a text must not be taken for the whole.
                Arrival::Gone => return Err(io::ErrorKind::BrokenPipe.into()),
            }
            if input.len() > limit {
                return Ok(None);
            }
        }
    }
}

impl CommandIo for ChannelIo {
    async fn read_input(&mut self, limit: usize) -> io::Result<Option<Vec<u8>>> {
        let input = if self.terminal { self.read_typed(limit).await } else { self.read_piped(limit).await }?;
        Ok(input.filter(|input| input.len() <= limit))
    }

    fn is_terminal(&self) -> bool {
        self.terminal
    }

    async fn out(&mut self, bytes: Vec<u8>) -> io::Result<()> {
        let bytes = if self.terminal { with_carriage_returns(&bytes) } else { bytes };
        self.outlet.write(Stream::Out, bytes).await
    }

    async fn err(&mut self, bytes: Vec<u8>) -> io::Result<()> {
        if self.terminal {
            return self.outlet.write(Stream::Out, with_carriage_returns(&bytes)).await;
        }
        self.outlet.write(Stream::Err, bytes).await
    }
}

/// A raw terminal does not return the carriage by itself.
fn with_carriage_returns(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len() + bytes.len() / 16);
    for &byte in bytes {
        if byte == b'\n' && out.last() != Some(&b'\r') {
            out.push(b'\r');
        }
        out.push(byte);
    }
    out
}

enum Done {
    End,
    Abort,
}

/// Text typed line by line.
#[derive(Default)]
struct Typed {
    text: Vec<u8>,
}

impl Typed {
    /// Takes one byte, says what to echo and whether that was the end.
    fn key(&mut self, byte: u8, echo: &mut Vec<u8>) -> Option<Done> {
        match byte {
            CTRL_C => return Some(Done::Abort),
            CTRL_D => return Some(Done::End),
            b'\r' | b'\n' => {
                self.text.push(b'\n');
                echo.extend_from_slice(b"\r\n");
            }
            BACKSPACE | DELETE if self.rub_out() => echo.extend_from_slice(b"\x08 \x08"),
            b'\t' | b' '..=b'~' | 0x80.. => {
                self.text.push(byte);
                echo.push(byte);
            }
            // Arrow keys and the like begin with a control byte; there is nothing here to move in.
            _ => {}
        }
        None
    }

    /// Takes back the last character of the line, if there is one.
    fn rub_out(&mut self) -> bool {
        while let Some(&byte) = self.text.last() {
            if byte == b'\n' {
                return false;
            }
            self.text.pop();
            let continues = byte & 0b1100_0000 == 0b1000_0000;
            if !continues {
                return true;
            }
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn type_in(bytes: &[u8]) -> (String, String, bool) {
        let (mut typed, mut echo) = (Typed::default(), Vec::new());
        let done = bytes.iter().any(|&byte| typed.key(byte, &mut echo).is_some());
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        (text(&typed.text), text(&echo), done)
    }

    #[test]
    fn typed_lines_end_with_ctrl_d_and_can_be_corrected() {
        assert_eq!(type_in(b"ab\x7fc\r\x7fd\x04x").0, "ac\nd");
        assert_eq!(type_in(b"ab\x7fc\r\x7fd\x04x").1, "ab\x08 \x08c\r\nd");
        assert_eq!(type_in("é\x7f".as_bytes()).0, "");
        assert!(!type_in(b"text").2);
        assert!(type_in(b"text\x03").2);
    }

    #[test]
    fn lines_for_a_terminal_return_the_carriage_once() {
        assert_eq!(with_carriage_returns(b"a\nb\r\n\n"), b"a\r\nb\r\n\r\n");
    }
}
