//! The ban list: keys and networks that open nothing here. Put one on it, take it off, take that back.

mod make;
mod view;

#[cfg(test)]
mod tests;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use self::make::Making;
use crate::domain::ids::{BanId, MemberId};
use crate::service::bans::{Ban, LiftBan, ListBanChoices, ListBans, MakeBan, PreviewBan};
use crate::service::{Answer, DomainEvent};
use crate::ui::keys::{Command, Scope};
use crate::ui::look::Look;
use crate::ui::route::Route;
use crate::ui::screen::{DialogResult, Effect, Msg, Screen, Ui};
use crate::ui::widgets::{Confirm, Listed};

/// The question whether to take one off.
const LIFT: u32 = 100;

/// What takes the last change back.
enum Inverse {
    Lift(BanId),
    Make(MakeBan),
}

/// The screen.
pub struct Bans {
    /// Whose key or address is to be banned, when it was opened for that.
    member: Option<MemberId>,
    bans: Listed<Ban>,
    /// Which one is about to be taken off: the list may be another one when the question is answered.
    lifting: Option<BanId>,
    making: Making,
    undo: Option<Inverse>,
}

impl Bans {
    /// The list; with a member it begins by asking which of their keys and addresses.
    pub fn new(member: Option<MemberId>) -> Self {
        Self { member, bans: Listed::default(), lifting: None, making: Making::default(), undo: None }
    }

    fn answer(&mut self, answer: Answer, cx: &mut Ui<'_>) {
        let answer = match answer.take::<ListBans>() {
            Ok(Ok(bans)) => return self.bans.came(bans, |ban| ban.id),
            Ok(Err(why)) => {
                cx.refuse(why);
                return cx.back();
            }
            Err(answer) => answer,
        };
        let answer = match answer.take::<ListBanChoices>() {
            Ok(Ok(choices)) => return self.making.begin_with(choices, cx),
            Ok(Err(why)) => return cx.refuse(why),
            Err(answer) => answer,
        };
        let answer = match answer.take::<PreviewBan>() {
            Ok(Ok(preview)) => return self.making.seen(preview, cx),
            Ok(Err(why)) => return cx.refuse(why),
            Err(answer) => answer,
        };
        let answer = match answer.take::<MakeBan>() {
            Ok(Ok(ban)) => {
                self.bans.choose_new();
                self.undo = Some(Inverse::Lift(ban));
                cx.good("It is on the list; who was here with it has left. u takes it back.");
                return cx.call(ListBans);
            }
            Ok(Err(why)) => return cx.refuse(why),
            Err(answer) => answer,
        };
        match answer.take::<LiftBan>() {
            Ok(Ok(again)) => {
                self.undo = Some(Inverse::Make(again));
                cx.good("It is off the list. u puts it back.");
                cx.call(ListBans);
            }
            Ok(Err(why)) => cx.refuse(why),
            Err(_) => {}
        }
    }

    fn command(&mut self, command: Command, cx: &mut Ui<'_>) {
        if self.bans.command(command) {
            return;
        }
        match (command, self.bans.chosen()) {
            (Command::MakeBan, _) => self.making.begin(cx),
            (Command::LiftBan, Some(ban)) => {
                let question = format!("Take {} off the list?", ban.subject);
                self.lifting = Some(ban.id);
                cx.effect(Effect::Push(Box::new(Confirm::new(LIFT, question))));
            }
            (Command::Undo, _) => match self.undo.take() {
                Some(Inverse::Lift(ban)) => cx.call(LiftBan { ban }),
                Some(Inverse::Make(again)) => cx.call(again),
                None => cx.say("There is nothing to undo here."),
            },
            _ => {}
        }
    }
}

impl Screen for Bans {
    fn route(&self) -> Route {
        Route::Bans(None)
    }

    fn title(&self) -> String {
        "ban list".to_owned()
    }

    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Bans, Scope::List]
    }

    fn is_waiting(&self) -> bool {
        !self.bans.has_come()
    }

    fn offers(&self, command: Command, _look: &Look) -> bool {
        match command {
            Command::LiftBan => self.bans.chosen().is_some(),
            Command::Undo => self.undo.is_some(),
            Command::Open => false,
            _ => true,
        }
    }

    fn update(&mut self, msg: Msg, cx: &mut Ui<'_>) {
        match msg {
            Msg::Start => {
                cx.call(ListBans);
                if let Some(member) = self.member.take() {
                    cx.call(ListBanChoices { member });
                }
            }
            Msg::Returned | Msg::Resync | Msg::Event(DomainEvent::BansChanged) => cx.call(ListBans),
            Msg::Dialog(DialogResult::Yes(LIFT)) => {
                if let Some(ban) = self.lifting.take() {
                    cx.call(LiftBan { ban });
                }
            }
            Msg::Dialog(result) => self.making.step(result, cx),
            Msg::Answer(answer) => self.answer(answer, cx),
            Msg::Command(command) => self.command(command, cx),
            _ => {}
        }
    }

    fn draw(&mut self, area: Rect, buf: &mut Buffer, look: &Look) -> Option<Position> {
        view::draw(self, area, buf, look);
        None
    }
}
