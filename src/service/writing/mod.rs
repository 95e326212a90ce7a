//! What can be asked about writing: threads, posts, and changes of one's own posts. Each is one durable
//! transaction, which also drops the draft it came from.

mod change;
mod complete;
mod delete;
mod notes;
mod pace;
mod prepare;
mod send;
mod similar;
mod template;

#[cfg(test)]
mod aids_tests;
#[cfg(test)]
mod tests;

pub use change::{EditPost, Edited};
pub use complete::CompleteHandle;
pub use delete::{DeletePost, Deleted, UndeletePost};
pub use notes::{MeetNotes, NoteWords};
pub use prepare::{Answered, PrepareWriting, Prepared};
pub use send::{Posted, StartThread, WriteReply, WrittenElsewhere};
pub use similar::{Similar, SimilarThreads};
pub use template::{SetTemplate, TEMPLATE_LEN_MAX};

use crate::domain::ids::{PostNo, ThreadId};
use crate::domain::markup;
use crate::domain::policy::{Denied, LookAround};
use crate::service::{Access, Cx, Error, Result};
use crate::store::writing::{self, ThreadForWriting};

/// Members that one post may speak to by name; more are words like any other.
const MENTIONS_MAX: usize = 20;

/// The handles that a text mentions, folded.
pub(in crate::service) fn mentions(body: &str) -> Vec<String> {
    if !body.contains('@') {
        return Vec::new();
    }
    let mut handles = markup::mentions(body);
    handles.truncate(MENTIONS_MAX);
    handles
}

/// The thread to write in.
async fn find_thread<A: Access>(
    cx: &mut Cx<'_, A>,
    thread: ThreadId,
    answers: Option<PostNo>,
) -> Result<ThreadForWriting> {
    match writing::thread(cx.conn(), thread, answers).await? {
        Some(found) => Ok(found),
        None => {
            // First what an existing thread would say, so that the answer does not tell which ones exist.
            cx.allow(&LookAround)?;
            Err(Error::NotFound("thread"))
        }
    }
}

/// A refusal because a thing cannot be seen says the same as for a thing that is not there.
fn unseen(what: &'static str) -> impl Fn(Error) -> Error {
    move |error| match error {
        Error::Denied(Denied::NotVisible) => Error::NotFound(what),
        other => other,
    }
}
