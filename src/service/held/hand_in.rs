//! Handing a text in that a moderator reads first.

use crate::domain::draft::DraftTarget;
use crate::domain::ids::{BoardId, HeldId, PostNo, ThreadId};
use crate::domain::policy::{Action, Grant, KeepDrafts};
use crate::domain::prevention::HoldWhy;
use crate::service::prevention::Hold;
use crate::service::writing::{StartThread, WriteReply};
use crate::service::{Cx, DomainEvent, Error, Request, Result, Writes};
use crate::store::drafts;
use crate::store::held::{self, NewHeld};

/// Hands in a text that was answered with [`Error::MustWait`]. It waits, and only its author and the staff see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandIn<R> {
    /// The text.
    pub text: R,
    /// It was not written in the editor: a draft for that place is another text, and stays.
    pub keep_draft: bool,
}

/// A text that waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HandedIn {
    /// Which.
    pub held: HeldId,
    /// Why it waits.
    pub why: HoldWhy,
    /// Its board.
    pub board: BoardId,
}

impl Request for HandIn<StartThread> {
    type Reply = HandedIn;
    type Access = Writes;
    const NAME: &'static str = "hand in thread";

    fn filtered_text(&self) -> Option<String> {
        self.text.filtered_text()
    }

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<HandedIn> {
        let ready = self.text.ready(cx).await?;
        let place = Place {
            board: self.text.board,
            thread: None,
            title: ready.title.as_str(),
            reply_to: None,
            draft: (!self.keep_draft).then_some(DraftTarget::Board(self.text.board)),
        };
        hold(cx, &ready.grant, place, ready.body.as_str(), ready.hold).await
    }
}

impl Request for HandIn<WriteReply> {
    type Reply = HandedIn;
    type Access = Writes;
    const NAME: &'static str = "hand in reply";

    fn filtered_text(&self) -> Option<String> {
        self.text.filtered_text()
    }

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<HandedIn> {
        let ready = self.text.ready(cx).await?;
        let place = Place {
            board: ready.board,
            thread: Some(self.text.thread),
            title: "",
            reply_to: self.text.reply_to,
            draft: (!self.keep_draft).then_some(DraftTarget::Reply(self.text.thread)),
        };
        hold(cx, &ready.grant, place, ready.body.as_str(), ready.hold).await
    }
}

/// Where a held text belongs.
struct Place<'a> {
    board: BoardId,
    thread: Option<ThreadId>,
    title: &'a str,
    reply_to: Option<PostNo>,
    draft: Option<DraftTarget>,
}

async fn hold<A: Action>(
    cx: &mut Cx<'_, Writes>,
    grant: &Grant<A>,
    place: Place<'_>,
    body: &str,
    why: Option<Hold>,
) -> Result<HandedIn> {
    let Some(Hold { why, note }) = why else {
        return Err(Error::conflict("This need not wait any longer: send it again, and it is published."));
    };
    let (author, now) = (cx.me()?, cx.now);
    let Place { board, thread, title, reply_to, draft } = place;
    let new = NewHeld { author, board, thread, title, reply_to, body, why, note: &note };
    let held = held::insert(cx.conn(), grant, now, new).await?;
    if let Some(draft) = draft {
        let keep = cx.allow(&KeepDrafts)?;
        drafts::remove(cx.conn(), &keep, author, &draft).await?;
    }
    cx.publish(DomainEvent::HeldChanged { held, author, board, thread });
    Ok(HandedIn { held, why, board })
}
