//! Keeping lines as a thread, with the consent of those who said them. A member proposes it; everybody who is quoted is
//! asked and has a day to answer; then, or once all have answered, the lines of those who agreed become the first post
//! of a thread by the one who proposed it. Whoever says nothing is left out.

use super::{find_room, oldest};
use crate::domain::ids::{BoardId, KeepId, LineId, RoomId, ThreadId};
use crate::domain::policy::{self, SettleKeep as MaySettle};
use crate::domain::post::{BODY_LEN_MAX, Title};
use crate::domain::room::{KEEP_ASKS_S, KEEP_LINES_MAX, LineKind};
use crate::domain::time::Timestamp;
use crate::service::held::HandIn;
use crate::service::notifications::{NotificationKind, NotificationPlace, PlaceKind, notify};
use crate::service::writing::{StartThread, WrittenElsewhere};
use crate::service::{Cx, DomainEvent, Error, Request, Result, Writes};
use crate::store::boards;
use crate::store::rooms::{self, KeepRow, KeptLine, NewKeep};

/// Proposes to keep the last lines of a room as a thread.
#[derive(Clone, Debug)]
pub struct ProposeKeep {
    /// The room.
    pub room: RoomId,
    /// How many lines.
    pub lines: i64,
    /// The board for the thread: for the hall any on which one may start one, for a board's room its own or none.
    pub board: Option<BoardId>,
    /// The thread's title.
    pub title: String,
}

/// It is proposed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposed {
    /// The proposal.
    pub keep: KeepId,
    /// How many lines are in it.
    pub lines: usize,
    /// How many people are asked.
    pub asked: usize,
    /// The board's name.
    pub board: String,
    /// Until when they can answer.
    pub until: Timestamp,
}

impl Request for ProposeKeep {
    type Reply = Proposed;
    type Access = Writes;
    const NAME: &'static str = "propose keeping lines";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<Proposed> {
        let room = find_room(cx, self.room).await?;
        let board = match (room.board_id, self.board) {
            (Some(own), None) => own,
            (Some(own), Some(board)) if own == board => own,
            (Some(_), Some(_)) => {
                return Err(Error::invalid("What is said here is kept on this board or not at all."));
            }
            (None, Some(board)) => board,
            (None, None) => return Err(Error::invalid("Say on which board the thread is to be.")),
        };
        let board = boards::get(cx.conn(), board).await?.ok_or(Error::NotFound("board"))?;
        let action = policy::ProposeKeep { room: room.board_facts(), to: board.facts() };
        let grant = cx.allow(&action)?;
        let title = Title::parse(&self.title)?;
        let (me, now) = (cx.me()?, cx.now);
        if !rooms::open_keeps(cx.conn(), room.id).await?.is_empty() {
            return Err(Error::conflict(
                "Somebody has proposed to keep lines already; one proposal at a time.",
            ));
        }
        let count = self.lines.clamp(1, KEEP_LINES_MAX);
        let end = LineId(i64::MAX);
        let mut lines = rooms::before(cx.conn(), room.id, end, oldest(now), me, count).await?;
        lines.retain(|line| !line.removed);
        if lines.is_empty() {
            return Err(Error::invalid("Nothing was said here yet that could be kept."));
        }
        let length: usize = lines.iter().map(|line| line.body.len() + line.author.len() + 16).sum();
        if length > BODY_LEN_MAX {
            return Err(Error::invalid("That is more than fits one post. Keep fewer lines."));
        }
        let ids: Vec<LineId> = lines.iter().map(|line| line.id).collect();
        let until = now.plus(KEEP_ASKS_S);
        let new = NewKeep {
            room: room.id,
            board: board.id,
            by: me,
            title: title.as_str(),
            at: now,
            closes_at: until,
            lines: &ids,
        };
        let keep = rooms::insert_keep(cx.conn(), &grant, new).await?;
        let answers = rooms::keep_answers(cx.conn(), keep).await?;
        let asked: Vec<_> = answers.iter().filter(|(member, _)| *member != me).collect();
        for (member, _) in &asked {
            let place = NotificationPlace::new(PlaceKind::Room, room.id.0);
            notify(cx, &grant, *member, NotificationKind::Asked, place).await?;
        }
        cx.publish(DomainEvent::RoomChanged { room: room.id });
        Ok(Proposed { keep, lines: ids.len(), asked: asked.len(), board: board.name, until })
    }
}

/// Says whether one's own lines in a proposal may be kept. One may change one's mind while it is open.
#[derive(Clone, Copy, Debug)]
pub struct AnswerKeep {
    /// The proposal.
    pub keep: KeepId,
    /// They may.
    pub agrees: bool,
}

impl Request for AnswerKeep {
    type Reply = ();
    type Access = Writes;
    const NAME: &'static str = "answer keeping lines";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<()> {
        let (me, now) = (cx.me()?, cx.now);
        let keep = rooms::keep(cx.conn(), self.keep).await?;
        let answers = rooms::keep_answers(cx.conn(), self.keep).await?;
        let asked = answers.iter().any(|(member, _)| *member == me);
        // For whom was not asked there is no such proposal.
        let grant = cx.allow(&policy::AnswerKeep { asked })?;
        let keep = keep.ok_or(Error::NotFound("proposal"))?;
        if keep.settled_at.is_some() || keep.closes_at <= now {
            return Err(Error::conflict("The time for this is over."));
        }
        rooms::answer_keep(cx.conn(), &grant, keep.id, me, self.agrees, now).await?;
        cx.publish(DomainEvent::RoomChanged { room: keep.room_id });
        Ok(())
    }
}

/// Settles a proposal that can be settled: background upkeep asks this as the member who proposed it, so that the
/// thread is theirs and the policy is asked for them. Where they may not start it any more, nothing is kept.
#[derive(Clone, Copy, Debug)]
pub struct SettleKeep {
    /// The proposal.
    pub keep: KeepId,
}

impl Request for SettleKeep {
    /// The thread, if there is one.
    type Reply = Option<ThreadId>;
    type Access = Writes;
    const NAME: &'static str = "settle keeping lines";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<Option<ThreadId>> {
        let now = cx.now;
        let keep = rooms::keep(cx.conn(), self.keep).await?.ok_or(Error::NotFound("proposal"))?;
        let grant = cx.allow(&MaySettle { proposer: keep.proposed_by })?;
        let due = rooms::due_keeps(cx.conn(), now).await?.iter().any(|due| due.id == keep.id);
        if !due {
            return Err(Error::conflict("There is nothing to settle yet."));
        }
        let lines = rooms::kept_lines(cx.conn(), keep.id).await?;
        let thread = if lines.is_empty() { None } else { start_thread(cx, &keep, &lines).await? };
        rooms::settle_keep(cx.conn(), &grant, keep.id, thread, now).await?;
        cx.publish(DomainEvent::RoomChanged { room: keep.room_id });
        Ok(thread)
    }
}

async fn start_thread(
    cx: &mut Cx<'_, Writes>,
    keep: &KeepRow,
    lines: &[KeptLine],
) -> Result<Option<ThreadId>> {
    let start = StartThread { board: keep.board_id, title: keep.title.clone(), body: body(lines) };
    match WrittenElsewhere(start.clone()).run(cx).await {
        Ok(posted) => Ok(Some(posted.thread)),
        // A moderator reads it first, as anything that its proposer writes; the room has done its part.
        Err(Error::MustWait(_)) => {
            HandIn { text: start, keep_draft: true }.run(cx).await?;
            Ok(None)
        }
        // Nothing was written yet when it is refused. A limit opens again: upkeep comes back.
        Err(Error::Denied(_) | Error::NotFound(_) | Error::Invalid(_) | Error::Conflict(_)) => Ok(None),
        Err(other) => Err(other),
    }
}

/// The post: every line as a quote, so that nobody is told of a mention a second time.
fn body(lines: &[KeptLine]) -> String {
    let mut text = String::from("Said in a room, and kept by those who said it:\n\n");
    for line in lines {
        let said = match line.kind {
            LineKind::Says => format!("> **{}**: {}\n", line.author, line.body),
            LineKind::Does => format!("> *{}* {}\n", line.author, line.body),
        };
        text.push_str(&said);
    }
    text
}
