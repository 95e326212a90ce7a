//! The watch list of the staff: whom, why, what speaks for it; renew it, end it, put somebody on it.

mod view;

#[cfg(test)]
mod tests;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::domain::ids::{MemberId, WatchId};
use crate::service::watch::{
    EndWatch, EvidenceAt, ListWatched, RenewWatch, WATCH_DAYS, WatchMember, Watched,
};
use crate::service::{Answer, DomainEvent};
use crate::ui::keys::{Command, Scope};
use crate::ui::look::Look;
use crate::ui::route::Route;
use crate::ui::screen::{DialogResult, Effect, Msg, Screen, Ui};
use crate::ui::widgets::{Confirm, Listed, Prompt};

/// The question why.
const WHY: u32 = 1;
/// The question whether to end it.
const END: u32 = 2;

/// The screen.
pub struct WatchScreen {
    /// Who is to be watched, when it was opened for that, and what speaks for it.
    wanted: Option<(MemberId, Option<EvidenceAt>)>,
    watched: Listed<Watched>,
    /// Which watch is about to end: the list may be another one when the question is answered.
    ending: Option<WatchId>,
}

impl WatchScreen {
    /// The list; with a member it begins by asking why they are to be watched.
    pub fn new(wanted: Option<(MemberId, Option<EvidenceAt>)>) -> Self {
        Self { wanted, watched: Listed::default(), ending: None }
    }

    fn answer(&mut self, answer: Answer, cx: &mut Ui<'_>) {
        let answer = match answer.take::<ListWatched>() {
            Ok(Ok(watched)) => return self.watched.came(watched, |watched| watched.watch.id),
            Ok(Err(why)) => {
                cx.refuse(why);
                return cx.back();
            }
            Err(answer) => answer,
        };
        let answer = match answer.take::<WatchMember>() {
            Ok(Ok(_)) => {
                cx.good(format!("On the list for {WATCH_DAYS} days. The queue marks what is new of theirs."));
                return cx.call(ListWatched);
            }
            Ok(Err(why)) => return cx.refuse(why),
            Err(answer) => answer,
        };
        let done = match answer.take::<RenewWatch>() {
            Ok(result) => result.map(|()| format!("It goes on for {WATCH_DAYS} days from now.")),
            Err(answer) => match answer.take::<EndWatch>() {
                Ok(result) => result.map(|()| "Ended. It stays as history.".to_owned()),
                Err(_) => return,
            },
        };
        match done {
            Ok(words) => {
                cx.good(words);
                cx.call(ListWatched);
            }
            Err(why) => cx.refuse(why),
        }
    }

    fn command(&mut self, command: Command, cx: &mut Ui<'_>) {
        if self.watched.command(command) {
            return;
        }
        let Some(watch) = self.watched.chosen().map(|watched| &watched.watch) else { return };
        match command {
            Command::Open => cx.open(Route::Profile(watch.member_id)),
            Command::RenewWatch => cx.call(RenewWatch { watch: watch.id }),
            Command::EndWatch => {
                let question = format!("No longer watch {}?", watch.handle);
                self.ending = Some(watch.id);
                cx.effect(Effect::Push(Box::new(Confirm::new(END, question))));
            }
            _ => {}
        }
    }
}

impl Screen for WatchScreen {
    fn route(&self) -> Route {
        Route::Watch(None)
    }

    fn title(&self) -> String {
        "watch list".to_owned()
    }

    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Watch, Scope::List]
    }

    fn is_waiting(&self) -> bool {
        !self.watched.has_come()
    }

    fn offers(&self, command: Command, _look: &Look) -> bool {
        let needs_one = matches!(command, Command::Open | Command::RenewWatch | Command::EndWatch);
        !needs_one || self.watched.chosen().is_some()
    }

    fn update(&mut self, msg: Msg, cx: &mut Ui<'_>) {
        match msg {
            Msg::Start => {
                cx.call(ListWatched);
                if self.wanted.is_some() {
                    // Whoever writes it is told who will read it (M7).
                    let prompt = Prompt::new(WHY, "Why? It is in their own export.", "");
                    cx.effect(Effect::Push(Box::new(prompt)));
                }
            }
            Msg::Returned | Msg::Resync | Msg::Event(DomainEvent::WatchChanged) => cx.call(ListWatched),
            Msg::Dialog(DialogResult::Text(WHY, reason)) => {
                if let Some((member, evidence)) = self.wanted.take() {
                    cx.call(WatchMember { member, reason, evidence });
                }
            }
            Msg::Dialog(DialogResult::Yes(END)) => {
                if let Some(watch) = self.ending.take() {
                    cx.call(EndWatch { watch });
                }
            }
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
