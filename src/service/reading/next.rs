//! What Space shows next (R4).

use crate::domain::ids::{BoardId, ConversationId, PostNo, TagId, ThreadId};
use crate::domain::policy::LookAround;
use crate::service::threads::see;
use crate::service::{Cx, Reads, Request, Result};
use crate::store::conversations;
use crate::store::reading::{self, Why};

/// Looks for what to read next: threads with replies and mentions to the member first, then unread messages, then
/// followed threads, then boards in order, the oldest unread first. None: all is read, or skipped.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NextUnread {
    /// Threads to pass over for now.
    pub skipped_threads: Vec<ThreadId>,
    /// Boards to pass over for now.
    pub skipped_boards: Vec<BoardId>,
    /// Conversations to pass over for now.
    pub skipped_conversations: Vec<ConversationId>,
}

/// What to read next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NextUp {
    /// A thread.
    Thread(NextThread),
    /// A conversation with unread messages.
    Conversation(ConversationId),
}

/// The thread to read next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NextThread {
    /// The thread.
    pub thread: ThreadId,
    /// Its board.
    pub board: BoardId,
    /// Its first unread post.
    pub no: PostNo,
    /// Why this one.
    pub why: Why,
}

impl Request for NextUnread {
    type Reply = Option<NextUp>;
    type Access = Reads;
    const NAME: &'static str = "next unread";

    async fn run(self, cx: &mut Cx<'_, Reads>) -> Result<Option<NextUp>> {
        cx.allow(&LookAround)?;
        let me = cx.me()?;
        let clearance = cx.actor.clearance();
        let next =
            reading::next(cx.conn(), me, clearance, &self.skipped_threads, &self.skipped_boards).await?;
        if next.as_ref().is_none_or(|next| next.why != Why::Addressed) {
            // Messages speak to the member too: they come after replies and mentions, before everything else.
            let limit = i64::try_from(self.skipped_conversations.len()).unwrap_or(i64::MAX).saturating_add(1);
            let unread = conversations::with_unread(cx.conn(), me, limit).await?;
            if let Some(id) = unread.into_iter().find(|id| !self.skipped_conversations.contains(id)) {
                return Ok(Some(NextUp::Conversation(id)));
            }
        }
        Ok(next.map(|next| {
            NextUp::Thread(NextThread { thread: next.thread, board: next.board, no: next.no, why: next.why })
        }))
    }
}

/// Looks for the next unread thread among those with a tag, the one with the oldest unread post first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NextUnreadOfTag {
    /// The tag.
    pub tag: TagId,
    /// Threads to pass over for now.
    pub skipped_threads: Vec<ThreadId>,
    /// Boards to pass over for now.
    pub skipped_boards: Vec<BoardId>,
}

impl Request for NextUnreadOfTag {
    type Reply = Option<NextThread>;
    type Access = Reads;
    const NAME: &'static str = "next unread of tag";

    async fn run(self, cx: &mut Cx<'_, Reads>) -> Result<Option<NextThread>> {
        cx.allow(&LookAround)?;
        let me = cx.me()?;
        let clearance = cx.actor.clearance();
        let rows = reading::unread_of_tag(cx.conn(), me, clearance, self.tag).await?;
        let next = rows.into_iter().find(|row| {
            !self.skipped_threads.contains(&row.thread) && !self.skipped_boards.contains(&row.board)
        });
        Ok(next.map(|next| NextThread { thread: next.thread, board: next.board, no: next.no, why: next.why }))
    }
}

/// Looks for the next post of a thread that answers or mentions the one who asks, read or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NextToMe {
    /// The thread.
    pub thread: ThreadId,
    /// The post after which to look.
    pub after: PostNo,
}

impl Request for NextToMe {
    type Reply = Option<PostNo>;
    type Access = Reads;
    const NAME: &'static str = "next to me";

    async fn run(self, cx: &mut Cx<'_, Reads>) -> Result<Option<PostNo>> {
        cx.allow(&LookAround)?;
        let me = cx.me()?;
        see(cx, self.thread).await?;
        Ok(reading::next_to(cx.conn(), me, self.thread, self.after).await?)
    }
}
