//! Dues: one's own, being let off, and for the sysop the ledger.

use super::talk::Talk;
use super::turn::Talked;
use crate::service::dues::{AskWaiver, CounterDues, Dues, DuesView, ListDues, ReadDues, RecordDues};

impl Talk {
    /// `dues`, `dues off`, and for the sysop `dues all`, `dues HANDLE`, `dues HANDLE 2027-02-01 NOTE`, `dues HANDLE back`.
    pub(super) async fn dues(&mut self, rest: &str) -> Talked<()> {
        let (first, more) = rest.split_once(' ').unwrap_or((rest, ""));
        match first {
            "" => self.own_dues().await,
            "off" => self.let_me_off().await,
            "all" => {
                for view in self.call(ListDues).await? {
                    self.say(&format!("{}: {}.", view.handle, view.words())).await?;
                }
                Ok(())
            }
            handle => self.dues_of(handle, more).await,
        }
    }

    async fn own_dues(&mut self) -> Talked<()> {
        let Some(member) = self.me.actor.id() else { return Ok(()) };
        let own = self.call(ReadDues { member }).await?;
        self.say(&format!("Your dues: {}.", own.words())).await?;
        self.say_dues_entries(&own).await?;
        self.say(match own.dues {
            Dues::LetOff => "Nothing is due from you; only the sysop can see that. dues off takes it back.",
            _ => "If they are too much just now, dues off lets you off. No reason is asked; only the sysop can see it.",
        })
        .await?;
        match self.me.actor.is_sysop() {
            true => {
                self.say("dues all says everybody's; dues HANDLE DAY records; dues HANDLE back takes back.")
                    .await
            }
            false => Ok(()),
        }
    }

    async fn let_me_off(&mut self) -> Talked<()> {
        let Some(member) = self.me.actor.id() else { return Ok(()) };
        let ask = self.call(ReadDues { member }).await?.dues != Dues::LetOff;
        self.call(AskWaiver { ask }).await?;
        self.say(match ask {
            true => "You are let off. Only the sysop can see it. dues off again takes it back.",
            false => "You are not let off any more.",
        })
        .await
    }

    async fn say_dues_entries(&mut self, view: &DuesView) -> Talked<()> {
        for entry in &view.entries {
            self.say(&format!("{}.", entry.words())).await?;
        }
        Ok(())
    }

    async fn dues_of(&mut self, handle: &str, more: &str) -> Talked<()> {
        let Some(member) = self.member_called(handle).await? else {
            return self.say(&format!("There is no member called {handle}. members lists them.")).await;
        };
        let view = self.call(ReadDues { member }).await?;
        match (more.trim(), view.last()) {
            ("", _) => {
                self.say(&format!("{}: {}.", view.handle, view.words())).await?;
                self.say_dues_entries(&view).await
            }
            ("back", Some(entry)) => {
                self.call(CounterDues { member, entry: entry.id, note: String::new() }).await?;
                self.say("Taken back by an entry of its own; both stay.").await
            }
            ("back", None) => self.say("Nothing is recorded that could be taken back.").await,
            (day, _) => {
                let (until, note) = day.split_once(' ').unwrap_or((day, ""));
                let (until, note) = (until.to_owned(), note.to_owned());
                self.call(RecordDues { member, until, note }).await?;
                self.say("Recorded.").await
            }
        }
    }
}
