//! The watch list of the staff.

use super::table::{Act, Menu, Said, entry};
use super::talk::Talk;
use super::turn::{Place, Talked, Turn};
use super::words::ago;
use crate::domain::ids::MemberId;
use crate::service::watch::{
    EndWatch, EvidenceAt, ListWatched, RenewWatch, WATCH_DAYS, WatchMember, WatchSubject, Watched,
};

static MENU: Menu = Menu {
    name: "watch list",
    entries: &[
        entry(Act::Make, "make", "", "WHAT", "watch a fingerprint, an address or a network"),
        entry(Act::Accept, "renew", "", "NUMBER", "let one go on for 90 days from now"),
        entry(Act::Drop, "drop", "", "NUMBER", "end one, after a question"),
        entry(Act::Again, "again", "a", "", "say the list once more"),
    ],
    main: usize::MAX,
    enter: Some(Act::Next),
    numbered: false,
};

impl Talk {
    pub(super) async fn watch_list(&mut self) -> Talked<()> {
        let watched = self.call(ListWatched).await?;
        match watched.is_empty() {
            true => {
                self.say(
                    "Nobody is watched. Say watch on a member's profile; make asks for a key or an address.",
                )
                .await?
            }
            false => self.say("The watch list. Type a number to open somebody's profile.").await?,
        }
        let now = self.now();
        for (row, number) in watched.iter().zip(1..) {
            let watch = &row.watch;
            let (began, ends) = (ago(now, watch.made_at), ago(now, watch.until));
            self.say(&format!(
                "{number} {}: {} By {}, {began}; it ends {ends}.",
                row.name(),
                watch.reason,
                watch.by
            ))
            .await?;
            for came in &row.came {
                self.say(&format!("{} came with it, last {}.", came.handle, ago(now, came.at))).await?;
            }
            for evidence in &row.evidence {
                self.say(&format!("{}: {}", evidence.label, evidence.body)).await?;
            }
        }
        let names: Vec<String> = watched.iter().map(|row| row.name().to_owned()).collect();
        loop {
            let said = self.command("watch list", &MENU).await?;
            let done = match &said {
                Said::Act(Act::Again, _) => Err(Turn::Instead(Place::Watch)),
                Said::Act(Act::Make, what) => self.watch_subject(what).await,
                Said::Act(act, rest) => match self.picked(&Said::from_rest(rest), &names).await? {
                    Some(index) => self.change_watch(*act, &watched[index]).await,
                    None => Ok(()),
                },
                said => match self.picked(said, &names).await? {
                    Some(index) => self.open_watched(&watched[index]).await,
                    None => Ok(()),
                },
            };
            self.recover(done).await?;
        }
    }

    /// Opens who is watched, or who came last with what is watched.
    async fn open_watched(&mut self, row: &Watched) -> Talked<()> {
        match row.watch.member_id.or(row.came.first().map(|came| came.member)) {
            Some(member) => Err(Turn::Open(Place::Profile(member))),
            None => self.say("Nobody came with it yet.").await,
        }
    }

    /// Puts a key or a network on the list.
    async fn watch_subject(&mut self, what: &str) -> Talked<()> {
        let what = match what.trim() {
            "" => self.ask("a fingerprint, an address or a network").await?,
            what => what.to_owned(),
        };
        let reason = self.ask("why is it to be watched? It is in the export of whose key it is").await?;
        self.call(WatchSubject { what, reason }).await?;
        self.say(&format!("On the list for {WATCH_DAYS} days; whoever comes with it is marked.")).await?;
        Err(Turn::Instead(Place::Watch))
    }

    async fn change_watch(&mut self, act: Act, row: &Watched) -> Talked<()> {
        let watch = row.watch.id;
        if act == Act::Drop {
            if !self.confirm(&format!("No longer watch {}?", row.name())).await? {
                return Err(Turn::Cancelled);
            }
            self.call(EndWatch { watch }).await?;
            self.say("Ended. It stays as history.").await?;
        } else {
            self.call(RenewWatch { watch }).await?;
            self.say(&format!("It goes on for {WATCH_DAYS} days from now.")).await?;
        }
        Err(Turn::Instead(Place::Watch))
    }

    /// Puts a member on the list.
    pub(super) async fn watch_member(
        &mut self,
        member: MemberId,
        evidence: Option<EvidenceAt>,
    ) -> Talked<()> {
        let reason = self.ask("why are they to be watched? It is part of their own export").await?;
        self.call(WatchMember { member, reason, evidence }).await?;
        self.say(&format!("On the list for {WATCH_DAYS} days; watched shows it.")).await
    }
}
