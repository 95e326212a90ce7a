//! Marks in one thread.

use crate::domain::ids::{PostNo, ThreadId};
use crate::domain::policy::KeepMarks;
use crate::service::threads::see;
use crate::service::{Cx, DomainEvent, Request, Result, Writes};
use crate::store::levels;
use crate::store::reading::{self, Mark};

/// Marks a thread as read up to a post. Asked as posts are shown, so that a line that drops loses at most one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MarkRead {
    /// The thread.
    pub thread: ThreadId,
    /// The last post that was shown whole.
    pub upto: PostNo,
}

/// What was marked in a thread before, to be put back by [`UndoThreadMark`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ThreadUndo {
    thread: ThreadId,
    before: Option<Mark>,
}

impl ThreadUndo {
    /// The thread.
    pub fn thread(&self) -> ThreadId {
        self.thread
    }
}

impl Request for MarkRead {
    type Reply = ();
    type Access = Writes;
    const NAME: &'static str = "mark read";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<()> {
        raise(cx, self.thread, self.upto, true).await
    }
}

/// Marks all of a thread as read at once, shown or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MarkThreadRead {
    /// The thread.
    pub thread: ThreadId,
    /// The last post that the member knew of: what was written since stays unread.
    pub upto: PostNo,
}

impl Request for MarkThreadRead {
    type Reply = ThreadUndo;
    type Access = Writes;
    const NAME: &'static str = "mark thread read";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<ThreadUndo> {
        let me = cx.me()?;
        let before = reading::mark(cx.conn(), me, self.thread).await?;
        raise(cx, self.thread, self.upto, false).await?;
        Ok(ThreadUndo { thread: self.thread, before })
    }
}

/// Raises a mark and says so, if that changes anything. Posts that were `shown` count as read on the member's path.
async fn raise(cx: &mut Cx<'_, Writes>, thread: ThreadId, upto: PostNo, shown: bool) -> Result<()> {
    let grant = cx.allow(&KeepMarks)?;
    let me = cx.me()?;
    let (row, _) = see(cx, thread).await?;
    let upto = upto.min(PostNo(row.post_count));
    let read_to = reading::read_to(cx.conn(), me, thread).await?;
    if read_to < upto {
        if shown {
            levels::count_read(cx.conn(), &grant, me, thread, (read_to, upto)).await?;
        }
        reading::mark_read(cx.conn(), &grant, me, thread, upto).await?;
        cx.publish(DomainEvent::MarksChanged { member: me });
    }
    Ok(())
}

/// Says that a reply or mention was shown though not all before it was: it is no longer announced, and stays unread
/// until the thread is read up to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SeeAddressed {
    /// The thread.
    pub thread: ThreadId,
    /// The post.
    pub no: PostNo,
}

impl Request for SeeAddressed {
    type Reply = ();
    type Access = Writes;
    const NAME: &'static str = "see addressed";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<()> {
        let grant = cx.allow(&KeepMarks)?;
        let me = cx.me()?;
        see(cx, self.thread).await?;
        if reading::see_addressed(cx.conn(), &grant, me, self.thread, self.no).await? {
            cx.publish(DomainEvent::MarksChanged { member: me });
        }
        Ok(())
    }
}

/// Marks a thread as unread from a post on, however long ago it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MarkUnreadFrom {
    /// The thread.
    pub thread: ThreadId,
    /// The first post that counts as unread.
    pub from: PostNo,
}

impl Request for MarkUnreadFrom {
    type Reply = ThreadUndo;
    type Access = Writes;
    const NAME: &'static str = "mark unread";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<ThreadUndo> {
        let grant = cx.allow(&KeepMarks)?;
        let me = cx.me()?;
        let (row, _) = see(cx, self.thread).await?;
        let from = PostNo(self.from.0.clamp(1, row.post_count.max(1)));
        let before = reading::hold(cx.conn(), &grant, me, self.thread, from).await?;
        cx.publish(DomainEvent::MarksChanged { member: me });
        Ok(ThreadUndo { thread: self.thread, before })
    }
}

/// Puts the mark in a thread back as it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UndoThreadMark(pub ThreadUndo);

impl Request for UndoThreadMark {
    type Reply = ();
    type Access = Writes;
    const NAME: &'static str = "undo mark";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<()> {
        let grant = cx.allow(&KeepMarks)?;
        let me = cx.me()?;
        see(cx, self.0.thread).await?;
        reading::restore_mark(cx.conn(), &grant, me, self.0.thread, self.0.before).await?;
        cx.publish(DomainEvent::MarksChanged { member: me });
        Ok(())
    }
}
