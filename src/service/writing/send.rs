//! Starting a thread, writing a post.

use super::{find_thread, mentions, pace, unseen};
use crate::domain::draft::DraftTarget;
use crate::domain::ids::{BoardId, MemberId, PostId, PostNo, ThreadId};
use crate::domain::member::Origin;
use crate::domain::policy::{self, Action, Grant, KeepDrafts, LookAround};
use crate::domain::post::{Body, Title};
use crate::service::prevention::Hold;
use crate::service::{Cx, DomainEvent, Error, Request, Result, Writes, notifications, prevention};
use crate::store::writing::{self, NewPost, NewThread, Written};
use crate::store::{boards, drafts};

/// A post that was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Posted {
    /// Its board.
    pub board: BoardId,
    /// Its thread.
    pub thread: ThreadId,
    /// The post.
    pub post: PostId,
    /// Its number in the thread.
    pub no: PostNo,
}

/// Starts a thread on a board with its first post.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StartThread {
    /// The board.
    pub board: BoardId,
    /// The title.
    pub title: String,
    /// The text of the first post.
    pub body: String,
}

impl Request for StartThread {
    type Reply = Posted;
    type Access = Writes;
    const NAME: &'static str = "start thread";

    fn filtered_text(&self) -> Option<String> {
        let (title, body) = (Title::parse(&self.title).ok()?, Body::parse(&self.body).ok()?);
        Some(prevention::whole(Some(title.as_str()), body.as_str()))
    }

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<Posted> {
        let draft = DraftTarget::Board(self.board);
        self.write(cx, Some(draft)).await
    }
}

/// A thread that may be started, as far as it was checked.
pub(in crate::service) struct ReadyThread {
    pub(in crate::service) grant: Grant<policy::StartThread>,
    pub(in crate::service) title: Title,
    pub(in crate::service) body: Body,
    /// It has to wait for a moderator.
    pub(in crate::service) hold: Option<Hold>,
}

impl StartThread {
    /// Checks all that is checked before it is written or handed in.
    pub(in crate::service) async fn ready(&self, cx: &mut Cx<'_, Writes>) -> Result<ReadyThread> {
        let Some(row) = boards::get(cx.conn(), self.board).await? else {
            cx.allow(&LookAround)?;
            return Err(Error::NotFound("board"));
        };
        let grant = cx.allow(&policy::StartThread { board: row.facts() }).map_err(unseen("board"))?;
        let (title, body) = (Title::parse(&self.title)?, Body::parse(&self.body)?);
        let hold = prevention::check(cx, self.board, Some(title.as_str()), body.as_str()).await?;
        Ok(ReadyThread { grant, title, body, hold })
    }

    async fn write(self, cx: &mut Cx<'_, Writes>, draft: Option<DraftTarget>) -> Result<Posted> {
        let ReadyThread { grant, title, body, hold } = self.ready(cx).await?;
        if let Some(hold) = hold {
            return Err(hold.refusal());
        }
        let (me, now) = (cx.me()?, cx.now);
        let new = NewThread {
            board: self.board,
            author: me,
            title: title.as_str(),
            body: body.as_str(),
            origin: Origin::Human,
        };
        let written = writing::insert_thread(cx.conn(), &grant, now, new).await?;
        finish(cx, &grant, me, Sent { board: self.board, written, answered: None, draft, body: &body }).await
    }
}

/// Writes a post in a thread.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WriteReply {
    /// The thread.
    pub thread: ThreadId,
    /// The post that it answers.
    pub reply_to: Option<PostNo>,
    /// The text.
    pub body: String,
}

impl Request for WriteReply {
    type Reply = Posted;
    type Access = Writes;
    const NAME: &'static str = "write reply";

    fn filtered_text(&self) -> Option<String> {
        Some(prevention::whole(None, Body::parse(&self.body).ok()?.as_str()))
    }

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<Posted> {
        let draft = DraftTarget::Reply(self.thread);
        self.write(cx, Some(draft)).await
    }
}

/// A post that may be written, as far as it was checked.
pub(in crate::service) struct ReadyReply {
    pub(in crate::service) grant: Grant<policy::Reply>,
    pub(in crate::service) board: BoardId,
    pub(in crate::service) body: Body,
    answered: Option<MemberId>,
    /// It has to wait for a moderator.
    pub(in crate::service) hold: Option<Hold>,
}

impl WriteReply {
    /// Checks all that is checked before it is written or handed in.
    pub(in crate::service) async fn ready(&self, cx: &mut Cx<'_, Writes>) -> Result<ReadyReply> {
        let found = find_thread(cx, self.thread, self.reply_to).await?;
        let action = policy::Reply { board: found.board_facts(), thread: found.facts() };
        let grant = cx.allow(&action).map_err(unseen("thread"))?;
        let body = Body::parse(&self.body)?;
        if self.reply_to.is_some() && found.answered_author.is_none() {
            return Err(Error::NotFound("post to answer"));
        }
        pace::may_write(cx, self.thread, found.slow_s).await?;
        let hold = prevention::check(cx, found.board_id, None, body.as_str()).await?;
        Ok(ReadyReply { grant, board: found.board_id, body, answered: found.answered_author, hold })
    }

    async fn write(self, cx: &mut Cx<'_, Writes>, draft: Option<DraftTarget>) -> Result<Posted> {
        let ReadyReply { grant, board, body, answered, hold } = self.ready(cx).await?;
        if let Some(hold) = hold {
            return Err(hold.refusal());
        }
        let (me, now) = (cx.me()?, cx.now);
        let new = NewPost {
            thread: self.thread,
            author: me,
            reply_to: self.reply_to,
            body: body.as_str(),
            origin: Origin::Human,
        };
        let written = writing::insert_post(cx.conn(), &grant, now, new).await?;
        finish(cx, &grant, me, Sent { board, written, answered, draft, body: &body }).await
    }
}

/// The same for a text that was not written in the editor, such as a command's input: a draft for that place is
/// another text, and stays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenElsewhere<R>(pub R);

impl Request for WrittenElsewhere<StartThread> {
    type Reply = Posted;
    type Access = Writes;
    const NAME: &'static str = StartThread::NAME;

    fn filtered_text(&self) -> Option<String> {
        self.0.filtered_text()
    }

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<Posted> {
        self.0.write(cx, None).await
    }
}

impl Request for WrittenElsewhere<WriteReply> {
    type Reply = Posted;
    type Access = Writes;
    const NAME: &'static str = WriteReply::NAME;

    fn filtered_text(&self) -> Option<String> {
        self.0.filtered_text()
    }

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<Posted> {
        self.0.write(cx, None).await
    }
}

/// What is left to do for a post that is in the database.
struct Sent<'a> {
    board: BoardId,
    written: Written,
    answered: Option<MemberId>,
    /// The draft that it came from.
    draft: Option<DraftTarget>,
    body: &'a Body,
}

/// Says whom the post speaks to, drops the draft, publishes.
async fn finish<A: Action>(
    cx: &mut Cx<'_, Writes>,
    grant: &Grant<A>,
    me: MemberId,
    sent: Sent<'_>,
) -> Result<Posted> {
    let Sent { board, written: Written { thread_id, post_id, no }, answered, draft, body } = sent;
    let mentioned = mentions(body.as_str());
    if answered.is_some_and(|author| author != me) || !mentioned.is_empty() {
        writing::address(cx.conn(), grant, post_id, answered, &mentioned).await?;
        notifications::tell_addressed(cx, post_id).await?;
    }
    if let Some(draft) = draft {
        let keep = cx.allow(&KeepDrafts)?;
        drafts::remove(cx.conn(), &keep, me, &draft).await?;
    }
    cx.publish(DomainEvent::PostAdded { board, thread: thread_id, post: post_id, author: me });
    Ok(Posted { board, thread: thread_id, post: post_id, no })
}
