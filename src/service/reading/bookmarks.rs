//! The reading list: posts that a member keeps to find again (R8).

use crate::domain::ids::{PostNo, ThreadId};
use crate::domain::policy::{KeepMarks, LookAround};
use crate::service::threads::see;
use crate::service::{Cx, DomainEvent, Error, Reads, Request, Result, Writes};
use crate::store::posts::{self, Window};
use crate::store::reading;

pub use crate::store::reading::BookmarkRow as Bookmark;

/// Most posts that are listed; whoever keeps more meets the rest once the list is shorter.
pub const BOOKMARKS_LISTED_MAX: usize = 500;

/// Characters of a post that a line of the list can use.
const EXCERPT_CHARS: i64 = 400;

/// Keeps a post in one's reading list, or takes it off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeepPost {
    /// The thread.
    pub thread: ThreadId,
    /// The post.
    pub no: PostNo,
    /// Keep it; otherwise take it off the list.
    pub keep: bool,
}

impl Request for KeepPost {
    type Reply = ();
    type Access = Writes;
    const NAME: &'static str = "keep post";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<()> {
        let grant = cx.allow(&KeepMarks)?;
        let me = cx.me()?;
        see(cx, self.thread).await?;
        let found = posts::window(cx.conn(), None, self.thread, Window::From(self.no), 1, 0).await?;
        let post = found.first().filter(|post| post.no == self.no).ok_or(Error::NotFound("post"))?;
        let at = self.keep.then_some(cx.now);
        if reading::keep(cx.conn(), &grant, me, post.id, at).await? {
            cx.publish(DomainEvent::BookmarksChanged { member: me });
        }
        Ok(())
    }
}

/// Lists the posts that one keeps, those kept last first. What one no longer sees is left out, and comes back with it.
#[derive(Clone, Copy, Debug)]
pub struct ListBookmarks;

impl Request for ListBookmarks {
    type Reply = Vec<Bookmark>;
    type Access = Reads;
    const NAME: &'static str = "list bookmarks";

    async fn run(self, cx: &mut Cx<'_, Reads>) -> Result<Vec<Bookmark>> {
        cx.allow(&LookAround)?;
        let me = cx.me()?;
        let (clearance, staff) = (cx.actor.clearance(), cx.actor.is_staff());
        let limit = i64::try_from(BOOKMARKS_LISTED_MAX).unwrap_or(i64::MAX);
        Ok(reading::bookmarks(cx.conn(), me, clearance, staff, EXCERPT_CHARS, limit).await?)
    }
}
