//! What a client says about itself and its terminal, bounded and cleaned before anybody sees it: user name, terminal
//! type, environment, window size. Everything here is hostile until it has passed.

/// Longest user name that is shown or logged, in characters.
const NAME_CHARS_MAX: usize = 32;
/// Longest part of a client's version line that is logged.
const VERSION_CHARS_MAX: usize = 64;
/// Longest `TERM`; the longest in terminfo has 41 characters.
const TERM_CHARS_MAX: usize = 64;
/// Most variables, longest name and longest value of the environment, which nobody sends more of by chance.
const ENV_COUNT_MAX: usize = 24;
const ENV_NAME_BYTES_MAX: usize = 32;
const ENV_VALUE_CHARS_MAX: usize = 128;

/// Variables that a session may look at; and the beginnings of names that it may look at.
const ENV_NAMES: [&str; 6] =
    ["LANG", "NO_COLOR", "COLORTERM", "TERM_PROGRAM", "TERM_PROGRAM_VERSION", "WT_SESSION"];
const ENV_PREFIXES: [&str; 2] = ["LC_", "HOB_"];

/// A window in cells, clamped to what hob draws.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// Columns.
    pub columns: u16,
    /// Rows.
    pub rows: u16,
}

/// A user name as it may be shown and logged: printable ASCII, bounded. Handles are ASCII, so nothing real is lost.
pub fn name(user: &str) -> String {
    let clean = |c: char| if c.is_ascii_graphic() { c } else { '?' };
    let mut shown: String = user.chars().take(NAME_CHARS_MAX).map(clean).collect();
    if user.chars().nth(NAME_CHARS_MAX).is_some() {
        shown.push_str("...");
    }
    if shown.is_empty() {
        shown.push_str("(no name)");
    }
    shown
}

/// A client's version line as it may be logged, without the protocol's own words.
pub fn version(line: &[u8]) -> String {
    let own = line.strip_prefix(b"SSH-2.0-").unwrap_or(line);
    let clean = |&b: &u8| if b == b' ' || b.is_ascii_graphic() { char::from(b) } else { '?' };
    own.iter().take(VERSION_CHARS_MAX).map(clean).collect()
}

/// A terminal type: what is not a letter, digit or one of `._+-` is dropped; a teletype if nothing is left.
pub fn term(named: &str) -> String {
    let known = |c: &char| c.is_ascii_alphanumeric() || "._+-".contains(*c);
    let term: String = named.chars().filter(known).take(TERM_CHARS_MAX).collect();
    if term.is_empty() { "dumb".to_owned() } else { term }
}

/// A window size: 0 means unknown and becomes 80x24; 2^32-1 and 1 arrive in the wild.
pub fn window(columns: u32, rows: u32) -> Window {
    let clamp = |cells: u32, unknown: u16, min: u16, max: u16| match u16::try_from(cells) {
        Ok(0) => unknown,
        Ok(cells) => cells.clamp(min, max),
        Err(_) => max,
    };
    Window { columns: clamp(columns, 80, 20, 500), rows: clamp(rows, 24, 5, 200) }
}

/// The environment that a client sent.
#[derive(Clone, Debug, Default)]
pub struct Env(Vec<(String, String)>);

impl Env {
    /// Takes a variable if a session may look at it; the latest value counts. False when it was refused.
    pub fn set(&mut self, name: &str, value: &str) -> bool {
        let listed = ENV_NAMES.contains(&name) || ENV_PREFIXES.iter().any(|prefix| name.starts_with(prefix));
        let sound = name.len() <= ENV_NAME_BYTES_MAX
            && name.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_');
        if !listed || !sound {
            return false;
        }
        let value: String =
            value.chars().filter(|&c| c == ' ' || c.is_ascii_graphic()).take(ENV_VALUE_CHARS_MAX).collect();
        if let Some(known) = self.0.iter_mut().find(|(known, _)| known == name) {
            known.1 = value;
            return true;
        }
        if self.0.len() >= ENV_COUNT_MAX {
            return false;
        }
        self.0.push((name.to_owned(), value));
        true
    }

    /// The variables, in the order in which they came.
    pub fn into_pairs(self) -> Vec<(String, String)> {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn window_sizes_are_clamped() {
        let of = |columns, rows| {
            let window = window(columns, rows);
            (window.columns, window.rows)
        };
        assert_eq!(of(0, 0), (80, 24));
        assert_eq!(of(80, 0), (80, 24));
        assert_eq!(of(u32::MAX, u32::MAX), (500, 200));
        assert_eq!(of(65_536, 65_535), (500, 200));
        assert_eq!(of(1, 1), (20, 5));
        assert_eq!(of(133, 43), (133, 43));
    }

    #[test]
    fn names_and_terminal_types_are_bounded_and_plain() {
        assert_eq!(name("ann"), "ann");
        assert_eq!(name("a\x1b[2J\u{202e}b"), "a?[2J?b");
        assert_eq!(name(""), "(no name)");
        assert_eq!(name(&"x".repeat(100_000)), format!("{}...", "x".repeat(32)));
        assert_eq!(version(b"SSH-2.0-OpenSSH_9.2p1 Debian-2"), "OpenSSH_9.2p1 Debian-2");
        assert_eq!(version(b"SSH-2.0-\x1b[2J\xff"), "?[2J?");
        assert_eq!(term("xterm-256color"), "xterm-256color");
        assert_eq!(term("a\x1b]0;b\x07/../c"), "a0b..c");
        assert_eq!(term("\u{1b}"), "dumb");
        assert_eq!(term(&"t".repeat(100_000)).len(), 64);
    }

    #[test]
    fn only_listed_variables_pass() {
        let mut env = Env::default();
        assert!(env.set("LANG", "de_DE.UTF-8"));
        assert!(env.set("LC_ALL", "C"));
        assert!(env.set("LANG", "C\x1b[31m\n.UTF-8"));
        for refused in ["LD_PRELOAD", "PATH", "TERM", "lang", "LC_\x1b", "HOB_x", "TERM_PROGRAM_X", ""] {
            assert!(!env.set(refused, "x"), "{refused:?}");
        }
        assert!(!env.set(&format!("LC_{}", "A".repeat(40)), "x"));
        assert!(env.set("NO_COLOR", &"1".repeat(100_000)));
        let many = (0..100).filter(|n| env.set(&format!("HOB_{n}"), "x")).count();
        let pairs = env.into_pairs();
        assert_eq!(pairs[0], ("LANG".to_owned(), "C[31m.UTF-8".to_owned()));
        assert_eq!(pairs[2].1.len(), ENV_VALUE_CHARS_MAX);
        assert_eq!((many, pairs.len()), (ENV_COUNT_MAX - 3, ENV_COUNT_MAX));
    }
}
