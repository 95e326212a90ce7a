//! `notes`: what the staff note about a member, for staff: list, add, take out.

use serde_json::json;

use super::people::member_called;
use super::table::usage;
use super::{CommandIo, Desk, Failure, Output};
use crate::domain::ids::NoteId;
use crate::domain::time::{Zone, absolute};
use crate::service::staff_notes::{ListStaffNotes, StaffNote, TakeOutStaffNote, WriteStaffNote};

/// `notes HANDLE [--all | add TEXT… | out NUMBER]`
pub(super) async fn notes(desk: &mut Desk<'_, impl CommandIo>) -> Result<Output, Failure> {
    let all = desk.args.flag("--all");
    let handle = desk.args.first().ok_or_else(|| usage("notes", "About whom?"))?;
    let member = member_called(desk, &handle).await?;
    match desk.args.first().as_deref() {
        None => {
            let mut notes = desk.call(ListStaffNotes { member }).await?.notes;
            notes.retain(|note| all || note.removed_at.is_none());
            Ok(listed(desk, &handle, &notes))
        }
        Some("add") => {
            let body = std::mem::take(&mut desk.args.rest).join(" ");
            let note = desk.call(WriteStaffNote { member, body }).await?;
            if desk.args.json {
                let mut notes = desk.call(ListStaffNotes { member }).await?.notes;
                notes.retain(|row| row.id == note);
                return Ok(listed(desk, &handle, &notes));
            }
            Ok(Output::text(format!("Noted, as {note}. {handle} reads it in their own export.")))
        }
        Some("out") => {
            let number = desk.args.first().and_then(|number| number.parse().ok());
            let note =
                number.map(NoteId).ok_or_else(|| usage("notes", "Which? Their numbers stand first."))?;
            desk.args.no_more().map_err(|why| usage("notes", &why))?;
            let about = desk.call(ListStaffNotes { member }).await?.notes;
            if !about.iter().any(|row| row.id == note) {
                return Err(usage("notes", &format!("There is no note {note} about {handle}.")));
            }
            desk.call(TakeOutStaffNote { note }).await?;
            if desk.args.json {
                return Ok(Output::json([json!({ "id": note.0, "taken_out": true })]));
            }
            Ok(Output::text("Taken out. It stays as history, for the staff and in the member's export."))
        }
        Some(other) => Err(usage("notes", &format!("\"{other}\" is not among them."))),
    }
}

fn listed(desk: &Desk<'_, impl CommandIo>, handle: &str, notes: &[StaffNote]) -> Output {
    if desk.args.json {
        return Output::json(notes.iter().map(|note| {
            json!({
                "id": note.id.0,
                "by": note.author,
                "written": note.written_at.0,
                "note": note.body,
                "taken_out": note.removed_at.map(|at| at.0),
                "taken_out_by": note.remover,
            })
        }));
    }
    if notes.is_empty() {
        return Output::text(format!("No notes about {handle}."));
    }
    let mut text = String::new();
    for note in notes {
        let out = if note.removed_at.is_some() { ", taken out" } else { "" };
        let written = absolute(note.written_at, &Zone::utc());
        text.push_str(&format!("{} {written} {}{out}\n", note.id, note.author));
        for line in note.body.lines() {
            text.push_str(&format!("  {line}\n"));
        }
    }
    Output::text(text)
}
