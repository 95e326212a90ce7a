//! The list of one's conversations.

use crate::domain::conversation::MessageKind;
use crate::domain::ids::ConversationId;
use crate::domain::markup;
use crate::domain::policy::LookAround;
use crate::domain::time::Timestamp;
use crate::service::{Cx, Reads, Request, Result};
use crate::store::conversations::{self, ConversationRow};

/// Conversations listed: more than anybody goes through; older ones come up again when something is said in them.
const LISTED_MAX: i64 = 500;
/// Characters of a last line.
const LAST_CHARS_MAX: usize = 200;

/// Lists the caller's conversations, the one with the newest line first.
#[derive(Clone, Copy, Debug)]
pub struct ListConversations;

/// A conversation in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConversationSummary {
    /// Which.
    pub id: ConversationId,
    /// Its title; empty when it is called after its people.
    pub title: String,
    /// The handles of the others who take part.
    pub people: Vec<String>,
    /// Messages that were not shown to the caller yet.
    pub unread: i64,
    /// The caller does not want it counted.
    pub muted: bool,
    /// The last line in words: `wren: Are you there?`.
    pub last: String,
    /// When that was.
    pub last_at: Option<Timestamp>,
}

impl ConversationSummary {
    /// What it is called: its title, or its people.
    pub fn name(&self) -> String {
        name(&self.title, self.people.iter().map(String::as_str))
    }
}

/// What a conversation is called: its title, or the people in it besides oneself.
pub(super) fn name<'a>(title: &str, people: impl Iterator<Item = &'a str>) -> String {
    if !title.is_empty() {
        return title.to_owned();
    }
    let people: Vec<&str> = people.collect();
    if people.is_empty() { "everybody else has left".to_owned() } else { people.join(", ") }
}

impl Request for ListConversations {
    type Reply = Vec<ConversationSummary>;
    type Access = Reads;
    const NAME: &'static str = "list conversations";

    async fn run(self, cx: &mut Cx<'_, Reads>) -> Result<Vec<ConversationSummary>> {
        cx.allow(&LookAround)?;
        let me = cx.me()?;
        let rows = conversations::list(cx.conn(), me, LISTED_MAX).await?;
        Ok(rows.into_iter().map(summary).collect())
    }
}

fn summary(row: ConversationRow) -> ConversationSummary {
    let author = row.last_author.as_deref().unwrap_or_default();
    let body = row.last_body.as_deref().unwrap_or_default();
    let last = match row.last_kind {
        None => String::new(),
        Some(_) if row.last_removed => format!("a message by {author} was removed"),
        Some(_) if row.last_deleted => format!("{author} deleted a message"),
        Some(MessageKind::Message | MessageKind::Nudge) => {
            format!("{author}: {}", markup::plain(body, LAST_CHARS_MAX))
        }
        Some(MessageKind::Added) => format!("{author} added {body}"),
        Some(MessageKind::Left) => format!("{author} left"),
        Some(MessageKind::Renamed) if body.is_empty() => format!("{author} took the title away"),
        Some(MessageKind::Renamed) => format!("{author} called it \"{body}\""),
    };
    ConversationSummary {
        id: row.id,
        title: row.title,
        people: row.people.split(' ').filter(|handle| !handle.is_empty()).map(str::to_owned).collect(),
        unread: row.unread,
        muted: row.muted,
        last,
        last_at: row.last_at,
    }
}

/// Asks how many messages are unread, those of muted conversations left out: what the list's counts add up to.
#[derive(Clone, Copy, Debug)]
pub struct CountMessages;

impl Request for CountMessages {
    type Reply = i64;
    type Access = Reads;
    const NAME: &'static str = "count messages";

    async fn run(self, cx: &mut Cx<'_, Reads>) -> Result<i64> {
        cx.allow(&LookAround)?;
        let me = cx.me()?;
        Ok(conversations::count_unread(cx.conn(), me).await?)
    }
}
