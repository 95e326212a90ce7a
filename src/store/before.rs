//! What an act changed, as it was before: how it stands in the column `mod_act.before`.

use serde::{Deserialize, Serialize};

use super::curbs::CurbTerm;
use crate::domain::ids::{BoardId, MemberId, MessageId, PostId, ThreadId};
use crate::domain::member::Standing;
use crate::domain::moderation::{Curb, Thing, ThingKind};
use crate::domain::post::PostState;
use crate::domain::time::Timestamp;

/// What an act changed, as it was before: exactly what the undo puts back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Before {
    /// Nothing that is kept with the thing.
    Nothing,
    /// How a post was shown.
    PostState(PostId, PostState),
    /// When a message was removed, if it was.
    Message(MessageId, Option<Timestamp>),
    /// When a line, a tag or an invite was taken away, if it was.
    Gone(Thing, Option<Timestamp>),
    /// What a post said: it stands beside the act in its own table.
    Text(PostId),
    /// Which posts a thread had: they stand beside the act in a table of their own.
    Posts(ThreadId),
    /// Whether a thread was locked.
    Locked(ThreadId, bool),
    /// Whether a thread was pinned.
    Pinned(ThreadId, bool),
    /// How slow a thread was, in seconds.
    Slow(ThreadId, i64),
    /// Which board a thread was on, and whether it was pinned there.
    Board(ThreadId, BoardId, bool),
    /// Whether a thread was hidden.
    Removed(ThreadId, bool),
    /// How a member stood.
    Standing(MemberId, Standing, Option<Timestamp>),
    /// Which curb a member was under, and until when; none: under none of the kind.
    Curb(MemberId, Curb, Option<CurbTerm>),
}

/// How [`Before`] stands in its column. Words as they are in the schema.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct BeforeJson {
    #[serde(skip_serializing_if = "Option::is_none")]
    state: Option<String>,
    /// When a message was removed; 0: it was not.
    #[serde(skip_serializing_if = "Option::is_none")]
    message_removed: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<bool>,
    /// What kind of loose thing it is, and when it was taken away; 0: it was not.
    #[serde(skip_serializing_if = "Option::is_none")]
    loose: Option<(String, i64)>,
    #[serde(skip_serializing_if = "Option::is_none")]
    posts: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    locked: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    board: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pinned: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    slow: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    removed: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    standing: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    curb: Option<String>,
    /// They were under that curb.
    #[serde(skip_serializing_if = "Option::is_none")]
    under: Option<bool>,
}

impl Before {
    /// As it stands in the column `mod_act.before`.
    pub(super) fn to_json(self) -> String {
        let mut json = BeforeJson::default();
        match self {
            Self::Nothing => {}
            Self::PostState(_, state) => json.state = Some(state.as_str().to_owned()),
            Self::Message(_, at) => json.message_removed = Some(at.map_or(0, |at| at.0)),
            Self::Gone(thing, at) => {
                json.loose = Some((thing.kind().as_str().to_owned(), at.map_or(0, |at| at.0)));
            }
            Self::Text(_) => json.text = Some(true),
            Self::Posts(_) => json.posts = Some(true),
            Self::Locked(_, locked) => json.locked = Some(locked),
            Self::Pinned(_, pinned) => json.pinned = Some(pinned),
            Self::Slow(_, slow_s) => json.slow = Some(slow_s),
            Self::Board(_, board, pinned) => {
                json.board = Some(board.0);
                json.pinned = Some(pinned);
            }
            Self::Removed(_, removed) => json.removed = Some(removed),
            Self::Standing(_, standing, until) => {
                json.standing = Some(standing.as_str().to_owned());
                json.until = until.map(|until| until.0);
            }
            Self::Curb(_, curb, term) => {
                json.curb = Some(curb.as_str().to_owned());
                json.under = Some(term.is_some());
                json.until = term.and_then(|term| term.until).map(|until| until.0);
            }
        }
        // A struct of plain fields always has a form in JSON.
        serde_json::to_string(&json).unwrap_or_default()
    }

    /// Reads the column back; `id` is that of the thing. A damaged row is an error, never a guess.
    pub(super) fn from_json(text: &str, id: i64) -> sqlx::Result<Self> {
        let damaged = |cause: Box<dyn std::error::Error + Send + Sync>| sqlx::Error::Decode(cause);
        let json: BeforeJson = serde_json::from_str(text).map_err(|cause| damaged(cause.into()))?;
        let thread = ThreadId(id);
        Ok(if let Some(state) = json.state {
            Self::PostState(PostId(id), state.parse().map_err(|cause| damaged(Box::new(cause)))?)
        } else if let Some(at) = json.message_removed {
            Self::Message(MessageId(id), (at != 0).then_some(Timestamp(at)))
        } else if let Some((kind, at)) = json.loose {
            let kind: ThingKind = kind.parse().map_err(|cause| damaged(Box::new(cause)))?;
            Self::Gone(Thing::new(kind, id), (at != 0).then_some(Timestamp(at)))
        } else if json.text.is_some() {
            Self::Text(PostId(id))
        } else if json.posts.is_some() {
            Self::Posts(thread)
        } else if let Some(locked) = json.locked {
            Self::Locked(thread, locked)
        } else if let Some(board) = json.board {
            Self::Board(thread, BoardId(board), json.pinned.unwrap_or(false))
        } else if let Some(pinned) = json.pinned {
            Self::Pinned(thread, pinned)
        } else if let Some(slow_s) = json.slow {
            Self::Slow(thread, slow_s)
        } else if let Some(removed) = json.removed {
            Self::Removed(thread, removed)
        } else if let Some(standing) = json.standing {
            let standing = standing.parse().map_err(|cause| damaged(Box::new(cause)))?;
            Self::Standing(MemberId(id), standing, json.until.map(Timestamp))
        } else if let Some(curb) = json.curb {
            let curb = curb.parse().map_err(|cause| damaged(Box::new(cause)))?;
            let term = json.under.unwrap_or(false).then_some(CurbTerm { until: json.until.map(Timestamp) });
            Self::Curb(MemberId(id), curb, term)
        } else {
            Self::Nothing
        })
    }
}
