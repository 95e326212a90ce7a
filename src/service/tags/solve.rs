//! Saying that a question has its answer, or has none after all.

use crate::domain::ids::{PostNo, ThreadId};
use crate::domain::policy;
use crate::service::threads::see;
use crate::service::{Cx, DomainEvent, Error, Request, Result, Writes};
use crate::store::posts::{self, Window};
use crate::store::tags;

/// How a question was solved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Solution {
    /// The post that did it, if one was named.
    pub by: Option<PostNo>,
}

/// Says that a thread is solved, or with no solution that it is not. Gives what was said before, which an undo sets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SolveThread {
    /// The thread.
    pub thread: ThreadId,
    /// How; `None` when it is not solved.
    pub solution: Option<Solution>,
}

impl Request for SolveThread {
    type Reply = Option<Solution>;
    type Access = Writes;
    const NAME: &'static str = "solve thread";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<Option<Solution>> {
        let (thread, board) = see(cx, self.thread).await?;
        let action = policy::SolveThread { board: board.facts(), kind: board.kind, thread: thread.facts() };
        let grant = cx.allow(&action)?;
        let by = self.solution.and_then(|solution| solution.by);
        if let Some(no) = by {
            let found = posts::window(cx.conn(), None, thread.id, Window::From(no), 1, 0).await?;
            if !found.first().is_some_and(|post| post.no == no && !post.state.is_tombstone()) {
                return Err(Error::NotFound("post"));
            }
        }
        tags::set_solved(cx.conn(), &grant, thread.id, self.solution.is_some(), by).await?;
        cx.publish(DomainEvent::ThreadChanged { board: board.id, thread: thread.id });
        Ok(thread.solved.then_some(Solution { by: thread.solved_no }))
    }
}
