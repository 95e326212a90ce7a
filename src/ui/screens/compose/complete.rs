//! Completing a handle after `@`: Tab asks, one match is put in, several are shown.

use super::Compose;
use crate::service::Result;
use crate::service::writing::CompleteHandle;
use crate::ui::screen::{Tone, Ui};

impl Compose {
    /// Asks for the handle before the cursor. False when there is none.
    pub(super) fn asks_for_handle(&self, cx: &mut Ui<'_>) -> bool {
        let Some(prefix) = self.editor.mention() else { return false };
        cx.call(CompleteHandle { prefix: prefix.to_owned() });
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
        let put = match matches[..] {
            [] => return self.tell(Tone::Plain, format!("No handle begins with {written}."), cx),
            [handle] => format!("{handle} "),
            _ => {
                self.tell(Tone::Plain, matches.join(" "), cx);
                common_beginning(&matches).to_owned()
            }
        };
        self.title.set_text(&format!("{}{put}", &line[..line.len() - written.len()]));
        self.changed(cx);
    }

    /// Puts in as much as all matches have in common.
    pub(super) fn completes(&mut self, result: Result<Vec<String>>, cx: &mut Ui<'_>) {
        let handles = match result {
            Ok(handles) => handles,
            Err(why) => return self.tell(Tone::Bad, why.to_string(), cx),
        };
        if self.on_title {
            return self.completed_addressee(&handles, cx);
        }
        // What was written since may be the beginning of another.
        let Some(written) = self.editor.mention().map(str::to_ascii_lowercase) else { return };
        let matches: Vec<&str> = handles
            .iter()
            .map(String::as_str)
            .filter(|h| h.to_ascii_lowercase().starts_with(&written))
            .collect();
        let common = common_beginning(&matches);
        match matches[..] {
            [] => self.tell(Tone::Plain, format!("No handle begins with {written}."), cx),
            [handle] => {
                let took = self.editor.set_mention(&format!("{handle} "));
                self.took(took, cx);
            }
            _ => {
                if common.len() > written.len() {
                    let took = self.editor.set_mention(common);
                    self.took(took, cx);
                }
                let all: Vec<String> = matches.iter().map(|handle| format!("@{handle}")).collect();
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

/// What all of them begin with, in any case, as the first writes it. Handles are ASCII.
fn common_beginning<'a>(handles: &[&'a str]) -> &'a str {
    let Some((first, others)) = handles.split_first() else { return "" };
    let same = |other: &&str| {
        first.bytes().zip(other.bytes()).take_while(|(a, b)| a.eq_ignore_ascii_case(b)).count()
    };
    let length = others.iter().map(same).min().unwrap_or(first.len());
    first.get(..length).unwrap_or("")
}
