//! What a post said before each of its edits (W3).

use crate::domain::ids::{PostNo, ThreadId};
use crate::domain::time::Timestamp;
use crate::service::threads::see;
use crate::service::{Cx, Error, Reads, Request, Result};
use crate::store::posts::{self, Window};

/// Reads the older texts of a post. A tombstone has none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PostHistory {
    /// The thread.
    pub thread: ThreadId,
    /// The post.
    pub no: PostNo,
}

/// An older text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revision {
    /// What it said.
    pub body: String,
    /// When that was written.
    pub written_at: Timestamp,
}

impl Request for PostHistory {
    type Reply = Vec<Revision>;
    type Access = Reads;
    const NAME: &'static str = "post history";

    async fn run(self, cx: &mut Cx<'_, Reads>) -> Result<Vec<Revision>> {
        see(cx, self.thread).await?;
        let me = cx.actor.id();
        let found = posts::window(cx.conn(), me, self.thread, Window::From(self.no), 1, 0).await?;
        // Its text was withdrawn or taken down: so were the older ones.
        let shown = found.first().filter(|post| post.no == self.no && !post.state.is_tombstone());
        if shown.is_none() {
            return Err(Error::NotFound("post"));
        }
        let rows = posts::history(cx.conn(), self.thread, self.no).await?;
        Ok(rows.into_iter().map(|row| Revision { body: row.body, written_at: row.written_at }).collect())
    }
}
