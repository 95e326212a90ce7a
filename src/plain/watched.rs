//! The watch list of the staff.

use super::table::{Act, Menu, Said, entry};
use super::talk::Talk;
use super::turn::{Place, Talked, Turn};
use super::words::ago;
use crate::domain::ids::MemberId;
use crate::service::watch::{
    EndWatch, EvidenceAt, ListWatched, RenewWatch, WATCH_DAYS, WatchMember, Watched,
};

static MENU: Menu = Menu {
    name: "watch list",
    entries: &[
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
            true => self.say("Nobody is watched. Say watch on a member's profile.").await?,
            false => self.say("The watch list. Type a number to open somebody's profile.").await?,
        }
        let now = self.now();
        for (row, number) in watched.iter().zip(1..) {
            let watch = &row.watch;
            let (began, ends) = (ago(now, watch.made_at), ago(now, watch.until));
            self.say(&format!(
                "{number} {}: {} By {}, {began}; it ends {ends}.",
                watch.handle, watch.reason, watch.by
            ))
            .await?;
            for evidence in &row.evidence {
                self.say(&format!("{}: {}", evidence.label, evidence.body)).await?;
            }
        }
        let names: Vec<String> = watched.iter().map(|row| row.watch.handle.clone()).collect();
        loop {
            let said = self.command("watch list", &MENU).await?;
            let done = match &said {
                Said::Act(Act::Again, _) => Err(Turn::Instead(Place::Watch)),
                Said::Act(act, rest) => match self.picked(&Said::from_rest(rest), &names).await? {
                    Some(index) => self.change_watch(*act, &watched[index]).await,
                    None => Ok(()),
                },
                said => match self.picked(said, &names).await? {
                    Some(index) => Err(Turn::Open(Place::Profile(watched[index].watch.member_id))),
                    None => Ok(()),
                },
            };
            self.recover(done).await?;
        }
    }

    async fn change_watch(&mut self, act: Act, row: &Watched) -> Talked<()> {
        let watch = row.watch.id;
        if act == Act::Drop {
            if !self.confirm(&format!("No longer watch {}?", row.watch.handle)).await? {
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
