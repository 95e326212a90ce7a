//! Making a quote of somebody's text, for a reply.

use crate::domain::text::{clean_body, clean_line};

/// Deepest quote that a reply takes along: what the other said, and what they were answering. (R6)
const QUOTE_LEVELS_MAX: usize = 2;

/// `body` as a quote, each line after `> `, below a line of `attribution` ("ada wrote in 12.3:") where there is one.
/// Quotes inside are kept up to two levels in all. Ends with a blank line, so that what is typed next stands outside.
///
/// ```
/// use hob::domain::markup::quote;
/// assert_eq!(quote("Tea?\n\n> Coffee?", Some("ada:")), "ada:\n> Tea?\n>\n> > Coffee?\n\n");
/// ```
pub fn quote(body: &str, attribution: Option<&str>) -> String {
    let body = clean_body(body);
    let mut out = String::with_capacity(body.len() + body.len() / 8 + 64);
    let words = clean_line(attribution.unwrap_or_default());
    if !words.is_empty() {
        push_escaped(&mut out, &words);
        out.push('\n');
    }
    let kept = kept_lines(&body);
    for line in &kept {
        out.push('>');
        if !line.is_empty() {
            out.push(' ');
            out.push_str(line);
        }
        out.push('\n');
    }
    if !out.is_empty() {
        out.push('\n');
    }
    out
}

/// The chosen lines of a text, by their index, as a text of its own: where lines were left out stands a blank one, and
/// lines from inside a code block are fenced again, so that they stay code.
///
/// ```
/// use hob::domain::markup::part;
/// assert_eq!(part("one\ntwo\nthree", |line| line != 1), "one\n\nthree");
/// ```
pub fn part(body: &str, chosen: impl Fn(usize) -> bool) -> String {
    let mut out: Vec<&str> = Vec::new();
    // The fence that the source has open, with the line that opened it, and whether `out` has it open too.
    let (mut fence, mut opened): (Option<&str>, &str) = (None, "");
    let (mut inside, mut gap) = (false, false);
    for (index, line) in body.lines().enumerate() {
        let before = fence;
        fence = after_fence(fence, line);
        if before.is_none() && fence.is_some() {
            opened = line;
        }
        if !chosen(index) {
            gap = gap || !line.trim().is_empty() || !out.is_empty();
            if inside && fence.is_none() {
                out.push(before.unwrap_or("```"));
                inside = false;
            }
            continue;
        }
        if gap && !inside && out.last().is_some_and(|last| !last.is_empty()) && !line.trim().is_empty() {
            out.push("");
        }
        gap = false;
        if before.is_some() && !inside {
            if fence.is_none() {
                // The closing fence of a block of which nothing was chosen.
                continue;
            }
            out.push(opened);
        }
        inside = fence.is_some();
        out.push(line);
    }
    if inside {
        out.push(fence.unwrap_or("```"));
    }
    while out.last().is_some_and(|last| last.trim().is_empty()) {
        out.pop();
    }
    out.join("\n")
}

/// The lines that are not quoted too deep, without blank lines doubled by what was dropped.
fn kept_lines(body: &str) -> Vec<&str> {
    let mut kept: Vec<&str> = Vec::new();
    let mut fence: Option<&str> = None;
    let mut dropped = false;
    for line in body.lines() {
        if fence.is_none() && quote_level(line) >= QUOTE_LEVELS_MAX {
            dropped = true;
            continue;
        }
        let blank = line.trim_matches([' ', '>']).is_empty();
        if dropped && blank && kept.last().is_none_or(|last| last.trim_matches([' ', '>']).is_empty()) {
            continue;
        }
        fence = after_fence(fence, line);
        dropped = dropped && blank;
        kept.push(line);
    }
    while kept.last().is_some_and(|last| last.trim_matches([' ', '>']).is_empty()) {
        kept.pop();
    }
    kept
}

/// How many quote marks begin the line.
pub(super) fn quote_level(line: &str) -> usize {
    let mut level = 0;
    let mut rest = line;
    loop {
        let inner = rest.trim_start_matches(' ');
        // Four spaces make it code.
        if rest.len() - inner.len() > 4 {
            return level;
        }
        match inner.strip_prefix('>') {
            Some(after) => rest = after,
            None => return level,
        }
        level += 1;
    }
}

/// The fence of the code block that is open after `line`.
pub(super) fn after_fence<'a>(open: Option<&'a str>, line: &'a str) -> Option<&'a str> {
    let line = line.trim_start();
    let mark = line.chars().next().filter(|c| matches!(c, '`' | '~'));
    let fence = mark.map_or("", |mark| &line[..line.len() - line.trim_start_matches(mark).len()]);
    match open {
        None => (fence.len() >= 3).then_some(fence),
        Some(open) => {
            let closes =
                fence.len() >= open.len() && fence.starts_with(open) && fence.len() == line.trim_end().len();
            (!closes).then_some(open)
        }
    }
}

/// Plain words with a backslash before each character that might begin markup.
fn push_escaped(out: &mut String, words: &str) {
    for (at, c) in words.char_indices() {
        let at_start = at == 0 && matches!(c, '#' | '>' | '-' | '+' | '=' | '~');
        if at_start || matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '|') {
            out.push('\\');
        }
        out.push(c);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(body: &str, chosen: &[usize]) -> String {
        part(body, |index| chosen.contains(&index))
    }

    /// W1: a chosen part reads as it stood, with a gap where something was left out.
    #[test]
    fn a_part_keeps_its_paragraphs_and_shows_its_gaps() {
        let body = "one\ntwo\n\nthree\nfour";
        assert_eq!(lines(body, &[0, 1]), "one\ntwo");
        assert_eq!(lines(body, &[1, 3]), "two\n\nthree");
        assert_eq!(lines(body, &[1, 2, 3]), "two\n\nthree");
        assert_eq!(lines(body, &[0, 4]), "one\n\nfour");
        assert_eq!(lines(body, &[2]), "");
        assert_eq!(lines(body, &[]), "");
    }

    #[test]
    fn lines_of_code_stay_code() {
        let body = "before\n```rust\nlet a = 1;\nlet b = 2;\n```\nafter";
        assert_eq!(lines(body, &[3]), "```rust\nlet b = 2;\n```");
        assert_eq!(lines(body, &[1, 2]), "```rust\nlet a = 1;\n```");
        assert_eq!(lines(body, &[3, 4, 5]), "```rust\nlet b = 2;\n```\nafter");
        assert_eq!(lines(body, &[4, 5]), "after");
        assert_eq!(lines(body, &[0, 1, 2, 3, 4, 5]), body);
        assert_eq!(lines("```\nnever closed", &[1]), "```\nnever closed\n```");
    }
}
