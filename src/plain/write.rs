//! Writing a text line by line: a line with a single dot ends it, lines that begin with a tilde are commands. What is
//! written is kept as a draft while it is typed.

use super::post::body;
use super::talk::{Heard, Talk};
use super::turn::{Talked, Turn};
use crate::domain::draft::{DRAFT_LEN_MAX, DraftTarget};
use crate::domain::ids::PostNo;
use crate::service::drafts::SaveDraft;

/// Lines that can be added to a text: the shortest are a byte long, and take more than that to be held.
const LINES_MAX: usize = 16 * 1024;

/// What can be said in the middle of a text.
const HELP: &str = "A line with a single dot ends the text. Two dots stand for one.\n\
                    ~p prints what there is, with numbers.\n\
                    ~e NUMBER replaces that line; ~d NUMBER deletes it.\n\
                    ~v says the text as its readers will meet it.\n\
                    ~q leaves; what there is, is kept as a draft.\n\
                    A line that shall begin like one of these has one more tilde before it.";

/// Under which draft a text is kept.
#[derive(Clone, Debug)]
pub(super) struct Keep {
    pub(super) target: DraftTarget,
    pub(super) title: String,
    pub(super) reply_to: Option<PostNo>,
}

impl Keep {
    /// A text without a title that answers no post.
    pub(super) fn of(target: DraftTarget) -> Self {
        Self { target, title: String::new(), reply_to: None }
    }
}

/// How the writing ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Written {
    /// By a dot.
    Ended,
    /// By `~q` or Ctrl-C: the draft is kept.
    Left,
}

/// A text of lines.
#[derive(Clone, Debug, Default)]
pub(super) struct Lines {
    lines: Vec<String>,
    bytes: usize,
}

impl Lines {
    pub(super) fn of(text: &str) -> Self {
        let lines: Vec<String> = text.lines().map(str::to_owned).collect();
        let bytes = lines.iter().map(|line| line.len() + 1).sum();
        Self { lines, bytes }
    }

    pub(super) fn text(&self) -> String {
        self.lines.join("\n")
    }

    pub(super) fn len(&self) -> usize {
        self.lines.len()
    }

    /// Adds a line, if there is room.
    fn push(&mut self, line: String) -> bool {
        let fits = self.bytes + line.len() < DRAFT_LEN_MAX && self.lines.len() < LINES_MAX;
        if fits {
            self.bytes += line.len() + 1;
            self.lines.push(line);
        }
        fits
    }

    fn get(&self, number: usize) -> Option<&String> {
        self.lines.get(number.checked_sub(1)?)
    }

    /// Puts another line in the place of one, if there is room.
    fn replace(&mut self, number: usize, line: String) -> bool {
        let Some(old) = number.checked_sub(1).and_then(|at| self.lines.get_mut(at)) else { return false };
        let bytes = self.bytes - old.len() + line.len();
        let fits = bytes <= DRAFT_LEN_MAX || line.len() <= old.len();
        if fits {
            self.bytes = bytes;
            *old = line;
        }
        fits
    }

    fn delete(&mut self, number: usize) {
        if let Some(at) = number.checked_sub(1).filter(|at| *at < self.lines.len()) {
            self.bytes -= self.lines.remove(at).len() + 1;
        }
    }
}

/// What a typed line is.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Typed {
    Text(String),
    End,
    Quit,
    Print,
    Preview,
    Help,
    Replace(usize),
    Delete(usize),
}

fn typed(line: &str) -> Typed {
    match line.trim_end() {
        ".." => Typed::Text(".".to_owned()),
        other => match command(other) {
            Some(command) => command,
            // One tilde more than a command: the command as text.
            None => match other.strip_prefix('~').filter(|rest| command(rest).is_some()) {
                Some(rest) => Typed::Text(rest.to_owned()),
                None => Typed::Text(line.to_owned()),
            },
        },
    }
}

fn command(line: &str) -> Option<Typed> {
    let numbered = |rest: &str| rest.trim().parse::<usize>().ok().filter(|number| *number > 0);
    Some(match line {
        "." => Typed::End,
        "~q" => Typed::Quit,
        "~p" => Typed::Print,
        "~v" => Typed::Preview,
        "~h" | "~?" => Typed::Help,
        _ => match (line.strip_prefix("~e "), line.strip_prefix("~d ")) {
            (Some(rest), _) => Typed::Replace(numbered(rest)?),
            (_, Some(rest)) => Typed::Delete(numbered(rest)?),
            _ => return None,
        },
    })
}

impl Talk {
    /// Takes a text line by line. Whatever ends it, the draft is as it was written last.
    pub(super) async fn write(&mut self, lines: &mut Lines, keep: &Keep) -> Talked<Written> {
        self.set_keeping(true);
        let written = self.write_lines(lines, keep).await;
        self.set_keeping(false);
        if !matches!(written, Ok(Written::Ended)) {
            // What stands on the line and was not finished is part of the text as well.
            let unfinished = self.typing.take_line();
            if !unfinished.is_empty() {
                lines.push(unfinished);
            }
        }
        self.keep(lines, keep).await?;
        written
    }

    async fn write_lines(&mut self, lines: &mut Lines, keep: &Keep) -> Talked<Written> {
        loop {
            let line = match self.hear().await? {
                Heard::Line(line) => line,
                Heard::Cancel => return Ok(Written::Left),
                Heard::Time => {
                    self.keep_unfinished(lines, keep).await?;
                    continue;
                }
            };
            match typed(&line) {
                Typed::End => return Ok(Written::Ended),
                Typed::Quit => return Ok(Written::Left),
                Typed::Text(text) => {
                    if !lines.push(text) {
                        self.say("The text is full: this line was not taken. End it with a dot, or ~d deletes lines.").await?;
                    }
                }
                Typed::Print => self.print_lines(lines).await?,
                Typed::Preview => self.say(&body(&lines.text(), false)).await?,
                Typed::Help => self.say(HELP).await?,
                Typed::Replace(number) => self.replace_line(lines, number).await?,
                Typed::Delete(number) => match lines.get(number) {
                    Some(_) => {
                        lines.delete(number);
                        self.say(&format!("Line {number} is deleted. Go on.")).await?;
                    }
                    None => self.no_such_line(lines, number).await?,
                },
            }
            // A sanction bites at the next line; the text is kept.
            self.look_up().await?;
            if self.must_keep() {
                self.keep_unfinished(lines, keep).await?;
            }
        }
    }

    async fn print_lines(&mut self, lines: &Lines) -> Talked<()> {
        if lines.len() == 0 {
            return self.say("There is no text yet.").await;
        }
        for (line, number) in lines.lines.iter().zip(1..) {
            self.say(&format!("{number} {line}")).await?;
        }
        self.say("Go on.").await
    }

    async fn no_such_line(&mut self, lines: &Lines, number: usize) -> Talked<()> {
        self.say(&format!("There is no line {number}; the text has {}.", lines.len())).await
    }

    async fn replace_line(&mut self, lines: &mut Lines, number: usize) -> Talked<()> {
        let Some(old) = lines.get(number).cloned() else { return self.no_such_line(lines, number).await };
        self.say(&format!("Line {number} is: {old}")).await?;
        match self.ask_any(&format!("new line {number}")).await {
            Ok(new) => {
                let fits = lines.replace(number, new);
                let full = "The text is full: the line stays as it was. ~d deletes lines. Go on.";
                self.say(if fits { "Go on." } else { full }).await
            }
            Err(Turn::Cancelled) => self.say("The line stays as it was. Go on.").await,
            Err(other) => Err(other),
        }
    }

    /// Keeps what there is, with what stands on the line.
    async fn keep_unfinished(&mut self, lines: &Lines, keep: &Keep) -> Talked<()> {
        self.must_keep();
        let mut all = lines.clone();
        let unfinished = self.typing.unfinished().to_owned();
        if !unfinished.is_empty() {
            all.push(unfinished);
        }
        self.keep(&all, keep).await
    }

    /// Keeps a text as a draft. A refusal is said; the text stays with the writer.
    pub(super) async fn keep(&mut self, lines: &Lines, keep: &Keep) -> Talked<()> {
        let Keep { target, title, reply_to } = keep.clone();
        let save = SaveDraft { target, title, body: lines.text(), reply_to };
        match self.call(save).await {
            // Said at the next end of a line, never into the middle of one.
            Err(Turn::Refused(why)) if self.typing.unfinished().is_empty() => {
                self.say(&format!("The draft could not be kept: {why}")).await
            }
            Err(Turn::Refused(_)) => Ok(()),
            other => other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn x2_dots_and_tildes() {
        let text = |text: &str| Typed::Text(text.to_owned());
        for (line, meant) in [
            (".", Typed::End),
            (". ", Typed::End),
            ("..", text(".")),
            ("...", text("...")),
            (".x", text(".x")),
            ("~q", Typed::Quit),
            ("~e 3", Typed::Replace(3)),
            ("~d 12", Typed::Delete(12)),
            ("~e", text("~e")),
            ("~e 0", text("~e 0")),
            ("~~q", text("~q")),
            ("~~d 1", text("~d 1")),
            ("~~~", text("~~~")),
            ("~~~rust", text("~~~rust")),
            ("  indented", text("  indented")),
            ("", text("")),
        ] {
            assert_eq!(typed(line), meant, "{line:?}");
        }
    }

    #[test]
    fn x2_lines_are_bounded() {
        let mut lines = Lines::of("one\ntwo");
        assert_eq!((lines.len(), lines.text().as_str()), (2, "one\ntwo"));
        assert!(!lines.push("x".repeat(DRAFT_LEN_MAX)));
        lines.delete(1);
        lines.delete(9);
        assert_eq!(lines.text(), "two");
        assert!(lines.push("x".repeat(DRAFT_LEN_MAX - 10)));
        assert!(lines.get(0).is_none());
    }

    /// SAFETY, Transport: memory per session has a bound whatever the client does.
    #[test]
    fn neither_longer_lines_in_place_of_short_ones_nor_very_many_are_taken() {
        let mut lines = Lines::default();
        let taken = (0..LINES_MAX + 100).filter(|_| lines.push("x".to_owned())).count();
        assert_eq!((taken, lines.len()), (LINES_MAX, LINES_MAX));
        let longer = "y".repeat(16 * 1024);
        let replaced = (1..=100).filter(|number| lines.replace(*number, longer.clone())).count();
        assert!((9..=11).contains(&replaced), "{replaced}");
        assert!(lines.text().len() <= DRAFT_LEN_MAX);
        assert!(!lines.replace(0, String::new()) && !lines.replace(LINES_MAX + 1, String::new()));
        assert!(lines.replace(100, "z".to_owned()), "a line that is no longer always has room");
        lines.delete(1);
        assert!(lines.replace(101, "y".repeat(1_000)), "and there is room again");
    }
}
