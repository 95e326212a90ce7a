//! What a member owes before they go on: warnings to acknowledge, rules of a newer charter to accept.

use super::talk::Talk;
use super::turn::{Talked, Turn};
use crate::service::charter::{AcceptNewRuleOf, NewRules};

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
