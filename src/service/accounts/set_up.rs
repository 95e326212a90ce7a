//! What a community starts with: a charter and its first boards.

use crate::domain::board::{Audience, BoardKind};
use crate::domain::member::Role;
use crate::domain::policy::{ArrangeBoards, EditCharter, EditQuestions};
use crate::service::charter::first::FIRST_CHARTER;
use crate::service::joining::INTRODUCTIONS;
use crate::service::questions::first_questions;
use crate::service::{Cx, DomainEvent, Request, Result, Writes};
use crate::store::boards::{self, NewBoard};
use crate::store::{accounts, charter, questions};

/// Gives an empty database its first charter and boards. What is there already is left as it is, so that it may run
/// at every start.
#[derive(Clone, Copy, Debug)]
pub struct SetUp;

/// What was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MadePlace {
    /// The first charter was written.
    pub charter: bool,
    /// How many boards were made.
    pub boards: usize,
    /// Whether there is a sysop; if not, the host should make an invite for one.
    pub has_sysop: bool,
}

impl Request for SetUp {
    type Reply = MadePlace;
    type Access = Writes;
    const NAME: &'static str = "set up";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<MadePlace> {
        let write_charter = cx.allow(&EditCharter)?;
        let arrange = cx.allow(&ArrangeBoards)?;
        let (now, clearance) = (cx.now, cx.actor.clearance());
        let mut made = MadePlace { charter: false, boards: 0, has_sysop: false };
        if charter::current(cx.conn()).await?.is_none() {
            charter::insert(cx.conn(), &write_charter, now, &FIRST_CHARTER).await?;
            made.charter = true;
            ask_first_questions(cx).await?;
        }
        if boards::list(cx.conn(), clearance).await?.is_empty() {
            for board in first_boards() {
                boards::insert(cx.conn(), &arrange, now, &board).await?;
                made.boards += 1;
            }
            cx.publish(DomainEvent::BoardsChanged);
        }
        made.has_sysop = accounts::has_role(cx.conn(), Role::Sysop).await?;
        Ok(made)
    }
}

/// A new place asks a little of its own at the door. One that has taken them all out keeps it so: this comes with the
/// first charter only.
async fn ask_first_questions(cx: &mut Cx<'_, Writes>) -> Result<()> {
    let (grant, now) = (cx.allow(&EditQuestions)?, cx.now);
    for asking in first_questions() {
        let question = questions::insert(cx.conn(), &grant).await?;
        questions::add_version(cx.conn(), &grant, now, question, &asking).await?;
    }
    Ok(())
}

/// The first boards: few, because an empty room invites nobody.
fn first_boards() -> Vec<NewBoard<'static>> {
    let board = |position, category, slug, name, purpose, kind| NewBoard {
        slug,
        name,
        purpose,
        category,
        position,
        kind,
        see: Audience::Members,
        write: Audience::Members,
        host: None,
    };
    vec![
        NewBoard {
            write: Audience::Staff,
            ..board(
                1,
                "The house",
                "announcements",
                "Announcements",
                "What everybody here should know; the staff write, anybody answers elsewhere.",
                BoardKind::Talk,
            )
        },
        board(
            2,
            "The house",
            INTRODUCTIONS,
            "Introductions",
            "Say hello when you come in, and say hello back.",
            BoardKind::Talk,
        ),
        board(
            3,
            "By the fire",
            "general",
            "General",
            "Whatever is on your mind, big or small.",
            BoardKind::Talk,
        ),
        board(
            4,
            "By the fire",
            "help",
            "Ask & answer",
            "No question is too small; mark it solved when it is.",
            BoardKind::Question,
        ),
        board(
            5,
            "The shelf",
            "library",
            "Library",
            "Things worth keeping: notes, recipes, snippets, reading lists.",
            BoardKind::Library,
        ),
        NewBoard {
            see: Audience::Staff,
            write: Audience::Staff,
            ..board(
                6,
                "Behind the counter",
                "staff",
                "Staff",
                "For moderators and sysops: how the place is kept.",
                BoardKind::Talk,
            )
        },
    ]
}
