//! Recognises terminal escape sequences, so that cleaning can remove them whole (ECMA-48 section 5.4, xterm's
//! control sequences). Only lengths are found here; nothing is ever interpreted.

/// Longest parameter part of a control sequence that is still taken for one. Real ones stay under 40 bytes (a
/// true-colour style); the bound keeps the look-ahead of hostile text constant.
const PARAMETER_BYTES_MAX: usize = 64;

/// Longest run of intermediate bytes that is still taken for part of a sequence. Real sequences have one or two.
const INTERMEDIATE_BYTES_MAX: usize = 4;

/// How many bytes after an ESC belong to its sequence. 0 when nothing recognisable follows.
pub(super) fn after_esc(rest: &[u8]) -> usize {
    let Some(&kind) = rest.first() else { return 0 };
    let body = &rest[1..];
    let length = match kind {
        b'[' => control_sequence(body),
        b']' => control_string(body, true),
        // DCS, SOS, PM, APC, and the window title of screen and tmux.
        b'P' | b'X' | b'^' | b'_' | b'k' => control_string(body, false),
        // A single shift takes the character after it along.
        b'N' | b'O' => Some(usize::from(body.first().is_some_and(|b| (0x21..=0x7e).contains(b)))),
        0x20..=0x2f => with_intermediates(rest).map(|n| n - 1),
        0x30..=0x7e => Some(0),
        _ => None,
    };
    length.map_or(0, |n| n + 1)
}

/// How many bytes after the C1 control character `c1` belong to its sequence.
pub(super) fn after_c1(c1: char, rest: &[u8]) -> usize {
    let length = match c1 {
        '\u{9b}' => control_sequence(rest),
        '\u{9d}' => control_string(rest, true),
        '\u{90}' | '\u{98}' | '\u{9e}' | '\u{9f}' => control_string(rest, false),
        _ => None,
    };
    length.unwrap_or(0)
}

/// Parameters, intermediates and the final byte of a CSI sequence.
fn control_sequence(bytes: &[u8]) -> Option<usize> {
    let parameters =
        bytes.iter().take(PARAMETER_BYTES_MAX).take_while(|b| (0x30..=0x3f).contains(*b)).count();
    let rest = &bytes[parameters..];
    let intermediates = intermediates(rest);
    let last = rest.get(intermediates)?;
    (0x40..=0x7e).contains(last).then_some(parameters + intermediates + 1)
}

/// Intermediates and the final byte of a short escape sequence such as `ESC ( B`.
fn with_intermediates(bytes: &[u8]) -> Option<usize> {
    let intermediates = intermediates(bytes);
    let last = bytes.get(intermediates)?;
    (0x30..=0x7e).contains(last).then_some(intermediates + 1)
}

fn intermediates(bytes: &[u8]) -> usize {
    bytes.iter().take(INTERMEDIATE_BYTES_MAX).take_while(|b| (0x20..=0x2f).contains(*b)).count()
}

/// The payload and terminator of a control string, when it ends on its own line. It stops at every other control
/// that could begin a sequence, so no byte is looked at more than twice however often a string is left open.
fn control_string(bytes: &[u8], ends_at_bell: bool) -> Option<usize> {
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            0x07 if ends_at_bell => return Some(at + 1),
            0x1b => return (bytes.get(at + 1) == Some(&b'\\')).then_some(at + 2),
            b'\n' | b'\r' | 0x18 | 0x1a => return None,
            // C1 controls arrive as two bytes of UTF-8; 0xC2 is always a first byte.
            0xc2 if matches!(bytes.get(at + 1), Some(0x80..=0x9f)) => {
                return (bytes[at + 1] == 0x9c).then_some(at + 2);
            }
            _ => at += 1,
        }
    }
    None
}
