//! What can be asked about members.

mod list;
mod profile;
mod settings;
mod whoami;

#[cfg(test)]
mod tests;

pub use list::{ListMembers, MemberSummary};
pub use profile::{EditProfile, Profile, ReadProfile};
pub use settings::{CHOICES, Choice, SetChoice};
pub use whoami::{Me, WhoAmI};

pub use crate::store::profiles::ProfileTexts;
