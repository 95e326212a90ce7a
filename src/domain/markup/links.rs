//! Where links may lead, how addresses are written down, and how they are found in plain text.

use std::collections::HashMap;
use std::ops::Range;

/// Schemes that a link may have. Whatever else an address is (`javascript:`, `file:`, a bare path), it is shown as
/// text and never becomes a hyperlink.
pub const SCHEMES: &[&str] =
    &["http", "https", "gemini", "gopher", "finger", "mailto", "ssh", "sftp", "ftp", "irc", "ircs", "xmpp"];

/// Schemes of the links that are handed to the terminal itself (OSC 8), which may open them with one click: pages and
/// mail. The others are shown, and whoever wants to go there copies them.
pub const HYPERLINK_SCHEMES: &[&str] = &["http", "https", "gemini", "mailto"];

/// Whether a cleaned address may become a hyperlink of the terminal: its scheme is one of [`HYPERLINK_SCHEMES`], and it
/// is printable ASCII, so that nothing in it ends the sequence.
///
/// ```
/// use hob::domain::markup::is_hyperlink;
/// assert!(is_hyperlink("https://a.example/"));
/// assert!(!is_hyperlink("ssh://a.example/"));
/// assert!(!is_hyperlink("https://a.example/\x1b\\"));
/// ```
pub fn is_hyperlink(address: &str) -> bool {
    let known = address.split_once(':').is_some_and(|(scheme, _)| HYPERLINK_SCHEMES.contains(&scheme));
    known && address.len() <= LINK_BYTES_MAX && address.bytes().all(|byte| (0x21..=0x7e).contains(&byte))
}

/// Longest address that becomes a link; terminals cut or ignore longer hyperlinks (VTE takes 2,083 bytes).
pub const LINK_BYTES_MAX: usize = 2_000;

/// The links of a document, in order, each address once.
#[derive(Default)]
pub(super) struct LinkBook {
    numbers: HashMap<String, u16>,
    addresses: Vec<String>,
}

impl LinkBook {
    /// The number of `address`, counted from 1; 0 when there are more links than numbers.
    pub fn number(&mut self, address: String) -> u16 {
        if let Some(number) = self.numbers.get(&address) {
            return *number;
        }
        // The largest number stands for a link that is not numbered yet.
        let Some(number) = u16::try_from(self.addresses.len() + 1).ok().filter(|n| *n < u16::MAX) else {
            return 0;
        };
        self.addresses.push(address.clone());
        self.numbers.insert(address, number);
        number
    }

    pub fn addresses(&self) -> &[String] {
        &self.addresses
    }

    pub fn into_addresses(self) -> Vec<String> {
        self.addresses
    }
}

/// The address in printable ASCII, if it may be a link. Everything else in it is percent-encoded, which also shows
/// letters that pose as others.
pub(super) fn address(raw: &str) -> Option<String> {
    let raw = raw.trim();
    let (scheme, rest) = raw.split_once(':')?;
    if rest.is_empty() || !SCHEMES.iter().any(|known| known.eq_ignore_ascii_case(scheme)) {
        return None;
    }
    let mut out = scheme.to_ascii_lowercase();
    out.push(':');
    for byte in rest.bytes() {
        match byte {
            0x21..=0x7e => out.push(char::from(byte)),
            _ => {
                out.push('%');
                out.push(char::from(b"0123456789ABCDEF"[usize::from(byte >> 4)]));
                out.push(char::from(b"0123456789ABCDEF"[usize::from(byte & 15)]));
            }
        }
    }
    (out.len() <= LINK_BYTES_MAX).then_some(out)
}

/// Whether `text` poses as an address other than `address`: then the true one is shown beside it.
pub(super) fn misleads(text: &str, true_address: &str) -> bool {
    let text = text.trim();
    let bare = |s: &str| {
        let s = s.split_once("://").map_or(s, |(_, rest)| rest);
        s.trim_end_matches('/').to_ascii_lowercase()
    };
    let looks_like_one =
        text.contains("://") || text.get(..4).is_some_and(|s| s.eq_ignore_ascii_case("www."));
    looks_like_one && bare(&address(text).unwrap_or_else(|| text.to_owned())) != bare(true_address)
}

/// The first address written out in `text` at or after `from`.
pub(super) fn find_address(text: &str, from: usize) -> Option<Range<usize>> {
    let mut search = from;
    while let Some(found) = text[search..].find("://") {
        let colon = search + found;
        search = colon + 3;
        let scheme = text[from..colon].bytes().rev().take_while(u8::is_ascii_alphanumeric).count();
        let start = colon - scheme;
        if !SCHEMES.iter().any(|known| known.eq_ignore_ascii_case(&text[start..colon])) {
            continue;
        }
        if text[..start].ends_with(|c: char| c.is_alphanumeric()) {
            continue;
        }
        let end = search + address_bytes(&text[search..]);
        if end > search {
            return Some(start..end);
        }
    }
    None
}

/// How much of `rest` belongs to an address: up to a space or a delimiter, without the stops of the sentence around it.
fn address_bytes(rest: &str) -> usize {
    let fits = |c: char| match c {
        '<' | '>' | '"' | '`' | '{' | '}' | '|' | '\\' | '^' => false,
        '!'..='~' => true,
        // Letters of most scripts, but not ideographs: those write no space after an address.
        _ => c.is_alphanumeric() && c < '\u{2e80}',
    };
    let mut address = &rest[..rest.find(|c| !fits(c)).unwrap_or(rest.len())];
    let unclosed = |closing: char, opening: char| {
        let count =
            |c| rest.get(..LINK_BYTES_MAX.min(address.len())).map_or(0, |s: &str| s.matches(c).count());
        count(closing) > count(opening)
    };
    let (mut round, mut square) = (unclosed(')', '('), unclosed(']', '['));
    while let Some(last) = address.chars().next_back() {
        match last {
            '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '*' | '_' | '~' => {}
            ')' if round => round = false,
            ']' if square => square = false,
            _ => break,
        }
        address = &address[..address.len() - 1];
    }
    address.len()
}
