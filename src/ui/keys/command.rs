//! What keys can ask for; where they hold is in `scope.rs`. Which key asks for what is in `table.rs`.

/// What a key can ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Command {
    // Everywhere.
    /// Show the next unread thing.
    Next,
    /// Go back to where one was.
    Back,
    /// Leave hob.
    Quit,
    /// Show what works here.
    Help,
    /// Open the palette.
    Palette,
    /// Search.
    Search,
    /// Draw the screen afresh.
    Redraw,
    /// Go to home.
    GoHome,
    /// Go to the boards.
    GoBoards,
    /// Go to the members.
    GoMembers,
    /// Go to the rooms.
    GoRooms,
    /// Go to one's conversations.
    GoMessages,
    /// Go to what the line that came in is about.
    GoIncoming,
    /// To where another session of the member is.
    GoOtherSession,
    /// Nudge whoever is on duty.
    NudgeOnDuty,
    /// Go to the wall.
    GoWall,
    /// Say that one is away, or back.
    Away,
    /// Go to one's settings.
    GoSettings,
    /// Go to what is for one.
    GoNotifications,
    /// Go to one's drafts.
    GoDrafts,
    /// Go to one's reading list.
    GoReadingList,
    /// Go to the tags.
    GoTags,
    /// Go to the place's own words.
    GoGlossary,

    // Lists and pagers.
    /// One up.
    Up,
    /// One down.
    Down,
    /// One page up.
    PageUp,
    /// One page down.
    PageDown,
    /// To the first.
    Top,
    /// To the last.
    Bottom,
    /// Open what is chosen.
    Open,

    // Questions and fields.
    /// Yes.
    Yes,
    /// No.
    No,
    /// Done with this field or form.
    Accept,
    /// To the next field.
    NextField,
    /// To the field before.
    PreviousField,

    // Rooms.
    /// Choose a line, or go on typing.
    ChooseLine,
    /// Hide the lines of a line's author.
    IgnoreAuthor,
    /// Go to the board's room.
    BoardRoom,

    // The wall.
    /// Write a line on the wall.
    WriteOnWall,
    /// Take one's own line down.
    TakeDown,

    // Members.
    /// Narrow the list by typing.
    Filter,
    /// Another order.
    Order,
    /// Join the tag, or leave it.
    JoinTag,
    /// Who has joined the tag.
    TagPeople,
    /// Let the tag stand by one's handle, or no longer.
    ShowTag,
    /// Say what the tag is for.
    DescribeTag,
    /// To the dues.
    GoDues,
    /// Ask to be let off, or no longer.
    AskWaiver,
    /// Record until when dues run.
    RecordDues,
    /// Take back what was recorded last.
    CounterDues,
    /// To the cohorts.
    GoCohorts,
    /// Make a cohort.
    NewCohort,
    /// Join a cohort, or leave it.
    JoinCohort,
    /// Invite to a cohort.
    InviteToCohort,
    /// Say what a checkpoint asks.
    EditCheckpoint,
    /// Call a cohort off.
    CallOffCohort,
    /// Go to who does what here.
    GoRoles,
    /// Ask the member to take on a role.
    OfferRole,
    /// Accept the role that is offered.
    AcceptRole,
    /// Decline the role that is offered.
    DeclineRole,
    /// Step down from a role, end it, or take its offer back.
    EndRole,
    /// Offer another term.
    RenewRole,
    /// Go to one's own path.
    GoPath,
    /// A member's path.
    SeePath,
    /// Edit one's profile.
    EditProfile,

    // The keyboard.
    /// The key that the place gives goes for this command again.
    ResetKey,
    /// The keys that the place gives go for all commands again.
    ResetAllKeys,

    // Searching.
    /// The best hits first, or the newest.
    Ranked,

    // Conversations.
    /// Begin a conversation.
    NewMessage,
    /// Write to the member that is chosen.
    WriteTo,
    /// Nudge the member that is chosen.
    Nudge,
    /// Add a member to the conversation.
    AddPerson,
    /// Give the conversation a title.
    RenameConversation,
    /// Mute the conversation, or no longer.
    MuteConversation,
    /// Leave the conversation.
    LeaveConversation,
    /// Block the member, or no longer.
    BlockMember,
    /// Mute the member, or no longer.
    MuteMember,

    // Boards.
    /// Mute the board, or subscribe again.
    MuteBoard,
    /// Mark the whole board as read.
    MarkBoardRead,
    /// Undo the last thing that can be undone.
    Undo,

    // Notifications.
    /// Nothing of what is for one is news any longer.
    ClearNotifications,

    // The door.
    /// Apply to join.
    Apply,
    /// Enter an invite.
    EnterInvite,
    /// Wake one's own seat.
    WakeSeat,
    /// Say that one lost a key.
    LostKey,
    /// Enter a one-time code.
    RecoveryCode,
    /// Go to those who lost their keys.
    GoLostKeys,
    /// Vouch for somebody who lost a key.
    VouchRecovery,
    /// Stop what was asked about a lost key.
    StopRecovery,
    /// Hand out a one-time code.
    HandOutCode,
    /// Put a new key in the place of one.
    ReplaceKey,
    /// Read the charter.
    ReadCharter,
    /// Look at the boards that are open to guests.
    LookAround,
    /// Read how members log in.
    ComeBack,
    /// Leave a question out.
    LeaveOut,

    /// Be seen by members while one waits, or no longer.
    ShowOneself,

    // At the door, for members.
    /// Go to who is at the door.
    GoAtDoor,
    /// Say for somebody that one knows them.
    Vouch,

    // The questions at the door.
    /// Go to the questions that are asked at the door.
    GoQuestions,
    /// Write a question.
    NewQuestion,
    /// Ask it no longer.
    RetireQuestion,
    /// Another kind of question.
    SwitchKind,
    /// It must be answered, or may be left out.
    SwitchNeeded,
    /// Ask everybody, or only those without an invite.
    SwitchCircle,
    /// Ask it one place earlier.
    Earlier,
    /// Ask it one place later.
    Later,

    // One's own data.
    /// Leave for good.
    LeaveHob,
    /// Stay after all.
    Stay,

    // Invites.
    /// Go to one's invites.
    GoInvites,
    /// Make an invite.
    MakeInvite,
    /// Take an invite back.
    RevokeInvite,
    /// Go to who invited whom.
    GoInviteTree,
    /// Who came through this member.
    InviteBranch,
    /// Fold a branch, or open it.
    FoldBranch,
    /// Fold all branches, or open them.
    FoldAll,

    // Threads.
    /// Leave the thread unread for now.
    SkipThread,
    /// Leave all of the board unread for now.
    SkipBoard,
    /// Mark the thread as read.
    MarkThreadRead,
    /// Mark the thread as unread from a post on.
    MarkUnread,
    /// Follow the thread, or no longer.
    FollowThread,
    /// Mute the thread, or no longer.
    MuteThread,
    /// Start a thread.
    NewThread,
    /// Answer a post.
    Reply,
    /// Answer a post with its text as a quote.
    Quote,
    /// Thank a post's author, or take the thanks back.
    Thanks,
    /// Edit one's own post.
    EditPost,
    /// Delete one's own post.
    DeletePost,
    /// Go to the profile of a post's author.
    Author,
    /// What a post said before.
    History,
    /// Show what spoilers hide.
    Spoilers,
    /// Show what a post answers, in place.
    ShowAnswered,
    /// Go to the post that a post answers.
    GoAnswered,
    /// Go to a post by its number.
    JumpTo,
    /// Go to the next post that answers or mentions one.
    NextToMe,
    /// Set the tags of a thread.
    SetTags,
    /// Complete the tag that is being typed.
    CompleteTag,
    /// Say that a question is solved by a post, or is not.
    Solve,
    /// Keep a post in one's reading list, or no longer.
    KeepPost,
    /// Show where a link leads.
    OpenLink,

    // The place's own words.
    /// Show what words of the glossary in a post mean.
    LookUp,
    /// Add a word.
    DefineTerm,
    /// Say better what a word means.
    ChangeTerm,
    /// Take a word out.
    RemoveTerm,

    // Keys and password.
    /// Add a key by its line.
    AddKey,
    /// Add the key that one came with.
    AddOwnKey,
    /// Give a key another name.
    RenameKey,
    /// Revoke a key.
    RevokeKey,
    /// Set or change one's password.
    SetPassword,
    /// Remove one's password.
    RemovePassword,

    // Writing.
    /// Send what was written.
    Send,
    /// Show the text as its readers will see it, or go on writing.
    TogglePreview,
    /// Open a thread with a title like the one that is written.
    Similar,
    /// Set what new threads on a board begin with.
    EditTemplate,
    /// Choose the paragraph, or no longer.
    MarkParagraph,
    /// Drop the draft.
    DropDraft,
    /// One character to the left.
    Left,
    /// One character to the right.
    Right,
    /// To the beginning of the word.
    WordLeft,
    /// To the end of the word.
    WordRight,
    /// To the beginning of the line, however many rows it fills.
    LineStart,
    /// To the end of the line.
    LineEnd,
    /// To the beginning of the row.
    RowStart,
    /// To the end of the row.
    RowEnd,
    /// Begin a selection, or end it.
    Mark,
    /// Copy what is selected.
    Copy,
    /// Cut what is selected, or the word before the cursor.
    Cut,
    /// Cut to the end of the line.
    CutToEnd,
    /// Cut to the beginning of the line.
    CutToStart,
    /// Cut the word after the cursor.
    CutWord,
    /// Paste what was copied or cut.
    Paste,
    /// Delete the character before the cursor.
    DeleteBack,
    /// Delete the character after the cursor.
    DeleteForward,
    /// Begin a new line.
    NewLine,
    /// Spaces to the next tab stop.
    Indent,
    /// A part of vi's keys, which the editor reads itself; it stands here for the help.
    Vi(u8),
    /// Do again what was undone.
    Redo,

    // Moderation.
    /// Go to the queue.
    GoQueue,
    /// Go to one's own posts that wait.
    GoWaiting,
    /// Go to the fences of the staff.
    GoPrevention,
    /// Go to the staff's notes about a member.
    StaffNotes,
    /// Write a note.
    WriteNote,
    /// Go to the filters.
    OpenFilters,
    /// Make a filter.
    MakeFilter,
    /// Switch a filter on or off.
    SwitchFilter,
    /// Take a filter out.
    RemoveFilter,
    /// Go to the watch list.
    GoWatch,
    /// Put this member on the watch list.
    WatchThem,
    /// Watch a key or a network.
    WatchSubject,
    /// Let a watch go on.
    RenewWatch,
    /// End a watch.
    EndWatch,
    /// Go to the ban list.
    GoBans,
    /// Put something on the ban list.
    MakeBan,
    /// Take something off the ban list.
    LiftBan,
    /// Ban one of this member's keys and addresses.
    BanTheirs,
    /// Begin a time of calm, or end it.
    Calm,
    /// Go to the mod log.
    GoModLog,
    /// Go to the audit log.
    GoAuditLog,
    /// Go to the sysop's console.
    GoConsole,
    /// Do what is about nothing in the list: make a board, say a line to all.
    ConsoleNew,
    /// Report the chosen thing to the staff.
    Report,
    /// What the staff can do about the chosen thing.
    Moderate,
    /// The answer with this number.
    Pick(u8),
    /// See who waits for a seat.
    OpenWaitlist,
    /// Go to the charter.
    GoCharter,
    /// Go to those who wait for a seat.
    GoWaitlist,
    /// Let somebody in past the line.
    SeatNow,
    /// Claim, or give the claim back.
    Claim,
    /// The next item of the queue.
    NextItem,
    /// To the next part of what is shown.
    NextPart,
    /// Nothing wrong was found.
    NothingWrong,
    /// Fold the post.
    Fold,
    /// Remove the post, or the whole thread.
    Remove,
    /// Remove and warn.
    RemoveAndWarn,
    /// Bring back what was folded or removed.
    Restore,
    /// Lock the thread.
    Lock,
    /// Warn the author.
    Warn,
    /// Suspend the author.
    Suspend,
    /// Everything that can be done, as a menu.
    AllDeeds,
    /// Appeal against what the staff did.
    Appeal,
    /// Let the applicant in.
    Approve,
    /// Decline the application.
    Decline,
    /// Ask the applicant something.
    AskBack,
    /// Let somebody else be drawn for the jury.
    StepAside,
    /// What concerns oneself.
    Mine,
    /// One has read it.
    Acknowledge,
}
