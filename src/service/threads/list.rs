//! The threads of a board, page by page.

use crate::domain::board::{BoardChoice, BoardFacts, ThreadChoice};
use crate::domain::ids::{BoardId, MemberId, PostId, ThreadId};
use crate::domain::policy::{Denied, SeeBoard};
use crate::domain::time::Timestamp;
use crate::service::{Cx, Error, Reads, Request, Result};
use crate::store::held::{self, InPlace};
use crate::store::threads::{self, ListedThread, MovedThread, ThreadCursor, ThreadRow};
use crate::store::{boards, reading};

/// Threads on one page: more than the tallest usual window has rows, and 1 ms of reading.
const PAGE: i64 = 60;

/// Seconds for which a thread that was moved leaves a line in the list of its old board: two visits of nearly everybody.
const TRAIL_S: i64 = 30 * 24 * 3_600;
/// Most such lines; more would be a board that was emptied.
const TRAILS_MAX: i64 = 40;

/// Lists a board's threads: pinned ones first, then those written in last. Guests may list what is for guests. A thread
/// that was moved leaves a line that leads on, where it stood when it left.
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
    /// The reader's own threads for it that wait for a moderator.
    pub held: Vec<InPlace>,
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
    /// It is no longer on the board of this list: only a line that leads on.
    pub moved: Option<Moved>,
}

/// Where a thread went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    /// The name of the board that it is on now.
    pub to: String,
    /// When it went.
    pub at: Timestamp,
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
        let held = match me {
            Some(me) => held::on_board(cx.conn(), me, self.board).await?,
            None => Vec::new(),
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
        let moved = moved(cx, self.board, self.after, next, rows.last()).await?;
        Ok(ThreadList {
            board: self.board,
            name: row.name,
            purpose: row.purpose,
            facts,
            choice: if muted { BoardChoice::Muted } else { BoardChoice::Subscribed },
            threads: among(rows.into_iter().map(|row| summary(row, counts)).collect(), moved),
            next,
            held,
            newest,
        })
    }
}

/// The threads that left the board while what stands on this page was written, the last to leave first.
async fn moved(
    cx: &mut Cx<'_, Reads>,
    board: BoardId,
    after: Option<ThreadCursor>,
    next: Option<ThreadCursor>,
    last: Option<&ListedThread>,
) -> Result<Vec<ThreadSummary>> {
    let (clearance, since) = (cx.actor.clearance(), cx.now.plus(-TRAIL_S));
    let mut rows = threads::moved_away(cx.conn(), clearance, board, since, TRAILS_MAX).await?;
    if let Some(after) = after.filter(|after| !after.pinned) {
        let before = threads::written_at(cx.conn(), after.last_post).await?;
        rows.retain(|row| before.is_none_or(|before| row.moved_at < before));
    }
    if let (Some(next), Some(last)) = (next, last) {
        rows.retain(|row| !next.pinned && row.moved_at >= last.thread.last_at);
    }
    Ok(rows.into_iter().map(leading_on).collect())
}

/// The line of a thread that was moved. Nothing is unread in it here: it counts where it is.
fn leading_on(row: MovedThread) -> ThreadSummary {
    let MovedThread { thread, board, moved_at } = row;
    let moved = Moved { to: board, at: moved_at };
    let plain = ThreadRow { pinned: false, locked: false, slow_s: 0, solved: false, ..thread };
    let listed = ListedThread { thread: plain, read_to: 0, choice: None };
    ThreadSummary { moved: Some(moved), tags: Vec::new(), ..summary(listed, false) }
}

/// The threads with the lines of those that were moved between them, by time.
fn among(mut threads: Vec<ThreadSummary>, moved: Vec<ThreadSummary>) -> Vec<ThreadSummary> {
    for line in moved {
        let at = line.moved.as_ref().map(|moved| moved.at);
        let earlier = |row: &ThreadSummary| match &row.moved {
            Some(_) => false,
            None => !row.pinned && at.is_some_and(|at| row.last_at <= at),
        };
        let place = threads.iter().position(earlier).unwrap_or(threads.len());
        threads.insert(place, line);
    }
    threads
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
        moved: None,
    }
}
