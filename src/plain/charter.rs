//! What a member owes before they go on (warnings to acknowledge, rules of a newer charter to accept), and the charter in
//! its versions.

use super::talk::Talk;
use super::turn::{Talked, Turn};
use crate::domain::time::date;
use crate::service::charter::{AcceptNewRuleOf, NewRules, ReadCharterVersion};

impl Talk {
    /// Asks for what is owed, one after another.
    pub(super) async fn owes(&mut self) -> Talked<()> {
        if self.me.warned {
            self.acknowledge_warnings().await?;
        }
        if self.me.new_rules && self.me.actor.is_active() {
            self.accept_rules().await?;
        }
        Ok(())
    }

    async fn accept_rules(&mut self) -> Talked<()> {
        let new = self.call(NewRules).await?;
        for rule in new.rules {
            self.say(&format!("The charter has changed. Rule {}, {}: {}", rule.no, rule.title, rule.body))
                .await?;
            loop {
                match self.ask("type accept, or quit to leave for now").await {
                    Ok(answer) if matches!(answer.to_lowercase().as_str(), "accept" | "a" | "yes" | "y") => {
                        break;
                    }
                    Ok(answer) if matches!(answer.to_lowercase().as_str(), "quit" | "q") => {
                        return Err(Turn::End(super::turn::Ending::Left));
                    }
                    Ok(_) | Err(Turn::Cancelled) => {
                        self.say("It waits for you: everybody here keeps the same rules.").await?;
                    }
                    Err(other) => return Err(other),
                }
            }
            self.call(AcceptNewRuleOf { version: new.version, no: rule.no }).await?;
        }
        self.refresh().await
    }
}

impl Talk {
    /// For members: the charter as it holds, or an older version by its number, with what it changed.
    pub(super) async fn charter_version(&mut self, typed: &str) -> Talked<()> {
        let version = match typed.trim() {
            "" => None,
            typed => match typed.parse() {
                Ok(version) => Some(version),
                Err(_) => return self.say("Which version? Type its number, as in charter 2.").await,
            },
        };
        let shown = self.call(ReadCharterVersion { version }).await?;
        let zone = self.zone();
        let day = date(shown.published_at, &zone);
        let state = if shown.holds() { "it holds now" } else { "it no longer holds" };
        self.say(&format!("Version {} of the charter, since {day}; {state}.", shown.charter.version)).await?;
        if !shown.changes.is_empty() {
            self.say("\nWhat it changed; minus went, plus came:").await?;
        }
        for line in &shown.changes {
            self.say(line).await?;
        }
        for (head, text) in shown.charter.paragraphs() {
            self.say(&format!("\n{head}:\n{text}")).await?;
        }
        for (version, at) in shown.versions.iter().filter(|(version, _)| *version != shown.charter.version) {
            self.say(&format!("\ncharter {version} reads the version of {}.", date(*at, &zone))).await?;
        }
        Ok(())
    }
}
