//! What happened, for everybody who is connected: ids only, never text. A session that shows the thing reads it
//! afresh as its own member, through the policy, so nothing private leaks through the bus.

use crate::domain::ids::{
    ApplicationId, BoardId, CaseId, ConversationId, HeldId, KeyId, LineId, MemberId, MessageId, PostId,
    RoomId, SessionId, TagId, ThreadId,
};

/// Something that happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DomainEvent {
    /// A post was written.
    PostAdded {
        /// Its board.
        board: BoardId,
        /// Its thread.
        thread: ThreadId,
        /// The post.
        post: PostId,
        /// Who wrote it.
        author: MemberId,
    },
    /// A post was edited, deleted, collapsed, removed or restored.
    PostChanged {
        /// Its board.
        board: BoardId,
        /// Its thread.
        thread: ThreadId,
        /// The post.
        post: PostId,
    },
    /// An appeal was made or decided, or a second pair of eyes was asked for or has looked.
    MattersChanged,
    /// Thanks were given or taken back: a matter between these two.
    ThanksChanged {
        /// The post's thread.
        thread: ThreadId,
        /// The post.
        post: PostId,
        /// Who wrote it.
        author: MemberId,
        /// Who gave them.
        giver: MemberId,
    },
    /// A thread was locked, pinned, moved, renamed, removed or restored.
    ThreadChanged {
        /// The board it is in now.
        board: BoardId,
        /// The thread.
        thread: ThreadId,
    },
    /// Somebody said something in a conversation. Published once for each member who takes part, the author among
    /// them, so that a session looks only at those for its own member.
    MessageAdded {
        /// Whom it concerns.
        member: MemberId,
        /// The conversation.
        conversation: ConversationId,
        /// The message.
        message: MessageId,
        /// Who said it.
        author: MemberId,
    },
    /// A conversation has another title or other people, a message in it was changed, or the member muted or left it.
    /// Published once for each member whom it concerns.
    ConversationChanged {
        /// Whom it concerns.
        member: MemberId,
        /// The conversation.
        conversation: ConversationId,
    },
    /// A member who is here was nudged.
    Nudged {
        /// Who.
        member: MemberId,
        /// The line.
        message: MessageId,
    },
    /// The sysop changed what is asked at the door.
    QuestionsChanged,
    /// Boards were added, changed or put in another order.
    BoardsChanged,
    /// Somebody said something in a room.
    LineSaid {
        /// The room.
        room: RoomId,
        /// The line.
        line: LineId,
        /// Who said it.
        author: MemberId,
    },
    /// A line in a room was edited, deleted or removed.
    LineChanged {
        /// The room.
        room: RoomId,
        /// The line.
        line: LineId,
    },
    /// A room was opened or closed, or somebody proposed or answered to keep lines of it.
    RoomChanged {
        /// The room.
        room: RoomId,
    },
    /// A line came onto the wall or went off it.
    WallChanged,
    /// A tag was taken away by the staff, or brought back: threads and members have it no more, or again.
    TagChanged {
        /// Which.
        tag: TagId,
    },
    /// How a member's dues stand: a matter of that member and the sysop.
    DuesChanged {
        /// Whose.
        member: MemberId,
    },
    /// A cohort was made, began, is over, or other people are in it.
    CohortsChanged,
    /// A word came into the glossary, means something else, or was taken out.
    GlossaryChanged,
    /// A member read something: their own other sessions count anew.
    MarksChanged {
        /// Who.
        member: MemberId,
    },
    /// A member kept a post for later, or no longer.
    BookmarksChanged {
        /// Who.
        member: MemberId,
    },
    /// Something new is for a member: a reply, a mention, a message, what the staff did. It says nothing of what.
    Notified {
        /// Who.
        member: MemberId,
    },
    /// A member's standing, level, role, profile or keys changed.
    MemberChanged {
        /// Who.
        member: MemberId,
    },
    /// A key was revoked: the sessions it opened end.
    KeyRevoked {
        /// The key.
        key: KeyId,
        /// Its owner.
        member: MemberId,
    },
    /// A case was opened, claimed or decided.
    CaseChanged {
        /// Which.
        case: CaseId,
    },
    /// A post began to wait for a moderator, was claimed, decided or taken back: a matter of its author and the staff.
    HeldChanged {
        /// Which.
        held: HeldId,
        /// Who wrote it.
        author: MemberId,
        /// Its board.
        board: BoardId,
        /// Its thread; none: it starts one.
        thread: Option<ThreadId>,
    },
    /// A staff note about a member was written or taken out: a matter of the staff.
    StaffNotesChanged {
        /// About whom.
        member: MemberId,
    },
    /// A key or a network came onto the ban list or off it: whoever is on it leaves.
    BansChanged,
    /// Somebody came onto the watch list or off it: a matter of the staff.
    WatchChanged,
    /// A filter was made, switched or taken out.
    FiltersChanged,
    /// A time of calm began or was ended: who everybody is, and may do, is read afresh.
    CalmChanged,
    /// An application came in, was claimed, answered or decided.
    ApplicationChanged {
        /// Which.
        application: ApplicationId,
        /// The applicant.
        member: MemberId,
    },
    /// Somebody got into the line for a seat, or out of it: everybody's place in it may be another one.
    WaitlistChanged,
    /// Somebody said that they lost their key, members vouched for them, or it was settled.
    RecoveriesChanged,
    /// A session is to end at the sysop's word.
    SessionEnds {
        /// Which.
        session: SessionId,
    },
    /// The sysop, or hob itself, has a word for everybody who is here.
    Announced {
        /// Its number.
        announcement: i64,
    },
    /// Who may be here has changed.
    DoorChanged,
    /// Which certificates are a pass: whoever came in by one looks again who they are.
    PassesChanged,
    /// Another version of the charter holds.
    CharterChanged,
    /// Somebody came, left, moved to another board or room, went away or came back.
    PresenceChanged,
}
