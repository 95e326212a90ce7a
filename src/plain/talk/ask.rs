//! What is asked: lines of text, secrets, yes or no, one of several, and the words of a place.

use super::{Heard, Talk};
use crate::plain::table::{self, Menu, Said};
use crate::plain::turn::{Talked, Turn};

impl Talk {
    /// Asks for a line of text. An empty line and Ctrl-C cancel.
    pub(in crate::plain) async fn ask(&mut self, prompt: &str) -> Talked<String> {
        let line = self.ask_any(prompt).await?;
        if line.trim().is_empty() { Err(Turn::Cancelled) } else { Ok(line.trim().to_owned()) }
    }

    /// Asks for a line of text, which may be empty. Ctrl-C cancels.
    pub(in crate::plain) async fn ask_any(&mut self, prompt: &str) -> Talked<String> {
        match self.hear_after(prompt).await? {
            Heard::Line(line) => {
                // A sanction bites at the next line.
                self.look_up().await?;
                Ok(line)
            }
            Heard::Cancel | Heard::Time => Err(Turn::Cancelled),
        }
    }

    /// Asks for a secret: in a pty nothing of it is shown.
    pub(in crate::plain) async fn ask_secret(&mut self, prompt: &str) -> Talked<String> {
        self.typing.set_secret(true);
        let answer = self.hear_after(prompt).await;
        self.typing.set_secret(false);
        match answer? {
            Heard::Line(line) if !line.is_empty() => Ok(line),
            _ => Err(Turn::Cancelled),
        }
    }

    /// A question with yes or no; nothing but a yes is one.
    pub(in crate::plain) async fn confirm(&mut self, question: &str) -> Talked<bool> {
        let answer = self.ask_any(&format!("{question} yes or no")).await?;
        Ok(matches!(answer.trim().to_lowercase().as_str(), "y" | "yes"))
    }

    /// Asks for one of several things by number, word or beginning; gives its place in the list.
    pub(in crate::plain) async fn choose(&mut self, question: &str, options: &[String]) -> Talked<usize> {
        self.say(question).await?;
        for (option, number) in options.iter().zip(1..) {
            self.say(&format!("{number} {option}")).await?;
        }
        loop {
            let answer = self.ask("number").await?;
            let named = |option: &String| option.to_lowercase().starts_with(&answer.to_lowercase());
            let index = match table::number(&answer) {
                Some(number) => number.checked_sub(1),
                None => options.iter().position(named),
            };
            match index.filter(|index| *index < options.len()) {
                Some(index) => return Ok(index),
                None => {
                    self.say(&format!(
                        "Type a number from 1 to {}, or an empty line for none of them.",
                        options.len()
                    ))
                    .await?
                }
            }
        }
    }

    /// Waits in a place for one of its own words, or a number; what is known everywhere is done here.
    pub(in crate::plain) async fn command(&mut self, prompt: &str, menu: &'static Menu) -> Talked<Said> {
        if self.told.insert(menu.name) {
            self.say(&table::menu_line(menu, &self.me.actor)).await?;
        }
        loop {
            self.look_up().await?;
            self.tell_news().await?;
            self.owes().await?;
            let line = match self.hear_after(prompt).await? {
                Heard::Line(line) => line,
                Heard::Cancel | Heard::Time => continue,
            };
            self.look_up().await?;
            let said = match table::understand(&line, menu, &self.me.actor) {
                Ok(Said::Other(text)) if text.is_empty() => {
                    self.say(&table::menu_line(menu, &self.me.actor)).await?;
                    continue;
                }
                Ok(said) => said,
                Err(several) => {
                    self.say(&format!("That may mean {}. Type more of it.", several.join(" or "))).await?;
                    continue;
                }
            };
            match said {
                Said::Act(act, rest) if !menu.entries.iter().any(|entry| entry.act == act) => {
                    let done = self.everywhere(act, rest, menu).await;
                    self.recover(done).await?;
                }
                said => return Ok(said),
            }
        }
    }

    /// Says what a place does not understand.
    pub(in crate::plain) async fn not_understood(&mut self, text: &str) -> Talked<()> {
        self.say(&format!("\"{text}\" is nothing that can be typed here. h tells what is.")).await
    }

    /// After a step that did not work out: says why, and one stays. Whatever leads elsewhere goes on.
    pub(in crate::plain) async fn recover(&mut self, done: Talked<()>) -> Talked<()> {
        match done {
            Err(Turn::Refused(why)) => self.say(&why.to_string()).await,
            Err(Turn::Cancelled) => self.say("Nothing is done.").await,
            other => other,
        }
    }
}
