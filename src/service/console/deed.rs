//! What can be done in the console.

/// Something that can be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Deed {
    /// Close a session, with a word.
    EndSession,
    /// Ban the address that a session comes from.
    BanAddress,
    /// Say a line to everybody.
    Broadcast,
    /// Open or close the door.
    LockDoor,
    /// Announce a restart.
    AnnounceRestart,
    /// Call it off.
    CallOffRestart,
    /// Add a member without the door.
    AddMember,
    /// Trust a member with more or less.
    SetRole,
    /// Give a member a new password.
    ResetPassword,
    /// Revoke a member's key.
    RevokeKey,
    /// Make a board.
    MakeBoard,
    /// Another name.
    RenameBoard,
    /// Another purpose.
    DescribeBoard,
    /// Another heading.
    BoardCategory,
    /// Another place in the order.
    BoardPlace,
    /// Another type.
    BoardType,
    /// Who sees it.
    BoardSee,
    /// Who writes in it.
    BoardWrite,
    /// Who looks after it.
    BoardHost,
    /// Close a board.
    ArchiveBoard,
    /// Open it again.
    ReopenBoard,
    /// Change a part of the charter's draft.
    EditPart,
    /// Change a rule of it.
    EditRule,
    /// Add a rule.
    AddRule,
    /// Take a rule out.
    DropRule,
    /// What the draft changes.
    ShowDifference,
    /// Let the draft hold.
    PublishCharter,
    /// Drop the draft.
    DropDraft,
    /// Bring a draft back: the inverse of a change to it.
    BringBackDraft,
    /// Read a version of the charter.
    ReadVersion,
    /// Change a setting.
    ChangeSetting,
    /// Let hob.toml hold for it again.
    UsualSetting,
    /// Make a backup.
    BackUp,
}

impl Deed {
    /// What it is called where one chooses it.
    pub fn name(self) -> &'static str {
        match self {
            Self::EndSession => "end the session",
            Self::BanAddress => "ban its address",
            Self::Broadcast => "say a line to everybody",
            Self::LockDoor => "open or close the door",
            Self::AnnounceRestart => "announce a restart",
            Self::CallOffRestart => "call the restart off",
            Self::AddMember => "add a member",
            Self::SetRole => "change the role",
            Self::ResetPassword => "give a new password",
            Self::RevokeKey => "revoke a key",
            Self::MakeBoard => "make a board",
            Self::RenameBoard => "change the name",
            Self::DescribeBoard => "change the purpose",
            Self::BoardCategory => "change the heading",
            Self::BoardPlace => "change the place in the order",
            Self::BoardType => "change the type",
            Self::BoardSee => "change who may see it",
            Self::BoardWrite => "change who may write",
            Self::BoardHost => "change the host",
            Self::ArchiveBoard => "archive it",
            Self::ReopenBoard => "open it again",
            Self::EditPart | Self::EditRule => "change it in the draft",
            Self::AddRule => "add a rule to the draft",
            Self::DropRule => "take it out of the draft",
            Self::ShowDifference => "show what the draft changes",
            Self::PublishCharter => "publish the draft",
            Self::DropDraft => "drop the draft",
            Self::BringBackDraft => "bring the draft back",
            Self::ReadVersion => "read a version",
            Self::ChangeSetting => "change it",
            Self::UsualSetting => "as in hob.toml again",
            Self::BackUp => "make a backup now",
        }
    }
}
