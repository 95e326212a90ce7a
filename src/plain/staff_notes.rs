//! The staff's notes about a member.

use super::talk::Talk;
use super::turn::Talked;
use super::words::ago;
use crate::domain::ids::MemberId;
use crate::service::staff_notes::{ListStaffNotes, WriteStaffNote};

impl Talk {
    /// Says the notes about a member, and asks for another one.
    pub(super) async fn staff_notes(&mut self, member: MemberId) -> Talked<()> {
        let list = self.call(ListStaffNotes { member }).await?;
        let now = self.now();
        if list.notes.is_empty() {
            self.say(&format!("No notes about {}.", list.handle)).await?;
        }
        for note in &list.notes {
            let out = if note.removed_at.is_some() { ", taken out" } else { "" };
            self.say(&format!("{}, {}{out}: {}", note.author, ago(now, note.written_at), note.body)).await?;
        }
        self.say(&format!(
            "A note is part of {}'s own export: write what you would say to them.",
            list.handle
        ))
        .await?;
        let body = self.ask_any("a note, or Enter for none").await?;
        if body.trim().is_empty() {
            return Ok(());
        }
        self.call(WriteStaffNote { member, body }).await?;
        self.say("Noted.").await
    }
}
