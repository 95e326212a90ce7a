//! The boards, with what is unread for the one who asks.

use crate::domain::board::{Audience, BoardChoice, BoardKind};
use crate::domain::ids::{BoardId, PostId};
use crate::domain::policy::StandAtDoor;
use crate::service::{Cx, Reads, Request, Result};
use crate::store::{boards, reading};

/// Lists the boards that the actor may see, in order. Guests see those that are for guests, without counts.
#[derive(Clone, Copy, Debug)]
pub struct ListBoards;

/// The boards.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BoardList {
    /// In the sysop's order, archived ones last.
    pub boards: Vec<BoardSummary>,
    /// The newest post of all when this was read: up to here "mark as read" marks.
    pub newest: PostId,
}

impl BoardList {
    /// Unread posts on all boards.
    pub fn unread_posts(&self) -> i64 {
        self.boards.iter().map(|board| board.unread_posts).sum()
    }
}

/// A board in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BoardSummary {
    /// Its id.
    pub id: BoardId,
    /// Its name in commands.
    pub slug: String,
    /// Its name on screens.
    pub name: String,
    /// What it is for.
    pub purpose: String,
    /// The heading it stands under.
    pub category: String,
    /// Its type.
    pub kind: BoardKind,
    /// Who may see it.
    pub see: Audience,
    /// Closed for good.
    pub archived: bool,
    /// The actor's own choice.
    pub choice: BoardChoice,
    /// Threads with something unread; 0 on a muted board.
    pub unread_threads: i64,
    /// Unread posts; 0 on a muted board.
    pub unread_posts: i64,
}

impl Request for ListBoards {
    type Reply = BoardList;
    type Access = Reads;
    const NAME: &'static str = "list boards";

    async fn run(self, cx: &mut Cx<'_, Reads>) -> Result<BoardList> {
        cx.allow(&StandAtDoor)?;
        let clearance = cx.actor.clearance();
        let newest = reading::newest_post(cx.conn()).await?;
        let rows = boards::list(cx.conn(), clearance).await?;
        let (unread, muted) = match cx.actor.id() {
            Some(me) => {
                (reading::unread(cx.conn(), me, clearance).await?, boards::muted(cx.conn(), me).await?)
            }
            None => (Vec::new(), Vec::new()),
        };
        let boards = rows
            .into_iter()
            .map(|row| {
                let counts = unread.iter().find(|counts| counts.board_id == row.id);
                let choice =
                    if muted.contains(&row.id) { BoardChoice::Muted } else { BoardChoice::Subscribed };
                BoardSummary {
                    id: row.id,
                    slug: row.slug,
                    name: row.name,
                    purpose: row.purpose,
                    category: row.category,
                    kind: row.kind,
                    see: row.see,
                    archived: row.archived,
                    choice,
                    unread_threads: counts.map_or(0, |counts| counts.threads),
                    unread_posts: counts.map_or(0, |counts| counts.posts),
                }
            })
            .collect();
        Ok(BoardList { boards, newest })
    }
}
