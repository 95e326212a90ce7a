//! The last lines of the log, kept in memory for the console: what goes to standard error goes here too. No line of the
//! log holds what people wrote (SAFETY.md).

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use super::page::{Page, Row, Section};
use crate::domain::text::clean_line;

/// Lines that are kept.
const LINES_MAX: usize = 200;
/// Longest line that is kept, in characters: a failing database can be wordy.
const LINE_CHARS_MAX: usize = 400;

static LINES: Mutex<VecDeque<String>> = Mutex::new(VecDeque::new());

/// The lines for the console.
#[derive(Clone, Copy, Debug, Default)]
pub struct Logbook;

impl Logbook {
    /// Keeps what is logged, too.
    pub fn keep(bytes: &[u8]) {
        keep(&String::from_utf8_lossy(bytes));
    }
}

fn keep(text: &str) {
    // Whole lines, as the log hands them over; the lines are whole even after a panic elsewhere.
    let mut lines = LINES.lock().unwrap_or_else(PoisonError::into_inner);
    for line in text.lines().map(uncoloured).filter(|line| !line.trim().is_empty()) {
        if lines.len() >= LINES_MAX {
            lines.pop_front();
        }
        lines.push_back(clean_line(&line).chars().take(LINE_CHARS_MAX).collect());
    }
}

/// A line without the colours that the log has for a terminal.
fn uncoloured(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut parts = line.split('\u{1b}');
    out.push_str(parts.next().unwrap_or_default());
    for part in parts {
        out.push_str(part.split_once('m').map_or("", |(_, rest)| rest));
    }
    out
}

pub(super) fn page() -> Page {
    let lines = LINES.lock().unwrap_or_else(PoisonError::into_inner);
    let row = |(no, line): (usize, &String)| {
        let (at, rest) = line.split_once(' ').unwrap_or(("", line));
        let time = at.get(11..19).unwrap_or(at);
        Row::new(no, time, rest.trim_start()).help(line.clone())
    };
    let rows = lines.iter().enumerate().rev().map(row).collect();
    Page { section: Section::Log, rows, offers: Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn m8_the_log_keeps_its_last_lines_clean_and_short() {
        for no in 0..LINES_MAX + 5 {
            keep(&format!("2026-11-22T12:00:00.0Z \u{1b}[32m INFO\u{1b}[0m hob: line {no}\n"));
        }
        keep(&format!("2026-11-22T12:00:01.0Z  WARN hob: {}\n", "x".repeat(9_000)));
        let page = page();
        assert_eq!(page.rows.len(), LINES_MAX);
        assert_eq!(page.rows[0].label, "12:00:01", "the newest first");
        assert!(page.rows.iter().all(|row| row.help.chars().count() <= LINE_CHARS_MAX));
        let line = page.rows.iter().find(|row| row.value.contains("line 204")).expect("the last one");
        assert_eq!(line.value, "INFO hob: line 204");
    }
}
