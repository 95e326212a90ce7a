//! The tags there are.

use crate::domain::ids::TagId;
use crate::domain::policy::LookAround;
use crate::service::{Cx, Reads, Request, Result};
use crate::store::tags;

/// Lists the tags that stand on threads one sees, by name, with what of them is unread.
#[derive(Clone, Copy, Debug)]
pub struct ListTags;

/// A tag in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TagSummary {
    /// The tag.
    pub id: TagId,
    /// Its name, without a `#`.
    pub name: String,
    /// Threads with it, of those that one sees.
    pub threads: i64,
    /// Of these, threads with something unread; muted ones are not counted.
    pub unread_threads: i64,
    /// Unread posts in them.
    pub unread_posts: i64,
}

impl Request for ListTags {
    type Reply = Vec<TagSummary>;
    type Access = Reads;
    const NAME: &'static str = "list tags";

    async fn run(self, cx: &mut Cx<'_, Reads>) -> Result<Vec<TagSummary>> {
        cx.allow(&LookAround)?;
        let me = cx.me()?;
        let clearance = cx.actor.clearance();
        let unread = tags::unread(cx.conn(), me, clearance).await?;
        let rows = tags::list(cx.conn(), clearance).await?;
        let summary = |row: tags::TagRow| {
            let counts = unread.iter().find(|counts| counts.tag_id == row.id);
            TagSummary {
                id: row.id,
                name: row.name,
                threads: row.threads,
                unread_threads: counts.map_or(0, |counts| counts.threads),
                unread_posts: counts.map_or(0, |counts| counts.posts),
            }
        };
        Ok(rows.into_iter().map(summary).collect())
    }
}

/// Most names that are offered to complete one.
const COMPLETIONS_MAX: usize = 20;

/// Finds the tags that begin with what was typed after a `#`, those on the most threads first.
#[derive(Clone, Debug)]
pub struct CompleteTag {
    /// What was typed, in whatever case.
    pub begins: String,
}

impl Request for CompleteTag {
    type Reply = Vec<String>;
    type Access = Reads;
    const NAME: &'static str = "complete tag";

    async fn run(self, cx: &mut Cx<'_, Reads>) -> Result<Vec<String>> {
        cx.allow(&LookAround)?;
        let clearance = cx.actor.clearance();
        let begins = self.begins.trim_start_matches('#').to_lowercase();
        let mut rows = tags::list(cx.conn(), clearance).await?;
        rows.retain(|row| row.name.starts_with(&begins));
        rows.sort_by_key(|row| -row.threads);
        rows.truncate(COMPLETIONS_MAX);
        Ok(rows.into_iter().map(|row| row.name).collect())
    }
}
