//! What can be asked about invites: making, listing and taking back one's own, and what happens when one is entered.

mod check;
mod code;
mod list;
mod make;
mod redeem;
mod revoke;
mod tree;

#[cfg(test)]
mod tests;

pub use check::{CheckInvite, InviteOffer};
pub(in crate::service) use code::{fresh_code, hash_of};
pub use list::{InviteState, InviteView, ListInvites, MyInvites};
pub use make::{MadeInvite, MakeInvite};
pub(in crate::service) use redeem::{find_any, look_up, look_up_any, redeem};
pub use revoke::RevokeInvite;
pub use tree::{ShowInviteTree, TreeRow};

/// Longest note on an invite, in characters: a line or two for the friend.
pub const NOTE_CHARS_MAX: usize = 200;
