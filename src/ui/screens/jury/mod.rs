//! An appeal, as one of its jury sees it: what was done and why, what the member says, what it was about; two keys that
//! vote, and one that lets somebody else be drawn.

mod view;

#[cfg(test)]
mod tests;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::domain::draft::{DraftTarget, Form};
use crate::domain::ids::MatterId;
use crate::service::cases::{DeclineJury, JuryFile, OpenJury, VoteOnAppeal};
use crate::service::drafts::DropDraft;
use crate::service::{Answer, DomainEvent};
use crate::ui::keys::{Command, Scope};
use crate::ui::look::Look;
use crate::ui::route::Route;
use crate::ui::screen::{DialogResult, Effect, Msg, Screen, Ui};
use crate::ui::widgets::{Confirm, Pager, Prompt};

/// The questions for the reason, and whether one really declines.
const UNDO: u32 = 1;
const KEEP: u32 = 2;
const DECLINE: u32 = 3;

/// The screen.
pub struct JuryScreen {
    matter: MatterId,
    file: Option<JuryFile>,
    pager: Pager,
}

impl JuryScreen {
    /// An appeal that one was drawn for.
    pub fn new(matter: MatterId) -> Self {
        Self { matter, file: None, pager: Pager::default() }
    }

    /// Whether one can still vote.
    fn is_open(&self) -> bool {
        self.file.as_ref().is_some_and(|file| file.until.is_some())
    }

    fn answer(&mut self, answer: Answer, cx: &mut Ui<'_>) {
        let answer = match answer.take::<OpenJury>() {
            Ok(Ok(file)) => {
                self.file = Some(file);
                return;
            }
            Ok(Err(_)) => {
                cx.refuse("This is not with you any more: somebody else was drawn, or you were not asked.");
                return cx.back();
            }
            Err(answer) => answer,
        };
        let answer = match answer.take::<VoteOnAppeal>() {
            Ok(Ok(())) => {
                cx.good("Thank you. Your vote is kept, and your name stays with you.");
                cx.call(DropDraft { target: DraftTarget::of(Form::Jury(self.matter)) });
                return cx.call(OpenJury { matter: self.matter });
            }
            Ok(Err(why)) => {
                cx.refuse(why);
                return cx.call(OpenJury { matter: self.matter });
            }
            Err(answer) => answer,
        };
        match answer.take::<DeclineJury>() {
            Ok(Ok(())) => {
                cx.good("That is fine: somebody else is asked.");
                cx.call(DropDraft { target: DraftTarget::of(Form::Jury(self.matter)) });
                cx.back();
            }
            Ok(Err(why)) => cx.refuse(why),
            Err(_) => {}
        }
    }

    /// Asks why, with the answer kept as a draft.
    fn ask(&self, tag: u32, cx: &mut Ui<'_>) {
        let question = if tag == UNDO { "Why is it to be taken back?" } else { "Why is it to stand?" };
        let prompt = Prompt::new(tag, format!("{question} It is read without your name."), "");
        cx.effect(Effect::Push(Box::new(prompt.kept(Form::Jury(self.matter)))));
    }
}

impl Screen for JuryScreen {
    fn route(&self) -> Route {
        Route::Jury(self.matter)
    }

    fn title(&self) -> String {
        match &self.file {
            Some(file) => format!("jury: appeal of {}", file.member),
            None => "jury".to_owned(),
        }
    }

    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Jury, Scope::Pager]
    }

    fn is_waiting(&self) -> bool {
        self.file.is_none()
    }

    fn offers(&self, command: Command, _look: &Look) -> bool {
        !matches!(command, Command::Approve | Command::Decline | Command::StepAside) || self.is_open()
    }

    fn pager(&self) -> Option<&Pager> {
        Some(&self.pager)
    }

    fn update(&mut self, msg: Msg, cx: &mut Ui<'_>) {
        let matter = self.matter;
        match msg {
            Msg::Start | Msg::Returned | Msg::Resync | Msg::Event(DomainEvent::MattersChanged) => {
                cx.call(OpenJury { matter });
            }
            Msg::Answer(answer) => self.answer(answer, cx),
            Msg::Dialog(DialogResult::Text(tag @ (UNDO | KEEP), reason)) => {
                cx.call(VoteOnAppeal { matter, undo: tag == UNDO, reason });
            }
            Msg::Dialog(DialogResult::Yes(DECLINE)) => cx.call(DeclineJury { matter }),
            Msg::Command(Command::Approve) if self.is_open() => self.ask(UNDO, cx),
            Msg::Command(Command::Decline) if self.is_open() => self.ask(KEEP, cx),
            Msg::Command(Command::StepAside) if self.is_open() => {
                let question = "Decline? Somebody else is drawn, and nobody asks why.";
                cx.effect(Effect::Push(Box::new(Confirm::new(DECLINE, question))));
            }
            Msg::Command(Command::Back) => cx.back(),
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
