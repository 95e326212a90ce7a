//! Completing a handle after `@` and a tag after `#`: Tab asks, one match is put in, several are shown.

use super::Compose;
use crate::service::Result;
use crate::service::tags::CompleteTag;
use crate::service::writing::CompleteHandle;
use crate::ui::input::{Input, Key, KeyPress};
use crate::ui::screen::{Tone, Ui};

/// Matches that are shown at most: what fits a row or two.
const SHOWN_MAX: usize = 8;

impl Compose {
    /// Asks for the handle or tag before the cursor. False when there is none.
    pub(super) fn asks_to_complete(&self, cx: &mut Ui<'_>) -> bool {
        if let Some(prefix) = self.editor.begun('@') {
            cx.call(CompleteHandle { prefix: prefix.to_owned() });
        } else if let Some(begins) = self.editor.begun('#') {
            cx.call(CompleteTag { begins: begins.to_owned() });
        } else {
            return false;
        }
        true
    }

    /// In the line that says whom a message is for: asks for the handle that its last word begins.
    pub(super) fn completes_addressee(&mut self, cx: &mut Ui<'_>) {
        match last_word(self.title.text()) {
            Some(prefix) if self.target.is_addressed() => {
                cx.call(CompleteHandle { prefix: prefix.to_owned() })
            }
            _ => self.on_title = false,
        }
    }

    fn completed_addressee(&mut self, handles: &[String], cx: &mut Ui<'_>) {
        let line = self.title.text().to_owned();
        let Some(written) = last_word(&line) else { return };
        let fits = |handle: &&str| handle.to_ascii_lowercase().starts_with(&written.to_ascii_lowercase());
        let matches: Vec<&str> = handles.iter().map(String::as_str).filter(fits).collect();
        let (put, whole) = match matches[..] {
            [] => return self.tell(Tone::Plain, format!("No handle begins with {written}."), cx),
            [handle] => (handle.to_owned(), true),
            _ => {
                self.tell(Tone::Plain, matches.join(" "), cx);
                (common_beginning(&matches).to_owned(), false)
            }
        };
        self.title.set_text(&format!("{}{put}", &line[..line.len() - written.len()]));
        if whole {
            // Room for the next one.
            self.title.input(&Input::Key(KeyPress::plain(Key::Char(' '))));
        }
        self.changed(cx);
    }

    /// Puts in as much as all matches have in common.
    pub(super) fn completes(&mut self, sign: char, result: Result<Vec<String>>, cx: &mut Ui<'_>) {
        let words = match result {
            Ok(words) => words,
            Err(why) => return self.tell(Tone::Bad, why.to_string(), cx),
        };
        if self.on_title {
            return self.completed_addressee(&words, cx);
        }
        // What was written since may be the beginning of another.
        let Some(written) = self.editor.begun(sign).map(str::to_lowercase) else { return };
        let matches: Vec<&str> = words
            .iter()
            .map(String::as_str)
            .filter(|word| word.to_lowercase().starts_with(&written))
            .collect();
        let common = common_beginning(&matches);
        match matches[..] {
            [] => {
                let what = if sign == '@' { "handle" } else { "tag" };
                self.tell(Tone::Plain, format!("No {what} begins with {written}."), cx);
            }
            [word] => {
                let took = self.editor.complete(sign, &format!("{word} "));
                self.took(took, cx);
            }
            _ => {
                if common.len() > written.len() {
                    let took = self.editor.complete(sign, common);
                    self.took(took, cx);
                }
                let all: Vec<String> =
                    matches.iter().take(SHOWN_MAX).map(|word| format!("{sign}{word}")).collect();
                self.tell(Tone::Plain, all.join(" "), cx);
            }
        }
    }
}

/// The word at the end of a line of handles, without its `@`; none after a space.
fn last_word(line: &str) -> Option<&str> {
    let word = line.rsplit([' ', ',']).next().unwrap_or_default().trim_start_matches('@');
    (!word.is_empty()).then_some(word)
}

/// What all of them begin with, in any case, as the first writes it.
fn common_beginning<'a>(words: &[&'a str]) -> &'a str {
    let Some((first, others)) = words.split_first() else { return "" };
    let same = |other: &&str| {
        let both = first.chars().zip(other.chars());
        both.take_while(|(a, b)| a.to_lowercase().eq(b.to_lowercase()))
            .map(|(a, _)| a.len_utf8())
            .sum::<usize>()
    };
    let length = others.iter().map(same).min().unwrap_or(first.len());
    first.get(..length).unwrap_or("")
}
