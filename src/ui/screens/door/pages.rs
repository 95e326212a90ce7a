//! The pages of the door: one thing at a time, with the keys of each.

use crate::service::joining::{ANSWER_FORM, INTRODUCTION_FORM, WHY_FORM};
use crate::ui::keys::Scope;

/// What is on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Page {
    /// Nothing yet.
    Loading,
    /// A guest's first page: what this place is, and what can be done.
    Front,
    /// The whole charter.
    Charter,
    /// How members log in.
    ComeBack,
    /// The code of an invite.
    Invite,
    /// The handle of a member who lost a key.
    LostKey,
    /// A one-time code that a sysop gave.
    RecoveryCode,
    /// What becomes of the keys that opened the account until now.
    OldKeys,
    /// A handle.
    Handle,
    /// The key, a password, or both.
    Secret,
    /// A password.
    Password,
    /// The same once more.
    PasswordAgain,
    /// A rule of the charter, by its place in it.
    Rule(usize),
    /// "What brings you here?"
    Why,
    /// One of the sysop's own questions, by its place, to be answered in words.
    AskText(usize),
    /// One with choices, of which one is taken.
    AskOne(usize),
    /// One with choices, of which any number is taken.
    AskMany(usize),
    /// The introduction.
    Introduction,
    /// What staff asked.
    Question,
    /// Where one stands: waiting, declined, suspended, removed.
    Status,
}

impl Page {
    pub(super) fn scopes(self) -> &'static [Scope] {
        match self {
            Self::Loading => &[],
            Self::Front => &[Scope::Door, Scope::List],
            Self::Charter | Self::ComeBack => &[Scope::DoorText, Scope::Pager],
            Self::Invite
            | Self::LostKey
            | Self::RecoveryCode
            | Self::Handle
            | Self::Password
            | Self::PasswordAgain => &[Scope::Field],
            Self::Secret | Self::OldKeys => &[Scope::DoorChoice, Scope::List],
            Self::Rule(_) => &[Scope::DoorRule, Scope::Pager],
            Self::AskOne(_) => &[Scope::DoorOne, Scope::Choose, Scope::List],
            Self::AskMany(_) => &[Scope::DoorMany, Scope::Choose, Scope::List],
            Self::Why | Self::AskText(_) | Self::Introduction | Self::Question => {
                &[Scope::DoorWrite, Scope::Editor]
            }
            Self::Status => &[Scope::DoorStatus, Scope::Pager],
        }
    }

    pub(super) fn has_field(self) -> bool {
        matches!(
            self,
            Self::Invite
                | Self::LostKey
                | Self::RecoveryCode
                | Self::Handle
                | Self::Password
                | Self::PasswordAgain
        )
    }

    pub(super) fn has_editor(self) -> bool {
        matches!(self, Self::Why | Self::AskText(_) | Self::Introduction | Self::Question)
    }

    pub(super) fn has_list(self) -> bool {
        matches!(self, Self::Front | Self::Secret | Self::OldKeys | Self::AskOne(_) | Self::AskMany(_))
    }

    pub(super) fn has_pager(self) -> bool {
        matches!(self, Self::Charter | Self::ComeBack | Self::Rule(_) | Self::Status)
    }

    /// Whether it is a text to read, which lies over another page.
    pub(super) fn is_text(self) -> bool {
        matches!(self, Self::Charter | Self::ComeBack)
    }

    /// Whether it says where an application or an account stands.
    pub(super) fn is_status(self) -> bool {
        matches!(self, Self::Status | Self::Question)
    }

    /// Whether there is a page before it.
    pub(super) fn leads_back(self) -> bool {
        !matches!(self, Self::Loading | Self::Front | Self::Status | Self::Rule(0))
    }

    /// The place of the question that is asked here.
    pub(super) fn asked(self) -> Option<usize> {
        match self {
            Self::AskText(index) | Self::AskOne(index) | Self::AskMany(index) => Some(index),
            _ => None,
        }
    }

    /// The name of the draft that keeps what is typed here.
    pub(super) fn form(self) -> Option<&'static str> {
        match self {
            Self::Why => Some(WHY_FORM),
            Self::Introduction => Some(INTRODUCTION_FORM),
            Self::Question => Some(ANSWER_FORM),
            _ => None,
        }
    }
}
