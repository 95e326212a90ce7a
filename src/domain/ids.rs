//! Identifiers, one type each, so that a thread is never taken for a post.

macro_rules! id {
    ($(#[$doc:meta] $name:ident),+ $(,)?) => {$(
        #[$doc]
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub struct $name(pub i64);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }
    )+};
}

id! {
    /// A member, applicant or imported author: anybody with an account row.
    MemberId,
    /// A member's public key.
    KeyId,
    /// A board.
    BoardId,
    /// A thread.
    ThreadId,
    /// A tag.
    TagId,
    /// An entry in the ledger of dues.
    DuesId,
    /// A cohort.
    CohortId,
    /// A word of the glossary.
    WordId,
    /// A post, across all threads, in the order of writing.
    PostId,
    /// A room for live talk.
    RoomId,
    /// A line in a room, across all rooms, in the order of speaking.
    LineId,
    /// A proposal to keep lines of a room as a thread.
    KeepId,
    /// A line on the wall.
    WallId,
    /// A conversation of a few members.
    ConversationId,
    /// A message, across all conversations, in the order of writing.
    MessageId,
    /// An application to join.
    ApplicationId,
    /// A question of the sysop's own at the door.
    QuestionId,
    /// An invite.
    InviteId,
    /// A moderation case: all reports on one thing.
    CaseId,
    /// A post that waits for a moderator.
    HeldId,
    /// A note of the staff about a member.
    NoteId,
    /// A filter over what is written.
    FilterId,
    /// A ban of a key or a network.
    BanId,
    /// Somebody whom the staff watch.
    WatchId,
    /// A time of calm.
    CalmId,
    /// One moderation act.
    ActId,
    /// A request of somebody who lost a key.
    RecoveryId,
    /// An appeal, or a removal that needs a second pair of eyes.
    MatterId,
    /// A notification that is kept by itself.
    NotificationId,
    /// Where a session was left.
    LeftOffId,
    /// A role that was offered or is held.
    TermId,
    /// A row of the audit log.
    AuditId,
    /// A live terminal session; never stored.
    SessionId,
}

/// A post's number within its thread: from 1, without gaps, never reused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub struct PostNo(pub i64);

impl std::fmt::Display for PostNo {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// A message's number within its conversation: from 1, without gaps, never reused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub struct MessageNo(pub i64);

impl std::fmt::Display for MessageNo {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}
