//! What is for one: notifications that lead to their exact place, the wall, being away.

use super::table::{Act, Menu, Said, entry};
use super::talk::Talk;
use super::turn::{Place, Talked, Turn};
use super::words::{ago, count};
use crate::domain::draft::{Form, LineFor};
use crate::domain::moderation::Thing;
use crate::domain::time::Timestamp;
use crate::service::notifications::{
    ClearNotifications, LeadsTo, ListNotifications, Notification, NotificationKind, SeeNotification,
};
use crate::service::people::SetAway;
use crate::service::thanks::ListThanks;
use crate::service::wall::{ReadWall, TakeOffWall, WriteOnWall};

static NOTICES: Menu = Menu {
    name: "notifications",
    entries: &[
        entry(Act::MarkRead, "clear", "c", "", "all of these are seen"),
        entry(Act::Thanks, "thanks", "", "", "the thanks that you got"),
    ],
    main: usize::MAX,
    enter: Some(Act::Next),
    numbered: false,
};

static WALL: Menu = Menu {
    name: "wall",
    entries: &[
        entry(Act::NewThread, "write", "w", "WORDS", "write a line, one a visit"),
        entry(Act::Delete, "remove", "", "NUMBER", "take a line off: your own, or any as staff"),
        entry(Act::Report, "report", "", "NUMBER", "report a line to the staff"),
    ],
    main: usize::MAX,
    enter: Some(Act::Next),
    numbered: false,
};

impl Talk {
    pub(super) async fn notifications(&mut self) -> Talked<()> {
        let list = self.call(ListNotifications).await?;
        match list.rows.is_empty() {
            true => self.say("Nothing is for you just now.").await?,
            false => self.say(&format!("{} new. Type a number to go there.", list.unseen)).await?,
        }
        let now = self.now();
        for (row, number) in list.rows.iter().zip(1..) {
            let new = if row.unseen { ", new" } else { "" };
            self.say(&format!("{number} {}, {}{new}.", notice_words(row), ago(now, row.at))).await?;
        }
        let names: Vec<String> = list.rows.iter().map(|row| row.about.clone()).collect();
        loop {
            let said = self.command("notifications", &NOTICES).await?;
            let done = match &said {
                Said::Act(Act::MarkRead, _) => self.clear_notifications().await,
                Said::Act(..) => self.say_thanks().await,
                said => match self.picked(said, &names).await? {
                    Some(index) => self.go_to_notice(&list.rows[index]).await,
                    None => Ok(()),
                },
            };
            self.recover(done).await?;
        }
    }

    async fn clear_notifications(&mut self) -> Talked<()> {
        let undo = self.call(ClearNotifications).await?;
        let cleared = count(i64::try_from(undo.count()).unwrap_or(i64::MAX), "notification");
        self.say(&format!("{cleared} seen.")).await
    }

    async fn go_to_notice(&mut self, row: &Notification) -> Talked<()> {
        if let Some(id) = row.id.filter(|_| row.unseen) {
            self.call(SeeNotification(id)).await?;
        }
        match row.leads_to {
            LeadsTo::Post(thread, no) => Err(Turn::Open(Place::post(thread, no))),
            LeadsTo::Thread(thread) => Err(Turn::Open(Place::thread(thread))),
            LeadsTo::Member(member) => Err(Turn::Open(Place::Profile(member))),
            LeadsTo::Conversation(id) => Err(Turn::Open(Place::Conversation(id))),
            LeadsTo::Roles => Err(Turn::Open(Place::Roles)),
            LeadsTo::Dues => self.dues("").await,
            LeadsTo::Cohort(cohort) => Err(Turn::Open(Place::Cohort(cohort))),
            LeadsTo::Path => self.path("").await,
            LeadsTo::Application(id) => Err(Turn::Open(Place::Application(id))),
            LeadsTo::AtDoor => self.at_door().await,
            LeadsTo::Jury(matter) => self.jury(matter).await,
            LeadsTo::Waiting => Err(Turn::Open(Place::Waiting)),
            LeadsTo::MyCases => self.mine().await,
            LeadsTo::Room(room) => Err(Turn::Open(Place::Room(room))),
        }
    }

    async fn say_thanks(&mut self) -> Talked<()> {
        let got = self.call(ListThanks).await?;
        if got.is_empty() {
            return self.say("No thanks yet.").await;
        }
        let now = self.now();
        for thanks in got {
            let when = ago(now, thanks.given_at);
            self.say(&format!(
                "{} thanked you for post {} in {}, {when}.",
                thanks.giver, thanks.no, thanks.title
            ))
            .await?;
        }
        Ok(())
    }

    pub(super) async fn wall(&mut self) -> Talked<()> {
        loop {
            let view = self.call(ReadWall).await?;
            match view.lines.is_empty() {
                true => self.say("The wall is empty: w writes the first line.").await?,
                false => self.say("The wall, the newest first.").await?,
            }
            let now = self.now();
            for (line, number) in view.lines.iter().zip(1..) {
                self.say(&format!("{number} {}, {}: {}", line.author, ago(now, line.at), line.text)).await?;
            }
            let said = self.command("wall", &WALL).await?;
            let done = match &said {
                Said::Act(Act::NewThread, rest) => self.write_on_wall(rest).await,
                Said::Act(act, rest) => {
                    let names: Vec<String> = view.lines.iter().map(|line| line.author.clone()).collect();
                    match self.picked(&Said::from_rest(rest), &names).await? {
                        Some(index) => {
                            let (line, mine) = (view.lines[index].id, view.lines[index].mine);
                            match act {
                                Act::Report => Err(Turn::Open(Place::Report(Thing::Wall(line)))),
                                _ if mine => self.take_off_wall(line).await,
                                // Staff say under which rule and why; for others there is the report.
                                _ => Err(Turn::Open(Place::Moderate(Thing::Wall(line)))),
                            }
                        }
                        None => Ok(()),
                    }
                }
                said => {
                    let names: Vec<String> = view.lines.iter().map(|line| line.author.clone()).collect();
                    match self.picked(said, &names).await? {
                        Some(index) => Err(Turn::Open(Place::Profile(view.lines[index].author_id))),
                        None => Ok(()),
                    }
                }
            };
            self.recover(done).await?;
        }
    }

    async fn write_on_wall(&mut self, rest: &str) -> Talked<()> {
        match rest {
            "" => {
                let form = Form::Line(LineFor::Wall, 0);
                self.send_kept("one line", form, |text| WriteOnWall { text }).await?
            }
            text => self.call(WriteOnWall { text: text.to_owned() }).await?,
        };
        self.say("It is on the wall.").await
    }

    async fn take_off_wall(&mut self, line: crate::domain::ids::WallId) -> Talked<()> {
        if !self.confirm("Take it off?").await? {
            return Err(Turn::Cancelled);
        }
        self.call(TakeOffWall { line }).await?;
        self.say("It is off the wall.").await
    }

    /// Away, perhaps with a word on why; or back.
    pub(super) async fn away(&mut self, rest: &str) -> Talked<()> {
        let back = matches!(rest, "back" | "no" | "off");
        self.call(SetAway { away: (!back).then(|| rest.to_owned()) }).await?;
        self.say(if back { "You are back." } else { "You are away; away back says that you are back." }).await
    }

    /// The newest line of the wall and what is for one, on home.
    pub(super) async fn say_for_me(&mut self, rows: &[Notification], now: Timestamp) -> Talked<()> {
        for row in rows.iter().take(3) {
            self.say(&format!("For you: {}, {}.", notice_words(row), ago(now, row.at))).await?;
        }
        if rows.len() > 3 {
            self.say("notifications tells the rest.").await?;
        }
        Ok(())
    }
}

fn notice_words(row: &Notification) -> String {
    let who = row.who.as_deref().unwrap_or("the staff");
    let about = if row.about.is_empty() { String::new() } else { format!(" in {}", row.about) };
    let words = match row.kind {
        NotificationKind::Reply => format!("{who} answers you{about}"),
        NotificationKind::Mention => format!("{who} mentions you{about}"),
        NotificationKind::Asked if row.about.is_empty() => {
            format!("{who} asks to keep what you said in the hall")
        }
        NotificationKind::Asked => format!("{who} asks to keep what you said in the room of {}", row.about),
        NotificationKind::Message => format!("a message from {who}{about}"),
        NotificationKind::Thanks => format!("{who} thanks you for a post{about}"),
        NotificationKind::TagJoined => format!("{who} joined a tag that you look after"),
        NotificationKind::RoleOffered => format!("{who} asks whether you would take on a role"),
        NotificationKind::RoleAnswered => format!("{who} answered your offer of a role"),
        NotificationKind::RoleEnding => "your term in a role ends soon".to_owned(),
        NotificationKind::RoleEnded => "a role of yours has ended; thank you".to_owned(),
        NotificationKind::DuesEnd => "your dues end within two weeks".to_owned(),
        NotificationKind::DuesOver => {
            "the dues of a member have ended, and their days of grace; nothing follows by itself".to_owned()
        }
        NotificationKind::CohortInvited => format!("{who} invites you to the cohort {}", row.about),
        NotificationKind::CohortBegins => format!("your cohort {} begins", row.about),
        NotificationKind::CohortOff => format!("the cohort {} does not come together this time", row.about),
        NotificationKind::CohortOver => format!("your cohort {} is over; thank you", row.about),
        NotificationKind::NewBuddy => format!("you have another buddy in {}", row.about),
        NotificationKind::CheckpointSoon => format!("tomorrow, if you like: a checkpoint of {}", row.about),
        NotificationKind::Checkpoint => format!("a line on how it goes, if you like: {}", row.about),
        NotificationKind::LevelUp => format!("you are a {} now; path says what that opens", row.about),
        NotificationKind::LevelDown => {
            format!("your level is {} now; path says how it rises again", row.about)
        }
        NotificationKind::Vouch if row.leads_to == LeadsTo::AtDoor => {
            format!("{who}, at the door, says that you know them")
        }
        NotificationKind::Vouch => format!("{who} vouches for an applicant"),
        NotificationKind::Published => format!("your post is published{about}"),
        NotificationKind::Returned => "a post of yours came back as a draft, with a word on why".to_owned(),
        NotificationKind::Jury => "you are drawn for a jury: an appeal waits for you".to_owned(),
        NotificationKind::Moderation => format!("the staff: {}", row.about),
        NotificationKind::Report => format!("your report: {}", row.about),
    };
    if row.times > 1 { format!("{words}, {} times", row.times) } else { words }
}
