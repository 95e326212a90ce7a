//! One's own invites.

use super::table::{Act, Menu, Said, entry};
use super::talk::Talk;
use super::turn::{Talked, Turn};
use super::words::count;
use crate::domain::draft::{Form, LineFor};
use crate::domain::time::date;
use crate::service::invites::{InviteState, InviteView, ListInvites, MakeInvite, MyInvites, RevokeInvite};

static MENU: Menu = Menu {
    name: "invites",
    entries: &[
        entry(Act::Make, "make", "m", "", "make an invite for a friend"),
        entry(Act::Revoke, "revoke", "", "NUMBER", "take an invite back that nobody has used"),
        entry(Act::Report, "report", "", "CODE", "report an invite whose code somebody sells or spreads"),
    ],
    main: usize::MAX,
    enter: None,
    numbered: false,
};

impl Talk {
    pub(super) async fn invites(&mut self) -> Talked<()> {
        loop {
            let mine = self.call(ListInvites).await?;
            self.say_invites(&mine).await?;
            let said = self.command("invites", &MENU).await?;
            let done = match &said {
                Said::Act(Act::Make, _) => self.make_invite(&mine).await,
                Said::Act(Act::Report, rest) => self.report_invite(rest).await,
                Said::Act(_, rest) => {
                    let names: Vec<String> = mine.invites.iter().map(|invite| invite.note.clone()).collect();
                    match self.picked(&Said::from_rest(rest), &names).await? {
                        Some(index) => self.revoke_invite(&mine.invites[index]).await,
                        None => Ok(()),
                    }
                }
                Said::Pick(_) => self.say("revoke and a number takes an invite back.").await,
                Said::Other(text) => self.not_understood(text).await,
            };
            self.recover(done).await?;
        }
    }

    async fn say_invites(&mut self, mine: &MyInvites) -> Talked<()> {
        let open = mine.invites.iter().filter(|invite| invite.state == InviteState::Open).count();
        let open = count(i64::try_from(open).unwrap_or(i64::MAX), "open invite");
        let most = mine.open_max.map_or_else(String::new, |most| format!(" of {most}"));
        self.say(&format!("{open}{most}. An invite is good for one person, once.")).await?;
        if let Some(why) = &mine.cannot {
            self.say(why).await?;
        }
        let zone = self.zone();
        for (invite, number) in mine.invites.iter().zip(1..) {
            let note = if invite.note.is_empty() { "no note" } else { &invite.note };
            let state = match &invite.state {
                InviteState::Open => format!("open until {}", date(invite.expires_at, &zone)),
                InviteState::Used { handle, at, .. } => format!("used by {handle} on {}", date(*at, &zone)),
                InviteState::Revoked(at) => format!("taken back on {}", date(*at, &zone)),
                InviteState::Expired => format!("expired on {}", date(invite.expires_at, &zone)),
            };
            self.say(&format!("{number} {note}, {state}.")).await?;
        }
        Ok(())
    }

    async fn make_invite(&mut self, mine: &MyInvites) -> Talked<()> {
        if let Some(why) = &mine.cannot {
            return self.say(why).await;
        }
        let form = Form::Line(LineFor::Invite, 0);
        let note = self.ask_kept("a word to your friend, or Enter for none", form).await?;
        let made = self.call(MakeInvite { note }).await?;
        self.drop_kept(form).await?;
        let until = date(made.expires_at, &self.zone());
        self.say(&format!("The code, which is said only now: {}", made.code)).await?;
        self.say(&format!(
            "Good for one person, until {until}. Your friend types it at the door, with ssh join@ this host."
        ))
        .await
    }

    async fn revoke_invite(&mut self, invite: &InviteView) -> Talked<()> {
        if !self.confirm("Take it back?").await? {
            return Err(Turn::Cancelled);
        }
        self.call(RevokeInvite { id: invite.id }).await?;
        self.say("Taken back.").await
    }
}
