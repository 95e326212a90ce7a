//! The queue: what waits for the staff.

use super::table::{Act, Menu, Said, entry};
use super::talk::Talk;
use super::turn::{Place, Talked, Turn};
use super::words::{ago, count};
use crate::domain::draft::{Form, LineFor};
use crate::domain::ids::MemberId;
use crate::domain::moderation::Priority;
use crate::domain::time::Timestamp;
use crate::service::cases::{ListQueue, QueueItem, QueueKind};
use crate::service::waitlist::{ListWaitlist, SeatNow};

static MENU: Menu = Menu {
    name: "queue",
    entries: &[
        entry(Act::Again, "again", "a", "", "the queue once more, as it is now"),
        entry(Act::Waitlist, "waitlist", "", "", "who is approved and waits for a seat, and why"),
        entry(Act::SeatNow, "seat", "", "HANDLE", "for a sysop: let this person in now, past the line"),
    ],
    main: usize::MAX,
    enter: Some(Act::Again),
    numbered: false,
};

impl Talk {
    pub(super) async fn queue(&mut self) -> Talked<()> {
        let queue = self.call(ListQueue).await?;
        let items = queue.items;
        self.say_queue(&items).await?;
        if let Some(words) = queue.line.words() {
            self.say(&format!("{words} waitlist says who.")).await?;
        }
        loop {
            let said = self.command("queue", &MENU).await?;
            match &said {
                Said::Act(Act::Again, _) => return Err(Turn::Instead(Place::Queue)),
                Said::Act(Act::Waitlist, _) => self.say_waitlist().await?,
                Said::Act(Act::SeatNow, handle) => self.seat_now(handle).await?,
                _ => {}
            }
            let names: Vec<String> = items.iter().map(|item| item.who.clone()).collect();
            if let Some(index) = self.picked(&said, &names).await? {
                return Err(Turn::Open(place_of(&items[index])));
            }
        }
    }

    async fn say_queue(&mut self, items: &[QueueItem]) -> Talked<()> {
        if items.is_empty() {
            return self.say("The queue. Nothing waits.").await;
        }
        let number = count(i64::try_from(items.len()).unwrap_or(i64::MAX), "thing");
        self.say(&format!("The queue. {number}, the most urgent first. Type a number.")).await?;
        let (now, me) = (self.now(), self.me.actor.id());
        for (item, number) in items.iter().zip(1..) {
            self.say(&format!("{number} {}", item_line(item, now, me))).await?;
        }
        Ok(())
    }

    /// Who waits for a seat, and what for (D7).
    async fn say_waitlist(&mut self) -> Talked<()> {
        let line = self.call(ListWaitlist).await?;
        let Some(words) = line.summary.words() else {
            return self.say("Nobody waits for a seat.").await;
        };
        self.say(&words).await?;
        let now = self.now();
        for (waiter, number) in line.waiters.iter().zip(1..) {
            let from = waiter.inviter.as_ref().map_or_else(String::new, |by| format!(", invited by {by}"));
            let since = ago(now, waiter.since);
            self.say(&format!("{number} {}{from}, since {since}.", waiter.handle)).await?;
        }
        Ok(())
    }

    async fn seat_now(&mut self, handle: &str) -> Talked<()> {
        let line = self.call(ListWaitlist).await?;
        let named = line.waiters.iter().find(|waiter| waiter.handle.eq_ignore_ascii_case(handle.trim()));
        let Some(waiter) = named else {
            return self.say("Nobody of that name waits; waitlist says who does.").await;
        };
        let (member, form) = (waiter.member, Form::Line(LineFor::LetIn, waiter.member.0));
        self.send_kept("why? All members read it", form, |reason| SeatNow { member, reason }).await?;
        self.say(&format!("{} is in.", waiter.handle)).await
    }

    /// The next thing of the queue that nobody else has in hand, after this one.
    pub(super) async fn next_item(&mut self, after: QueueKind) -> Talked<()> {
        let items = self.call(ListQueue).await?.items;
        let me = self.me.actor.id();
        let free = |item: &&QueueItem| {
            item.kind != after && !item.asked && item.claim.as_ref().is_none_or(|claim| Some(claim.by) == me)
        };
        match items.iter().find(free) {
            Some(item) => Err(Turn::Instead(place_of(item))),
            None => self.say("Nothing else waits.").await,
        }
    }
}

fn place_of(item: &QueueItem) -> Place {
    match item.kind {
        QueueKind::Case { case, .. } => Place::Case(case),
        QueueKind::Held { held, .. } => Place::Held(held),
        QueueKind::Matter { matter, .. } => Place::Matter(matter),
        QueueKind::Application { application, .. } => Place::Application(application),
    }
}

fn item_line(item: &QueueItem, now: Timestamp, me: Option<MemberId>) -> String {
    let mut line = match item.kind {
        QueueKind::Case { case, .. } => {
            let times = count(item.reporters, "report");
            format!("Case {case}: {} by {}, {times}, rule {}", item.label, item.who, item.rule_no)
        }
        QueueKind::Held { .. } => format!("{}'s {}, waits to be published", item.who, item.label),
        QueueKind::Matter { .. } => format!("To look at again: {} {}", item.label, item.who),
        QueueKind::Application { .. } => format!("Application of {}", item.who),
    };
    if item.priority == Priority::First {
        line.push_str(", first");
    }
    if item.watched {
        line.push_str(", watched");
    }
    if item.asked {
        line.push_str(", waits for the answer");
    }
    if let Some(claim) = &item.claim {
        let who = if Some(claim.by) == me { "you" } else { claim.handle.as_str() };
        line.push_str(&format!(", claimed by {who}"));
    }
    format!("{line}, {}.", ago(now, item.since))
}
