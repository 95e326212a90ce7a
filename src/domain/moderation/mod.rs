//! Moderation's words: what can be reported, what staff can do about it, for how long, with what reason. Who may do
//! it is `policy/moderation.rs`; what the member concerned reads is `notice.rs`.

mod notice;
mod priority;

pub use notice::{Notice, outcome};
pub use priority::{MANY_REPORTERS, Priority, WAITS_LONG_S};

use super::ids::{BoardId, MemberId, MessageId, PostId, ThreadId};
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
}

impl Thing {
    /// A thing from its kind and its id, as the schema keeps it.
    pub fn new(kind: ThingKind, id: i64) -> Self {
        match kind {
            ThingKind::Post => Self::Post(PostId(id)),
            ThingKind::Thread => Self::Thread(ThreadId(id)),
            ThingKind::Member => Self::Member(MemberId(id)),
            ThingKind::Message => Self::Message(MessageId(id)),
        }
    }

    /// Its kind.
    pub fn kind(self) -> ThingKind {
        match self {
            Self::Post(_) => ThingKind::Post,
            Self::Thread(_) => ThingKind::Thread,
            Self::Member(_) => ThingKind::Member,
            Self::Message(_) => ThingKind::Message,
        }
    }

    /// Its id among its kind.
    pub fn id(self) -> i64 {
        match self {
            Self::Post(id) => id.0,
            Self::Thread(id) => id.0,
            Self::Member(id) => id.0,
            Self::Message(id) => id.0,
        }
    }
}

words! {
    /// What an act was, as the acts and both logs keep it.
    "moderation act" ActKind {
        /// A report was looked at and nothing had to be done.
        Dismiss = "case.dismiss",
        /// A post was folded.
        CollapsePost = "post.collapse",
        /// A post became a tombstone.
        RemovePost = "post.remove",
        /// A folded or removed post was brought back.
        RestorePost = "post.restore",
        /// A message became a tombstone.
        RemoveMessage = "message.remove",
        /// A removed message was brought back.
        RestoreMessage = "message.restore",
        /// A thread takes no more posts.
        LockThread = "thread.lock",
        /// A locked thread is open again.
        UnlockThread = "thread.unlock",
        /// A thread stays at the top of its board.
        PinThread = "thread.pin",
        /// A pinned thread goes back into the order of time.
        UnpinThread = "thread.unpin",
        /// A thread takes a post from each member only every so often.
        SlowThread = "thread.slow",
        /// A slow thread is as fast as any again.
        UnslowThread = "thread.unslow",
        /// A thread went to another board.
        MoveThread = "thread.move",
        /// A whole thread was hidden.
        RemoveThread = "thread.remove",
        /// A hidden thread was brought back.
        RestoreThread = "thread.restore",
        /// A member was warned.
        Warn = "member.warn",
        /// A member was suspended.
        Suspend = "member.suspend",
        /// A suspension was lifted.
        Lift = "member.lift",
    }
}

words! {
    /// How long a suspension lasts (PRODUCT.md section 5: 24, 72, 168, 720 h).
    "suspension" SuspendFor {
        /// A day to cool down.
        Hours24 = "24 hours",
        /// Three days.
        Hours72 = "72 hours",
        /// A week.
        Hours168 = "7 days",
        /// A month.
        Hours720 = "30 days",
        /// Until staff lift it.
        UntilLifted = "until it is lifted",
    }
}

impl SuspendFor {
    /// Its length in hours; none when it ends only by being lifted.
    pub const fn hours(self) -> Option<i64> {
        match self {
            Self::Hours24 => Some(24),
            Self::Hours72 => Some(72),
            Self::Hours168 => Some(168),
            Self::Hours720 => Some(720),
            Self::UntilLifted => None,
        }
    }

    /// The suspension of that many hours; `None` hours: until lifted.
    pub fn from_hours(hours: Option<i64>) -> Option<Self> {
        Self::ALL.iter().copied().find(|term| term.hours() == hours)
    }
}

words! {
    /// How long everybody waits between two posts in a slow thread (R2).
    "slow mode" SlowFor {
        /// Time to think.
        Minute = "one post a minute from each",
        /// Time for tea.
        Minutes5 = "one post every 5 minutes from each",
        /// Time for a walk.
        Minutes30 = "one post every 30 minutes from each",
        /// A few posts a day.
        Hours4 = "one post every 4 hours from each",
    }
}

impl SlowFor {
    /// Seconds between two posts of one member.
    pub const fn seconds(self) -> i64 {
        match self {
            Self::Minute => 60,
            Self::Minutes5 => 5 * 60,
            Self::Minutes30 => 30 * 60,
            Self::Hours4 => 4 * 60 * 60,
        }
    }
}

/// Something that staff do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Deed {
    /// Fold a post: one key opens it.
    CollapsePost,
    /// Make a post a tombstone.
    RemovePost,
    /// Bring a folded or removed post back.
    RestorePost,
    /// Make a message a tombstone.
    RemoveMessage,
    /// Bring a removed message back.
    RestoreMessage,
    /// Let a thread take no more posts.
    LockThread,
    /// Open a locked thread.
    UnlockThread,
    /// Keep a thread at the top of its board.
    PinThread,
    /// Let a pinned thread go back into the order of time.
    UnpinThread,
    /// Let a thread take a post from each member only every so often.
    SlowThread(SlowFor),
    /// End slow mode.
    UnslowThread,
    /// Take a thread to another board.
    MoveThread(BoardId),
    /// Hide a whole thread.
    RemoveThread,
    /// Bring a hidden thread back.
    RestoreThread,
    /// Warn a member, who has to acknowledge it.
    Warn,
    /// Suspend a member.
    Suspend(SuspendFor),
    /// End a suspension.
    Lift,
}

impl Deed {
    /// What it is called in the acts and the logs.
    pub fn kind(self) -> ActKind {
        match self {
            Self::CollapsePost => ActKind::CollapsePost,
            Self::RemovePost => ActKind::RemovePost,
            Self::RestorePost => ActKind::RestorePost,
            Self::RemoveMessage => ActKind::RemoveMessage,
            Self::RestoreMessage => ActKind::RestoreMessage,
            Self::LockThread => ActKind::LockThread,
            Self::UnlockThread => ActKind::UnlockThread,
            Self::PinThread => ActKind::PinThread,
            Self::UnpinThread => ActKind::UnpinThread,
            Self::SlowThread(_) => ActKind::SlowThread,
            Self::UnslowThread => ActKind::UnslowThread,
            Self::MoveThread(_) => ActKind::MoveThread,
            Self::RemoveThread => ActKind::RemoveThread,
            Self::RestoreThread => ActKind::RestoreThread,
            Self::Warn => ActKind::Warn,
            Self::Suspend(_) => ActKind::Suspend,
            Self::Lift => ActKind::Lift,
        }
    }
}

impl ActKind {
    /// What kind of thing it is done to; none for a dismissed report, which changes nothing.
    pub fn object(self) -> Option<ThingKind> {
        match self {
            Self::Dismiss => None,
            Self::CollapsePost | Self::RemovePost | Self::RestorePost => Some(ThingKind::Post),
            Self::RemoveMessage | Self::RestoreMessage => Some(ThingKind::Message),
            Self::Warn | Self::Suspend | Self::Lift => Some(ThingKind::Member),
            _ => Some(ThingKind::Thread),
        }
    }

    /// Whether a rule of the charter must be named: for everything that takes something from somebody.
    pub fn needs_rule(self) -> bool {
        matches!(
            self,
            Self::CollapsePost
                | Self::RemovePost
                | Self::RemoveMessage
                | Self::LockThread
                | Self::RemoveThread
                | Self::Warn
                | Self::Suspend
        )
    }

    /// Whether a reason must be given. Only what keeps a board tidy goes without one.
    pub fn needs_reason(self) -> bool {
        !matches!(
            self,
            Self::Dismiss | Self::PinThread | Self::UnpinThread | Self::UnslowThread | Self::MoveThread
        )
    }

    /// Whether it says something about the person whose thing it was: those acts are their history.
    pub fn concerns_author(self) -> bool {
        !matches!(
            self,
            Self::Dismiss
                | Self::PinThread
                | Self::UnpinThread
                | Self::SlowThread
                | Self::UnslowThread
                | Self::MoveThread
        )
    }

    /// Which part of the thing it changes: two acts on the same part of the same thing undo each other.
    pub fn part(self) -> Part {
        match self {
            Self::Dismiss | Self::Warn => Part::Nothing,
            Self::CollapsePost | Self::RemovePost | Self::RestorePost => Part::PostState,
            Self::RemoveMessage | Self::RestoreMessage => Part::MessageState,
            Self::LockThread | Self::UnlockThread => Part::Lock,
            Self::PinThread | Self::UnpinThread => Part::Pin,
            Self::SlowThread | Self::UnslowThread => Part::Pace,
            Self::MoveThread => Part::Board,
            Self::RemoveThread | Self::RestoreThread => Part::Hidden,
            Self::Suspend | Self::Lift => Part::Standing,
        }
    }

    /// What to do, for menus: `Remove the post`.
    pub fn imperative(self) -> &'static str {
        match self {
            Self::Dismiss => "Nothing wrong",
            Self::CollapsePost => "Fold the post",
            Self::RemovePost => "Remove the post",
            Self::RestorePost => "Bring the post back",
            Self::RemoveMessage => "Remove the message",
            Self::RestoreMessage => "Bring the message back",
            Self::LockThread => "Lock the thread",
            Self::UnlockThread => "Unlock the thread",
            Self::PinThread => "Pin the thread",
            Self::UnpinThread => "Unpin the thread",
            Self::SlowThread => "Slow the thread down",
            Self::UnslowThread => "End slow mode",
            Self::MoveThread => "Move the thread",
            Self::RemoveThread => "Remove the whole thread",
            Self::RestoreThread => "Bring the thread back",
            Self::Warn => "Warn the author",
            Self::Suspend => "Suspend the author",
            Self::Lift => "Lift the suspension",
        }
    }

    /// What was done, after the name of what it was done to: `removed`.
    pub fn done(self) -> &'static str {
        match self {
            Self::Dismiss => "looked at: nothing wrong",
            Self::CollapsePost => "folded",
            Self::RemovePost | Self::RemoveThread | Self::RemoveMessage => "removed",
            Self::RestorePost | Self::RestoreThread | Self::RestoreMessage => "brought back",
            Self::LockThread => "locked",
            Self::UnlockThread => "unlocked",
            Self::PinThread => "pinned",
            Self::UnpinThread => "unpinned",
            Self::SlowThread => "slowed down",
            Self::UnslowThread => "no longer slow",
            Self::MoveThread => "moved",
            Self::Warn => "warned",
            Self::Suspend => "suspended",
            Self::Lift => "no longer suspended",
        }
    }
}

/// A part of a thing that an act changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Nothing that is kept with the thing.
    Nothing,
    /// How a post is shown.
    PostState,
    /// Whether a message is shown.
    MessageState,
    /// Whether a thread takes posts.
    Lock,
    /// Whether a thread is pinned.
    Pin,
    /// How often one may write in a thread.
    Pace,
    /// Which board a thread is on.
    Board,
    /// Whether a thread is hidden.
    Hidden,
    /// A member's standing.
    Standing,
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
