//! How a member leaves (W6): three ways, and a week to change one's mind.

use std::collections::HashSet;

use super::words::words;

/// Seconds from asking to leave until it is carried out (PRODUCT.md W6): seven days.
pub const CHANGE_OF_MIND_S: i64 = 7 * 24 * 60 * 60;

/// What stands for the handle of a member who left without their name. Nobody can choose it (`domain::handle`).
pub const FORMER_MEMBER: &str = "former-member";

/// What stands in a quote in place of text that its author has withdrawn.
pub const WITHDRAWN_QUOTE: &str = "> (withdrawn by its author)";

/// What stands for the title of a thread in which nobody else wrote, once its author has withdrawn their text.
pub const WITHDRAWN_TITLE: &str = "(withdrawn by its author)";

words! {
    /// What remains of a member who leaves.
    "way of leaving" LeavingWay {
        /// What they wrote, under their handle.
        Keep = "keep",
        /// What they wrote, by a "former member".
        Former = "former",
        /// Nothing that they wrote: tombstones stand in its place.
        Withdraw = "withdraw",
    }
}

impl LeavingWay {
    /// It in a few words.
    pub fn label(self) -> &'static str {
        match self {
            Self::Keep => "keep my posts under my handle",
            Self::Former => "keep my posts, as a former member",
            Self::Withdraw => "withdraw what I wrote",
        }
    }

    /// What it means, in a sentence or two for the member.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Keep => {
                "Your posts, messages and profile stay as they are, under your handle. Nobody else ever gets it."
            }
            Self::Former => {
                "Your posts and messages stay, by \"former-member\"; your handle and profile go. Where others wrote \
                 your handle, it stays in their words. Nobody else ever gets it."
            }
            Self::Withdraw => {
                "The text of your posts and messages goes for good, and so do your handle and profile. Numbers and \
                 others' answers stay; quotes of you in the same thread say that you withdrew it."
            }
        }
    }
}

/// The lines of a text that a quote of it can be known by: trimmed, and neither blank nor a quote themselves.
pub fn quotable_lines(body: &str) -> impl Iterator<Item = &str> {
    body.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('>'))
}

/// A text of somebody else's with each quote of withdrawn lines replaced by [`WITHDRAWN_QUOTE`]; none when it quotes
/// none of them. A quote is a run of lines that begin with `>`. Within one, what is quoted at another level than the
/// withdrawn lines stays, and so does everything outside.
///
/// ```
/// use hob::domain::leaving::withdraw_quotes;
/// let gone = ["Tea at six?"].into();
/// let text = withdraw_quotes("ash:\n> Tea at six?\n\nGladly.", &gone);
/// assert_eq!(text.as_deref(), Some("ash:\n> (withdrawn by its author)\n\nGladly."));
/// assert_eq!(withdraw_quotes("Tea at six?", &gone), None);
/// ```
pub fn withdraw_quotes(body: &str, withdrawn: &HashSet<&str>) -> Option<String> {
    let mut out: Vec<String> = Vec::new();
    let mut changed = false;
    let mut at = 0;
    let lines: Vec<&str> = body.lines().collect();
    while let Some(line) = lines.get(at) {
        let level = quote_level(line);
        if level == 0 {
            out.push((*line).to_owned());
            at += 1;
            continue;
        }
        // One part of a quote: the lines at the same level.
        let end =
            lines[at..].iter().position(|line| quote_level(line) != level).map_or(lines.len(), |n| at + n);
        let part = &lines[at..end];
        if part.iter().any(|line| withdrawn.contains(unquoted(line))) {
            changed = true;
            let outer = "> ".repeat(level - 1);
            out.push(format!("{outer}{WITHDRAWN_QUOTE}"));
        } else {
            out.extend(part.iter().map(|line| (*line).to_owned()));
        }
        at = end;
    }
    changed.then(|| out.join("\n"))
}

/// How many quote marks a line begins with.
fn quote_level(line: &str) -> usize {
    line.chars().take_while(|c| matches!(c, '>' | ' ')).filter(|c| *c == '>').count()
}

fn unquoted(line: &str) -> &str {
    line.trim_start_matches(['>', ' ']).trim_end()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::markup::quote;

    #[test]
    fn w6_a_quote_as_the_editor_makes_it_is_found_whole() {
        let words = "First line.\n\nSecond line,\n- with a point";
        let reply = format!("{}I agree.\n> Somebody else said this.", quote(words, Some("ash:")));
        let gone: HashSet<&str> = quotable_lines(words).collect();
        let text = withdraw_quotes(&reply, &gone).expect("it quotes them");
        assert_eq!(text, "ash:\n> (withdrawn by its author)\n\nI agree.\n> Somebody else said this.");
    }

    #[test]
    fn w6_a_part_of_a_line_that_was_quoted_deeper_keeps_the_others_words() {
        let body = "> > Which kettle?\n> The blue one.\n\nThanks.";
        let gone = ["Which kettle?"].into();
        let text = withdraw_quotes(body, &gone);
        assert_eq!(text.as_deref(), Some("> > (withdrawn by its author)\n> The blue one.\n\nThanks."));
    }

    #[test]
    fn w6_what_is_no_quote_of_it_stays_as_it_is() {
        let gone = ["yes"].into();
        assert_eq!(withdraw_quotes("yes\n\n> no\n", &gone), None);
        assert_eq!(withdraw_quotes("", &gone), None);
    }
}
