//! What a member looked for and opened lately, so that it is offered again. For that member alone.

use crate::domain::ids::{BoardId, MemberId, ThreadId};
use crate::domain::policy::{EditProfile, LookAround};
use crate::domain::text::clean_line;
use crate::service::{Cx, Error, Reads, Request, Result, Writes};
use crate::store::recent::{self, What};
use crate::store::threads::{self, FoundThread};

use super::{QUERY_CHARS_MAX, Query};

/// Where the palette leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Goal {
    /// A board.
    Board(BoardId),
    /// A member.
    Member(MemberId),
    /// A thread.
    Thread(ThreadId),
    /// Something with a name of the screens' own: a command, a setting. At most 80 letters.
    Named(String),
}

/// Longest name of a goal, in characters.
const NAME_CHARS_MAX: usize = 80;

impl Goal {
    fn text(&self) -> String {
        match self {
            Self::Board(id) => format!("board {id}"),
            Self::Member(id) => format!("member {id}"),
            Self::Thread(id) => format!("thread {id}"),
            Self::Named(name) => format!("name {}", clean_line(name)),
        }
    }

    fn parse(text: &str) -> Option<Self> {
        let (kind, rest) = text.split_once(' ')?;
        match kind {
            "board" => Some(Self::Board(BoardId(rest.parse().ok()?))),
            "member" => Some(Self::Member(MemberId(rest.parse().ok()?))),
            "thread" => Some(Self::Thread(ThreadId(rest.parse().ok()?))),
            "name" => Some(Self::Named(rest.to_owned())),
            _ => None,
        }
    }
}

/// Remembers a search that one made.
#[derive(Clone, Debug)]
pub struct KeepSearch {
    /// What was typed.
    pub text: String,
}

impl Request for KeepSearch {
    type Reply = ();
    type Access = Writes;
    const NAME: &'static str = "keep search";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<()> {
        let text = clean_line(&self.text);
        Query::parse(&text).map_err(Error::invalid)?;
        keep(cx, What::Search, &text).await
    }
}

/// Remembers where one went from the palette.
#[derive(Clone, Debug)]
pub struct KeepGoal {
    /// Where.
    pub goal: Goal,
}

impl Request for KeepGoal {
    type Reply = ();
    type Access = Writes;
    const NAME: &'static str = "keep goal";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<()> {
        let text = self.goal.text();
        if text.chars().count() > NAME_CHARS_MAX {
            return Err(Error::invalid("That name is too long to be remembered."));
        }
        keep(cx, What::Go, &text).await
    }
}

async fn keep(cx: &mut Cx<'_, Writes>, what: What, text: &str) -> Result<()> {
    let me = cx.me()?;
    let grant = cx.allow(&EditProfile { member: me })?;
    let now = cx.now;
    recent::keep(cx.conn(), &grant, me, now, what, text).await?;
    Ok(())
}

/// One's own last searches, the newest first.
#[derive(Clone, Copy, Debug)]
pub struct RecentSearches;

impl Request for RecentSearches {
    type Reply = Vec<String>;
    type Access = Reads;
    const NAME: &'static str = "recent searches";

    async fn run(self, cx: &mut Cx<'_, Reads>) -> Result<Vec<String>> {
        let me = cx.me()?;
        cx.allow(&LookAround)?;
        let found = recent::list(cx.conn(), me, What::Search).await?;
        Ok(found.into_iter().filter(|text| text.chars().count() <= QUERY_CHARS_MAX).collect())
    }
}

/// Where one went lately, and what its thread is called if it is one that is still shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecentGoal {
    /// Where.
    pub goal: Goal,
    /// The thread.
    pub thread: Option<FoundThread>,
}

/// Where one went from the palette lately, the newest first.
#[derive(Clone, Copy, Debug)]
pub struct RecentGoals;

impl Request for RecentGoals {
    type Reply = Vec<RecentGoal>;
    type Access = Reads;
    const NAME: &'static str = "recent goals";

    async fn run(self, cx: &mut Cx<'_, Reads>) -> Result<Vec<RecentGoal>> {
        let me = cx.me()?;
        cx.allow(&LookAround)?;
        let clearance = cx.actor.clearance();
        let mut goals = Vec::new();
        for text in recent::list(cx.conn(), me, What::Go).await? {
            let Some(goal) = Goal::parse(&text) else { continue };
            let thread = match goal {
                Goal::Thread(id) => match threads::found(cx.conn(), clearance, id).await? {
                    // It is gone, or no longer shown.
                    None => continue,
                    thread => thread,
                },
                _ => None,
            };
            goals.push(RecentGoal { goal, thread });
        }
        Ok(goals)
    }
}
