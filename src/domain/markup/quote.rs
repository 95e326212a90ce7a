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
