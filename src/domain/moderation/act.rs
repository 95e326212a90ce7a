//! The kinds of acts: what each is called, what it needs, what it changes.

use super::{Curb, ThingKind};
use crate::domain::words::words;

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
        /// A part of a post was taken out.
        RedactPost = "post.redact",
        /// The part was put back.
        UnredactPost = "post.unredact",
        /// A message became a tombstone.
        RemoveMessage = "message.remove",
        /// A removed message was brought back.
        RestoreMessage = "message.restore",
        /// A line in a room was taken down.
        RemoveLine = "line.remove",
        /// It was brought back.
        RestoreLine = "line.restore",
        /// A line was taken off the wall.
        RemoveWall = "wall.remove",
        /// It was brought back.
        RestoreWall = "wall.restore",
        /// A tag was taken away from everything it stood on.
        RemoveTag = "tag.remove",
        /// It was brought back.
        RestoreTag = "tag.restore",
        /// An invite opens the door no more.
        EndInvite = "invite.end",
        /// It does again.
        RenewInvite = "invite.renew",
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
        /// A thread was parted: from one post on it is another thread.
        SplitThread = "thread.split",
        /// A thread became the end of another one.
        MergeThread = "thread.merge",
        /// A whole thread was hidden.
        RemoveThread = "thread.remove",
        /// A hidden thread was brought back.
        RestoreThread = "thread.restore",
        /// The staff said a kind word to a member: no sanction, and in no log that others read.
        Nudge = "member.nudge",
        /// A member was warned.
        Warn = "member.warn",
        /// A member may read and not write for a time.
        ReadOnly = "member.readonly",
        /// A member may write again.
        MayWrite = "member.readonly.end",
        /// A member may not invite.
        TakeInvites = "member.invites.take",
        /// A member may invite again.
        GiveInvites = "member.invites.give",
        /// A member may not send messages.
        TakeMessages = "member.messages.take",
        /// A member may send messages again.
        GiveMessages = "member.messages.give",
        /// A member was suspended.
        Suspend = "member.suspend",
        /// A suspension was lifted.
        Lift = "member.lift",
        /// A member was removed from the community.
        RemoveMember = "member.remove",
        /// A removed member is a member again.
        Readmit = "member.readmit",
    }
}

impl ActKind {
    /// What kind of thing it is done to; none for a dismissed report, which changes nothing.
    pub fn object(self) -> Option<ThingKind> {
        match self {
            Self::Dismiss => None,
            Self::CollapsePost
            | Self::RemovePost
            | Self::RestorePost
            | Self::RedactPost
            | Self::UnredactPost => Some(ThingKind::Post),
            Self::RemoveMessage | Self::RestoreMessage => Some(ThingKind::Message),
            Self::RemoveLine | Self::RestoreLine => Some(ThingKind::Line),
            Self::RemoveWall | Self::RestoreWall => Some(ThingKind::Wall),
            Self::RemoveTag | Self::RestoreTag => Some(ThingKind::Tag),
            Self::EndInvite | Self::RenewInvite => Some(ThingKind::Invite),
            Self::LockThread
            | Self::UnlockThread
            | Self::PinThread
            | Self::UnpinThread
            | Self::SlowThread
            | Self::UnslowThread
            | Self::MoveThread
            | Self::SplitThread
            | Self::MergeThread
            | Self::RemoveThread
            | Self::RestoreThread => Some(ThingKind::Thread),
            _ => Some(ThingKind::Member),
        }
    }

    /// Whether a rule of the charter must be named: for everything that takes something from somebody.
    pub fn needs_rule(self) -> bool {
        matches!(
            self,
            Self::CollapsePost
                | Self::RemovePost
                | Self::RedactPost
                | Self::LockThread
                | Self::RemoveThread
                | Self::Warn
                | Self::Suspend
        ) || self.removes()
            || self.curb().is_some_and(|(_, takes)| takes)
            || self == Self::RemoveMember
    }

    /// Whether it takes away the one thing that it is done to, as long as that is no whole thread.
    pub fn removes(self) -> bool {
        matches!(
            self,
            Self::RemovePost
                | Self::RemoveMessage
                | Self::RemoveLine
                | Self::RemoveWall
                | Self::RemoveTag
                | Self::EndInvite
        )
    }

    /// Whether it brings that back.
    pub fn restores(self) -> bool {
        matches!(
            self,
            Self::RestorePost
                | Self::RestoreMessage
                | Self::RestoreLine
                | Self::RestoreWall
                | Self::RestoreTag
                | Self::RenewInvite
        )
    }

    /// The curb that it sets (true) or ends (false).
    pub fn curb(self) -> Option<(Curb, bool)> {
        Some(match self {
            Self::ReadOnly => (Curb::ReadOnly, true),
            Self::MayWrite => (Curb::ReadOnly, false),
            Self::TakeInvites => (Curb::NoInvites, true),
            Self::GiveInvites => (Curb::NoInvites, false),
            Self::TakeMessages => (Curb::NoMessages, true),
            Self::GiveMessages => (Curb::NoMessages, false),
            _ => return None,
        })
    }

    /// Whether it lasts for a term that is chosen with it.
    pub fn has_term(self) -> bool {
        matches!(self, Self::Suspend | Self::ReadOnly)
    }

    /// Whether its notice can be about one post of the member's.
    pub fn is_word(self) -> bool {
        matches!(self, Self::Warn | Self::Nudge)
    }

    /// Whether the member concerned has to say that they have read it before they go on.
    pub fn waits_for_answer(self) -> bool {
        self.is_word() || self.curb().is_some_and(|(_, takes)| takes)
    }

    /// Whether all members read of it in the mod log (M5): all but what changes nothing for anybody.
    pub fn is_public(self) -> bool {
        !matches!(self, Self::Dismiss | Self::Nudge)
    }

    /// Whether a reason must be given. Only what keeps a board tidy goes without one.
    pub fn needs_reason(self) -> bool {
        !matches!(
            self,
            Self::Dismiss
                | Self::PinThread
                | Self::UnpinThread
                | Self::UnslowThread
                | Self::MoveThread
                | Self::SplitThread
                | Self::MergeThread
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
                | Self::SplitThread
                | Self::MergeThread
        )
    }

    /// Which part of the thing it changes: two acts on the same part of the same thing undo each other.
    pub fn part(self) -> Part {
        match self {
            Self::Dismiss | Self::Warn | Self::Nudge => Part::Nothing,
            Self::CollapsePost | Self::RemovePost | Self::RestorePost => Part::PostState,
            Self::RedactPost | Self::UnredactPost => Part::PostText,
            Self::SplitThread | Self::MergeThread => Part::Posts,
            Self::RemoveMessage | Self::RestoreMessage => Part::MessageState,
            Self::RemoveLine
            | Self::RestoreLine
            | Self::RemoveWall
            | Self::RestoreWall
            | Self::RemoveTag
            | Self::RestoreTag
            | Self::EndInvite
            | Self::RenewInvite => Part::Presence,
            Self::LockThread | Self::UnlockThread => Part::Lock,
            Self::PinThread | Self::UnpinThread => Part::Pin,
            Self::SlowThread | Self::UnslowThread => Part::Pace,
            Self::MoveThread => Part::Board,
            Self::RemoveThread | Self::RestoreThread => Part::Hidden,
            Self::Suspend | Self::Lift | Self::RemoveMember | Self::Readmit => Part::Standing,
            Self::ReadOnly | Self::MayWrite => Part::Writing,
            Self::TakeInvites | Self::GiveInvites => Part::Invites,
            Self::TakeMessages | Self::GiveMessages => Part::Messages,
        }
    }

    /// What to do, for menus: `Remove the post`.
    pub fn imperative(self) -> &'static str {
        match self {
            Self::Dismiss => "Nothing wrong",
            Self::CollapsePost => "Fold the post",
            Self::RemovePost => "Remove the post",
            Self::RestorePost => "Bring the post back",
            Self::RedactPost => "Take a part out of the post",
            Self::UnredactPost => "Put back what was taken out",
            Self::SplitThread => "Split the thread from here on",
            Self::MergeThread => "Merge the thread into another",
            Self::RemoveMessage => "Remove the message",
            Self::RestoreMessage => "Bring the message back",
            Self::RemoveLine | Self::RemoveWall => "Take the line down",
            Self::RestoreLine | Self::RestoreWall => "Bring the line back",
            Self::RemoveTag => "Take the tag away",
            Self::RestoreTag => "Bring the tag back",
            Self::EndInvite => "Take the invite back",
            Self::RenewInvite => "Let the invite count again",
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
            Self::Nudge => "Say a kind word, in private",
            Self::ReadOnly => "Let the author only read for a time",
            Self::MayWrite => "Let the author write again",
            Self::TakeInvites => "Take the right to invite",
            Self::GiveInvites => "Give the right to invite back",
            Self::TakeMessages => "Take the right to send messages",
            Self::GiveMessages => "Give the right to send messages back",
            Self::RemoveMember => "Remove the member",
            Self::Readmit => "Let the member back in",
        }
    }

    /// The same with the name of the member: `Warn bo`.
    pub fn imperative_for(self, member: &str) -> String {
        match self {
            Self::Nudge => format!("Say a kind word to {member}, in private"),
            Self::Warn => format!("Warn {member}"),
            Self::ReadOnly => format!("Let {member} only read for a time"),
            Self::MayWrite => format!("Let {member} write again"),
            Self::TakeInvites => format!("Take {member}'s right to invite"),
            Self::GiveInvites => format!("Give {member} the right to invite back"),
            Self::TakeMessages => format!("Take {member}'s right to send messages"),
            Self::GiveMessages => format!("Give {member} the right to send messages back"),
            Self::Suspend => format!("Suspend {member}"),
            Self::RemoveMember => format!("Remove {member} from the community"),
            Self::Readmit => format!("Let {member} back in"),
            other => other.imperative().to_owned(),
        }
    }

    /// Asks for its term.
    pub fn how_long(self, member: &str) -> String {
        match self {
            Self::ReadOnly => format!("{member} only reads for how long?"),
            _ => format!("{} for how long?", self.imperative_for(member)),
        }
    }

    /// What somebody did, before the name of what it was done to: `removed`.
    pub fn verb(self) -> &'static str {
        match self {
            Self::Dismiss => "found nothing wrong in",
            Self::RedactPost => "took a part out of",
            Self::UnredactPost => "put back a part of",
            Self::MergeThread => "merged into another thread:",
            Self::Lift => "lifted the suspension of",
            Self::Nudge => "spoke with",
            Self::ReadOnly => "put on read-only:",
            Self::MayWrite => "ended the read-only time of",
            Self::TakeInvites => "took the right to invite from",
            Self::GiveInvites => "gave the right to invite back to",
            Self::TakeMessages => "took the right to send messages from",
            Self::GiveMessages => "gave the right to send messages back to",
            Self::RemoveMember => "removed the member",
            Self::RemoveLine | Self::RemoveWall => "took down",
            Self::RemoveTag => "took away",
            Self::EndInvite => "took back",
            Self::Readmit => "let back in",
            other => other.done(),
        }
    }

    /// What was done, after the name of what it was done to: `removed`.
    pub fn done(self) -> &'static str {
        match self {
            Self::Dismiss => "looked at: nothing wrong",
            Self::CollapsePost => "folded",
            Self::RedactPost => "shortened by a part",
            Self::UnredactPost => "made whole again",
            Self::SplitThread => "split",
            Self::MergeThread => "merged into another",
            Self::RemovePost | Self::RemoveThread | Self::RemoveMessage => "removed",
            Self::RestorePost | Self::RestoreThread | Self::RestoreMessage => "brought back",
            Self::RemoveLine | Self::RemoveWall => "taken down",
            Self::RemoveTag => "taken away",
            Self::RestoreLine | Self::RestoreWall | Self::RestoreTag => "brought back",
            Self::EndInvite => "taken back",
            Self::RenewInvite => "made good again",
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
            Self::Nudge => "spoken to",
            Self::ReadOnly => "set to read only",
            Self::MayWrite => "allowed to write again",
            Self::TakeInvites => "no longer allowed to invite",
            Self::GiveInvites => "allowed to invite again",
            Self::TakeMessages => "no longer allowed to send messages",
            Self::GiveMessages => "allowed to send messages again",
            Self::RemoveMember => "removed as a member",
            Self::Readmit => "let back in",
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
    /// What a post says.
    PostText,
    /// Which posts a thread has.
    Posts,
    /// Whether a message is shown.
    MessageState,
    /// Whether a line, a tag or an invite is there at all.
    Presence,
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
    /// Whether a member may write.
    Writing,
    /// Whether a member may invite.
    Invites,
    /// Whether a member may send messages.
    Messages,
}
