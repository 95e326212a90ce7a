//! The watch list of the staff: whom, why, what speaks for it; renew it, end it, put somebody on it.

mod view;

#[cfg(test)]
mod tests;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::domain::ids::{MemberId, WatchId};
use crate::service::watch::{
    EndWatch, EvidenceAt, ListWatched, RenewWatch, WATCH_DAYS, WatchMember, WatchSubject, Watched,
};
use crate::service::{Answer, DomainEvent};
use crate::ui::keys::{Command, Scope};
use crate::ui::look::Look;
use crate::ui::route::Route;
use crate::ui::screen::{DialogResult, Effect, Msg, Screen, Ui};
use crate::ui::widgets::{Confirm, Listed, Prompt};

/// The question why.
const WHY: u32 = 1;
/// The question which key or network.
const WHAT: u32 = 3;
/// The question why that.
const WHY_THAT: u32 = 4;
/// The question whether to end it.
const END: u32 = 2;

/// The screen.
pub struct WatchScreen {
    /// Who is to be watched, when it was opened for that, and what speaks for it.
    wanted: Option<(MemberId, Option<EvidenceAt>)>,
    watched: Listed<Watched>,
    /// Which watch is about to end: the list may be another one when the question is answered.
    ending: Option<WatchId>,
    /// Which key or network is about to be watched.
    what: String,
}

impl WatchScreen {
    /// The list; with a member it begins by asking why they are to be watched.
    pub fn new(wanted: Option<(MemberId, Option<EvidenceAt>)>) -> Self {
        Self { wanted, watched: Listed::default(), ending: None, what: String::new() }
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
        let answer = match answer.take::<WatchSubject>() {
            Ok(Ok(_)) => {
                self.watched.choose_new();
                cx.good(format!(
                    "On the list for {WATCH_DAYS} days. Whoever comes with it bears a mark in the queue."
                ));
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
        if command == Command::WatchSubject {
            let prompt = Prompt::new(WHAT, "Fingerprint, address or network?", "");
            return cx.effect(Effect::Push(Box::new(prompt)));
        }
        let Some(watched) = self.watched.chosen() else { return };
        let watch = &watched.watch;
        match command {
            Command::Open => match watch.member_id.or(watched.came.first().map(|came| came.member)) {
                Some(member) => cx.open(Route::Profile(member)),
                None => cx.say("Nobody came with it yet."),
            },
            Command::RenewWatch => cx.call(RenewWatch { watch: watch.id }),
            Command::EndWatch => {
                let question = format!("No longer watch {}?", watched.name());
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
            Msg::Dialog(DialogResult::Text(WHAT, what)) if !what.trim().is_empty() => {
                self.what = what;
                let prompt = Prompt::new(WHY_THAT, "Why? It is in the export of whose key it is.", "");
                cx.effect(Effect::Push(Box::new(prompt)));
            }
            Msg::Dialog(DialogResult::Text(WHY_THAT, reason)) => {
                cx.call(WatchSubject { what: std::mem::take(&mut self.what), reason });
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
