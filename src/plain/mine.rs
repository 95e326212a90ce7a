//! What hob keeps about one, and leaving (W6).

use super::table::{Act, Menu, Said, entry};
use super::talk::Talk;
use super::turn::Talked;
use crate::domain::leaving::LeavingWay;
use crate::domain::time::absolute;
use crate::service::mine::{AskToLeave, Leaving, ShowMyData, Stay};

static MENU: Menu = Menu {
    name: "your data",
    entries: &[
        entry(Act::LeaveHob, "goodbye", "", "", "leave this place for good, in one of three ways"),
        entry(Act::Stay, "stay", "", "", "stay after all"),
        entry(Act::Again, "again", "a", "", "say it once more"),
    ],
    main: 2,
    enter: None,
    numbered: false,
};

impl Talk {
    pub(super) async fn my_data(&mut self) -> Talked<()> {
        self.say_my_data().await?;
        loop {
            let said = self.command("data", &MENU).await?;
            let done = match said {
                Said::Act(Act::LeaveHob, _) => self.leave_hob().await,
                Said::Act(Act::Stay, _) => self.stay().await,
                Said::Act(..) => self.say_my_data().await,
                _ => self.say("goodbye leaves for good; stay stays after all.").await,
            };
            self.recover(done).await?;
        }
    }

    async fn say_my_data(&mut self) -> Talked<()> {
        let data = self.call(ShowMyData).await?;
        let place = self.me.place.clone();
        self.say(&format!("What {place} keeps about you:")).await?;
        for (what, count, kept) in data.kept.iter().filter(|(_, count, _)| *count > 0) {
            self.say(&format!("{what}: {count}, kept: {kept}.")).await?;
        }
        self.say("To take it along, from your own shell: ssh HOST export > me.tar").await?;
        self.say_leaving_of(data.leaving).await
    }

    /// Whoever asked to leave hears so at each login.
    pub(super) async fn say_leaving(&mut self) -> Talked<()> {
        self.say_leaving_of(self.me.leaving).await
    }

    async fn say_leaving_of(&mut self, leaving: Option<Leaving>) -> Talked<()> {
        let Some(leaving) = leaving else { return Ok(()) };
        let day = absolute(leaving.due_at, &self.zone());
        let words =
            format!("You leave on {day}: {}. To stay after all, type data, then stay.", leaving.way.label());
        self.say(&words).await
    }

    async fn leave_hob(&mut self) -> Talked<()> {
        self.say("Nothing is done yet. These are the ways:").await?;
        for way in LeavingWay::ALL {
            self.say(&format!("{}: {}", way.label(), way.meaning())).await?;
        }
        let ways: Vec<String> = LeavingWay::ALL.iter().map(|way| way.label().to_owned()).collect();
        let index = self.choose("What is to remain?", &ways).await?;
        let Some(way) = LeavingWay::ALL.get(index).copied() else { return Ok(()) };
        let handle = self.ask("your handle, to leave").await?;
        let leaving = self.call(AskToLeave { way, handle }).await?;
        self.refresh().await?;
        self.say_leaving_of(Some(leaving)).await
    }

    async fn stay(&mut self) -> Talked<()> {
        self.call(Stay).await?;
        self.refresh().await?;
        self.say("You stay. All is as it was.").await
    }
}
