//! The notes of the staff about a member, with what was taken out.

mod view;

#[cfg(test)]
mod tests;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::domain::draft::{DraftTarget, Form};
use crate::domain::ids::MemberId;
use crate::service::drafts::DropDraft;
use crate::service::staff_notes::{ListStaffNotes, StaffNotes, TakeOutStaffNote, WriteStaffNote};
use crate::service::{Answer, DomainEvent};
use crate::ui::keys::{Command, Scope};
use crate::ui::look::Look;
use crate::ui::route::Route;
use crate::ui::screen::{DialogResult, Effect, Msg, Screen, Ui};
use crate::ui::widgets::{ListState, Prompt};

/// The question for a note.
const NOTE: u32 = 1;

/// The screen.
pub struct StaffNotesScreen {
    member: MemberId,
    notes: Option<StaffNotes>,
    list: ListState,
}

impl StaffNotesScreen {
    /// The notes about a member.
    pub fn new(member: MemberId) -> Self {
        Self { member, notes: None, list: ListState::default() }
    }

    fn load(&self, cx: &mut Ui<'_>) {
        cx.call(ListStaffNotes { member: self.member });
    }

    fn answer(&mut self, answer: Answer, cx: &mut Ui<'_>) {
        let answer = match answer.take::<ListStaffNotes>() {
            Ok(Ok(notes)) => return self.notes = Some(notes),
            Ok(Err(why)) => {
                cx.refuse(why);
                return cx.back();
            }
            Err(answer) => answer,
        };
        let answer = match answer.take::<WriteStaffNote>() {
            Ok(Ok(_)) => {
                cx.call(DropDraft { target: DraftTarget::of(Form::StaffNote(self.member)) });
                cx.good("Noted. It is part of that member's own export.");
                return self.load(cx);
            }
            Ok(Err(why)) => return cx.refuse(why),
            Err(answer) => answer,
        };
        match answer.take::<TakeOutStaffNote>() {
            Ok(Ok(())) => {
                cx.good("Taken out. It stays as history.");
                self.load(cx);
            }
            Ok(Err(why)) => cx.refuse(why),
            Err(_) => {}
        }
    }

    fn command(&mut self, command: Command, cx: &mut Ui<'_>) {
        let Some(notes) = &self.notes else { return };
        if self.list.command(command, notes.notes.len()) {
            return;
        }
        match command {
            Command::WriteNote => {
                let handle = &notes.handle;
                let question = format!("A note about {handle}. {handle} reads it in their own export.");
                let prompt = Prompt::new(NOTE, question, "").kept(Form::StaffNote(self.member));
                cx.effect(Effect::Push(Box::new(prompt)));
            }
            Command::TakeDown => {
                if let Some(note) = notes.notes.get(self.list.chosen()) {
                    cx.call(TakeOutStaffNote { note: note.id });
                }
            }
            _ => {}
        }
    }
}

impl Screen for StaffNotesScreen {
    fn route(&self) -> Route {
        Route::StaffNotes(self.member)
    }

    fn title(&self) -> String {
        let handle = self.notes.as_ref().map_or("a member", |notes| notes.handle.as_str());
        format!("staff notes about {handle}")
    }

    fn scopes(&self) -> &'static [Scope] {
        &[Scope::StaffNotes, Scope::List]
    }

    fn is_waiting(&self) -> bool {
        self.notes.is_none()
    }

    fn offers(&self, command: Command, _look: &Look) -> bool {
        let chosen = self.notes.as_ref().and_then(|notes| notes.notes.get(self.list.chosen()));
        match command {
            Command::TakeDown => chosen.is_some_and(|note| note.removed_at.is_none()),
            Command::Open => false,
            _ => true,
        }
    }

    fn update(&mut self, msg: Msg, cx: &mut Ui<'_>) {
        match msg {
            Msg::Start | Msg::Returned | Msg::Resync => self.load(cx),
            Msg::Event(DomainEvent::StaffNotesChanged { member }) if member == self.member => self.load(cx),
            Msg::Dialog(DialogResult::Text(NOTE, body)) => {
                cx.call(WriteStaffNote { member: self.member, body });
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
