//! Where one is, and where a step leads: the linear mode's stack of places.

use crate::domain::board::ThreadChoice;
use crate::domain::ids::{
    ActId, ApplicationId, BoardId, CaseId, CohortId, ConversationId, HeldId, MatterId, MemberId, PostNo,
    RoomId, TagId, ThreadId,
};
use crate::domain::moderation::Thing;
use crate::service::Error;
use crate::service::reading::{BoardUndo, ThreadUndo};
use crate::service::threads::At;

/// A place to be. Each prints what is there, and asks what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// For everybody who is not an active member.
    Door,
    /// What happened.
    Home,
    /// The boards.
    Boards,
    /// The threads of a board.
    Board(BoardId),
    /// A thread at a post. `quiet`: one comes back to it, and it is not said again.
    Thread { thread: ThreadId, at: At, quiet: bool },
    /// The members; only those who are here.
    Members { here: bool, part: String },
    /// A member.
    Profile(MemberId),
    /// What was found.
    Search(String),
    /// One's conversations.
    Messages,
    /// One conversation.
    Conversation(ConversationId),
    /// The rooms.
    Rooms,
    /// One room.
    Room(RoomId),
    /// What is for one.
    Notifications,
    /// A line from each who came by.
    Wall,
    /// The posts that one keeps.
    Kept,
    /// The tags.
    Tags,
    /// The place's own words.
    Glossary,
    /// The threads of a tag.
    Tag(TagId),
    /// Who does what here.
    Roles,
    /// The cohorts.
    Cohorts,
    /// A cohort.
    Cohort(CohortId),
    /// One's unfinished texts.
    Drafts,
    /// One's choices.
    Settings,
    /// What hob keeps about one, and leaving.
    MyData,
    /// One's own profile, to be changed.
    EditProfile,
    /// One's keys and password.
    Keys,
    /// One's invites.
    Invites,
    /// The sysop's console.
    Console,
    /// The public log of what the staff did.
    ModLog,
    /// The staff's log.
    AuditLog,
    /// What waits for the staff.
    Queue,
    /// A case.
    Case(CaseId),
    /// A post that waits, as the staff see it.
    Held(HeldId),
    /// The watch list.
    Watch,
    /// The ban list.
    Bans,
    /// The filters of the staff.
    Filters,
    /// One's own posts that wait.
    Waiting,
    /// An appeal, or a removal that needs a second pair of eyes.
    Matter(MatterId),
    /// An application.
    Application(ApplicationId),
    /// What can be done about a thing.
    Moderate(Thing),
    /// Reporting a thing.
    Report(Thing),
}

impl Place {
    /// A thread where one goes on reading.
    pub(super) fn thread(thread: ThreadId) -> Self {
        Self::Thread { thread, at: At::FirstUnread, quiet: false }
    }

    /// One post of a thread.
    pub(super) fn post(thread: ThreadId, no: PostNo) -> Self {
        Self::Thread { thread, at: At::Post(no), quiet: false }
    }
}

/// Why a place is left, or a step not done.
#[derive(Debug)]
pub(super) enum Turn {
    /// To a place, from the beginning.
    Go(Place),
    /// To a place, and back here afterwards.
    Open(Place),
    /// To a place instead of this one.
    Instead(Place),
    /// To where one was.
    Back,
    /// To where one was, from something short: what is there is not said again.
    Return,
    /// The door said no: the words are said, and one stays.
    Refused(Error),
    /// Ctrl-C, or an empty line where something was asked for.
    Cancelled,
    /// One's standing changed: everything begins anew.
    Anew,
    /// The session ends.
    End(Ending),
}

/// Why a session ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ending {
    /// The person left.
    Left,
    /// The key that opened it was revoked.
    KeyRevoked,
    /// The password or certificate that opened it opens nothing any more.
    Outdated,
    /// The server goes down.
    ServerStops,
    /// Nothing was typed for as long as the place allows.
    Idle,
    /// The line is closed: nobody is there to be told.
    Closed,
}

impl Ending {
    /// The last line.
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Left => "Goodbye. Come back soon.",
            Self::KeyRevoked => "The key that opened this session was revoked. Log in with another one.",
            Self::Outdated => {
                "This account's password was changed or its ways in were made anew, so this session ends. Log in anew."
            }
            Self::ServerStops => "The server is going down. What you wrote is kept; come back in a moment.",
            Self::Idle => "Nobody typed for a long while: this session ends. What you wrote is kept.",
            Self::Closed => "",
        }
    }
}

/// What a step came to.
pub(super) type Talked<T> = Result<T, Turn>;

impl From<Error> for Turn {
    fn from(error: Error) -> Self {
        Self::Refused(error)
    }
}

/// A step that `undo` takes back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Undo {
    /// A thread was skipped.
    SkipThread(ThreadId),
    /// A board was skipped.
    SkipBoard(BoardId),
    /// A thread was marked as read, or as unread.
    Mark(ThreadUndo),
    /// A board was marked as read.
    Board(BoardUndo),
    /// Another choice was made for a thread.
    Choice(ThreadId, Option<ThreadChoice>),
    /// An own post was deleted.
    Deleted(ThreadId, PostNo),
    /// A post was kept, or no longer.
    Keep(ThreadId, PostNo, bool),
    /// A moderation act.
    Act(ActId),
}
