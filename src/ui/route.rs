//! Where one can be: enough of each place to open it again after a dropped line.

use crate::domain::draft::{DraftTarget, Form};
use crate::domain::ids::{
    ApplicationId, BoardId, CaseId, CohortId, ConversationId, HeldId, MatterId, MemberId, MessageNo, PostNo,
    RoomId, TagId, ThreadId,
};
use crate::domain::moderation::Thing;
use crate::service::console::Section;
use crate::service::watch::EvidenceAt;

/// A place. It is kept as JSON from one session to the next: what it holds can be written so.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Route {
    /// The guest's and the applicant's place.
    Door,
    /// What happened since one was here.
    Home,
    /// All boards.
    Boards,
    /// The threads of a board.
    Board(BoardId),
    /// A thread, at a post or at the first unread one.
    Thread {
        /// Which.
        thread: ThreadId,
        /// Where in it.
        at: Option<PostNo>,
    },
    /// The tags there are.
    Tags,
    /// The threads of a tag.
    Tag(TagId),
    /// The place's own words.
    Glossary,
    /// The posts that one keeps.
    ReadingList,
    /// The editor, for one text.
    Compose(ComposeTarget),
    /// One's unfinished texts.
    Drafts,
    /// One's conversations.
    Messages,
    /// A conversation.
    Conversation(ConversationId),
    /// The conversation with a member, or the composer for its first message.
    MessagesWith(MemberId),
    /// The line with which one nudges a member, or whoever is on duty, over whatever is there.
    Nudge(Option<MemberId>),
    /// Whom one has blocked.
    Blocks,
    /// Everybody who belongs here.
    Members,
    /// All rooms, or the hall when there is no other.
    Rooms,
    /// A room.
    Room(RoomId),
    /// The room of a board.
    RoomOf(BoardId),
    /// A line from each who came by.
    Wall,
    /// The question whether one is away, over whatever is there.
    Away,
    /// The form with which staff take a line down, over the screen that shows it.
    TakeDown(Thing),
    /// A member's profile.
    Profile(MemberId),
    /// Who does what here.
    Roles,
    /// One's dues; for the sysop everybody's.
    Dues,
    /// The cohorts.
    Cohorts,
    /// A cohort.
    Cohort(CohortId),
    /// The form of a new cohort.
    NewCohort,
    /// A member's path to the next level; one's own when none is named.
    Path(Option<MemberId>),
    /// The search.
    Search,
    /// One's own invites.
    Invites,
    /// Who invited whom: everybody, or one member's branch.
    InviteTree(Option<MemberId>),
    /// Who is at the door, as members see them.
    AtDoor,
    /// The sysop's own questions at the door.
    Questions,
    /// What is and was for one.
    Notifications,
    /// One's own choices.
    Settings,
    /// What hob keeps about one, taking it along, and leaving.
    MyData,
    /// The choice of somebody who is leaving, over whatever is there.
    Leaving,
    /// The form for one's own profile.
    EditProfile,
    /// One's own keys and password.
    Keys,
    /// Which key of the keyboard does what.
    KeyMap,
    /// The charter, in a version or as it holds.
    Charter(Option<i64>),
    /// Everything that waits for the staff.
    Queue,
    /// Who is approved and waits for a seat.
    Waitlist,
    /// Who lost their key.
    LostKeys,
    /// A case.
    Case(CaseId),
    /// An appeal, or what needs a second pair of eyes.
    Matter(MatterId),
    /// An appeal that one was drawn for.
    Jury(MatterId),
    /// An application, as the staff see it.
    Application(ApplicationId),
    /// A post that waits, as the staff see it.
    Held(HeldId),
    /// One's own posts that wait for a moderator.
    Waiting,
    /// The staff's notes about a member.
    StaffNotes(MemberId),
    /// The staff's filters over what is written.
    Filters,
    /// The watch list; with a member it asks why they are to be watched.
    Watch(Option<(MemberId, Option<EvidenceAt>)>),
    /// The ban list; with a member it asks which of their keys and addresses.
    Bans(Option<MemberId>),
    /// What the staff can put up before something happens: calm.
    Prevention,
    /// The sysop's console.
    Console,
    /// A section of it.
    ConsolePart(Section),
    /// The rules of a newer charter that wait to be accepted, over whatever is there.
    NewRules,
    /// The mod log, for all members.
    ModLog,
    /// The audit log, for the staff.
    AuditLog,
    /// What became of one's reports, and what staff did that concerned one.
    MyCases,
    /// The form that reports a thing, over the screen that shows it.
    Report(Thing),
    /// What the staff can do about a thing, over the screen that shows it.
    Moderate(Thing),
    /// The warnings that one has to acknowledge, over whatever is there.
    Warnings,
    /// A place that cannot be opened again: a dialog.
    Nowhere,
}

/// What is being written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum ComposeTarget {
    /// A new thread on a board.
    NewThread(BoardId),
    /// A post in a thread.
    Reply {
        /// The thread.
        thread: ThreadId,
        /// The post that it answers, if it answers one.
        to: Option<PostNo>,
        /// Begin with that post as a quote.
        quote: bool,
    },
    /// What new threads on a board begin with.
    Template(BoardId),
    /// What a cohort's checkpoint of this week asks.
    Checkpoint(CohortId, i64),
    /// A message in a conversation.
    Message(ConversationId),
    /// Another text for one's own message.
    EditMessage(ConversationId, MessageNo),
    /// The first message to a member.
    MessageTo(MemberId),
    /// The first message to whomever one names.
    NewConversation,
    /// Another text for one's own post.
    Edit {
        /// The thread.
        thread: ThreadId,
        /// The post.
        no: PostNo,
    },
}

/// Most places that are gone back to: the innermost ones.
const KEPT_MAX: usize = 8;

impl Route {
    /// Whether a later session can go back to it. Questions are asked anew, and home is where one begins anyway.
    fn is_kept(&self) -> bool {
        !matches!(
            self,
            Self::Door
                | Self::Home
                | Self::Nowhere
                | Self::Warnings
                | Self::Leaving
                | Self::NewRules
                | Self::Away
                | Self::Bans(Some(_))
                | Self::Watch(Some(_))
                | Self::MessagesWith(_)
                | Self::Nudge(_)
                | Self::Report(_)
                | Self::TakeDown(_)
                | Self::Moderate(_)
        )
    }

    /// The places of a stack as a text to keep.
    pub fn to_text(routes: &[Self]) -> String {
        let kept: Vec<&Self> = routes.iter().filter(|route| route.is_kept()).collect();
        let inner = &kept[kept.len().saturating_sub(KEPT_MAX)..];
        serde_json::to_string(inner).unwrap_or_default()
    }

    /// The places of a kept text; none of a text that this version does not understand.
    pub fn from_text(text: &str) -> Vec<Self> {
        let mut routes: Vec<Self> = serde_json::from_str(text).unwrap_or_default();
        routes.retain(Self::is_kept);
        routes.truncate(KEPT_MAX);
        routes
    }
}

impl ComposeTarget {
    /// Whether it begins with a line that says whom it is for.
    pub fn is_addressed(self) -> bool {
        matches!(self, Self::MessageTo(_) | Self::NewConversation)
    }

    /// What its draft is kept under.
    pub fn draft(&self) -> DraftTarget {
        match *self {
            Self::NewThread(board) => DraftTarget::Board(board),
            Self::Template(board) => DraftTarget::of(Form::Template(board)),
            Self::Checkpoint(cohort, week) => DraftTarget::of(Form::Checkpoint(cohort, week)),
            Self::Reply { thread, .. } => DraftTarget::Reply(thread),
            Self::Message(conversation) => DraftTarget::Message(conversation),
            Self::EditMessage(conversation, no) => DraftTarget::EditMessage(conversation, no),
            Self::MessageTo(member) => DraftTarget::MessageTo(member),
            Self::NewConversation => DraftTarget::NewConversation,
            Self::Edit { thread, no } => DraftTarget::Edit(thread, no),
        }
    }
}
