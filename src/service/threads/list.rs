//! The threads of a board, page by page.

use crate::domain::board::{BoardChoice, BoardFacts, ThreadChoice};
use crate::domain::ids::{BoardId, MemberId, PostId, ThreadId};
use crate::domain::policy::{Denied, SeeBoard};
use crate::domain::time::Timestamp;
use crate::service::{Cx, Error, Reads, Request, Result};
use crate::store::threads::{self, ListedThread, ThreadCursor};
use crate::store::{boards, reading};

/// Threads on one page: more than the tallest usual window has rows, and 1 ms of reading.
const PAGE: i64 = 60;

/// Lists a board's threads: pinned ones first, then those written in last. Guests may list what is for guests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ListThreads {
    /// The board.
    pub board: BoardId,
    /// Where the page begins; the start of the list without.
    pub after: Option<ThreadCursor>,
}

/// A page of a board's threads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThreadList {
    /// The board.
    pub board: BoardId,
    /// Its name.
    pub name: String,
    /// What it is for.
    pub purpose: String,
    /// What the policy needs, to hide keys that would be refused.
    pub facts: BoardFacts,
    /// The member's own choice for the board.
    pub choice: BoardChoice,
    /// The threads.
    pub threads: Vec<ThreadSummary>,
    /// Where the next page begins; none on the last page.
    pub next: Option<ThreadCursor>,
    /// The newest post of all when this was read: up to here "mark as read" marks.
    pub newest: PostId,
}

/// A thread in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThreadSummary {
    /// The thread.
    pub id: ThreadId,
    /// Its title.
    pub title: String,
    /// Who started it.
    pub author_id: MemberId,
    /// Their handle.
    pub author: String,
    /// Who wrote in it last.
    pub last_author: String,
    /// When.
    pub last_at: Timestamp,
    /// Posts in it, tombstones too.
    pub posts: i64,
    /// Unread posts as they are counted: 0 where the thread or its board is muted.
    pub unread: i64,
    /// Stands first.
    pub pinned: bool,
    /// No new posts.
    pub locked: bool,
    /// Hidden by staff; only staff ever get such a one.
    pub removed: bool,
    /// Its question has its answer.
    pub solved: bool,
    /// Seconds between two posts of one member; 0 without slow mode.
    pub slow_s: i64,
    /// Its tags, by name.
    pub tags: Vec<String>,
    /// The member's own choice.
    pub choice: Option<ThreadChoice>,
}

impl Request for ListThreads {
    type Reply = ThreadList;
    type Access = Reads;
    const NAME: &'static str = "list threads";

    async fn run(self, cx: &mut Cx<'_, Reads>) -> Result<ThreadList> {
        let row = boards::get(cx.conn(), self.board).await?.ok_or(Error::NotFound("board"))?;
        let facts = row.facts();
        cx.allow(&SeeBoard { board: facts }).map_err(|why| match why {
            Error::Denied(Denied::NotVisible) => Error::NotFound("board"),
            other => other,
        })?;
        let (me, staff) = (cx.actor.id(), cx.actor.is_staff());
        let muted = match me {
            Some(me) => boards::muted(cx.conn(), me).await?.contains(&self.board),
            None => false,
        };
        let newest = reading::newest_post(cx.conn()).await?;
        let mut rows = threads::list(cx.conn(), me, self.board, staff, self.after, PAGE + 1).await?;
        let more = rows.len() > usize::try_from(PAGE).unwrap_or(usize::MAX);
        if more {
            rows.pop();
        }
        let next = rows
            .last()
            .filter(|_| more)
            .map(|row| ThreadCursor { pinned: row.thread.pinned, last_post: row.thread.last_post_id });
        let counts = me.is_some() && !muted;
        Ok(ThreadList {
            board: self.board,
            name: row.name,
            purpose: row.purpose,
            facts,
            choice: if muted { BoardChoice::Muted } else { BoardChoice::Subscribed },
            threads: rows.into_iter().map(|row| summary(row, counts)).collect(),
            next,
            newest,
        })
    }
}

/// A thread as a list shows it; `counts` says whether what is unread in it counts.
pub(in crate::service) fn summary(row: ListedThread, counts: bool) -> ThreadSummary {
    let ListedThread { thread, read_to, choice } = row;
    let tags = thread.tag_names();
    let counted = counts && choice != Some(ThreadChoice::Muted) && !thread.removed;
    ThreadSummary {
        id: thread.id,
        title: thread.title,
        author_id: thread.author_id,
        author: thread.author,
        last_author: thread.last_author,
        last_at: thread.last_at,
        posts: thread.post_count,
        unread: if counted { thread.post_count - read_to } else { 0 },
        pinned: thread.pinned,
        locked: thread.locked,
        removed: thread.removed,
        solved: thread.solved,
        slow_s: thread.slow_s,
        tags,
        choice,
    }
}
