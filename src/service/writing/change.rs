//! Giving one's own post another text.

use super::{find_thread, mentions, unseen};
use crate::domain::draft::DraftTarget;
use crate::domain::ids::{PostNo, ThreadId};
use crate::domain::policy::{self, KeepDrafts};
use crate::domain::post::Body;
use crate::domain::time::DAY_S;
use crate::service::{Cx, DomainEvent, Error, Request, Result, Writes, notifications, prevention};
use crate::store::{drafts, writing};

/// Edits of one post in a day that keep its old text: far above what anybody corrects, and a bound on what a loop of
/// edits adds to the database.
const EDITS_A_DAY_MAX: i64 = 30;

/// Gives one's own post another text. In the silent minutes nothing shows it; later the post is marked as edited
/// and the older text stays open to readers (W3).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EditPost {
    /// The thread.
    pub thread: ThreadId,
    /// The post.
    pub no: PostNo,
    /// The new text.
    pub body: String,
}

/// How an edit was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edited {
    /// The text is the same as before: nothing happened.
    Unchanged,
    /// Without a trace.
    Silently,
    /// With a mark, and the older text open to readers.
    Marked,
}

impl Request for EditPost {
    type Reply = Edited;
    type Access = Writes;
    const NAME: &'static str = "edit post";

    fn filtered_text(&self) -> Option<String> {
        Body::parse(&self.body).ok().map(|body| body.as_str().to_owned())
    }

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<Edited> {
        let Self { thread, no, body } = self;
        let found = find_thread(cx, thread, None).await?;
        let (board_facts, thread_facts) = (found.board_facts(), found.facts());
        cx.allow(&policy::SeeThread { board: board_facts, thread: thread_facts })
            .map_err(unseen("thread"))?;
        let post = writing::post(cx.conn(), thread, no).await?.ok_or(Error::NotFound("post"))?;
        let action = policy::EditPost { board: board_facts, thread: thread_facts, post: post.facts() };
        let grant = cx.allow(&action)?;
        let me = cx.me()?;
        let body = Body::parse(&body)?;
        let keep = cx.allow(&KeepDrafts)?;
        drafts::remove(cx.conn(), &keep, me, &DraftTarget::Edit(thread, no)).await?;
        if body.as_str() == post.body {
            return Ok(Edited::Unchanged);
        }
        prevention::check_edit(cx, found.board_id, &post.body, body.as_str()).await?;
        let age_s = cx.now.seconds_since(post.created_at);
        let marked = (age_s > cx.settings().silent_edit_s).then_some(cx.now);
        if let Some(now) = marked
            && writing::revisions_since(cx.conn(), post.id, now.plus(-DAY_S)).await? >= EDITS_A_DAY_MAX
        {
            let what = "This post was edited very often today, and each time its old text was kept.";
            return Err(Error::too_soon(what, now, now.plus(DAY_S)));
        }
        writing::update_body(cx.conn(), &grant, post.id, body.as_str(), marked).await?;
        let mentioned = mentions(body.as_str());
        if post.body.contains('@') || !mentioned.is_empty() {
            writing::address_anew(cx.conn(), &grant, post.id, post.answered_author, &mentioned).await?;
            notifications::tell_addressed(cx, post.id).await?;
        }
        cx.publish(DomainEvent::PostChanged { board: found.board_id, thread, post: post.id });
        Ok(if marked.is_some() { Edited::Marked } else { Edited::Silently })
    }
}
