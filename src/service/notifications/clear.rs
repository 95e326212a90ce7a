//! Seeing one, or all at once, with an undo.

use crate::domain::ids::{NotificationId, PostId};
use crate::domain::policy::KeepMarks;
use crate::service::{Cx, DomainEvent, Request, Result, Writes};
use crate::store::notifications::{self, Seen};
use crate::store::reading;

/// The caller has seen one notification: it was opened.
#[derive(Clone, Copy, Debug)]
pub struct SeeNotification(pub NotificationId);

impl Request for SeeNotification {
    type Reply = ();
    type Access = Writes;
    const NAME: &'static str = "see notification";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<()> {
        let grant = cx.allow(&KeepMarks)?;
        let (me, now) = (cx.me()?, cx.now);
        if notifications::see(cx.conn(), &grant, me, self.0, now).await? {
            cx.publish(DomainEvent::MarksChanged { member: me });
        }
        Ok(())
    }
}

/// Nothing of what is for the caller is news any longer. Posts stay unread until they are read.
#[derive(Clone, Copy, Debug)]
pub struct ClearNotifications;

/// What was news before, for [`UndoClear`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClearUndo {
    posts: Vec<PostId>,
    others: Seen,
}

impl ClearUndo {
    /// How many there were.
    pub fn count(&self) -> usize {
        self.posts.len() + self.others.count()
    }
}

impl Request for ClearNotifications {
    type Reply = ClearUndo;
    type Access = Writes;
    const NAME: &'static str = "clear notifications";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<ClearUndo> {
        let grant = cx.allow(&KeepMarks)?;
        let (me, now, clearance) = (cx.me()?, cx.now, cx.actor.clearance());
        let posts = reading::see_all_addressed(cx.conn(), &grant, me, clearance).await?;
        let others = notifications::see_all(cx.conn(), &grant, me, now).await?;
        cx.publish(DomainEvent::MarksChanged { member: me });
        Ok(ClearUndo { posts, others })
    }
}

/// Brings back as news what [`ClearNotifications`] cleared.
#[derive(Clone, Debug)]
pub struct UndoClear(pub ClearUndo);

impl Request for UndoClear {
    type Reply = ();
    type Access = Writes;
    const NAME: &'static str = "undo clear";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<()> {
        let grant = cx.allow(&KeepMarks)?;
        let me = cx.me()?;
        reading::unsee_addressed(cx.conn(), &grant, me, &self.0.posts).await?;
        notifications::unsee(cx.conn(), &grant, me, &self.0.others).await?;
        cx.publish(DomainEvent::MarksChanged { member: me });
        Ok(())
    }
}
