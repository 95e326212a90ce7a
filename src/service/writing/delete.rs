//! Deleting one's own post, and bringing it back.

use super::{find_thread, unseen};
use crate::domain::ids::{PostNo, ThreadId};
use crate::domain::policy;
use crate::service::{Cx, DomainEvent, Error, Request, Result, Writes};
use crate::store::writing;

/// Deletes one's own post: a tombstone stays in its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DeletePost {
    /// The thread.
    pub thread: ThreadId,
    /// The post.
    pub no: PostNo,
}

/// A post was deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deleted {
    /// Seconds in which it can be brought back.
    pub undo_s: i64,
}

impl Request for DeletePost {
    type Reply = Deleted;
    type Access = Writes;
    const NAME: &'static str = "delete post";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<Deleted> {
        let Self { thread, no } = self;
        let found = find_thread(cx, thread, None).await?;
        let (board, thread_facts) = (found.board_facts(), found.facts());
        cx.allow(&policy::SeeThread { board, thread: thread_facts }).map_err(unseen("thread"))?;
        let post = writing::post(cx.conn(), thread, no).await?.ok_or(Error::NotFound("post"))?;
        let grant = cx.allow(&policy::DeletePost { board, thread: thread_facts, post: post.facts() })?;
        let now = cx.now;
        writing::delete_post(cx.conn(), &grant, now, post.id).await?;
        cx.publish(DomainEvent::PostChanged { board: found.board_id, thread, post: post.id });
        Ok(Deleted { undo_s: cx.settings().undo_s })
    }
}

/// Brings a post back that one deleted oneself, while the time for undoing lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UndeletePost {
    /// The thread.
    pub thread: ThreadId,
    /// The post.
    pub no: PostNo,
}

impl Request for UndeletePost {
    type Reply = ();
    type Access = Writes;
    const NAME: &'static str = "undelete post";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<()> {
        let Self { thread, no } = self;
        let found = find_thread(cx, thread, None).await?;
        let (board, thread_facts) = (found.board_facts(), found.facts());
        cx.allow(&policy::SeeThread { board, thread: thread_facts }).map_err(unseen("thread"))?;
        let post = writing::post(cx.conn(), thread, no).await?.ok_or(Error::NotFound("post"))?;
        let age_s = post.deleted_at.map_or(0, |at| cx.now.seconds_since(at));
        let undo_s = cx.settings().undo_s;
        let grant = cx.allow(&policy::UndeletePost { post: post.facts(), age_s, undo_s })?;
        writing::undelete_post(cx.conn(), &grant, post.id).await?;
        cx.publish(DomainEvent::PostChanged { board: found.board_id, thread, post: post.id });
        Ok(())
    }
}
