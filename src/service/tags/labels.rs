//! Tags and solved of threads that are listed elsewhere.

use std::collections::HashMap;

use crate::domain::ids::{BoardId, ThreadId};
use crate::domain::policy::{LookAround, StandAtDoor};
use crate::service::{Cx, Reads, Request, Result};
use crate::store::tags;

/// Asks what is said about some threads besides their posts.
#[derive(Clone, Debug)]
pub struct LabelsOf {
    /// The threads; those that are not shown to the one who asks are left out of the answer.
    pub threads: Vec<ThreadId>,
}

/// What is said about a thread.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ThreadLabels {
    /// Its tags, by name.
    pub tags: Vec<String>,
    /// Its question has its answer.
    pub solved: bool,
}

impl Request for LabelsOf {
    type Reply = HashMap<ThreadId, ThreadLabels>;
    type Access = Reads;
    const NAME: &'static str = "labels of threads";

    async fn run(self, cx: &mut Cx<'_, Reads>) -> Result<HashMap<ThreadId, ThreadLabels>> {
        cx.allow(&LookAround)?;
        let clearance = cx.actor.clearance();
        let rows = tags::labels(cx.conn(), clearance, &self.threads).await?;
        let labels = |row: tags::ThreadLabels| {
            let tags = row.tags.split_whitespace().map(str::to_owned).collect();
            (row.thread_id, ThreadLabels { tags, solved: row.solved })
        };
        Ok(rows.into_iter().map(labels).collect())
    }
}

/// Asks what is said about the threads of each board that one sees. Guests see it of the boards that are for guests.
#[derive(Clone, Copy, Debug)]
pub struct LabelsOfBoards;

/// What is said about the threads of a board.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BoardLabels {
    /// The tags of its threads, by name.
    pub tags: Vec<String>,
    /// How many of its questions have their answer.
    pub solved: i64,
}

impl Request for LabelsOfBoards {
    type Reply = HashMap<BoardId, BoardLabels>;
    type Access = Reads;
    const NAME: &'static str = "labels of boards";

    async fn run(self, cx: &mut Cx<'_, Reads>) -> Result<HashMap<BoardId, BoardLabels>> {
        cx.allow(&StandAtDoor)?;
        let clearance = cx.actor.clearance();
        let mut found: HashMap<BoardId, BoardLabels> = HashMap::new();
        for (board, tag) in tags::of_boards(cx.conn(), clearance).await? {
            found.entry(board).or_default().tags.push(tag);
        }
        for (board, solved) in tags::solved_of_boards(cx.conn(), clearance).await? {
            found.entry(board).or_default().solved = solved;
        }
        Ok(found)
    }
}
