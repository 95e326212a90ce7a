//! What staff can take from a member without sending them away: to write, to invite, to send messages.

use crate::domain::words::words;

words! {
    /// Something that was taken from a member, for a time or until it is given back.
    "curb" Curb {
        /// They read and do not write: no threads, posts, lines in rooms or on the wall.
        ReadOnly = "read-only",
        /// They make no invites.
        NoInvites = "no invites",
        /// They send no messages and nudges, except to whoever is on duty.
        NoMessages = "no messages",
    }
}

/// Which curbs a member is under.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Curbs {
    /// See [`Curb::ReadOnly`].
    pub read_only: bool,
    /// See [`Curb::NoInvites`].
    pub no_invites: bool,
    /// See [`Curb::NoMessages`].
    pub no_messages: bool,
    /// The place is calm, and this is a newcomer, who only reads until it is over (M6).
    pub calm: bool,
}

impl Curbs {
    /// Nothing was taken.
    pub const NONE: Self = Self { read_only: false, no_invites: false, no_messages: false, calm: false };
    /// Everything was taken.
    pub const ALL: Self = Self { read_only: true, no_invites: true, no_messages: true, calm: false };

    /// Whether this one is among them.
    pub fn has(self, curb: Curb) -> bool {
        match curb {
            Curb::ReadOnly => self.read_only,
            Curb::NoInvites => self.no_invites,
            Curb::NoMessages => self.no_messages,
        }
    }
}
