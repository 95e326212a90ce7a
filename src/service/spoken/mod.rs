//! Words that are neither post nor profile: lines on the wall and in rooms. They are gone by themselves in a month or a
//! day, so they have no acts to undo and no cases of their own: a report is one on the member who said them, and
//! quotes them, because by the time somebody looks at it the line may be gone; taking them down stands in the mod log
//! with rule, reason and who did it.

mod remove;
mod report;

pub use remove::RemoveWords;
pub use report::{ReportWords, WordsForm};

use crate::domain::ids::MemberId;
use crate::domain::policy::LookAround;
use crate::domain::room::Spoken;
use crate::service::rooms::find_line;
use crate::service::{Access, Cx, Error, Result};
use crate::store::wall;

/// Words, as found.
struct Found {
    /// Where they stand: `on the wall`.
    place: String,
    /// Who wrote them.
    author: MemberId,
    /// Their handle.
    handle: String,
    /// What they say.
    text: String,
}

/// The words, if the actor may see them.
async fn find<A: Access>(cx: &mut Cx<'_, A>, words: Spoken) -> Result<Found> {
    cx.allow(&LookAround)?;
    match words {
        Spoken::Wall(line) => {
            let row = wall::get(cx.conn(), line).await?.ok_or(Error::NotFound("line"))?;
            let place = "on the wall".to_owned();
            Ok(Found { place, author: row.author_id, handle: row.author, text: row.body })
        }
        Spoken::Line(line) => {
            let (row, room) = find_line(cx, line).await?;
            if row.removed {
                return Err(Error::conflict("It is taken down already."));
            }
            let place = match &room.name {
                Some(board) => format!("in the room of {board}"),
                None => "in the hall".to_owned(),
            };
            Ok(Found { place, author: row.author_id, handle: row.author, text: row.body })
        }
    }
}
