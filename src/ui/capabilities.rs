//! What a member's terminal can show, from what its client said when it connected: the terminal type and the environment.
//! Pure data; the terminal itself is never asked, because an answer comes late, or never, or as typing.

/// How many colours a terminal can show; ordered, so that `>=` asks for "at least".
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ColorDepth {
    /// None: emphasis is bold, underlined or reversed.
    Mono,
    /// The sixteen of the terminal's own palette.
    Ansi16,
    /// The xterm palette of 256.
    Ansi256,
    /// 24 bits.
    True,
}

/// What one terminal can show.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Capabilities {
    /// How many colours.
    pub colors: ColorDepth,
    /// Text beyond ASCII arrives and is drawn; else borders, marks and letters must be ASCII.
    pub unicode: bool,
    /// Knows OSC 8, and so can open a link that has a text.
    pub hyperlinks: bool,
    /// Knows xterm's operating system commands and its stack of window titles, or at least swallows them.
    pub osc: bool,
    /// Has a screen with an addressable cursor; without one only the plain mode (X2) is of use.
    pub full_screen: bool,
    /// Inserts and deletes lines and jumps to a column, as everything since xterm does. Where this is not sure, drawing
    /// uses only what a VT100 knows.
    pub modern: bool,
    /// Erasing fills with the current background ("bce"); GNU screen, for one, fills with the default one.
    pub background_erase: bool,
}

impl Capabilities {
    /// A present-day terminal with every capability but true colour and links: what most people have, and what tests use.
    pub const COMMON: Self = Self {
        colors: ColorDepth::Ansi256,
        unicode: true,
        hyperlinks: false,
        osc: true,
        full_screen: true,
        modern: true,
        background_erase: true,
    };

    /// Reads them from the terminal type (`TERM`, as the client's `pty-req` named it) and the environment it sent.
    ///
    /// - `TERM_PROGRAM` and `WT_SESSION` name a few terminals that otherwise call themselves `xterm-256color`.
    /// - `NO_COLOR` that is not empty means no colours, whatever the terminal (no-color.org).
    /// - `COLORTERM` of `truecolor` or `24bit` raises a terminal that has colours.
    /// - `LC_ALL`, `LC_CTYPE`, `LANG`, the first that is not empty, says whether text beyond ASCII arrives (POSIX's order).
    ///   OpenSSH sends them only if configured to, so without them the type decides.
    pub fn from_terminal(term: &str, env: &[(String, String)]) -> Self {
        let term = term.trim().to_ascii_lowercase();
        let kind = Kind::of(&term);
        let program = value(env, "TERM_PROGRAM").unwrap_or_default().to_ascii_lowercase();
        let modern = matches!(kind, Kind::Linux | Kind::Common | Kind::Rich);
        // Windows Terminal gives no name of its own, only this; clients send it if configured to.
        let rich = kind == Kind::Rich
            || RICH_PROGRAMS.contains(&program.as_str())
            || (kind == Kind::Common && value(env, "WT_SESSION").is_some());
        Self {
            colors: colors(&term, kind, rich, env),
            unicode: locale_is_utf8(env).unwrap_or(modern),
            hyperlinks: rich,
            // PuTTY and GNU screen know titles and no stack of them: the old one would be lost.
            osc: matches!(kind, Kind::Common | Kind::Rich)
                && !["screen", "putty"].iter().any(|name| term.starts_with(name)),
            full_screen: kind != Kind::Dumb,
            modern,
            background_erase: modern && !term.starts_with("screen"),
        }
    }
}

/// What stands for a character on a terminal that shows only ASCII; for those who draw, who know nothing of texts.
pub use crate::domain::text::ascii;

/// Whether text in UTF-8 can be sent line by line. The locale decides; without one only terminals that have a character
/// set of their own get ASCII, for a pipe, a speech program and a dumb terminal say nothing of themselves.
pub fn takes_utf8(term: &str, env: &[(String, String)]) -> bool {
    let kind = Kind::of(&term.trim().to_ascii_lowercase());
    locale_is_utf8(env).unwrap_or(!matches!(kind, Kind::Dec | Kind::Pc))
}

/// Families of terminals that behave alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// Cannot even move the cursor, or does not say what it is.
    Dumb,
    /// A DEC terminal or what calls itself one: moves the cursor, has no colours, knows nothing beyond its own character set.
    Dec,
    /// An old PC console: sixteen colours, and a character set of its own.
    Pc,
    /// The Linux console: sixteen colours, and UTF-8 with a font that has the box-drawing characters.
    Linux,
    /// xterm, and whatever is like it; also names that nobody has heard of, for new terminals are like it.
    Common,
    /// Known to show true colour and OSC 8 links.
    Rich,
}

/// Terminal types that are known to show true colour and OSC 8 links, without their suffixes.
const RICH: &[&str] = &[
    "alacritty",
    "contour",
    "foot",
    "ghostty",
    "iterm2",
    "kitty",
    "mintty",
    "rio",
    "vscode",
    "warp",
    "wezterm",
    "zed",
];

/// The same by the name that programs give themselves in `TERM_PROGRAM`, which few clients send.
const RICH_PROGRAMS: &[&str] =
    &["alacritty", "ghostty", "iterm.app", "kitty", "vscode", "warpterminal", "wezterm", "zed"];

impl Kind {
    fn of(term: &str) -> Self {
        let mut parts = term.split(['-', '.', '+', '_']);
        let first = parts.next().unwrap_or_default();
        let named = if first == "xterm" { parts.next().unwrap_or(first) } else { first };
        let numbered = |prefix: &str| {
            first
                .strip_prefix(prefix)
                .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_alphanumeric()))
        };
        match first {
            "" | "dumb" | "unknown" | "network" | "dialup" | "tty" | "teletype" | "emacs" => Self::Dumb,
            _ if numbered("vt") || first == "wyse" || numbered("wy") => Self::Dec,
            "ansi" | "cygwin" | "pcansi" | "scoansi" | "sun" | "syncterm" | "cons25" => Self::Pc,
            "linux" => Self::Linux,
            _ if RICH.contains(&named) => Self::Rich,
            _ => Self::Common,
        }
    }
}

fn colors(term: &str, kind: Kind, rich: bool, env: &[(String, String)]) -> ColorDepth {
    if value(env, "NO_COLOR").is_some() {
        return ColorDepth::Mono;
    }
    match kind {
        Kind::Dumb | Kind::Dec => return ColorDepth::Mono,
        Kind::Pc | Kind::Linux => return ColorDepth::Ansi16,
        Kind::Common | Kind::Rich => {}
    }
    let ends = |suffixes: &[&str]| suffixes.iter().any(|suffix| term.ends_with(suffix));
    let named = match () {
        _ if ends(&["-m", "-mono"]) => return ColorDepth::Mono,
        _ if rich || ends(&["-direct", "-truecolor"]) => ColorDepth::True,
        _ if ends(&["-256color", "-256"]) => ColorDepth::Ansi256,
        // The rest promise eight; the bright eight are understood by all that are still in use.
        _ => ColorDepth::Ansi16,
    };
    let claims_true = value(env, "COLORTERM")
        .is_some_and(|claim| claim.eq_ignore_ascii_case("truecolor") || claim.eq_ignore_ascii_case("24bit"));
    if claims_true { ColorDepth::True } else { named }
}

/// Whether the locale that the client sent is one in UTF-8; `None` when it sent none.
fn locale_is_utf8(env: &[(String, String)]) -> Option<bool> {
    let locale =
        ["LC_ALL", "LC_CTYPE", "LANG"].iter().find_map(|name| value(env, name))?.to_ascii_lowercase();
    Some(locale.contains("utf-8") || locale.contains("utf8"))
}

/// The value of a variable that was sent and is not empty; the last, if it was sent twice, as a shell would have it.
fn value<'a>(env: &'a [(String, String)], name: &str) -> Option<&'a str> {
    let sent = env.iter().rev().find(|(sent, _)| sent == name)?;
    Some(sent.1.as_str()).filter(|value| !value.is_empty())
}

#[cfg(test)]
mod tests {
    use super::ColorDepth::{Ansi16, Ansi256, Mono, True};
    use super::*;

    fn read(term: &str, env: &str) -> Capabilities {
        let env: Vec<(String, String)> = env
            .split_whitespace()
            .filter_map(|pair| pair.split_once('='))
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        Capabilities::from_terminal(term, &env)
    }

    #[test]
    fn x2_lines_are_in_ascii_where_the_locale_or_an_old_terminal_says_so() {
        let env = |locale: &str| vec![("LANG".to_owned(), locale.to_owned())];
        for (term, locale, utf8) in [
            ("dumb", "C", false),
            ("dumb", "de_DE.ISO-8859-1", false),
            ("dumb", "de_DE.UTF-8", true),
            ("dumb", "", true),
            ("", "", true),
            ("vt100", "", false),
            ("vt100", "C.utf8", true),
            ("xterm", "POSIX", false),
        ] {
            assert_eq!(takes_utf8(term, &env(locale)), utf8, "TERM={term} LANG={locale}");
        }
    }

    #[test]
    fn colours_and_unicode_by_type_and_environment() {
        let table = [
            // Type, environment, colours, unicode.
            ("xterm-256color", "", Ansi256, true),
            ("XTERM-256COLOR", "", Ansi256, true),
            ("xterm", "", Ansi16, true),
            ("xterm-16color", "", Ansi16, true),
            ("xterm-mono", "", Mono, true),
            ("xterm-direct", "", True, true),
            ("xterm-kitty", "", True, true),
            ("xterm-ghostty", "", True, true),
            ("alacritty", "", True, true),
            ("alacritty-direct", "", True, true),
            ("foot", "", True, true),
            ("foot-extra", "", True, true),
            ("wezterm", "", True, true),
            ("tmux-256color", "", Ansi256, true),
            ("tmux-direct", "", True, true),
            ("screen", "", Ansi16, true),
            ("screen.xterm-256color", "", Ansi256, true),
            ("putty-256color", "", Ansi256, true),
            ("rxvt-unicode-256color", "", Ansi256, true),
            ("st-256color", "COLORTERM=truecolor", True, true),
            ("xterm-256color", "COLORTERM=24bit", True, true),
            ("xterm-256color", "COLORTERM=TrueColor", True, true),
            ("xterm-256color", "COLORTERM=yes", Ansi256, true),
            ("xterm-256color", "TERM_PROGRAM=iTerm.app", True, true),
            ("something-new", "", Ansi16, true),
            ("linux", "", Ansi16, true),
            ("linux", "COLORTERM=truecolor", Ansi16, true),
            ("linux", "LANG=de_DE.ISO-8859-1", Ansi16, false),
            ("cygwin", "", Ansi16, false),
            ("ansi", "", Ansi16, false),
            ("vt100", "", Mono, false),
            ("vt220-8bit", "", Mono, false),
            ("vt220", "LANG=en_GB.UTF-8", Mono, true),
            ("vt100", "COLORTERM=truecolor", Mono, false),
            ("dumb", "", Mono, false),
            ("dumb", "LC_CTYPE=C.UTF-8", Mono, true),
            ("", "", Mono, false),
            // NO_COLOR, empty and not; it wins over everything.
            ("xterm-kitty", "NO_COLOR=1 COLORTERM=truecolor", Mono, true),
            ("xterm-256color", "NO_COLOR=", Ansi256, true),
            // The locale: order, empties, spellings, and the one that says no.
            ("xterm-256color", "LANG=C", Ansi256, false),
            ("xterm-256color", "LANG=POSIX", Ansi256, false),
            ("xterm-256color", "LANG=ja_JP.eucJP", Ansi256, false),
            ("xterm-256color", "LANG=fr_FR.utf8", Ansi256, true),
            ("xterm-256color", "LANG=C LC_CTYPE=en_US.UTF-8", Ansi256, true),
            ("xterm-256color", "LC_CTYPE=UTF-8", Ansi256, true),
            ("xterm-256color", "LC_ALL=C LANG=en_US.UTF-8", Ansi256, false),
            ("xterm-256color", "LC_ALL= LANG=en_US.UTF-8", Ansi256, true),
            ("xterm-256color", "LANG=", Ansi256, true),
            ("xterm-256color", "LC_TIME=C", Ansi256, true),
        ];
        for (term, env, colors, unicode) in table {
            let read = read(term, env);
            assert_eq!((read.colors, read.unicode), (colors, unicode), "TERM={term} {env}");
        }
    }

    #[test]
    fn links_screen_and_age_by_type() {
        let table = [
            // Type, links, full screen, modern, erases to the background.
            ("xterm-256color", [false, true, true, true]),
            ("xterm-kitty", [true, true, true, true]),
            ("foot", [true, true, true, true]),
            ("tmux-256color", [false, true, true, true]),
            ("screen-256color", [false, true, true, false]),
            ("linux", [false, true, true, true]),
            ("vt100", [false, true, false, false]),
            ("ansi", [false, true, false, false]),
            ("something-new", [false, true, true, true]),
            ("dumb", [false, false, false, false]),
            ("unknown", [false, false, false, false]),
            ("", [false, false, false, false]),
        ];
        for (term, expected) in table {
            let Capabilities { hyperlinks, full_screen, modern, background_erase, .. } = read(term, "");
            assert_eq!([hyperlinks, full_screen, modern, background_erase], expected, "TERM={term}");
        }
        assert!(read("xterm-256color", "TERM_PROGRAM=WezTerm").hyperlinks);
    }

    /// The terminals of issue 3 as their clients present them, by default and where something is configured.
    #[test]
    fn the_terminals_that_people_have() {
        const UTF8: &str = "LANG=en_GB.UTF-8";
        let table = [
            // Whose, type, environment, colours, [unicode, links, modern, erases to the background].
            ("xterm", "xterm-256color", UTF8, Ansi256, [true, false, true, true]),
            ("xterm, direct colour", "xterm-direct", UTF8, True, [true, false, true, true]),
            ("Terminal.app", "xterm-256color", "LC_CTYPE=UTF-8", Ansi256, [true, false, true, true]),
            (
                "Terminal.app, named",
                "xterm-256color",
                "TERM_PROGRAM=Apple_Terminal",
                Ansi256,
                [true, false, true, true],
            ),
            ("iTerm2", "xterm-256color", "TERM_PROGRAM=iTerm.app", True, [true, true, true, true]),
            ("Windows Terminal", "xterm-256color", "", Ansi256, [true, false, true, true]),
            ("Windows Terminal, named", "xterm-256color", "WT_SESSION=7a1b", True, [true, true, true, true]),
            ("PuTTY", "xterm", "", Ansi16, [true, false, true, true]),
            ("PuTTY, named", "putty", "", Ansi16, [true, false, true, true]),
            ("PuTTY, 256 colours", "putty-256color", "", Ansi256, [true, false, true, true]),
            ("GNOME, KDE", "xterm-256color", "COLORTERM=truecolor", True, [true, false, true, true]),
            ("alacritty", "alacritty", UTF8, True, [true, true, true, true]),
            ("kitty", "xterm-kitty", UTF8, True, [true, true, true, true]),
            ("foot", "foot", UTF8, True, [true, true, true, true]),
            ("wezterm", "wezterm", UTF8, True, [true, true, true, true]),
            ("wezterm, as xterm", "xterm-256color", "TERM_PROGRAM=WezTerm", True, [true, true, true, true]),
            ("Linux console", "linux", UTF8, Ansi16, [true, false, true, true]),
            ("Linux console, C", "linux", "LANG=C", Ansi16, [false, false, true, true]),
            ("tmux", "tmux-256color", UTF8, Ansi256, [true, false, true, true]),
            ("tmux, old", "screen-256color", UTF8, Ansi256, [true, false, true, false]),
            ("screen", "screen", UTF8, Ansi16, [true, false, true, false]),
            ("screen in xterm", "screen.xterm-256color", UTF8, Ansi256, [true, false, true, false]),
            ("tmux, true colour", "tmux-256color", "COLORTERM=truecolor", True, [true, false, true, true]),
            ("mosh", "xterm-256color", UTF8, Ansi256, [true, false, true, true]),
            ("a VT100", "vt100", "", Mono, [false, false, false, false]),
            ("no colours wanted", "foot", "NO_COLOR=1", Mono, [true, true, true, true]),
            ("WT_SESSION, but dumb", "dumb", "WT_SESSION=7a1b", Mono, [false, false, false, false]),
        ];
        for (whose, term, env, colors, expected) in table {
            let read = read(term, env);
            let found = [read.unicode, read.hyperlinks, read.modern, read.background_erase];
            assert_eq!((read.colors, found), (colors, expected), "{whose}: TERM={term} {env}");
            assert_eq!(read.full_screen, term != "dumb", "{whose}");
        }
    }

    #[test]
    fn depths_are_ordered() {
        assert!(Mono < Ansi16 && Ansi16 < Ansi256 && Ansi256 < True);
    }
}
