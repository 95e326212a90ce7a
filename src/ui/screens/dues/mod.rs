//! Dues (P6): how one's own stand, with one key to be let off; for the sysop everybody's, and the ledger.

mod view;

#[cfg(test)]
mod tests;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::domain::ids::MemberId;
use crate::service::dues::{AskWaiver, CounterDues, Dues, DuesView, ListDues, ReadDues, RecordDues};
use crate::service::{Answer, DomainEvent};
use crate::ui::keys::{Command, Scope};
use crate::ui::look::Look;
use crate::ui::route::Route;
use crate::ui::screen::{DialogResult, Effect, Msg, Screen, Ui};
use crate::ui::widgets::{Confirm, Prompt, Sections};

/// The question until when the chosen member's dues run.
const RECORD: u32 = 1;
/// The question whether to take the last entry back.
const COUNTER: u32 = 2;

/// The screen.
#[derive(Default)]
pub struct DuesScreen {
    own: Option<DuesView>,
    /// Everybody's, for the sysop.
    all: Vec<DuesView>,
    /// The member whose entries are shown.
    open: Option<MemberId>,
    sections: Sections,
}

impl DuesScreen {
    fn chosen(&self) -> Option<&DuesView> {
        self.all.get(self.sections.chosen())
    }

    fn is_let_off(&self) -> bool {
        self.own.as_ref().is_some_and(|own| own.dues == Dues::LetOff)
    }

    fn read(&self, cx: &mut Ui<'_>) {
        if let Some(member) = cx.look.actor().id() {
            cx.call(ReadDues { member });
        }
        if cx.look.actor().is_sysop() {
            cx.call(ListDues);
        }
    }

    fn answer(&mut self, answer: Answer, cx: &mut Ui<'_>) {
        let answer = match answer.take::<ReadDues>() {
            Ok(Ok(own)) => {
                self.own = Some(own);
                return;
            }
            Ok(Err(why)) => {
                cx.back();
                return cx.refuse(why);
            }
            Err(answer) => answer,
        };
        let answer = match answer.take::<ListDues>() {
            Ok(Ok(all)) => {
                let chosen = self.chosen().map(|view| view.member);
                if let Some(at) = all.iter().position(|view| Some(view.member) == chosen) {
                    self.sections.choose(at);
                }
                self.all = all;
                return;
            }
            // The sysop's role may just have ended: one's own line stays.
            Ok(Err(_)) => return self.all.clear(),
            Err(answer) => answer,
        };
        let (result, words) = match answer.take::<AskWaiver>() {
            // What was asked: the lines are still those from before.
            Ok(result) if self.is_let_off() => (result, "You are not let off any more."),
            Ok(result) => (result, "You are let off. Only the sysop can see it."),
            Err(answer) => match answer.take::<RecordDues>() {
                Ok(result) => (result.map(drop), "Recorded."),
                Err(answer) => match answer.take::<CounterDues>() {
                    Ok(result) => (result.map(drop), "Taken back by an entry of its own; both stay."),
                    Err(_) => return,
                },
            },
        };
        match result {
            Ok(()) => cx.good(words),
            Err(why) => cx.refuse(why),
        }
        self.read(cx);
    }

    fn command(&mut self, command: Command, cx: &mut Ui<'_>) {
        if self.sections.command(command, self.all.len()) {
            return;
        }
        if command == Command::AskWaiver {
            return cx.call(AskWaiver { ask: !self.is_let_off() });
        }
        let Some(view) = self.chosen() else { return };
        match command {
            Command::Open if self.open == Some(view.member) => self.open = None,
            Command::Open => self.open = Some(view.member),
            Command::RecordDues => {
                let question =
                    format!("Until when do the dues of {} run? A note may follow the day.", view.handle);
                cx.effect(Effect::Push(Box::new(Prompt::new(RECORD, question, ""))));
            }
            Command::CounterDues => match view.last() {
                Some(entry) => {
                    let question = format!("Take back: {}: {}?", view.handle, entry.words());
                    cx.effect(Effect::Push(Box::new(Confirm::new(COUNTER, question))));
                }
                None => cx.say("Nothing is recorded that could be taken back."),
            },
            _ => {}
        }
    }

    fn dialog(&self, result: DialogResult, cx: &mut Ui<'_>) {
        let Some(view) = self.chosen() else { return };
        match (result, view.last()) {
            (DialogResult::Text(RECORD, text), _) => {
                let (until, note) = text.split_once(' ').unwrap_or((&text, ""));
                let (until, note) = (until.to_owned(), note.to_owned());
                cx.call(RecordDues { member: view.member, until, note });
            }
            (DialogResult::Yes(COUNTER), Some(entry)) => {
                cx.call(CounterDues { member: view.member, entry: entry.id, note: String::new() });
            }
            _ => {}
        }
    }
}

impl Screen for DuesScreen {
    fn route(&self) -> Route {
        Route::Dues
    }

    fn title(&self) -> String {
        "dues".to_owned()
    }

    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Dues, Scope::List]
    }

    fn is_waiting(&self) -> bool {
        self.own.is_none()
    }

    fn offers(&self, command: Command, look: &Look) -> bool {
        match command {
            Command::RecordDues | Command::CounterDues | Command::Open => look.actor().is_sysop(),
            _ => true,
        }
    }

    fn label(&self, command: Command) -> Option<&'static str> {
        (command == Command::AskWaiver && self.is_let_off()).then_some("not let off")
    }

    fn update(&mut self, msg: Msg, cx: &mut Ui<'_>) {
        match msg {
            Msg::Start | Msg::Returned | Msg::Resync => self.read(cx),
            Msg::Event(DomainEvent::DuesChanged { member })
                if cx.look.actor().is_sysop() || cx.look.actor().id() == Some(member) =>
            {
                self.read(cx);
            }
            Msg::Dialog(result) => self.dialog(result, cx),
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
