//! Giving thanks, and taking them back.

use crate::domain::ids::{PostId, PostNo, ThreadId};
use crate::domain::policy;
use crate::domain::post::PostFacts;
use crate::service::notifications::{NotificationKind, NotificationPlace, PlaceKind, notify, withdraw};
use crate::service::threads::see;
use crate::service::{Cx, DomainEvent, Error, Request, Result, Writes};
use crate::store::{thanks, writing};

/// Thanks the author of a post. Thanking twice is thanking once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GiveThanks {
    /// The thread.
    pub thread: ThreadId,
    /// The post.
    pub no: PostNo,
}

impl Request for GiveThanks {
    type Reply = ();
    type Access = Writes;
    const NAME: &'static str = "give thanks";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<()> {
        let (thread, board) = see(cx, self.thread).await?;
        let (board, thread) = (board.facts(), thread.facts());
        let (post, facts) = find(cx, self.thread, self.no).await?;
        let grant = cx.allow(&policy::GiveThanks { board, thread, post: facts })?;
        let (me, now) = (cx.me()?, cx.now);
        if thanks::give(cx.conn(), &grant, now, post, me).await? {
            cx.publish(DomainEvent::ThanksChanged {
                thread: self.thread,
                post,
                author: facts.author,
                giver: me,
            });
            let place = NotificationPlace::new(PlaceKind::Post, post.0);
            notify(cx, &grant, facts.author, NotificationKind::Thanks, place).await?;
        }
        Ok(())
    }
}

/// Takes one's thanks back, also from a post that is no longer there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TakeBackThanks {
    /// The thread.
    pub thread: ThreadId,
    /// The post.
    pub no: PostNo,
}

impl Request for TakeBackThanks {
    type Reply = ();
    type Access = Writes;
    const NAME: &'static str = "take back thanks";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<()> {
        let grant = cx.allow(&policy::TakeBackThanks)?;
        let me = cx.me()?;
        see(cx, self.thread).await?;
        let (post, facts) = find(cx, self.thread, self.no).await?;
        if thanks::take_back(cx.conn(), &grant, post, me).await? {
            cx.publish(DomainEvent::ThanksChanged {
                thread: self.thread,
                post,
                author: facts.author,
                giver: me,
            });
            let place = NotificationPlace::new(PlaceKind::Post, post.0);
            withdraw(cx, &grant, facts.author, NotificationKind::Thanks, place).await?;
        }
        Ok(())
    }
}

async fn find(cx: &mut Cx<'_, Writes>, thread: ThreadId, no: PostNo) -> Result<(PostId, PostFacts)> {
    let found = writing::post(cx.conn(), thread, no).await?.ok_or(Error::NotFound("post"))?;
    Ok((found.id, found.facts()))
}
