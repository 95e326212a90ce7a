//! Posts that wait for a moderator: one's own, and as the staff read them.

use super::post::body;
use super::table::{Act, Menu, Said, entry};
use super::talk::Talk;
use super::turn::{Place, Talked, Turn};
use super::words::ago;
use crate::domain::draft::Form;
use crate::domain::ids::HeldId;
use crate::domain::time::{Timestamp, duration_words};
use crate::service::cases::QueueKind;
use crate::service::held::{
    ClaimHeld, DecideHeld, Held, InPlace, MyHeld, OwnHeld, ReadHeld, ReleaseHeld, TakeBackHeld,
};

static MENU: Menu = Menu {
    name: "post that waits",
    entries: &[
        entry(
            Act::Claim,
            "claim",
            "c",
            "",
            "claim it, for two hours as a rule, or give it back to the others",
        ),
        entry(Act::Approve, "publish", "", "", "publish it: it gets its number and its time now"),
        entry(
            Act::Decline,
            "return",
            "",
            "",
            "give it back to its author as a draft, with a kind word on why",
        ),
        entry(Act::Author, "author", "", "", "the author's profile"),
        entry(Act::Next, "next", "n", "", "the next thing of the queue"),
        entry(Act::Again, "again", "a", "", "the post once more, as it is now"),
    ],
    main: usize::MAX,
    enter: None,
    numbered: true,
};

static OWN: Menu = Menu {
    name: "waiting",
    entries: &[
        entry(Act::Edit, "edit", "e", "NUMBER", "take it back and change it; sent again, it waits again"),
        entry(Act::Drop, "back", "", "NUMBER", "take it back: it is a draft again"),
    ],
    main: usize::MAX,
    enter: Some(Act::Next),
    numbered: false,
};

/// What is said when a text was handed in.
pub(super) const HANDED_IN: &str = "Handed in: a moderator reads it first. waiting shows it.";

impl Talk {
    pub(super) async fn held(&mut self, id: HeldId) -> Talked<()> {
        let mut held = self.call(ReadHeld { held: id }).await?;
        if self.arrives() {
            self.say_held(&held).await?;
        }
        loop {
            let said = self.command("post that waits", &MENU).await?;
            let done = match said {
                Said::Act(act, _) => self.held_act(act, &mut held).await,
                Said::Pick(_) => Ok(()),
                Said::Other(text) => self.not_understood(&text).await,
            };
            self.recover(done).await?;
        }
    }

    async fn held_act(&mut self, act: Act, held: &mut Held) -> Talked<()> {
        let id = held.id;
        match act {
            Act::Claim => {
                let mine = held.claim.as_ref().is_some_and(|claim| Some(claim.by) == self.me.actor.id());
                if mine {
                    self.call(ReleaseHeld { held: id }).await?;
                    self.say("Given back to the others.").await?;
                } else {
                    self.call(ClaimHeld { held: id }).await?;
                    self.say_claimed().await?;
                }
            }
            Act::Approve => {
                self.call(DecideHeld { held: id, publish: true, reason: String::new() }).await?;
                self.say("Published.").await?;
            }
            Act::Decline => {
                let ask = format!("a kind word to {} on why", held.author);
                let decline = |reason| DecideHeld { held: id, publish: false, reason };
                self.send_kept(&ask, Form::Held(id), decline).await?;
                self.say("It is with its author again, as a draft.").await?;
            }
            Act::Author => return Err(Turn::Open(Place::Profile(held.author_id))),
            Act::Next => return self.next_item(QueueKind::Held { held: id, member: held.author_id }).await,
            _ => return Err(Turn::Instead(Place::Held(id))),
        }
        *held = self.call(ReadHeld { held: id }).await?;
        Ok(())
    }

    /// Says for how long something that was just claimed is in one's hands.
    pub(super) async fn say_claimed(&mut self) -> Talked<()> {
        let left = duration_words(self.service.settings().claim_s);
        self.say(&format!("Claimed: it is in your hands for {left}.")).await
    }

    async fn say_held(&mut self, held: &Held) -> Talked<()> {
        let now = self.now();
        let place = match held.thread {
            Some(_) => format!("for {} on {}", held.title, held.board_name),
            None => format!("a new thread on {}: {}", held.board_name, held.title),
        };
        let since = ago(now, held.held_at);
        self.say(&format!("A post by {}, {place}, handed in {since}.", held.author)).await?;
        let note = if held.note.is_empty() { String::new() } else { format!(": {}", held.note) };
        self.say(&format!("Why: {}{note}.", held.why.to_staff())).await?;
        for mark in &held.marks {
            self.say(mark).await?;
        }
        if let Some(claim) = &held.claim {
            self.say(&format!("Claimed by {} {}.", claim.handle, ago(now, claim.since))).await?;
        }
        if let Some(decided) = &held.decided {
            self.say(&format!("It is {decided}. {}", held.reason)).await?;
        }
        self.say("").await?;
        self.say(&body(&held.body, true)).await?;
        self.say("").await
    }

    pub(super) async fn waiting(&mut self) -> Talked<()> {
        let list = self.call(MyHeld).await?;
        if list.is_empty() {
            self.say("Nothing of yours waits for a moderator.").await?;
            return Err(Turn::Return);
        }
        self.say("Your posts that wait for a moderator, and those that came back.").await?;
        let now = self.now();
        for (item, number) in list.iter().zip(1..) {
            self.say(&format!("{number} {}", own_words(item, now))).await?;
        }
        let names: Vec<String> = list.iter().map(|item| item.title.clone()).collect();
        loop {
            let said = self.command("waiting", &OWN).await?;
            let done = match &said {
                Said::Act(act, rest) => match self.picked(&Said::from_rest(rest), &names).await? {
                    Some(index) => self.take_back(&list[index], *act == Act::Edit).await,
                    None => Ok(()),
                },
                said => match self.picked(said, &names).await? {
                    Some(index) => self.say(&body(&list[index].body, true)).await,
                    None => Ok(()),
                },
            };
            self.recover(done).await?;
        }
    }

    async fn take_back(&mut self, item: &OwnHeld, edits: bool) -> Talked<()> {
        if item.returned.is_some() {
            return self.say("It is a draft already; drafts lists it.").await;
        }
        let taken = self.call(TakeBackHeld { held: item.id }).await?;
        if edits {
            self.go_on_with(taken.draft()).await?;
        } else {
            self.say("It is a draft again; drafts lists it.").await?;
        }
        Err(Turn::Instead(Place::Waiting))
    }

    /// What of one's own waits in a thread that is being read.
    pub(super) async fn say_in_place(&mut self, held: &[InPlace]) -> Talked<()> {
        let now = self.now();
        for waiting in held {
            let since = ago(now, waiting.held_at);
            self.say(&format!("Yours, handed in {since}, waits for a moderator; waiting takes it back:\n"))
                .await?;
            self.say(&body(&waiting.body, false)).await?;
        }
        Ok(())
    }
}

fn own_words(item: &OwnHeld, now: Timestamp) -> String {
    match &item.returned {
        Some((at, reason)) => format!("{}, came back {}: {reason}", item.title, ago(now, *at)),
        None => format!("{}, handed in {}. {}", item.title, ago(now, item.held_at), item.why.to_author()),
    }
}
