//! Deciding a held text: it becomes a post, or goes back to its author.

use super::staff::{load, refuse_if_taken};
use super::{changed, give_back};
use crate::domain::ids::{HeldId, MemberId, PostId};
use crate::domain::member::Origin;
use crate::domain::notification::{NotificationKind, NotificationPlace, PlaceKind};
use crate::domain::policy::{self, Action, Actor, Grant, HandleHeld, KeepDrafts};
use crate::domain::text::clean_body;
use crate::service::cx::load_actor;
use crate::service::moderation::UNNAMED;
use crate::service::writing::mentions;
use crate::service::{Cx, DomainEvent, Error, Request, Result, Who, Writes, notifications};
use crate::store::audit::NewAudit;
use crate::store::boards;
use crate::store::held::{self, HeldRow};
use crate::store::writing::{self, NewPost, NewThread, Written};

/// Most characters of the words that a text goes back with.
const REASON_CHARS_MAX: usize = 1_000;

/// Publishes a held text, or gives it back as a draft with a kind reason. It gets its number and its time now: nothing
/// was ever numbered that could not be seen. Of two who decide at once one wins and the other is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecideHeld {
    /// Which.
    pub held: HeldId,
    /// Whether to publish it.
    pub publish: bool,
    /// Words to the author; giving back needs some.
    pub reason: String,
}

impl Request for DecideHeld {
    type Reply = ();
    type Access = Writes;
    const NAME: &'static str = "decide held post";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<()> {
        let (row, grant) = load(cx, self.held).await?;
        refuse_if_taken(cx, &row)?;
        let reason = clean_body(&self.reason);
        let chars = reason.chars().count();
        if chars > REASON_CHARS_MAX {
            let words = format!("The reason has {chars} characters; {REASON_CHARS_MAX} is the most.");
            return Err(Error::invalid(words));
        }
        let author = author(cx, row.author_id).await?;
        let post = match self.publish {
            true => Some(publish(cx, &author, &row).await?),
            false if reason.is_empty() => {
                return Err(Error::invalid("Giving it back needs a kind word on why. The author reads it."));
            }
            false => {
                let keep = policy::allow(&author, &KeepDrafts)?;
                give_back(cx, &keep, row.author_id, &row).await?;
                None
            }
        };
        let (me, now) = (cx.actor.id(), cx.now);
        if !held::decide(cx.conn(), &grant, self.held, me, now, &reason, post).await? {
            return Err(Error::conflict("Somebody else decided this a moment ago."));
        }
        tell(cx, &grant, &row, post).await?;
        record(cx, &row, post).await?;
        cx.publish(changed(&row));
        Ok(())
    }
}

/// The author as they stand now: what they may not write any more is not written for them.
async fn author(cx: &mut Cx<'_, Writes>, id: MemberId) -> Result<Actor> {
    let now = cx.now;
    match load_actor(cx.conn(), &Who::Member(id), now).await? {
        Actor::Guest => Err(Error::NotFound("member")),
        author => Ok(author),
    }
}

async fn publish(cx: &mut Cx<'_, Writes>, author: &Actor, row: &HeldRow) -> Result<PostId> {
    let gone = |why: &dyn std::fmt::Display| {
        Error::conflict(format!(
            "It cannot be published as it is. For its author: {why} Give it back with a word."
        ))
    };
    let (now, me, body) = (cx.now, row.author_id, row.body.as_str());
    let Some(thread) = row.thread_id else {
        let board = boards::get(cx.conn(), row.board_id).await?.ok_or(Error::NotFound("board"))?;
        let grant =
            policy::allow(author, &policy::StartThread { board: board.facts() }).map_err(|why| gone(&why))?;
        let new =
            NewThread { board: row.board_id, author: me, title: &row.title, body, origin: Origin::Human };
        let written = writing::insert_thread(cx.conn(), &grant, now, new).await?;
        return announce(cx, &grant, row, written, None).await;
    };
    let found =
        writing::thread(cx.conn(), thread, row.reply_to_no).await?.ok_or(Error::NotFound("thread"))?;
    let action = policy::Reply { board: found.board_facts(), thread: found.facts() };
    let grant = policy::allow(author, &action).map_err(|why| gone(&why))?;
    let new = NewPost { thread, author: me, reply_to: row.reply_to_no, body, origin: Origin::Human };
    let written = writing::insert_post(cx.conn(), &grant, now, new).await?;
    announce(cx, &grant, row, written, found.answered_author).await
}

/// Says whom the post speaks to, as when it is sent without waiting.
async fn announce<A: Action>(
    cx: &mut Cx<'_, Writes>,
    grant: &Grant<A>,
    row: &HeldRow,
    written: Written,
    answered: Option<MemberId>,
) -> Result<PostId> {
    let Written { thread_id: thread, post_id: post, .. } = written;
    let mentioned = mentions(&row.body);
    if answered.is_some_and(|by| by != row.author_id) || !mentioned.is_empty() {
        writing::address(cx.conn(), grant, post, answered, &mentioned).await?;
        notifications::tell_addressed(cx, post).await?;
    }
    cx.publish(DomainEvent::PostAdded { board: row.board_id, thread, post, author: row.author_id });
    Ok(post)
}

async fn tell(
    cx: &mut Cx<'_, Writes>,
    grant: &Grant<HandleHeld>,
    row: &HeldRow,
    post: Option<PostId>,
) -> Result<()> {
    let (kind, place) = match post {
        Some(post) => (NotificationKind::Published, NotificationPlace::new(PlaceKind::Post, post.0)),
        None => (NotificationKind::Returned, NotificationPlace::new(PlaceKind::Waiting, row.id.0)),
    };
    notifications::notify(cx, grant, row.author_id, kind, place).await
}

/// Publishing is no news for the mod log; giving back is, without the author's name.
async fn record(cx: &mut Cx<'_, Writes>, row: &HeldRow, post: Option<PostId>) -> Result<()> {
    cx.audit(NewAudit {
        action: if post.is_some() { "held.publish" } else { "held.return" },
        thing: "held",
        thing_id: row.id.0,
        target: Some(row.author_id),
        rule_no: None,
        // The words are the author's to read.
        reason: "",
        detail: if post.is_some() { row.why.as_str() } else { UNNAMED },
        public: post.is_none(),
    })
    .await
}
