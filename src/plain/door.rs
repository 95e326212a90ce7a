//! The door for guests: what this place is, an invite or an application, a handle, a way to come back. Until that is
//! chosen nothing is kept anywhere.

use super::table::{Act, Menu, Said, entry};
use super::talk::Talk;
use super::turn::{Place, Talked, Turn};
use crate::domain::invite::InviteCode;
use crate::domain::member::Role;
use crate::domain::policy::Actor;
use crate::service::charter::{Charter, ReadCharter};
use crate::service::invites::{CheckInvite, InviteOffer};
use crate::service::joining::{CheckHandle, DoorView, SeeDoor, StartJoining};

static MENU: Menu = Menu {
    name: "door",
    entries: &[
        entry(Act::Charter, "charter", "c", "", "read the charter and its rules"),
        entry(Act::Apply, "apply", "a", "", "apply to join"),
        entry(Act::EnterInvite, "invite", "i", "CODE", "enter the code of an invite"),
        entry(Act::Boards, "boards", "", "", "look at the boards that are open to guests"),
        entry(Act::Keys, "members", "", "", "how members log in"),
        entry(
            Act::LostKey,
            "lost",
            "",
            "HANDLE",
            "you are a member and lost your key: members vouch for you",
        ),
        entry(Act::RecoveryCode, "code", "", "CODE", "enter the one-time code that a sysop gave you"),
    ],
    main: usize::MAX,
    enter: Some(Act::Charter),
    numbered: true,
};

const COME_BACK: &str = "With a password: leave, and connect as HANDLE@HOST, to the address you came to; or as plain@HOST, \
                         which asks for your handle.\n\
                         With a key that is registered here: connect as you are used to, under any name.\n\
                         If you began to join or have applied, come back in the same way: you go on where you were.\n\
                         If you lost your key and have no password, type lost; with a one-time code of a sysop, type code.";

/// An invite that was found good.
type Found = (InviteCode, InviteOffer);

impl Talk {
    /// The door of whoever is not an active member.
    pub(super) async fn door(&mut self) -> Talked<()> {
        self.stand_at(None);
        match self.me.actor {
            Actor::Account { .. } => self.account_door().await,
            Actor::Guest | Actor::Host => self.guest_door().await,
        }
    }

    async fn guest_door(&mut self) -> Talked<()> {
        let door = self.call(SeeDoor).await?;
        for text in [&door.tagline, &door.charter.purpose] {
            if !text.is_empty() {
                self.say(text).await?;
            }
        }
        if let Some(pass) = &door.pass {
            self.say(&format!(
                "Your certificate of {} is a pass: type apply, and as {} you come in without an application.",
                pass.authority, pass.handle
            ))
            .await?;
        }
        loop {
            let said = self.command("door", &MENU).await?;
            let done = match said {
                Said::Act(Act::Charter, _) => self.charter().await,
                Said::Act(Act::Apply, _) if !door.applications_open => {
                    self.say(
                        "This place takes no applications just now. With an invite you can still come in.",
                    )
                    .await
                }
                Said::Act(Act::Apply, _) => self.begin_joining(&door, None).await,
                Said::Act(Act::EnterInvite, code) => match self.find_invite(&code).await {
                    Ok(found) => self.begin_joining(&door, Some(found)).await,
                    Err(turn) => Err(turn),
                },
                Said::Act(Act::LostKey, handle) => self.report_lost_key(&handle).await,
                Said::Act(Act::RecoveryCode, code) => self.recover_account(&door, &code).await,
                Said::Act(Act::Boards, _) if door.boards == 0 => {
                    self.say("No board is open to guests here.").await
                }
                Said::Act(Act::Boards, _) => Err(Turn::Open(Place::Boards)),
                Said::Act(..) => self.say(COME_BACK).await,
                Said::Pick(_) => Ok(()),
                Said::Other(text) => self.not_understood(&text).await,
            };
            self.recover(done).await?;
        }
    }

    /// The charter, whole.
    pub(super) async fn charter(&mut self) -> Talked<()> {
        let charter = self.call(ReadCharter).await?;
        self.say_charter(&charter).await
    }

    async fn say_charter(&mut self, charter: &Charter) -> Talked<()> {
        self.say("The charter.").await?;
        for (head, text) in [
            ("What this place is for", &charter.purpose),
            ("Who it is for", &charter.audience),
            ("What members give", &charter.gives),
            ("What members get", &charter.gets),
        ] {
            if !text.is_empty() {
                self.say(&format!("\n{head}:\n{text}")).await?;
            }
        }
        for rule in &charter.rules {
            self.say(&format!("\nRule {}: {}.\n{}", rule.no, rule.title, rule.body)).await?;
        }
        Ok(())
    }

    /// A code that is good, typed with the word or asked for.
    async fn find_invite(&mut self, typed: &str) -> Talked<Found> {
        let code = self.invite_code(typed).await?;
        let offer = self.call(CheckInvite { code: code.clone() }).await?;
        let from = offer.from.clone().unwrap_or_else(|| "the host".to_owned());
        let role = match offer.role {
            Role::Member => "",
            Role::Moderator => " to be a moderator",
            Role::Sysop => " to be the sysop",
        };
        self.say(&format!("You are invited by {from}{role}.")).await?;
        if !offer.note.is_empty() {
            self.say(&format!("They write: {}", offer.note)).await?;
        }
        Ok((code, offer))
    }

    /// A code as it was typed; asked for until it can be one.
    pub(super) async fn invite_code(&mut self, typed: &str) -> Talked<InviteCode> {
        let mut typed = typed.to_owned();
        loop {
            if typed.is_empty() {
                typed = self.ask("code of the invite").await?;
            }
            match InviteCode::parse(&typed) {
                Ok(code) => return Ok(code),
                Err(why) => self.say(&why.to_string()).await?,
            }
            typed.clear();
        }
    }

    /// A handle and a way to come back; from then on every step is kept.
    async fn begin_joining(&mut self, door: &DoorView, invite: Option<Found>) -> Talked<()> {
        let pass = door.pass.as_ref().filter(|_| invite.is_none());
        let handle = self.ask_handle(pass.map(|pass| pass.handle.as_str())).await?;
        let (keep_key, wants_password) = self.ask_way_back(door).await?;
        let password = if wants_password { Some(self.ask_new_password().await?) } else { None };
        let start = StartJoining { handle, password, keep_key, invite: invite.map(|(code, _)| code) };
        let started = self.call(start).await?;
        self.become_member(started.identity);
        self.refresh().await?;
        self.say(&format!("{} is yours. From here on every step is kept.", started.handle)).await?;
        Err(Turn::Go(Place::Door))
    }

    /// A handle that is free; an empty line takes the one that is proposed.
    async fn ask_handle(&mut self, proposed: Option<&str>) -> Talked<String> {
        self.say(
            "Choose a handle: the name you go by here, 2 to 20 letters, digits, hyphens or underscores. It stays yours.",
        )
        .await?;
        loop {
            let handle = match proposed {
                None => self.ask("handle").await?,
                Some(proposed) => match self.ask_any(&format!("handle, or Enter for {proposed}")).await? {
                    typed if typed.trim().is_empty() => proposed.to_owned(),
                    typed => typed,
                },
            };
            match self.call(CheckHandle { handle }).await {
                Ok(handle) => return Ok(handle.to_string()),
                Err(Turn::Refused(why)) => self.say(&why.to_string()).await?,
                Err(other) => return Err(other),
            }
        }
    }

    /// Whether the key is kept, and whether a password is chosen.
    pub(super) async fn ask_way_back(&mut self, door: &DoorView) -> Talked<(bool, bool)> {
        let words = "Choose a password, to come back with. At least 8 characters; a few words do well.";
        if door.key.is_none() {
            self.say(words).await?;
            return Ok((false, true));
        }
        let options = ["this key", "a password", "both"].map(str::to_owned);
        let chosen = self.choose("You came with a key. How will you come back?", &options).await?;
        if chosen > 0 {
            self.say(words).await?;
        }
        Ok((chosen != 1, chosen > 0))
    }
}
