//! What can be asked about invites: making, listing and taking back one's own, and what happens when one is entered.

mod check;
mod code;
mod list;
mod make;
mod redeem;
mod revoke;

#[cfg(test)]
mod tests;

pub use check::{CheckInvite, InviteOffer};
pub(in crate::service) use code::{fresh_code, hash_of};
pub use list::{InviteState, InviteView, ListInvites, MyInvites};
pub use make::{MadeInvite, MakeInvite};
pub(in crate::service) use redeem::{find_open, redeem};
pub use revoke::RevokeInvite;

/// Longest note on an invite, in characters: a line or two for the friend.
pub const NOTE_CHARS_MAX: usize = 200;
