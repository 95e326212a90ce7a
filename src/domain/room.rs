//! Live talk (L2, L6): what a line in a room and on the wall is, how long it may be and how long it lives, and what
//! a line that begins with a slash asks for.

use super::text::clean_line;
use super::words::words;

/// Longest line in a room, in characters.
pub const LINE_CHARS_MAX: usize = 500;
/// Longest line on the wall, in characters.
pub const WALL_CHARS_MAX: usize = 120;
/// Longest word on why one is away, in characters.
pub const AWAY_CHARS_MAX: usize = 80;
/// For how long a line in a room is shown, in seconds: a day (PRODUCT.md L2).
pub const LINE_LIVES_S: i64 = 24 * 60 * 60;
/// For how long a line on the wall is shown, in seconds: thirty days (PRODUCT.md L6).
pub const WALL_LIVES_S: i64 = 30 * 24 * 60 * 60;
/// For how long those who are quoted can answer whether their lines may be kept as a thread, in seconds: a day.
pub const KEEP_ASKS_S: i64 = 24 * 60 * 60;
/// Most lines that one proposal keeps.
pub const KEEP_LINES_MAX: i64 = 200;
/// After so long without a key a member is away, in seconds (PRODUCT.md L1).
pub const IDLE_S: i64 = 15 * 60;

words! {
    /// How a line is said.
    "kind of line" LineKind {
        /// `wren: good morning`
        Says = "says",
        /// `* wren waves`, said with `/me`.
        Does = "does",
    }
}

/// Why a text cannot be a line. The person's text is kept by the caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LineError {
    /// Nothing visible is in it.
    #[error("There is no text yet. Write something first.")]
    Empty,
    /// It is too long.
    #[error("The line is {chars} characters long; {max} is the most.")]
    Long {
        /// How long it is.
        chars: usize,
        /// How long it may be.
        max: usize,
    },
}

/// One clean line of at most `max` characters.
///
/// # Errors
/// When nothing is left of it or it is too long.
pub fn line(text: &str, max: usize) -> Result<String, LineError> {
    let line = clean_line(text);
    match line.chars().count() {
        0 => Err(LineError::Empty),
        chars if chars > max => Err(LineError::Long { chars, max }),
        _ => Ok(line),
    }
}

/// What was entered in a room's field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entered {
    /// A line to say, and how.
    Line(LineKind, String),
    /// Put the last own line into the field; with a text, put that in its place at once.
    Edit(String),
    /// Delete the last own line.
    Delete,
    /// Do not show somebody's lines any more.
    Ignore(String),
    /// Show them again.
    Unignore(String),
    /// One is away, perhaps with a word on why.
    Away(String),
    /// One is back.
    Back,
    /// Keep the last lines as a thread.
    Keep {
        /// How many.
        lines: i64,
        /// The thread's title.
        title: String,
    },
    /// One's own lines may be kept.
    Agree,
    /// They may not.
    Decline,
    /// Who is here.
    Who,
    /// Close the board's room.
    Close,
    /// What can be entered.
    Help,
    /// A command that there is not, or one that lacks something; the words say what to write instead.
    Unclear(String),
}

/// What can be entered besides lines: how it is written, and what it does.
pub const COMMANDS: &[(&str, &str)] = &[
    ("/me waves", "say what you do"),
    ("/edit", "edit your last line (also Up on an empty line)"),
    ("/delete", "delete your last line"),
    ("/ignore name", "hide somebody's lines from you; nobody is told"),
    ("/unignore name", "show them again"),
    ("/away [why]", "say that you are away; /back when you are back"),
    ("/keep 20 Title", "propose to keep the last 20 lines as a thread"),
    ("/agree, /decline", "answer whether your lines may be kept"),
    ("/who", "who is here"),
    ("/close", "close the board's room (its host, the staff)"),
    ("//text", "a line that begins with a slash"),
];

impl Entered {
    /// Reads what was entered. A line that begins with two slashes is a line that begins with one.
    pub fn parse(text: &str) -> Self {
        let text = text.trim();
        let Some(command) = text.strip_prefix('/').filter(|rest| !rest.starts_with('/')) else {
            let line = text.strip_prefix('/').unwrap_or(text);
            return Self::Line(LineKind::Says, line.to_owned());
        };
        let (name, rest) = command.split_once(char::is_whitespace).unwrap_or((command, ""));
        let rest = rest.trim().to_owned();
        let handle = || rest.trim_start_matches('@').to_owned();
        match name.to_ascii_lowercase().as_str() {
            "me" if !rest.is_empty() => Self::Line(LineKind::Does, rest),
            "me" => Self::Unclear("Say what you do: /me waves.".to_owned()),
            "edit" => Self::Edit(rest),
            "delete" | "del" => Self::Delete,
            "ignore" if !rest.is_empty() => Self::Ignore(handle()),
            "unignore" if !rest.is_empty() => Self::Unignore(handle()),
            "ignore" | "unignore" => Self::Unclear(format!("Say whose lines: /{name} name.")),
            "away" => Self::Away(rest),
            "back" => Self::Back,
            "keep" => keep(&rest),
            "agree" => Self::Agree,
            "decline" => Self::Decline,
            "who" | "names" => Self::Who,
            "close" => Self::Close,
            "help" | "?" => Self::Help,
            _ => Self::Unclear(format!(
                "There is no /{name}. /help lists what there is; // begins a line with a slash."
            )),
        }
    }
}

fn keep(rest: &str) -> Entered {
    let unclear = || Entered::Unclear("Say how many lines and a title: /keep 20 Soup for ten.".to_owned());
    let Some((count, title)) = rest.split_once(char::is_whitespace) else { return unclear() };
    match count.parse() {
        Ok(lines) if (1..=KEEP_LINES_MAX).contains(&lines) => {
            Entered::Keep { lines, title: title.trim().to_owned() }
        }
        Ok(_) => Entered::Unclear(format!("1 to {KEEP_LINES_MAX} lines can be kept at once.")),
        Err(_) => unclear(),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn l2_a_line_is_one_clean_line_of_at_most_five_hundred_characters() {
        assert_eq!(line(" good\x1b[31m\nmorning ", LINE_CHARS_MAX).unwrap(), "good morning");
        assert_eq!(line("\u{200b} ", LINE_CHARS_MAX), Err(LineError::Empty));
        let long = "x".repeat(LINE_CHARS_MAX + 1);
        assert_eq!(line(&long, LINE_CHARS_MAX), Err(LineError::Long { chars: 501, max: 500 }));
        assert!(line(&long[1..], LINE_CHARS_MAX).is_ok());
    }

    #[test]
    fn l2_what_begins_with_a_slash_asks_for_something() {
        let says = |text: &str| Entered::Line(LineKind::Says, text.to_owned());
        assert_eq!(Entered::parse(" hello "), says("hello"));
        assert_eq!(Entered::parse("//etc is a folder"), says("/etc is a folder"));
        assert_eq!(Entered::parse("/me waves"), Entered::Line(LineKind::Does, "waves".to_owned()));
        assert_eq!(Entered::parse("/edit"), Entered::Edit(String::new()));
        assert_eq!(Entered::parse("/ignore @Bob"), Entered::Ignore("Bob".to_owned()));
        assert_eq!(Entered::parse("/AWAY tea"), Entered::Away("tea".to_owned()));
        let kept = Entered::Keep { lines: 20, title: "Soup for ten".to_owned() };
        assert_eq!(Entered::parse("/keep 20 Soup for ten"), kept);
        for unclear in ["/me", "/ignore", "/keep", "/keep soup", "/keep 0 x", "/keep 201 x", "/dance"] {
            assert!(matches!(Entered::parse(unclear), Entered::Unclear(_)), "{unclear}");
        }
    }
}
