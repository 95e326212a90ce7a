//! Keeps the parser from reading more into a body than our dialect has. The marks it would trip over are parted or
//! replaced by characters that cleaning never lets through, and everything that comes back is restored.

use std::borrow::Cow;

use super::links::find_address;
use super::quote::{after_fence, quote_level};

/// Parts two characters that the parser would take for one mark.
const GUARD: char = '\u{fdd0}';

/// Stand for `_` and `*` inside of an address, where they are no emphasis.
const UNDERSCORE: char = '\u{fdd1}';
const ASTERISK: char = '\u{fdd2}';

/// Marks of quotes and lists at the head of one line that the parser gets to see. Far more than are drawn, and few
/// enough that no line makes the lines after it slow.
const MARKERS_MAX: usize = 32;

/// The body as the parser may read it:
/// * `[label]: target` is text, for a definition would vanish;
/// * a quote ends with its last line that begins with `>`, for people answer on the line below;
/// * addresses hold no emphasis;
/// * nothing nests without bound.
pub(super) fn guard(body: &str) -> Cow<'_, str> {
    let harmless = !body.contains("]:") && !body.contains("://") && !body.contains('>');
    if harmless && !body.split('\n').any(|line| deep_marker(line).is_some()) {
        return Cow::Borrowed(body);
    }
    let mut out = String::with_capacity(body.len() + body.len() / 16 + 64);
    let mut fence = None;
    let mut after_quote = false;
    for (n, line) in body.split('\n').enumerate() {
        if n > 0 {
            out.push('\n');
        }
        if after_quote && !line.is_empty() && quote_level(line) == 0 {
            out.push('\n');
        }
        after_quote = fence.is_none() && line.starts_with('>');
        fence = after_fence(fence, line);
        let at = deep_marker(line).unwrap_or(0);
        out.push_str(&line[..at]);
        if at > 0 {
            out.push(GUARD);
        }
        push_guarded(&mut out, &line[at..]);
    }
    Cow::Owned(out)
}

fn push_guarded(out: &mut String, line: &str) {
    let mut done = 0;
    while let Some(address) = find_address(line, done) {
        push_parted(out, &line[done..address.start]);
        out.extend(line[address.clone()].chars().map(|c| match c {
            '_' => UNDERSCORE,
            '*' => ASTERISK,
            other => other,
        }));
        done = address.end;
    }
    push_parted(out, &line[done..]);
}

fn push_parted(out: &mut String, text: &str) {
    let mut parts = text.split("]:");
    out.push_str(parts.next().unwrap_or_default());
    for part in parts {
        out.extend([']', GUARD, ':']);
        out.push_str(part);
    }
}

/// What was typed.
pub(super) fn unguarded(text: &str) -> Cow<'_, str> {
    if !text.contains([GUARD, UNDERSCORE, ASTERISK]) {
        return Cow::Borrowed(text);
    }
    let restored = text.chars().filter(|c| *c != GUARD).map(|c| match c {
        UNDERSCORE => '_',
        ASTERISK => '*',
        other => other,
    });
    Cow::Owned(restored.collect())
}

/// Where the first marker beyond `MARKERS_MAX` stands at the head of `line`. A thematic break has none.
fn deep_marker(line: &str) -> Option<usize> {
    if line.len() <= MARKERS_MAX {
        return None;
    }
    let bytes = line.as_bytes();
    let mut at = 0;
    let mut markers = 0;
    loop {
        at += bytes[at..].iter().take_while(|b| **b == b' ').count();
        if markers == MARKERS_MAX {
            break;
        }
        let digits = bytes[at..].iter().take(9).take_while(|b| b.is_ascii_digit()).count();
        let (length, needs_space) = match bytes.get(at + digits)? {
            b'>' if digits == 0 => (1, false),
            b'-' | b'+' | b'*' if digits == 0 => (1, true),
            b'.' | b')' if digits > 0 => (digits + 1, true),
            _ => return None,
        };
        at += length;
        if needs_space && !matches!(bytes.get(at), None | Some(b' ')) {
            return None;
        }
        markers += 1;
    }
    let is_break = |mark: u8| bytes.iter().all(|b| *b == mark || *b == b' ');
    (at < line.len() && !is_break(b'-') && !is_break(b'*')).then_some(at)
}
