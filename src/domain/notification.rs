//! What is for one member: of what kind it is, and where it leads (L4).

use super::words::words;

words! {
    /// What happened.
    "kind of notification" NotificationKind {
        /// Somebody answered a post of theirs.
        Reply = "reply",
        /// Somebody named them.
        Mention = "mention",
        /// Somebody asks them something: whether their lines in a room may be kept.
        Asked = "asked",
        /// A direct message came.
        Message = "message",
        /// Their level rose.
        LevelUp = "level_up",
        /// Their level fell.
        LevelDown = "level_down",
        /// Somebody joined a tag that they look after.
        TagJoined = "tag_joined",
        /// A role is offered to them.
        RoleOffered = "role_offered",
        /// A role that they offered was accepted or declined.
        RoleAnswered = "role_answered",
        /// Their term in a role ends soon.
        RoleEnding = "role_ending",
        /// A role of theirs has ended.
        RoleEnded = "role_ended",
        /// Their dues end soon.
        DuesEnd = "dues_end",
        /// For the sysop: the days of grace of somebody's dues are over.
        DuesOver = "dues_over",
        /// They are invited to a cohort.
        CohortInvited = "cohort_invited",
        /// A cohort of theirs begins: who their buddies are stands on its page.
        CohortBegins = "cohort_begins",
        /// A cohort of theirs did not come together, or was called off.
        CohortOff = "cohort_off",
        /// A cohort of theirs is over.
        CohortOver = "cohort_over",
        /// They have another buddy in a cohort.
        NewBuddy = "new_buddy",
        /// A checkpoint of a cohort of theirs opens tomorrow.
        CheckpointSoon = "checkpoint_soon",
        /// A checkpoint of a cohort of theirs is open.
        Checkpoint = "checkpoint",
        /// Somebody thanked them.
        Thanks = "thanks",
        /// The staff did something that concerns them.
        Moderation = "moderation",
        /// A post of theirs that waited is published.
        Published = "published",
        /// A post of theirs that waited came back as a draft.
        Returned = "returned",
        /// They were drawn for a jury.
        Jury = "jury",
        /// A report of theirs was decided.
        Report = "report",
        /// For staff: a member says for somebody at the door that they know them. For members: somebody at the door
        /// named them.
        Vouch = "vouch",
    }
}

words! {
    /// What a notification leads to.
    "kind of place" PlaceKind {
        /// A post in its thread; the id is the post's.
        Post = "post",
        /// A thread.
        Thread = "thread",
        /// A member's profile.
        Member = "member",
        /// A conversation.
        Conversation = "conversation",
        /// Who does what here; the id is the term's.
        Roles = "roles",
        /// Dues; the id is the member's for the sysop, else 0.
        Dues = "dues",
        /// A cohort.
        Cohort = "cohort",
        /// One's own path; the id is the level's place in the order of levels.
        Path = "path",
        /// A room.
        Room = "room",
        /// An application, as the staff see it; the id is the application's.
        Application = "application",
        /// Who is at the door, as members see them; the id is 0.
        AtDoor = "at_door",
        /// An appeal, as its jury sees it; the id is the appeal's.
        Jury = "jury",
        /// One's own posts that wait; the id is that of the held post.
        Waiting = "waiting",
        /// What became of one's reports and what the staff did; the id is 0.
        MyCases = "my_cases",
    }
}

/// One place that a notification leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct NotificationPlace {
    /// What it is.
    pub kind: PlaceKind,
    /// Its id among its kind.
    pub id: i64,
}

impl NotificationPlace {
    /// The place of that kind with that id.
    pub fn new(kind: PlaceKind, id: i64) -> Self {
        Self { kind, id }
    }
}
