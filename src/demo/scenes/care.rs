//! Who looks after what in the made-up place, and what its staff keep an eye on.

use super::*;
use crate::domain::duty::Duty;
use crate::domain::ids::TagId;
use crate::domain::prevention::{FilterAction, FilterScope};
use crate::service::cases::{AppealAct, AppealTo};
use crate::service::filters::{MakeFilter, SwitchFilter};
use crate::service::held::HandIn;
use crate::service::moderation::AboutMe;
use crate::service::roles::{AnswerOffer, OfferRole};
use crate::service::staff_notes::WriteStaffNote;
use crate::service::tags::{JoinTag, ListTags, ShowTag};
use crate::service::writing::WriteReply;

/// Who joined which tags; the first one stands by the handle.
const JOINED: [(&str, &[&str]); 12] = [
    ("wren", &["bread", "tuesday"]),
    ("tomasz", &["antennas", "toasters"]),
    ("hanae", &["poems", "kokoro"]),
    ("ilse", &["rust", "toasters"]),
    ("maud", &["swap", "how-to"]),
    ("kofi", &["antennas"]),
    ("rosa", &["swap", "weekend"]),
    ("nell", &["cats", "swap"]),
    ("juniper", &["bread", "beginners"]),
    ("theo", &["toasters", "beginners"]),
    ("bea", &["old-things", "sewing"]),
    ("moderator", &["how-to"]),
];

impl Stage<'_> {
    /// Tags that people joined, and two champions.
    pub(super) async fn belonging(&self) -> Result<(), Error> {
        let tags: HashMap<String, TagId> = self
            .ask(40 * DAY_S, "sysop", ListTags)
            .await?
            .into_iter()
            .map(|tag| (tag.name, tag.id))
            .collect();
        for (who, names) in JOINED {
            let known: Vec<TagId> = names.iter().filter_map(|name| tags.get(*name).copied()).collect();
            for tag in &known {
                self.ask(20 * DAY_S, who, JoinTag { tag: *tag, join: true }).await?;
            }
            if let Some(tag) = known.first() {
                self.ask(20 * DAY_S, who, ShowTag { tag: Some(*tag) }).await?;
            }
        }
        for (who, name) in [("wren", "bread"), ("tomasz", "antennas")] {
            if let Some(tag) = tags.get(name) {
                self.appoint(19 * DAY_S, who, Duty::Champion(*tag), true).await?;
            }
        }
        Ok(())
    }

    /// Somebody is asked to be host of a board.
    pub(super) async fn host_is_asked(&self, boards: &HashMap<&str, BoardId>) -> Result<(), Error> {
        let Some(kitchen) = boards.get("kitchen") else { return Ok(()) };
        self.appoint(2 * DAY_S, "wren", Duty::Host(*kitchen), false).await
    }

    async fn appoint(&self, age: i64, who: &str, duty: Duty, accepts: bool) -> Result<(), Error> {
        let Some(member) = self.people.get(who).copied() else { return Ok(()) };
        let term = self.ask(age, "sysop", OfferRole { member, duty, days: None }).await?;
        match accepts {
            true => self.ask(age - HOUR_S, who, AnswerOffer { term, accept: true }).await,
            false => Ok(()),
        }
    }

    /// Two filters, a post that one of them holds, a note, and an appeal of one who was sent away for a week.
    pub(super) async fn watching(&self) -> Result<(), Error> {
        let filter = |pattern: &str, action, scope, reason: &str| MakeFilter {
            pattern: pattern.to_owned(),
            is_words: true,
            action,
            scope,
            board: None,
            reason: reason.to_owned(),
            rule_no: NO_ADVERTS,
        };
        let why = "Newcomers' posts that name a price are read by a moderator first.";
        let prices = filter("discount price delivery", FilterAction::Hold, FilterScope::Newcomers, why);
        let prices = self.ask(5 * DAY_S, "moderator", prices).await?;
        self.ask(5 * DAY_S - HOUR_S, "moderator", SwitchFilter { filter: prices, on: true }).await?;
        let why = "Please say whose recipe it is, and never \"eat this\" of something wild.";
        let wild = filter("mushroom foraged", FilterAction::Note, FilterScope::All, why);
        self.ask(2 * DAY_S, "moderator", wild).await?;
        if let Some(label) = self.labels.get("selling") {
            let body =
                "I asked my uncle. The price is what he paid in 1974, and delivery is me on a bicycle."
                    .to_owned();
            let text = WriteReply { thread: label.thread, reply_to: None, body };
            self.ask(5 * HOUR_S, "piotr", HandIn { text, keep_draft: false }).await?;
        }
        if let Some(member) = self.people.get("grumbold").copied() {
            let body =
                "Talked on the bench for an hour. He is cross about the lock gates, not about us.".to_owned();
            self.ask(4 * DAY_S, "sysop", WriteStaffNote { member, body }).await?;
        }
        let about_me = self.ask(30 * HOUR_S, "grumbold", AboutMe).await?;
        if let Some(notice) = about_me.notices.first() {
            let words = "I wrote that I would eat it, not that anybody should. A week is long at my age, and the fair \
                         is on Saturday."
                .to_owned();
            // Both of the staff had a part in it: it goes to a jury.
            let appeal = AppealAct { act: notice.act, words, to: AppealTo::Jury };
            self.ask(30 * HOUR_S, "grumbold", appeal).await?;
        }
        if let Some(notice) = about_me.notices.get(1) {
            let words =
                "The picture was the wrong one, that is true. Take it out, and leave the rest of the post.";
            let appeal = AppealAct { act: notice.act, words: words.to_owned(), to: AppealTo::Staff };
            self.ask(29 * HOUR_S, "grumbold", appeal).await?;
        }
        Ok(())
    }
}
