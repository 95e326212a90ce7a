//! The staff's notes about a member.

use super::table::number;
use super::talk::Talk;
use super::turn::Talked;
use super::words::ago;
use crate::domain::draft::Form;
use crate::domain::ids::MemberId;
use crate::service::staff_notes::{ListStaffNotes, StaffNotes, TakeOutStaffNote, WriteStaffNote};

impl Talk {
    /// Says the notes about a member, and asks for another one, or for one to take out.
    pub(super) async fn staff_notes(&mut self, member: MemberId) -> Talked<()> {
        let list = self.call(ListStaffNotes { member }).await?;
        let now = self.now();
        if list.notes.is_empty() {
            self.say(&format!("No notes about {}.", list.handle)).await?;
        }
        for (note, number) in list.notes.iter().zip(1..) {
            let out = if note.removed_at.is_some() { ", taken out" } else { "" };
            let when = ago(now, note.written_at);
            self.say(&format!("{number} {}, {when}{out}: {}", note.author, note.body)).await?;
        }
        self.say(&format!(
            "A note is part of {}'s own export: write what you would say to them.",
            list.handle
        ))
        .await?;
        let prompt = match list.notes.is_empty() {
            true => "a note, or Enter for none",
            false => "a note, out and a number to take one out, or Enter for none",
        };
        let form = Form::StaffNote(member);
        let body = self.ask_kept(prompt, form).await?;
        if body.trim().is_empty() {
            return Ok(());
        }
        // A note of one word and a number says nothing about anybody.
        if let Some(wanted) = body.trim().strip_prefix("out ").and_then(|rest| number(rest.trim())) {
            self.drop_kept(form).await?;
            return self.take_note_out(&list, wanted).await;
        }
        self.call(WriteStaffNote { member, body }).await?;
        self.drop_kept(form).await?;
        self.say("Noted.").await
    }

    async fn take_note_out(&mut self, list: &StaffNotes, number: usize) -> Talked<()> {
        let Some(note) = number.checked_sub(1).and_then(|at| list.notes.get(at)) else {
            return self.say(&format!("There is no note {number}. Nothing is done.")).await;
        };
        self.call(TakeOutStaffNote { note: note.id }).await?;
        self.say("Taken out. It stays as history.").await
    }
}
