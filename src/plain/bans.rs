//! The ban list: put a key, an address or a network on it, take one off.

use super::table::{Act, Menu, Said, entry};
use super::talk::Talk;
use super::turn::{Place, Talked, Turn};
use super::words::ago;
use crate::domain::ids::MemberId;
use crate::service::bans::{BAN_TERMS, LiftBan, ListBanChoices, ListBans, MakeBan, PreviewBan, term_end};

static MENU: Menu = Menu {
    name: "bans",
    entries: &[
        entry(Act::Make, "make", "", "WHAT", "ban a fingerprint, an address or a network"),
        entry(Act::Drop, "drop", "", "NUMBER", "take one off the list, after a question"),
        entry(Act::Again, "again", "a", "", "say the list once more"),
    ],
    main: usize::MAX,
    enter: Some(Act::Next),
    numbered: false,
};

impl Talk {
    pub(super) async fn bans(&mut self) -> Talked<()> {
        let bans = self.call(ListBans).await?;
        match bans.is_empty() {
            true => self.say("Nobody is banned; make asks for a key, an address or a network.").await?,
            false => self.say("The ban list.").await?,
        }
        let now = self.now();
        for (ban, number) in bans.iter().zip(1..) {
            let owner = ban.owner.as_deref().map(|owner| format!(", a key of {owner}")).unwrap_or_default();
            let end =
                ban.until.map_or_else(|| "no end".to_owned(), |until| format!("ends {}", ago(now, until)));
            let by = ban.by.as_deref().unwrap_or("the host");
            let made = ago(now, ban.made_at);
            self.say(&format!("{number} {}{owner}, {end}, by {by} {made}: {}", ban.subject, ban.reason))
                .await?;
        }
        let names: Vec<String> = bans.iter().map(|ban| ban.subject.clone()).collect();
        loop {
            let said = self.command("bans", &MENU).await?;
            let done = match &said {
                Said::Act(Act::Make, what) => self.make_ban(what).await,
                Said::Act(Act::Again, _) => Err(Turn::Instead(Place::Bans)),
                Said::Act(_, rest) => match self.picked(&Said::from_rest(rest), &names).await? {
                    Some(index) => self.lift_ban(&bans[index]).await,
                    None => Ok(()),
                },
                said => self.picked(said, &names).await.map(drop),
            };
            self.recover(done).await?;
        }
    }

    async fn lift_ban(&mut self, ban: &crate::service::bans::Ban) -> Talked<()> {
        if !self.confirm(&format!("Take {} off the list?", ban.subject)).await? {
            return Err(Turn::Cancelled);
        }
        self.call(LiftBan { ban: ban.id }).await?;
        self.say("It is off the list.").await?;
        Err(Turn::Instead(Place::Bans))
    }

    /// Bans one of a member's keys and addresses.
    pub(super) async fn ban_of(&mut self, member: MemberId) -> Talked<()> {
        let choices = self.call(ListBanChoices { member }).await?;
        if choices.is_empty() {
            return self.say("There is no key or address of theirs to ban; bans takes any other.").await;
        }
        let words: Vec<String> = choices.iter().map(|choice| choice.words.clone()).collect();
        let index = self.choose("What is to be banned?", &words).await?;
        let choice = choices.get(index).ok_or(Turn::Cancelled)?;
        self.ban(choice.subject.clone()).await
    }

    async fn make_ban(&mut self, what: &str) -> Talked<()> {
        let what = match what.trim() {
            "" => self.ask("a fingerprint, an address or a network").await?,
            what => what.to_owned(),
        };
        self.ban(what).await?;
        Err(Turn::Instead(Place::Bans))
    }

    async fn ban(&mut self, what: String) -> Talked<()> {
        let preview = self.call(PreviewBan { what }).await?;
        if preview.since.is_some() {
            return self.say(&format!("{} is on the list already.", preview.subject)).await;
        }
        self.say(&format!("{}: {}", preview.subject, preview.words())).await?;
        let terms: Vec<String> = BAN_TERMS.iter().map(|(words, _)| (*words).to_owned()).collect();
        let term = self.choose("For how long?", &terms).await?;
        let reason = self.ask("why; members read it in the log, and who is kept out reads it").await?;
        if !preview.asks.is_empty() && !self.confirm("Ban it all the same?").await? {
            return Err(Turn::Cancelled);
        }
        let until = term_end(self.now(), term);
        self.call(MakeBan { what: preview.subject, reason, until, sure: true }).await?;
        self.say("It is on the list; who was here with it has left.").await
    }
}
