//! Appeals: making one, and deciding one; and the second pair of eyes on a removal.

use super::talk::Talk;
use super::turn::{Talked, Turn};
use super::words::ago;
use crate::domain::ids::MatterId;
use crate::domain::moderation::MatterKind;
use crate::service::cases::{APPEAL_CHARS_MAX, Appeal, AppealAct, DecideMatter, OpenMatter};
use crate::service::moderation::AboutMe;

impl Talk {
    /// Says a matter and asks for its decision.
    pub(super) async fn matter(&mut self, matter: MatterId) -> Talked<()> {
        let file = self.call(OpenMatter { matter }).await?;
        let asked = ago(self.now(), file.asked_at);
        let head = match file.kind {
            MatterKind::Appeal => format!("{} appeals, {asked}:", file.member),
            MatterKind::Removal => format!("{} would remove {}, {asked}:", file.asker, file.member),
        };
        self.say(&head).await?;
        self.say(&file.words).await?;
        if let Some(rule) = &file.rule {
            self.say(&format!("Rule {}: {}", rule.no, rule.title)).await?;
        }
        if !file.notice.is_empty() {
            self.say(&format!("What was done, as the member read it: {}", file.notice.join(" "))).await?;
        }
        if let Some((by, at, granted, answer)) = &file.decided {
            let how = if *granted { "granted" } else { "refused" };
            self.say(&format!("It was {how} by {by} {}. {answer}", ago(self.now(), *at))).await?;
            return Err(Turn::Return);
        }
        let answers = ["Grant it".to_owned(), "Refuse it".to_owned()];
        let grant = self.choose("What is to be done?", &answers).await? == 0;
        let reason = self.ask("why").await?;
        self.call(DecideMatter { matter, grant, reason }).await?;
        self.say("Decided. The member is told, and the mod log says it.").await?;
        Err(Turn::Return)
    }

    /// Appeals against something that the staff did.
    pub(super) async fn appeal(&mut self) -> Talked<()> {
        let notices = self.call(AboutMe).await?.notices;
        let open: Vec<_> =
            notices.into_iter().filter(|notice| matches!(notice.appeal, Appeal::Open(_))).collect();
        if open.is_empty() {
            return self.say("There is nothing that you could appeal against.").await;
        }
        let words: Vec<String> = open.iter().map(|notice| notice.paragraphs.join(" ")).collect();
        let index = self.choose("Appeal against what?", &words).await?;
        let Some(notice) = open.get(index) else { return Err(Turn::Cancelled) };
        let words = self.ask(&format!("what was not right, {APPEAL_CHARS_MAX} characters at most")).await?;
        self.call(AppealAct { act: notice.act, words }).await?;
        self.say("Your appeal is with somebody else than who decided. The answer comes to you.").await
    }
}
