//! A member's profile, and changing one's own.

use super::post::body;
use super::table::{Act, Menu, Said, entry};
use super::talk::Talk;
use super::turn::{Place, Talked, Turn};
use super::words::{ago, list};
use super::write::Keep;
use crate::domain::draft::DraftTarget;
use crate::domain::ids::MemberId;
use crate::domain::moderation::Thing;
use crate::domain::time::{Zone, coarse, date, time_of_day};
use crate::service::blocks::{BlockMember, ListBlocks, MuteMember};
use crate::service::drafts::{DropDraft, LoadDraft};
use crate::service::members::{EditProfile, Profile, ProfileTexts, ReadProfile};

static MENU: Menu = Menu {
    name: "profile",
    entries: &[
        entry(Act::Edit, "edit", "e", "", "edit your own profile"),
        entry(Act::Message, "message", "m", "", "write them a message"),
        entry(Act::Nudge, "nudge", "", "WORDS", "one line that they see at once, if they are here"),
        entry(
            Act::Block,
            "block",
            "",
            "",
            "block them, or no longer: no contact either way, and nobody is told",
        ),
        entry(
            Act::Mute,
            "mute",
            "",
            "",
            "mute them, or no longer: you do not see what they do; nobody is told",
        ),
        entry(Act::Report, "report", "", "", "report this member to the staff"),
        entry(Act::Notes, "notes", "", "", "for staff: the notes about this member, and another one"),
        entry(Act::Ban, "ban", "", "", "for staff: ban one of their keys, or for the sysop an address"),
        entry(Act::Watch, "watch", "", "", "for staff: watch them for 90 days, with a reason"),
        entry(Act::Moderate, "moderate", "", "", "for staff: what can be done about this member"),
    ],
    main: usize::MAX,
    enter: Some(Act::Next),
    numbered: false,
};

static EDIT: Menu = Menu {
    name: "your profile",
    entries: &[
        entry(Act::Accept, "save", "s", "", "save it"),
        entry(Act::Again, "again", "a", "", "say it once more"),
    ],
    main: usize::MAX,
    enter: None,
    numbered: false,
};

/// The form under which a text about oneself is kept while it is written.
pub(super) const ABOUT_FORM: &str = "profile-about";

/// The parts of the profile in their order.
const PARTS: [&str; 6] =
    ["pronouns", "time zone", "about you", "I can help with", "I am looking for", "plan"];
/// The place of the text of several lines among them.
const ABOUT: usize = 2;

impl Talk {
    pub(super) async fn profile(&mut self, member: MemberId) -> Talked<()> {
        let profile = self.call(ReadProfile { member }).await?;
        if self.arrives() {
            self.say_profile(&profile).await?;
        }
        let titles: Vec<String> = profile.threads.iter().map(|thread| thread.title.clone()).collect();
        loop {
            let said = self.command("profile", &MENU).await?;
            let done = match &said {
                Said::Act(Act::Edit, _) if self.me.actor.id() == Some(member) => {
                    Err(Turn::Open(Place::EditProfile))
                }
                Said::Act(Act::Edit, _) => self.say("Only your own profile can be edited.").await,
                Said::Act(Act::Message, _) => {
                    self.compose(DraftTarget::MessageTo(member), None, false).await.map(drop)
                }
                Said::Act(Act::Nudge, words) => self.nudge(&format!("{} {words}", profile.row.handle)).await,
                Said::Act(Act::Mute, _) => self.mute_member(member).await,
                Said::Act(Act::Block, _) => self.block(member, &profile.row.handle).await,
                Said::Act(Act::Report, _) => Err(Turn::Open(Place::Report(Thing::Member(member)))),
                Said::Act(Act::Notes, _) => self.staff_notes(member).await,
                Said::Act(Act::Watch, _) => self.watch_member(member, None).await,
                Said::Act(Act::Ban, _) => self.ban_of(member).await,
                Said::Act(Act::Moderate, _) => Err(Turn::Open(Place::Moderate(Thing::Member(member)))),
                said => match self.picked(said, &titles).await? {
                    Some(index) => Err(Turn::Open(Place::thread(profile.threads[index].id))),
                    None => Ok(()),
                },
            };
            self.recover(done).await?;
        }
    }

    async fn block(&mut self, member: MemberId, handle: &str) -> Talked<()> {
        let listed = self.call(ListBlocks).await?;
        let blocked = listed.iter().any(|row| row.member == member && !row.muted);
        let question = match blocked {
            true => format!("Block {handle} no longer?"),
            false => format!("Block {handle}? Neither of you reaches the other; nobody is told."),
        };
        if !self.confirm(&question).await? {
            return Err(Turn::Cancelled);
        }
        self.call(BlockMember { member, blocked: !blocked }).await?;
        self.say(if blocked { "No longer blocked." } else { "Blocked." }).await
    }

    async fn mute_member(&mut self, member: MemberId) -> Talked<()> {
        let listed = self.call(ListBlocks).await?;
        let muted = !listed.iter().any(|row| row.member == member && row.muted);
        self.call(MuteMember { member, muted }).await?;
        self.say(if muted {
            "Muted: you do not see what they do. They are not told."
        } else {
            "No longer muted."
        })
        .await
    }

    async fn say_profile(&mut self, profile: &Profile) -> Talked<()> {
        let Profile { row, here, away, blocked, muted, invited, threads, shared, tags, now, .. } = profile;
        let (now, zone) = (*now, self.zone());
        self.say(&format!("{}, {}, {}.", row.handle, row.level, row.role)).await?;
        let mut facts = Vec::new();
        if *here {
            facts.push(match away.as_deref() {
                None => "Here now.".to_owned(),
                Some("") => "Here, but away just now.".to_owned(),
                Some(why) => format!("Here, but away: {why}"),
            });
        } else if let Some(at) = row.last_seen_at {
            facts.push(format!("Last here: {}.", coarse(now, at)));
        }
        if let Some(at) = row.joined_at {
            facts.push(format!("Here since {}.", date(at, &zone)));
        }
        if let Some(inviter) = &row.invited_by {
            facts.push(format!("Invited by {inviter}."));
        }
        if *blocked {
            facts.push("You have blocked this member.".to_owned());
        }
        if *muted {
            facts.push("You have muted this member.".to_owned());
        }
        if !invited.is_empty() {
            facts.push(format!("Invited {}.", list(invited)));
        }
        if let Ok(theirs) = Zone::parse(&row.zone) {
            facts.push(format!("It is {} there, {}.", time_of_day(now, &theirs), theirs.name()));
        }
        for (head, text) in [
            ("Pronouns", &row.pronouns),
            ("I can help with", &row.can_help),
            ("I am looking for", &row.looking_for),
            ("Plan", &row.plan),
        ] {
            if !text.is_empty() {
                facts.push(format!("{head}: {text}"));
            }
        }
        self.say(&facts.join("\n")).await?;
        if !tags.is_empty() {
            self.say(&format!("Tags: {}.", list(tags))).await?;
        }
        if !shared.is_empty() {
            let titles: Vec<String> = shared.iter().map(|thread| thread.title.clone()).collect();
            self.say(&format!("You both wrote in {}.", list(&titles))).await?;
        }
        if !row.about.is_empty() {
            self.say("About:\n").await?;
            self.say(&body(&row.about, false)).await?;
        }
        if !threads.is_empty() {
            self.say("Threads:").await?;
        }
        for (thread, number) in threads.iter().zip(1..) {
            let (title, board, when) = (&thread.title, &thread.board, ago(now, thread.last_at));
            self.say(&format!("{number} {title}, in {board}, {when}.")).await?;
        }
        Ok(())
    }

    pub(super) async fn edit_profile(&mut self) -> Talked<()> {
        let Some(me) = self.me.actor.id() else { return Err(Turn::Back) };
        let row = self.call(ReadProfile { member: me }).await?.row;
        let mut parts = [row.pronouns, row.zone, row.about, row.can_help, row.looking_for, row.plan];
        self.say_parts(&parts).await?;
        loop {
            let said = self.command("your profile", &EDIT).await?;
            let done = match &said {
                Said::Act(Act::Accept, _) => match self.save_profile(&parts).await {
                    Ok(()) => Err(Turn::Return),
                    other => other,
                },
                Said::Act(..) => self.say_parts(&parts).await,
                said => {
                    let names = PARTS.map(str::to_owned);
                    match self.picked(said, &names).await? {
                        Some(index) => self.edit_part(index, &mut parts).await,
                        None => Ok(()),
                    }
                }
            };
            self.recover(done).await?;
        }
    }

    async fn say_parts(&mut self, parts: &[String; 6]) -> Talked<()> {
        self.say("Your profile. Type a number to change a line, and save when it is done.").await?;
        for ((name, text), number) in PARTS.iter().zip(parts).zip(1..) {
            let text = if text.is_empty() { "(nothing)" } else { text };
            self.say(&format!("{number} {name}: {text}")).await?;
        }
        Ok(())
    }

    async fn edit_part(&mut self, index: usize, parts: &mut [String; 6]) -> Talked<()> {
        if index == ABOUT {
            let target = about_draft();
            let waits = self.call(LoadDraft { target: target.clone() }).await?;
            let start = waits.map_or_else(|| parts[index].clone(), |draft| draft.body);
            let keep = Keep::of(target);
            if let Some(text) = self.write_form(&start, &keep).await? {
                parts[index] = text;
            }
            return Ok(());
        }
        let new = self.ask_any(&format!("{}, or a single - for nothing", PARTS[index])).await?;
        match new.trim() {
            "" => return Err(Turn::Cancelled),
            "-" => parts[index].clear(),
            text => text.clone_into(&mut parts[index]),
        }
        self.say("Changed here; save keeps it.").await
    }

    async fn save_profile(&mut self, parts: &[String; 6]) -> Talked<()> {
        let [pronouns, zone, about, can_help, looking_for, plan] = parts.clone();
        self.call(EditProfile { texts: ProfileTexts { pronouns, zone, about, can_help, looking_for, plan } })
            .await?;
        self.call(DropDraft { target: about_draft() }).await?;
        self.say("Your profile is saved.").await
    }
}

fn about_draft() -> DraftTarget {
    DraftTarget::Form(ABOUT_FORM.to_owned())
}
