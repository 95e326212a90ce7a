//! A member's profile.

mod view;

#[cfg(test)]
mod tests;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::domain::ids::MemberId;
use crate::domain::moderation::Thing;
use crate::service::blocks::{BlockMember, MuteMember};
use crate::service::dues::ReadDues;
use crate::service::keys::{ListKeys, OwnKey};
use crate::service::members::{Profile, ReadProfile};
use crate::service::roles::{Duty, ListDuties, OfferRole};
use crate::service::thanks::{Got, ListThanks};
use crate::service::{Answer, DomainEvent};
use crate::ui::keys::{Command, Scope};
use crate::ui::look::Look;
use crate::ui::route::Route;
use crate::ui::screen::{DialogResult, Effect, Msg, Screen, Ui};
use crate::ui::widgets::{Choose, Confirm, Pager};

/// The question whether to block.
const BLOCK: u32 = 1;
/// The question which role to offer.
const OFFER: u32 = 2;

/// The profile screen.
pub struct ProfileScreen {
    member: MemberId,
    profile: Option<Profile>,
    /// One's own keys: nobody else's are ever asked for.
    keys: Vec<OwnKey>,
    /// The thanks that one got: nobody else's are ever asked for (W4).
    thanks: Vec<Got>,
    /// How one's own dues stand: nobody else's are ever asked for (P6).
    dues: String,
    /// The roles that can be offered, while one is chosen.
    duties: Vec<Duty>,
    pager: Pager,
}

impl ProfileScreen {
    /// The profile of a member.
    pub fn new(member: MemberId) -> Self {
        Self {
            member,
            profile: None,
            keys: Vec::new(),
            thanks: Vec::new(),
            dues: String::new(),
            duties: Vec::new(),
            pager: Pager::default(),
        }
    }
}

impl Screen for ProfileScreen {
    fn route(&self) -> Route {
        Route::Profile(self.member)
    }

    fn title(&self) -> String {
        self.profile.as_ref().map_or_else(String::new, |profile| profile.row.handle.clone())
    }

    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Profile, Scope::Pager]
    }

    fn is_waiting(&self) -> bool {
        self.profile.is_none()
    }

    fn offers(&self, command: Command, look: &Look) -> bool {
        let own = look.actor().id() == Some(self.member);
        match command {
            Command::EditProfile => own,
            Command::StaffNotes | Command::BanTheirs | Command::WatchThem => look.actor().is_staff() && !own,
            Command::OfferRole => look.actor().is_staff() && (!own || look.actor().is_sysop()),
            Command::SeePath => own || look.actor().is_staff(),
            Command::BlockMember | Command::MuteMember => !own && look.actor().is_active(),
            Command::WriteTo | Command::Nudge => {
                let blocked = self.profile.as_ref().is_some_and(|profile| profile.blocked);
                !own && !blocked && look.actor().is_active()
            }
            _ => true,
        }
    }

    fn pager(&self) -> Option<&Pager> {
        Some(&self.pager)
    }

    fn update(&mut self, msg: Msg, cx: &mut Ui<'_>) {
        match msg {
            Msg::Start | Msg::Returned | Msg::Resync => self.read(cx),
            Msg::Event(DomainEvent::MemberChanged { member } | DomainEvent::KeyRevoked { member, .. })
                if member == self.member =>
            {
                self.read(cx);
            }
            Msg::Event(DomainEvent::ThanksChanged { author, .. })
                if author == self.member && cx.look.actor().id() == Some(author) =>
            {
                cx.call(ListThanks);
            }
            Msg::Event(DomainEvent::DuesChanged { member })
                if member == self.member && cx.look.actor().id() == Some(member) =>
            {
                cx.call(ReadDues { member });
            }
            Msg::Event(DomainEvent::PresenceChanged) => cx.call(ReadProfile { member: self.member }),
            Msg::Answer(answer) => self.answer(answer, cx),
            Msg::Command(Command::EditProfile) if cx.look.actor().id() == Some(self.member) => {
                cx.open(Route::EditProfile);
            }
            Msg::Command(Command::OfferRole) if self.offers(Command::OfferRole, cx.look) => {
                cx.call(ListDuties { member: self.member });
            }
            Msg::Dialog(DialogResult::Choice(OFFER, index)) => {
                if let Some(duty) = self.duties.get(index).copied() {
                    cx.call(OfferRole { member: self.member, duty, days: None });
                }
            }
            Msg::Command(Command::SeePath) if self.offers(Command::SeePath, cx.look) => {
                cx.open(Route::Path(Some(self.member)));
            }
            Msg::Command(Command::StaffNotes) if self.offers(Command::StaffNotes, cx.look) => {
                cx.open(Route::StaffNotes(self.member));
            }
            Msg::Command(Command::BanTheirs) if self.offers(Command::BanTheirs, cx.look) => {
                cx.open(Route::Bans(Some(self.member)));
            }
            Msg::Command(Command::WatchThem) if self.offers(Command::WatchThem, cx.look) => {
                cx.open(Route::Watch(Some((self.member, None))));
            }
            Msg::Command(Command::InviteBranch) => cx.open(Route::InviteTree(Some(self.member))),
            Msg::Command(Command::WriteTo) => cx.open(Route::MessagesWith(self.member)),
            Msg::Command(Command::Nudge) => cx.open(Route::Nudge(Some(self.member))),
            Msg::Command(Command::BlockMember) => self.ask_to_block(cx),
            Msg::Command(Command::MuteMember) => self.mute(cx),
            Msg::Dialog(DialogResult::Yes(BLOCK)) => self.block(cx),
            Msg::Command(Command::Report) => cx.open(Route::Report(Thing::Member(self.member))),
            Msg::Command(Command::Moderate) => cx.open(Route::Moderate(Thing::Member(self.member))),
            Msg::Command(command) => {
                self.pager.command(command);
            }
            _ => {}
        }
    }

    fn draw(&mut self, area: Rect, buf: &mut Buffer, look: &Look) -> Option<Position> {
        view::draw(self, area, buf, look);
        None
    }
}

impl ProfileScreen {
    /// A block is asked about first; taking one back is not.
    fn ask_to_block(&mut self, cx: &mut Ui<'_>) {
        let Some(profile) = &self.profile else { return };
        if profile.blocked {
            return self.block(cx);
        }
        let question = format!(
            "Block {}? No contact either way: no message, nudge, reply or mention. They are not told.",
            profile.row.handle
        );
        cx.effect(Effect::Push(Box::new(Confirm::new(BLOCK, question))));
    }

    fn block(&mut self, cx: &mut Ui<'_>) {
        let Some(profile) = &self.profile else { return };
        cx.call(BlockMember { member: self.member, blocked: !profile.blocked });
    }

    /// A mute is taken back as easily as it is set: nothing is asked.
    fn mute(&mut self, cx: &mut Ui<'_>) {
        let Some(profile) = &self.profile else { return };
        cx.call(MuteMember { member: self.member, muted: !profile.muted });
    }

    fn read(&self, cx: &mut Ui<'_>) {
        cx.call(ReadProfile { member: self.member });
        if cx.look.actor().id() == Some(self.member) {
            cx.call(ListKeys);
            cx.call(ListThanks);
            if cx.look.me.dues {
                cx.call(ReadDues { member: self.member });
            }
        }
    }

    /// What can be offered, and what came of an offer; gives back any other answer.
    fn role_answer(&mut self, answer: Answer, cx: &mut Ui<'_>) -> Option<Answer> {
        let answer = match answer.take::<ListDuties>() {
            Ok(Ok(duties)) => {
                let handle = self.profile.as_ref().map_or("", |profile| profile.row.handle.as_str());
                let question = format!("Ask {handle} to be");
                let (duties, words) = duties.into_iter().unzip();
                self.duties = duties;
                cx.effect(Effect::Push(Box::new(Choose::new(OFFER, question, words))));
                return None;
            }
            Ok(Err(why)) => {
                cx.refuse(why);
                return None;
            }
            Err(answer) => answer,
        };
        match answer.take::<OfferRole>() {
            Ok(Ok(_)) => cx.good("Asked. They say yes or no in their own time; you are told."),
            Ok(Err(why)) => cx.refuse(why),
            Err(answer) => return Some(answer),
        }
        None
    }

    fn answer(&mut self, answer: Answer, cx: &mut Ui<'_>) {
        let answer = match answer.take::<ReadProfile>() {
            Ok(Ok(profile)) => {
                self.profile = Some(profile);
                return;
            }
            Ok(Err(why)) => {
                cx.back();
                return cx.refuse(why);
            }
            Err(answer) => answer,
        };
        let answer = match answer.take::<BlockMember>() {
            Ok(Ok(())) => {
                let blocked = self.profile.as_ref().is_some_and(|profile| profile.blocked);
                cx.good(if blocked {
                    "No longer blocked."
                } else {
                    "Blocked. Settings list whom you block."
                });
                return self.read(cx);
            }
            Ok(Err(why)) => return cx.refuse(why),
            Err(answer) => answer,
        };
        let answer = match self.role_answer(answer, cx) {
            Some(answer) => answer,
            None => return,
        };
        let answer = match answer.take::<MuteMember>() {
            Ok(Ok(())) => {
                let muted = self.profile.as_ref().is_some_and(|profile| profile.muted);
                cx.good(if muted {
                    "No longer muted."
                } else {
                    "Muted: you do not see what they do. m takes it back."
                });
                return self.read(cx);
            }
            Ok(Err(why)) => return cx.refuse(why),
            Err(answer) => answer,
        };
        match answer.take::<ListKeys>() {
            Ok(Ok(ring)) => self.keys = ring.keys,
            Ok(Err(_)) => {}
            Err(answer) => match answer.take::<ListThanks>() {
                Ok(Ok(thanks)) => self.thanks = thanks,
                Ok(Err(_)) => {}
                Err(answer) => {
                    if let Ok(Ok(dues)) = answer.take::<ReadDues>() {
                        self.dues = dues.words();
                    }
                }
            },
        }
    }
}
