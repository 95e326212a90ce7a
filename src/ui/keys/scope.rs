//! Where keys hold. Which key asks for what there is in `table.rs`.

/// Where a binding holds. A screen names its scopes, the most particular first; `Everywhere` always comes last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scope {
    /// On every screen.
    Everywhere,
    /// Wherever a row is chosen from a list.
    List,
    /// Wherever text scrolls.
    Pager,
    /// In a question with a yes and a no.
    Confirm,
    /// In a field or editor; only keys that type nothing.
    Field,
    /// The boards screen.
    Boards,
    /// The threads of a board.
    Board,
    /// A thread.
    Thread,
    /// The home screen.
    Home,
    /// The wall.
    Wall,
    /// A room, while one types: its keys besides those of the field.
    Room,
    /// A room, while one chooses a line.
    RoomLines,
    /// The list of tags.
    Tags,
    /// The place's own words.
    Glossary,
    /// The threads of a tag.
    Tag,
    /// While a thread's tags are typed; only keys that type nothing.
    TagField,
    /// One's reading list.
    ReadingList,
    /// The members screen.
    Members,
    /// While a filter is being typed.
    Filter,
    /// The list of one's conversations.
    Messages,
    /// A conversation.
    Conversation,
    /// Whom one has blocked.
    Blocks,
    /// A member's profile.
    Profile,
    /// Who does what here.
    Roles,
    /// Dues.
    Dues,
    /// The list of cohorts.
    Cohorts,
    /// A cohort.
    Cohort,
    /// The form of a new cohort: its keys besides those of its fields.
    CohortForm,
    /// The search screen.
    Search,
    /// The line of the search.
    SearchField,
    /// The help.
    Help,
    /// What is and was for one.
    Notifications,
    /// The settings.
    Settings,
    /// What hob keeps about one.
    MyData,
    /// The choice of somebody who is leaving, when they come back.
    Leaving,
    /// The keys of the keyboard, to change them.
    KeyMap,
    /// The palette.
    Palette,
    /// In a form of several lines; only keys that type nothing.
    Form,
    /// One's own keys and password.
    Keys,
    /// The form for one's own profile: its keys besides those of its fields.
    ProfileForm,
    /// Writing a text: its keys besides those of the editor.
    Compose,
    /// Choosing the lines of a post to quote.
    QuotePart,
    /// Writing the title of a thread.
    ComposeTitle,
    /// In the editor with vi's keys, while they are not text.
    Vi,
    /// Looking at a text as its readers will see it.
    Preview,
    /// In an editor of several lines.
    Editor,
    /// The list of one's drafts.
    Drafts,
    /// The door: what a guest chooses from.
    Door,
    /// At the door, where somebody waits or reads a decision.
    DoorStatus,
    /// A text to read at the door.
    DoorText,
    /// The charter, for members.
    Charter,
    /// The code of a new invite.
    MadeInvite,
    /// A rule of the charter to accept.
    DoorRule,
    /// A choice on the way in.
    DoorChoice,
    /// One of a question's choices on the way in.
    DoorOne,
    /// Any of a question's choices on the way in.
    DoorMany,
    /// Who is at the door.
    AtDoor,
    /// The sysop's own questions, to arrange them.
    Questions,
    /// One of them, to change it: its keys besides those of the form.
    QuestionForm,
    /// A text to write on the way in: its keys besides those of the editor.
    DoorWrite,
    /// One's own invites.
    Invites,
    /// Who invited whom.
    InviteTree,
    /// In a dialog with a few answers.
    Choose,
    /// A section of the sysop's console.
    Console,
    /// A rule of a newer charter that waits to be accepted.
    NewRule,
    /// The queue.
    Queue,
    /// Those who lost their keys.
    LostKeys,
    /// The line for a seat, as the staff see it.
    Waitlist,
    /// A case.
    Case,
    /// A post that waits, as the staff see it.
    Held,
    /// One's own posts that wait.
    Waiting,
    /// The staff's notes about a member.
    StaffNotes,
    /// The filters of the staff.
    Filters,
    /// The watch list.
    Watch,
    /// The ban list.
    Bans,
    /// The fences of the staff.
    Prevention,
    /// An appeal, or what needs a second pair of eyes.
    Matter,
    /// An appeal that one was drawn for.
    Jury,
    /// One's own reports, and what concerned one.
    MyCases,
    /// An application, as the staff see it.
    Application,
    /// The form with which staff say under which rule and why.
    Decide,
    /// The preview of what the member concerned will see.
    Verdict,
    /// The mod log.
    ModLog,
    /// A warning that waits to be acknowledged.
    Warning,
}

impl Scope {
    /// Whether letters go into a text where this scope holds.
    pub fn takes_text(self) -> bool {
        use Scope as S;
        let lines = [
            S::Field,
            S::SearchField,
            S::Room,
            S::Form,
            S::Filter,
            S::TagField,
            S::ComposeTitle,
            S::Palette,
            S::Decide,
        ];
        lines.contains(&self)
            || [S::Editor, S::Compose, S::ProfileForm, S::QuestionForm, S::CohortForm, S::DoorWrite]
                .contains(&self)
    }
}
