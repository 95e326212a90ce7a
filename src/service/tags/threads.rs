//! The threads of a tag, page by page.

use crate::domain::ids::{PostId, TagId};
use crate::domain::policy::LookAround;
use crate::service::threads::{ThreadSummary, summary};
use crate::service::{Cx, Error, Reads, Request, Result};
use crate::store::{tags, threads};

/// Threads on one page.
const PAGE: i64 = 60;

/// Lists the threads with a tag that one sees, those written in last first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ListTagged {
    /// The tag.
    pub tag: TagId,
    /// Where the page begins: after the thread with this last post; the start of the list without.
    pub after: Option<PostId>,
}

/// A page of a tag's threads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaggedList {
    /// The tag.
    pub tag: TagId,
    /// Its name, without a `#`.
    pub name: String,
    /// How many threads there are in all.
    pub count: i64,
    /// The threads.
    pub threads: Vec<TaggedSummary>,
    /// Where the next page begins; none on the last page.
    pub next: Option<PostId>,
}

/// A thread in the list of a tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaggedSummary {
    /// The thread, as its board's list has it.
    pub thread: ThreadSummary,
    /// The board's name.
    pub board: String,
}

impl Request for ListTagged {
    type Reply = TaggedList;
    type Access = Reads;
    const NAME: &'static str = "list tagged";

    async fn run(self, cx: &mut Cx<'_, Reads>) -> Result<TaggedList> {
        cx.allow(&LookAround)?;
        let me = cx.me()?;
        let clearance = cx.actor.clearance();
        let tag = tags::get(cx.conn(), clearance, self.tag).await?.ok_or(Error::NotFound("tag"))?;
        let mut rows = threads::tagged(cx.conn(), me, clearance, self.tag, self.after, PAGE + 1).await?;
        let more = rows.len() > usize::try_from(PAGE).unwrap_or(usize::MAX);
        if more {
            rows.pop();
        }
        let next = rows.last().filter(|_| more).map(|row| row.listed.thread.last_post_id);
        let threads = rows
            .into_iter()
            .map(|row| TaggedSummary { thread: summary(row.listed, !row.board_muted), board: row.board })
            .collect();
        Ok(TaggedList { tag: tag.id, name: tag.name, count: tag.threads, threads, next })
    }
}
