//! The host's own tools: setting a place up, adding members, invites with a role, the keys file. Only a person with a
//! shell on the host gets past the policy here.

mod add;
mod key_line;
mod keys_file;
mod make_invite;
mod set_up;
mod trust;

#[cfg(test)]
mod tests;

pub(in crate::service) use keys_file::note_role;

pub use add::{AddMember, AddedMember, Proof};
pub use key_line::{KeyLine, KeyLineError};
pub use keys_file::{ImportKeysFile, Imported};
pub use make_invite::MakeHostInvite;
pub use set_up::{MadePlace, SetUp};
pub(in crate::service) use trust::refuse_last_sysop;
pub use trust::{ChangePassword, ChangeRole};
