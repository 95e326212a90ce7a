//! What a board is and whom it is for.

use super::ids::MemberId;
use super::words::words;

words! {
    /// What a board is for; it changes how its threads are shown and what may be written.
    "board type" BoardKind {
        /// Conversation.
        Talk = "talk",
        /// Questions that can be solved.
        Question = "question",
        /// Things worth keeping.
        Library = "library",
        /// What is coming up.
        Events = "events",
        /// Polls and proposals.
        Decisions = "decisions",
        /// One person's thread, others answer.
        Journal = "journal",
    }
}

impl BoardKind {
    /// What new threads on a board of this type begin with, until its host or the staff choose something else.
    pub fn template(self) -> &'static str {
        match self {
            Self::Question => "**What I want to do**\n\n\n**What I tried**\n\n\n**What happened**",
            Self::Talk | Self::Library | Self::Events | Self::Decisions | Self::Journal => "",
        }
    }
}

words! {
    /// Who a board is for. Each audience contains the ones after it.
    "audience" Audience {
        /// Everybody at the door too.
        Guests = "guests",
        /// All members.
        Members = "members",
        /// Regulars and staff.
        Regulars = "regulars",
        /// Moderators and sysops.
        Staff = "staff",
        /// Sysops.
        Sysops = "sysops",
    }
}

words! {
    /// A member's own choice for a board.
    "board choice" BoardChoice {
        /// Counted and read on (the default).
        Subscribed = "subscribed",
        /// Never counted, never offered; still there to open.
        Muted = "muted",
    }
}

words! {
    /// A member's own choice for a thread.
    "thread choice" ThreadChoice {
        /// Comes first when Space reads on.
        Followed = "followed",
        /// Never counted, never offered.
        Muted = "muted",
    }
}

/// How many threads of a board may be pinned (R2).
pub const PINNED_MAX: i64 = 3;

/// What the policy needs to know of a board.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BoardFacts {
    /// Who may see it.
    pub see: Audience,
    /// Who may write in it.
    pub write: Audience,
    /// Closed for good, still readable.
    pub archived: bool,
    /// The member who looks after it.
    pub host: Option<MemberId>,
    /// The circle that it belongs to, from 1; 0 for none. It alone writes in it, and the lower ones alone see it
    /// (`policy::OPEN_CIRCLES_FROM`).
    pub circle: i64,
}

impl BoardFacts {
    /// Whether only its own people, and the staff, see it.
    pub fn is_closed(&self) -> bool {
        (1..super::policy::OPEN_CIRCLES_FROM).contains(&self.circle)
    }

    /// Whether everybody whom `see` names sees it, and only its own people, and the staff, write in it.
    pub fn is_open_circle(&self) -> bool {
        self.circle >= super::policy::OPEN_CIRCLES_FROM
    }
}

/// What the policy needs to know of a thread.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ThreadFacts {
    /// No new posts.
    pub locked: bool,
    /// Hidden by staff.
    pub removed: bool,
    /// Who started it.
    pub author: MemberId,
}
