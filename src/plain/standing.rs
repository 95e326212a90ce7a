//! What the staff said to oneself: warnings to acknowledge, a sanction, what concerned one, what became of reports.

use super::talk::Talk;
use super::turn::{Talked, Turn};
use super::words::{ago, sentences};
use crate::domain::member::Standing;
use crate::domain::time::absolute;
use crate::service::cases::MyReports;
use crate::service::moderation::{AboutMe, AcknowledgeWarning, MySanction, MyWarnings, Sanction};

impl Talk {
    /// Says each warning until it is acknowledged: nothing else goes on before.
    pub(super) async fn acknowledge_warnings(&mut self) -> Talked<()> {
        for warning in self.call(MyWarnings).await? {
            let when = ago(self.now(), warning.at);
            self.say(&format!("A word from the staff, {when}:\n")).await?;
            for paragraph in &warning.notice {
                self.say(paragraph).await?;
            }
            loop {
                match self.ask("type read once you have read it").await {
                    Ok(answer) if matches!(answer.to_lowercase().as_str(), "read" | "r" | "yes" | "y") => {
                        break;
                    }
                    Ok(_) | Err(Turn::Cancelled) => {
                        self.say("It stays until you say that you have read it.").await?;
                    }
                    Err(other) => return Err(other),
                }
            }
            self.call(AcknowledgeWarning { act: warning.act }).await?;
        }
        self.refresh().await
    }

    /// What became of one's reports, and what concerned oneself.
    pub(super) async fn mine(&mut self) -> Talked<()> {
        let now = self.now();
        let reports = self.call(MyReports).await?;
        if reports.is_empty() {
            self.say("You have reported nothing.").await?;
        }
        for report in reports {
            let news = if report.is_news { "new: " } else { "" };
            let state = match &report.outcome {
                Some((at, words)) => format!("{news}decided {}. {words}", ago(now, *at)),
                None => "not decided yet.".to_owned(),
            };
            self.say(&format!(
                "You reported {} {}, rule {}: {state}",
                report.what,
                ago(now, report.at),
                report.rule_no
            ))
            .await?;
        }
        self.concerning_me().await
    }

    /// What the staff did that concerned oneself, and what can be appealed against.
    pub(super) async fn concerning_me(&mut self) -> Talked<()> {
        let now = self.now();
        let notices = self.call(AboutMe).await?.notices;
        if notices.is_empty() {
            self.say("Nothing that the staff did concerned you.").await?;
        }
        for notice in notices {
            let appeal = notice.appeal_words(
                now,
                if self.me.actor.is_active() { "type appeal in the log" } else { "type appeal" },
            );
            let text = sentences(&notice.paragraphs);
            self.say(format!("Concerning you, {}: {text} {appeal}", ago(now, notice.at)).trim_end()).await?;
        }
        Ok(())
    }

    /// What a suspended or removed member reads.
    pub(super) async fn say_sanction(&mut self, handle: &str) -> Talked<()> {
        let Some(sanction) = self.call(MySanction).await? else { return Ok(()) };
        let Sanction { kind, until, rule, reason, notice } = sanction;
        let suspended = kind == Standing::Suspended;
        let how = if suspended { "is suspended" } else { "is no longer open" };
        self.say(&format!("{handle}, your membership {how}.")).await?;
        if suspended {
            let (now, zone) = (self.now(), self.zone());
            let words = match until {
                Some(until) => {
                    format!("Until {} {}, {}.", absolute(until, &zone), zone.name(), ago(now, until))
                }
                None => "Until the staff lift it.".to_owned(),
            };
            self.say(&words).await?;
        }
        if notice.is_empty() {
            if let Some(rule) = &rule {
                self.say(&format!("Rule {}: {}", rule.no, rule.title)).await?;
            }
            if !reason.is_empty() {
                self.say(&reason).await?;
            }
        }
        for paragraph in &notice {
            self.say(paragraph).await?;
        }
        self.say("If that is not right: appeal leads to somebody else than who decided.").await
    }
}
