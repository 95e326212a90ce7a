//! Moderation's words: what can be reported, what staff can do about it, for how long, with what reason. Who may do
//! it is `policy/moderation.rs`; what the member concerned reads is `notice.rs`.

mod act;
mod curb;
mod deed;
mod jury;
mod ladder;
mod notice;
mod priority;
mod redact;

pub use act::{ActKind, Part};
pub use curb::{Curb, Curbs};
pub use deed::{Deed, SlowFor, SuspendFor};
pub use jury::{ANSWER_WITHIN_S, AWAY_AFTER_S, JURORS, JuryCount, jury_words};
pub use ladder::{LADDER, Past, WARNING_FADES_S, inverse, next_step, skips};
pub use notice::{Notice, outcome};
pub use priority::{MANY_REPORTERS, Priority, WAITS_LONG_S};
pub use redact::{REDACTED, Span, pieces, redact};

use super::ids::{InviteId, LineId, MemberId, MessageId, PostId, TagId, ThreadId, WallId};
use super::text::clean_line;
use super::words::words;

/// Longest reason or note, in characters: what fits a screen of 40x12 and is still read.
pub const REASON_CHARS_MAX: usize = 500;

/// The rule number of an act that no rule asks for: keeping a board tidy, putting something back.
pub const NO_RULE: i64 = 0;

words! {
    /// What can be reported and acted on.
    "kind of thing" ThingKind {
        /// One post.
        Post = "post",
        /// A whole thread.
        Thread = "thread",
        /// A member: their profile, or how they behave.
        Member = "member",
        /// A message that somebody who takes part in its conversation attached to a report.
        Message = "message",
        /// A line in a room, with what was said around it.
        Line = "line",
        /// A line on the wall.
        Wall = "wall",
        /// A tag: its name, or what it says it is for.
        Tag = "tag",
        /// An invite whose code somebody spreads or sells.
        Invite = "invite",
    }
}

impl ThingKind {
    /// What one of them is called: `a line in a room`.
    pub fn one(self) -> &'static str {
        match self {
            Self::Post => "a post",
            Self::Thread => "a thread",
            Self::Member => "a member",
            Self::Message => "a message",
            Self::Line => "a line in a room",
            Self::Wall => "a line on the wall",
            Self::Tag => "a tag",
            Self::Invite => "an invite",
        }
    }

    /// Whether it is neither post nor message nor member: a line, a tag, an invite.
    pub fn is_loose(self) -> bool {
        matches!(self, Self::Line | Self::Wall | Self::Tag | Self::Invite)
    }

    /// The same in one word, for "there is no such …".
    pub fn noun(self) -> &'static str {
        match self {
            Self::Wall => "line",
            other => other.as_str(),
        }
    }
}

words! {
    /// What waits for somebody else than whoever began it (M4).
    "matter" MatterKind {
        /// A member appeals against what was done to them.
        Appeal = "appeal",
        /// Somebody of the staff would remove a member.
        Removal = "removal",
        /// Somebody of the staff would skip a step of the ladder.
        Step = "step",
    }
}

impl MatterKind {
    /// What it is called in the queue, before the member's handle.
    pub fn label(self) -> &'static str {
        match self {
            Self::Appeal => "appeal of",
            Self::Removal => "second pair of eyes: remove",
            Self::Step => "second pair of eyes: a step skipped for",
        }
    }
}

/// One thing that can be reported and acted on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub enum Thing {
    /// One post.
    Post(PostId),
    /// A whole thread.
    Thread(ThreadId),
    /// A member.
    Member(MemberId),
    /// A message of a conversation. Staff see it only where a participant reported it, and nothing around it (M7).
    Message(MessageId),
    /// A line in a room.
    Line(LineId),
    /// A line on the wall.
    Wall(WallId),
    /// A tag.
    Tag(TagId),
    /// An invite. Who holds its code can report it; staff see it only in a case.
    Invite(InviteId),
}

impl Thing {
    /// A thing from its kind and its id, as the schema keeps it.
    pub fn new(kind: ThingKind, id: i64) -> Self {
        match kind {
            ThingKind::Post => Self::Post(PostId(id)),
            ThingKind::Thread => Self::Thread(ThreadId(id)),
            ThingKind::Member => Self::Member(MemberId(id)),
            ThingKind::Message => Self::Message(MessageId(id)),
            ThingKind::Line => Self::Line(LineId(id)),
            ThingKind::Wall => Self::Wall(WallId(id)),
            ThingKind::Tag => Self::Tag(TagId(id)),
            ThingKind::Invite => Self::Invite(InviteId(id)),
        }
    }

    /// Its kind.
    pub fn kind(self) -> ThingKind {
        match self {
            Self::Post(_) => ThingKind::Post,
            Self::Thread(_) => ThingKind::Thread,
            Self::Member(_) => ThingKind::Member,
            Self::Message(_) => ThingKind::Message,
            Self::Line(_) => ThingKind::Line,
            Self::Wall(_) => ThingKind::Wall,
            Self::Tag(_) => ThingKind::Tag,
            Self::Invite(_) => ThingKind::Invite,
        }
    }

    /// Its id among its kind.
    pub fn id(self) -> i64 {
        match self {
            Self::Post(id) => id.0,
            Self::Thread(id) => id.0,
            Self::Member(id) => id.0,
            Self::Message(id) => id.0,
            Self::Line(id) => id.0,
            Self::Wall(id) => id.0,
            Self::Tag(id) => id.0,
            Self::Invite(id) => id.0,
        }
    }
}

/// Why a reason or a note cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReasonError {
    /// There is none where one is needed.
    #[error("Say why, in a few words: the member reads it, and so does everybody in the mod log.")]
    Missing,
    /// It is longer than `REASON_CHARS_MAX`.
    #[error("That is {0} characters long; {REASON_CHARS_MAX} is the most.")]
    Long(usize),
}

/// A reason or a note: one clean line, possibly empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reason(String);

impl Reason {
    /// Cleans and checks a note, which may be empty.
    ///
    /// # Errors
    /// When it is too long.
    pub fn optional(text: &str) -> Result<Self, ReasonError> {
        let line = clean_line(text);
        let chars = line.chars().count();
        if chars > REASON_CHARS_MAX { Err(ReasonError::Long(chars)) } else { Ok(Self(line)) }
    }

    /// Cleans and checks a reason, which must say something.
    ///
    /// # Errors
    /// When nothing is left of it or it is too long.
    pub fn required(text: &str) -> Result<Self, ReasonError> {
        let reason = Self::optional(text)?;
        if reason.0.is_empty() { Err(ReasonError::Missing) } else { Ok(reason) }
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_reason_is_one_clean_line_that_says_something() {
        assert_eq!(Reason::required(" be\x1b[31m kind\n please ").unwrap().as_str(), "be kind please");
        assert_eq!(Reason::required(" \u{200b}\n"), Err(ReasonError::Missing));
        assert_eq!(Reason::optional("").unwrap().as_str(), "");
        let long = "x".repeat(REASON_CHARS_MAX + 1);
        assert_eq!(Reason::optional(&long), Err(ReasonError::Long(REASON_CHARS_MAX + 1)));
        assert!(Reason::required(&long[1..]).is_ok());
    }

    #[test]
    fn a_thing_is_its_kind_and_its_id() {
        for kind in ThingKind::ALL {
            let thing = Thing::new(*kind, 7);
            assert_eq!((thing.kind(), thing.id()), (*kind, 7));
        }
    }

    #[test]
    fn cool_downs_are_those_of_the_product_page() {
        let hours: Vec<Option<i64>> = SuspendFor::ALL.iter().map(|term| term.hours()).collect();
        assert_eq!(hours, [Some(24), Some(72), Some(168), Some(720), None]);
        assert_eq!(SuspendFor::from_hours(Some(72)), Some(SuspendFor::Hours72));
        assert_eq!(SuspendFor::from_hours(Some(5)), None);
    }
}
