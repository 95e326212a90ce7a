//! What staff can choose to do, with its terms.

use super::{ActKind, Span};
use crate::domain::ids::{BoardId, ThreadId};
use crate::domain::words::words;

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
    /// Those that end by themselves.
    pub const COOL_DOWNS: &'static [Self] = &[Self::Hours24, Self::Hours72, Self::Hours168, Self::Hours720];

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
    /// Take a part out of a post.
    RedactPost(Span),
    /// Put back what was taken out last.
    UnredactPost,
    /// Make a message a tombstone.
    RemoveMessage,
    /// Bring a removed message back.
    RestoreMessage,
    /// Take a line in a room down.
    RemoveLine,
    /// Bring it back.
    RestoreLine,
    /// Take a line off the wall.
    RemoveWall,
    /// Bring it back.
    RestoreWall,
    /// Take a tag away from everything it stands on.
    RemoveTag,
    /// Bring it back.
    RestoreTag,
    /// Let an invite open the door no more.
    EndInvite,
    /// Let it do so again.
    RenewInvite,
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
    /// Let a thread go on as another one, from one of its posts on.
    SplitThread,
    /// Put a thread's posts at the end of another one.
    MergeThread(ThreadId),
    /// Hide a whole thread.
    RemoveThread,
    /// Bring a hidden thread back.
    RestoreThread,
    /// Say a kind word to a member in private: no sanction.
    Nudge,
    /// Warn a member, who has to acknowledge it.
    Warn,
    /// Let a member read and not write.
    ReadOnly(SuspendFor),
    /// Let them write again.
    MayWrite,
    /// Take the right to invite.
    TakeInvites,
    /// Give it back.
    GiveInvites,
    /// Take the right to send messages.
    TakeMessages,
    /// Give it back.
    GiveMessages,
    /// Suspend a member.
    Suspend(SuspendFor),
    /// End a suspension.
    Lift,
    /// Remove a member from the community.
    RemoveMember,
    /// Let a removed member back in.
    Readmit,
}

impl Deed {
    /// What it is called in the acts and the logs.
    pub fn kind(self) -> ActKind {
        match self {
            Self::CollapsePost => ActKind::CollapsePost,
            Self::RemovePost => ActKind::RemovePost,
            Self::RestorePost => ActKind::RestorePost,
            Self::RedactPost(_) => ActKind::RedactPost,
            Self::UnredactPost => ActKind::UnredactPost,
            Self::SplitThread => ActKind::SplitThread,
            Self::MergeThread(_) => ActKind::MergeThread,
            Self::RemoveMessage => ActKind::RemoveMessage,
            Self::RestoreMessage => ActKind::RestoreMessage,
            Self::RemoveLine => ActKind::RemoveLine,
            Self::RestoreLine => ActKind::RestoreLine,
            Self::RemoveWall => ActKind::RemoveWall,
            Self::RestoreWall => ActKind::RestoreWall,
            Self::RemoveTag => ActKind::RemoveTag,
            Self::RestoreTag => ActKind::RestoreTag,
            Self::EndInvite => ActKind::EndInvite,
            Self::RenewInvite => ActKind::RenewInvite,
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
            Self::Nudge => ActKind::Nudge,
            Self::ReadOnly(_) => ActKind::ReadOnly,
            Self::MayWrite => ActKind::MayWrite,
            Self::TakeInvites => ActKind::TakeInvites,
            Self::GiveInvites => ActKind::GiveInvites,
            Self::TakeMessages => ActKind::TakeMessages,
            Self::GiveMessages => ActKind::GiveMessages,
            Self::RemoveMember => ActKind::RemoveMember,
            Self::Readmit => ActKind::Readmit,
        }
    }

    /// How long it lasts, in words; empty for what has no term.
    pub fn term(self) -> &'static str {
        match self {
            Self::Suspend(term) | Self::ReadOnly(term) => term.as_str(),
            _ => "",
        }
    }

    /// How many hours it lasts; none where it has no term or does not end by itself.
    pub fn hours(self) -> Option<i64> {
        match self {
            Self::Suspend(term) | Self::ReadOnly(term) => term.hours(),
            _ => None,
        }
    }

    /// Whether it can be that a second pair of eyes has to look at it: a removal always, the rest where it skips a step.
    pub fn may_need_eyes(self) -> bool {
        matches!(self, Self::RemoveMember | Self::Suspend(_) | Self::ReadOnly(_))
    }

    /// The same for another term.
    #[must_use]
    pub fn with_term(self, term: SuspendFor) -> Self {
        match self {
            Self::Suspend(_) => Self::Suspend(term),
            Self::ReadOnly(_) => Self::ReadOnly(term),
            other => other,
        }
    }

    /// The terms that it can be done for; none where it has none. Reading only always ends by itself.
    pub fn terms(self) -> &'static [SuspendFor] {
        match self {
            Self::Suspend(_) => SuspendFor::ALL,
            Self::ReadOnly(_) => SuspendFor::COOL_DOWNS,
            _ => &[],
        }
    }
}
