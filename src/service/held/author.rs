//! What an author sees of their own texts that wait, and taking one back.

use super::{changed, give_back};
use crate::domain::draft::DraftTarget;
use crate::domain::ids::{BoardId, HeldId, PostNo, ThreadId};
use crate::domain::policy::{self, KeepDrafts};
use crate::domain::prevention::{HeldState, HoldWhy};
use crate::domain::time::Timestamp;
use crate::service::settings::DAY_S;
use crate::service::{Cx, Error, Reads, Request, Result, Writes};
use crate::store::held::{self, HeldRow};

/// For how long a text that came back is listed with the words that it came with.
const RETURNED_SHOWN_S: i64 = 14 * DAY_S;

/// Lists one's own texts that wait for a moderator, and those that came back lately; the newest first.
#[derive(Clone, Copy, Debug)]
pub struct MyHeld;

/// A text of one's own that waits, or came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnHeld {
    /// Which.
    pub id: HeldId,
    /// Its board.
    pub board: BoardId,
    /// The board's name.
    pub board_name: String,
    /// Its thread; none: it starts one.
    pub thread: Option<ThreadId>,
    /// The thread's title.
    pub title: String,
    /// The text.
    pub body: String,
    /// Why it waits.
    pub why: HoldWhy,
    /// Since when.
    pub held_at: Timestamp,
    /// When it came back, with what words.
    pub returned: Option<(Timestamp, String)>,
}

impl Request for MyHeld {
    type Reply = Vec<OwnHeld>;
    type Access = Reads;
    const NAME: &'static str = "list own held posts";

    async fn run(self, cx: &mut Cx<'_, Reads>) -> Result<Vec<OwnHeld>> {
        // In any standing: what one wrote is one's own.
        cx.allow(&KeepDrafts)?;
        let (me, since) = (cx.me()?, cx.now.plus(-RETURNED_SHOWN_S));
        let rows = held::of_author(cx.conn(), me, since).await?;
        Ok(rows.into_iter().map(own).collect())
    }
}

fn own(row: HeldRow) -> OwnHeld {
    let returned = match row.state {
        HeldState::Declined => row.decided_at.map(|at| (at, row.reason)),
        _ => None,
    };
    OwnHeld {
        id: row.id,
        board: row.board_id,
        board_name: row.board,
        thread: row.thread_id,
        title: row.title,
        body: row.body,
        why: row.why,
        held_at: row.held_at,
        returned,
    }
}

/// Takes back a text of one's own that waits: it is a draft again, to be changed, sent anew or dropped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TakeBackHeld {
    /// Which.
    pub held: HeldId,
}

/// It is a draft again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TakenBack {
    /// The board of the thread that it starts, or of its thread.
    pub board: BoardId,
    /// Its thread; none: it starts one.
    pub thread: Option<ThreadId>,
    /// The post that it answers.
    pub reply_to: Option<PostNo>,
}

impl TakenBack {
    /// What the draft is kept under.
    pub fn draft(&self) -> DraftTarget {
        self.thread.map_or(DraftTarget::Board(self.board), DraftTarget::Reply)
    }
}

impl Request for TakeBackHeld {
    type Reply = TakenBack;
    type Access = Writes;
    const NAME: &'static str = "take back held post";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<TakenBack> {
        let keep = cx.allow(&KeepDrafts)?;
        let (me, now) = (cx.me()?, cx.now);
        let row = held::get(cx.conn(), self.held, Some(me)).await?.ok_or(Error::NotFound("post"))?;
        let grant =
            cx.allow(&policy::TakeBackHeld { author: row.author_id }).map_err(|_| Error::NotFound("post"))?;
        if !held::withdraw(cx.conn(), &grant, self.held, now).await? {
            return Err(Error::conflict("A moderator has decided about it just now."));
        }
        give_back(cx, &keep, me, &row).await?;
        cx.publish(changed(&row));
        Ok(TakenBack { board: row.board_id, thread: row.thread_id, reply_to: row.reply_to_no })
    }
}
