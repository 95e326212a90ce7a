//! One thread, opened where its reader goes on reading.

use crate::domain::board::{BoardFacts, BoardKind, ThreadChoice, ThreadFacts};
use crate::domain::ids::{BoardId, MemberId, PostNo, ThreadId};
use crate::domain::policy::{Denied, SeeThread};
use crate::domain::time::Timestamp;
use crate::service::posts::{PostView, after, before};
use crate::service::tags::Solution;
use crate::service::{Access, Cx, Error, Reads, Request, Result};
use crate::store::boards::{self, BoardRow};
use crate::store::held::{self, InPlace};
use crate::store::threads::{self, ThreadRow};
use crate::store::{cuts, reading};

/// Where to open a thread.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum At {
    /// At the first unread post; where all is read, at the end.
    FirstUnread,
    /// At this post, or the last one before its number.
    Post(PostNo),
    /// At the end.
    End,
}

/// Opens a thread with the posts around a place in it; more come by [`crate::service::posts::ListPosts`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpenThread {
    /// Which.
    pub thread: ThreadId,
    /// Where.
    pub at: At,
}

/// A thread, without its posts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThreadHead {
    /// The thread.
    pub id: ThreadId,
    /// Its title.
    pub title: String,
    /// The board it is in.
    pub board: BoardId,
    /// The board's name.
    pub board_name: String,
    /// What the policy needs of the board, to hide keys that would be refused.
    pub board_facts: BoardFacts,
    /// The board's type.
    pub kind: BoardKind,
    /// What the policy needs of the thread.
    pub facts: ThreadFacts,
    /// Who started it.
    pub author: MemberId,
    /// When.
    pub created_at: Timestamp,
    /// The number of its last post.
    pub last: PostNo,
    /// Stands first in its board.
    pub pinned: bool,
    /// Its tags, by name.
    pub tags: Vec<String>,
    /// How its question was solved, if it was.
    pub solution: Option<Solution>,
    /// Where it was before, if it was moved.
    pub trail: Option<Trail>,
    /// Seconds between two posts of one member; 0 without slow mode.
    pub slow_s: i64,
    /// The member's own choice.
    pub choice: Option<ThreadChoice>,
    /// The last number that the member has read; for guests 0.
    pub read_to: PostNo,
    /// The reader's own posts for it that wait for a moderator.
    pub held: Vec<InPlace>,
}

/// The last move of a thread.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trail {
    /// The name of the board that it came from; none where the reader does not see that one.
    pub from: Option<String>,
    /// When it came.
    pub at: Timestamp,
}

/// Where a thread is shown from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Begin {
    /// With this post first.
    Top(PostNo),
    /// With the last post last.
    End,
}

/// A thread and the posts to begin with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThreadView {
    /// The thread.
    pub head: ThreadHead,
    /// Where it is shown from.
    pub begin: Begin,
    /// Posts around there, in order and without gaps.
    pub posts: Vec<PostView>,
}

impl Request for OpenThread {
    type Reply = ThreadView;
    type Access = Reads;
    const NAME: &'static str = "open thread";

    async fn run(self, cx: &mut Cx<'_, Reads>) -> Result<ThreadView> {
        let this = self.lead(cx).await?;
        let (thread, board) = see(cx, this.thread).await?;
        let head = head(cx, thread, board).await?;
        let begin = match this.at {
            At::Post(no) => Begin::Top(PostNo(no.0.clamp(1, head.last.0.max(1)))),
            // A guest has no marks: what is new to them is all of it.
            At::FirstUnread if head.read_to < head.last => Begin::Top(PostNo(head.read_to.0 + 1)),
            At::FirstUnread | At::End => Begin::End,
        };
        let from = match begin {
            Begin::Top(no) => no,
            Begin::End => PostNo(head.last.0 + 1),
        };
        let mut posts = before(cx, this.thread, from).await?;
        posts.extend(after(cx, this.thread, from).await?);
        Ok(ThreadView { head, begin, posts })
    }
}

impl OpenThread {
    /// Where an old number leads on to: a post that was split off, or a thread that was merged into another.
    async fn lead(self, cx: &mut Cx<'_, Reads>) -> Result<Self> {
        let (no, whole) = match self.at {
            At::Post(no) => (no, false),
            At::FirstUnread | At::End => (PostNo(1), true),
        };
        Ok(match cuts::lead(cx.conn(), self.thread, no).await? {
            Some(now) if whole && now.thread_id == self.thread => self,
            Some(now) if whole => Self { thread: now.thread_id, at: self.at },
            Some(now) => Self { thread: now.thread_id, at: At::Post(now.no) },
            None => self,
        })
    }
}

/// The thread and its board, if the actor may see them.
pub(in crate::service) async fn see<A: Access>(
    cx: &mut Cx<'_, A>,
    thread: ThreadId,
) -> Result<(ThreadRow, BoardRow)> {
    let row = threads::get(cx.conn(), thread).await?.ok_or(Error::NotFound("thread"))?;
    let board = boards::get(cx.conn(), row.board_id).await?.ok_or(Error::NotFound("thread"))?;
    cx.allow(&SeeThread { board: board.facts(), thread: row.facts() }).map_err(|why| match why {
        Error::Denied(Denied::NotVisible) => Error::NotFound("thread"),
        other => other,
    })?;
    Ok((row, board))
}

/// The thread as its reader sees it.
pub(in crate::service) async fn head<A: Access>(
    cx: &mut Cx<'_, A>,
    thread: ThreadRow,
    board: BoardRow,
) -> Result<ThreadHead> {
    let (choice, read_to, held) = match cx.actor.id() {
        Some(me) => (
            reading::thread_choice(cx.conn(), me, thread.id).await?,
            reading::read_to(cx.conn(), me, thread.id).await?,
            held::in_thread(cx.conn(), me, thread.id).await?,
        ),
        None => (None, PostNo(0), Vec::new()),
    };
    let clearance = cx.actor.clearance();
    let trail = threads::trail(cx.conn(), thread.id, clearance).await?;
    let facts = thread.facts();
    Ok(ThreadHead {
        kind: board.kind,
        tags: thread.tag_names(),
        solution: thread.solved.then_some(Solution { by: thread.solved_no }),
        // One that went away and came back is where it always was.
        trail: trail
            .filter(|trail| trail.board_id != board.id)
            .map(|trail| Trail { from: trail.board, at: trail.moved_at }),
        id: thread.id,
        title: thread.title,
        board: board.id,
        board_facts: board.facts(),
        board_name: board.name,
        facts,
        author: thread.author_id,
        created_at: thread.created_at,
        last: PostNo(thread.post_count),
        pinned: thread.pinned,
        slow_s: thread.slow_s,
        choice,
        read_to,
        held,
    })
}
