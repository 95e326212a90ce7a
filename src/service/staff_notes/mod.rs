//! Staff notes about a member (M7): part of that member's own export, which is said to whoever writes one. Nobody on the
//! staff sees or writes notes about themselves; they read them in their export, as everybody does.

#[cfg(test)]
mod tests;

pub use crate::store::staff_notes::StaffNoteRow as StaffNote;

use crate::domain::ids::{MemberId, NoteId};
use crate::domain::policy::{KeepStaffNotes, SeeQueue};
use crate::domain::text::clean_body;
use crate::service::{Access, Cx, DomainEvent, Error, Reads, Request, Result, Writes};
use crate::store::audit::NewAudit;
use crate::store::{members, staff_notes};

/// Longest note, in characters.
pub const NOTE_CHARS_MAX: usize = 1_000;

/// Lists the notes about a member, with what was taken out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ListStaffNotes {
    /// About whom.
    pub member: MemberId,
}

/// The notes about a member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffNotes {
    /// Their handle.
    pub handle: String,
    /// The notes: those that stand first, the newest first.
    pub notes: Vec<StaffNote>,
}

impl Request for ListStaffNotes {
    type Reply = StaffNotes;
    type Access = Reads;
    const NAME: &'static str = "list staff notes";

    async fn run(self, cx: &mut Cx<'_, Reads>) -> Result<StaffNotes> {
        cx.allow(&KeepStaffNotes { member: self.member })?;
        let handle = handle_of(cx, self.member).await?;
        Ok(StaffNotes { handle, notes: staff_notes::about(cx.conn(), self.member).await? })
    }
}

/// Writes a note about a member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WriteStaffNote {
    /// About whom.
    pub member: MemberId,
    /// The note.
    pub body: String,
}

impl Request for WriteStaffNote {
    type Reply = NoteId;
    type Access = Writes;
    const NAME: &'static str = "write staff note";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<NoteId> {
        let grant = cx.allow(&KeepStaffNotes { member: self.member })?;
        handle_of(cx, self.member).await?;
        let body = clean_body(&self.body);
        let chars = body.chars().count();
        if body.is_empty() {
            return Err(Error::invalid("Write something first."));
        }
        if chars > NOTE_CHARS_MAX {
            let words = format!("The note has {chars} characters; {NOTE_CHARS_MAX} is the most.");
            return Err(Error::invalid(words));
        }
        let (me, now) = (cx.me()?, cx.now);
        let note = staff_notes::insert(cx.conn(), &grant, self.member, me, &body, now).await?;
        record(cx, "note.write", note).await?;
        cx.publish(DomainEvent::StaffNotesChanged { member: self.member });
        Ok(note)
    }
}

/// Takes a note out. It stays as history, for the staff and in the member's export.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TakeOutStaffNote {
    /// Which.
    pub note: NoteId,
}

impl Request for TakeOutStaffNote {
    type Reply = ();
    type Access = Writes;
    const NAME: &'static str = "take out staff note";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<()> {
        cx.allow(&SeeQueue)?;
        let row = staff_notes::get(cx.conn(), self.note).await?.ok_or(Error::NotFound("note"))?;
        let grant =
            cx.allow(&KeepStaffNotes { member: row.member_id }).map_err(|_| Error::NotFound("note"))?;
        let (by, now) = (cx.actor.id(), cx.now);
        if !staff_notes::remove(cx.conn(), &grant, self.note, by, now).await? {
            return Err(Error::conflict("It was taken out already."));
        }
        record(cx, "note.remove", self.note).await?;
        cx.publish(DomainEvent::StaffNotesChanged { member: row.member_id });
        Ok(())
    }
}

/// The notes about a member that stand, for what is shown beside; none for those who may not see them.
pub(in crate::service) async fn standing<A: Access>(
    cx: &mut Cx<'_, A>,
    member: MemberId,
) -> Result<Vec<StaffNote>> {
    if cx.allow(&KeepStaffNotes { member }).is_err() {
        return Ok(Vec::new());
    }
    let mut notes = staff_notes::about(cx.conn(), member).await?;
    notes.retain(|note| note.removed_at.is_none());
    Ok(notes)
}

async fn handle_of<A: Access>(cx: &mut Cx<'_, A>, member: MemberId) -> Result<String> {
    let now = cx.now;
    let account = members::account(cx.conn(), member, now).await?.ok_or(Error::NotFound("member"))?;
    Ok(account.handle)
}

/// On record without whom it is about: who reads the log may be that member.
async fn record(cx: &mut Cx<'_, Writes>, action: &str, note: NoteId) -> Result<()> {
    let row = NewAudit {
        action,
        thing: "note",
        thing_id: note.0,
        target: None,
        rule_no: None,
        reason: "",
        detail: "",
        public: false,
    };
    cx.audit(row).await
}
