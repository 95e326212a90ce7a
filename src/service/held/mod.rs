//! Posts that wait for a moderator (M6): handing one in, what its author can do meanwhile, deciding it.

mod author;
mod decide;
mod hand_in;
mod staff;

#[cfg(test)]
pub(crate) mod tests;

pub use author::{MyHeld, OwnHeld, TakeBackHeld, TakenBack};
pub use decide::DecideHeld;
pub use hand_in::{HandIn, HandedIn};
pub use staff::{ClaimHeld, Held, ReadHeld, ReleaseHeld};

pub use crate::store::held::InPlace;
pub(in crate::service) use staff::held_claim;

use crate::domain::draft::DraftTarget;
use crate::domain::ids::MemberId;
use crate::domain::policy::{Grant, KeepDrafts};
use crate::service::{Cx, DomainEvent, Result, Writes};
use crate::store::drafts::{self, NewDraft};
use crate::store::held::HeldRow;

/// Gives a held text to its author as a draft. A draft that is there already for the same place stays, above it.
async fn give_back(
    cx: &mut Cx<'_, Writes>,
    keep: &Grant<KeepDrafts>,
    author: MemberId,
    row: &HeldRow,
) -> Result<DraftTarget> {
    let target = match row.thread_id {
        Some(thread) => DraftTarget::Reply(thread),
        None => DraftTarget::Board(row.board_id),
    };
    let starts = row.thread_id.is_none();
    let (mut title, mut body) = (if starts { row.title.clone() } else { String::new() }, row.body.clone());
    let mut reply_to = row.reply_to_no;
    if let Some(there) = drafts::get(cx.conn(), author, &target).await? {
        if !there.body.trim().is_empty() {
            body = format!("{}\n\n{body}", there.body);
        }
        if !there.title.trim().is_empty() {
            title = there.title;
        }
        reply_to = there.reply_to_no.or(reply_to);
    }
    let draft = NewDraft { member: author, target: &target, title: &title, body: &body, reply_to };
    let now = cx.now;
    drafts::save(cx.conn(), keep, now, draft).await?;
    Ok(target)
}

/// What everybody who looks at it is told.
fn changed(row: &HeldRow) -> DomainEvent {
    DomainEvent::HeldChanged {
        held: row.id,
        author: row.author_id,
        board: row.board_id,
        thread: row.thread_id,
    }
}
